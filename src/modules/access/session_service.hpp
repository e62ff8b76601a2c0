#pragma once
// Signing in and out. A session's token is 32 random bytes that only the browser keeps; the database has its digest.
// Sessions end after 30 minutes without use and 12 hours at the latest (GB/T 22239-2019, 8.1.4.1).

#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <semaphore>
#include <string>
#include <vector>

#include "kernel/use_case/use_case.hpp"
#include "modules/access/access_store.hpp"

namespace jiuzhu::access {

struct Credentials {
  std::string login;
  std::string password;
  std::optional<std::string> code;
};

/// What the browser gets to know about its session.
struct SessionState {
  UserRow user;
  std::vector<GrantRow> grants;
  GrantId acting;
  std::string csrf_token;
};

struct SignedIn {
  std::string token;
  SessionState state;
};

/// A request's session.
struct CurrentSession {
  std::string token_digest;
  Actor actor;
  std::string csrf_token;
  bool must_change_password = false;
};

class SessionService {
 public:
  explicit SessionService(const Surroundings& surroundings) : surroundings_(surroundings) {}

  /// Refuses with "session.wrong_credentials", "session.locked" (param minutes), "session.code_required",
  /// "session.code_wrong", "session.no_role", "session.too_many_attempts". After kFailuresMax wrong passwords in a row
  /// the account is locked for kLockMinutes.
  Result<SignedIn> sign_in(const Credentials& credentials, const std::string& client_address);

  /// Nothing for an unknown, expired or disabled session.
  std::optional<CurrentSession> find(std::string_view token);

  Result<SessionState> state(const CurrentSession& session);
  Status sign_out(const CurrentSession& session);
  /// Refuses with "session.grant_unknown" for a grant of somebody else.
  Status act_as(const CurrentSession& session, GrantId grant);
  /// Ends the user's other sessions. Refuses with "session.wrong_credentials" and the rules of password_rules.hpp.
  Status change_password(const CurrentSession& session, const std::string& old_password,
                         const std::string& new_password);

  /// A new secret that starts to count once confirmed with a code; the URI is for an authenticator app's QR code.
  struct SecondFactor {
    std::string secret;
    std::string uri;
  };
  Result<SecondFactor> begin_second_factor(const CurrentSession& session);
  Status confirm_second_factor(const CurrentSession& session, const std::string& secret, const std::string& code);
  Status remove_second_factor(const CurrentSession& session, const std::string& password);

  static constexpr int kFailuresMax = 5;
  static constexpr int kLockMinutes = 15;

 private:
  /// Argon2id takes 50 ms and 19 MiB a call: two at a time, so that sign-ins cannot starve everything else.
  bool check_password(const std::string& password, const std::string& stored);
  bool may_attempt(const std::string& client_address);
  /// A sign-in that succeeded does not count: an office's many desks share one address.
  void forget_attempt(const std::string& client_address);
  void touch(const std::string& digest, Instant now);

  const Surroundings& surroundings_;
  std::counting_semaphore<2> password_slots_{2};
  std::atomic<bool> is_touching_ = false;
  std::mutex mutex_;
  struct Attempts {
    Instant since;
    int count = 0;
  };
  std::map<std::string, Attempts> attempts_;  // guarded by mutex_
};

}  // namespace jiuzhu::access
