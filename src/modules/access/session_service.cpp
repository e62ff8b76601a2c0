#include "modules/access/session_service.hpp"

#include "modules/access/password_rules.hpp"
#include "modules/access/second_factor.hpp"
#include "platform/crypto/digest.hpp"
#include "platform/crypto/password.hpp"
#include "platform/crypto/totp.hpp"

namespace jiuzhu::access {
namespace {

constexpr std::int64_t kIdleSeconds = 30 * 60;
constexpr std::int64_t kLongestSeconds = 12 * 3600;
constexpr std::int64_t kTouchSeconds = 60;
constexpr int kAttemptsPerMinute = 20;
// A hash of nothing, verified when the login is unknown, so that the answer takes as long as for a known one.
constexpr const char* kNobodysPassword =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

std::string random_token(Random& random) {
  std::array<std::uint8_t, 32> bytes{};
  random.fill(bytes);
  return Digest(bytes).to_text();
}

Actor actor_of(const UserRow& user, const GrantRow& grant) {
  return Actor{.user = user.id, .name = user.name, .grant = grant.id, .role = grant.role, .region = grant.region};
}

/// Sign-ins and the like are acts upon the user's own account, recorded at the home region of the account.
AuditEntry account_entry(std::string action, const UserRow& user) {
  return AuditEntry{.action = std::move(action), .subject_kind = "user", .subject_id = user.id.to_text()};
}

}  // namespace

bool SessionService::check_password(const std::string& password, const std::string& stored) {
  password_slots_.acquire();
  const bool matches = verify_password(password, stored);
  password_slots_.release();
  return matches;
}

bool SessionService::may_attempt(const std::string& client_address) {
  const Instant now = surroundings_.clock.now();
  const std::lock_guard lock(mutex_);
  std::erase_if(attempts_, [&](const auto& entry) { return entry.second.since.plus_seconds(60) < now; });
  Attempts& attempts = attempts_.try_emplace(client_address, Attempts{now, 0}).first->second;
  return ++attempts.count <= kAttemptsPerMinute;
}

void SessionService::forget_attempt(const std::string& client_address) {
  const std::lock_guard lock(mutex_);
  const auto found = attempts_.find(client_address);
  if (found != attempts_.end()) --found->second.count;
}

Result<SignedIn> SessionService::sign_in(const Credentials& credentials, const std::string& client_address) {
  const auto wrong = [] { return refuse(ErrorCode::unauthenticated, "session.wrong_credentials"); };
  if (!may_attempt(client_address)) return refuse(ErrorCode::rate_limited, "session.too_many_attempts");
  // The slow comparison happens outside any transaction; what it decided is checked against the row again inside.
  const auto known =
      surroundings_.database.read([&](db::Transaction& tx) { return find_user_by_login(tx, credentials.login); });
  const bool password_matches = check_password(credentials.password, known ? known->password_hash : kNobodysPassword);
  if (!known || known->is_disabled) return wrong();

  const Instant now = surroundings_.clock.now();
  std::optional<Error> refusal;
  auto signed_in = surroundings_.database.write([&](db::Transaction& tx) -> Result<std::optional<SignedIn>> {
    refusal.reset();
    auto user = lock_user(tx, known->id);
    const auto grants = grants_of(tx, known->id);
    if (!user || user->is_disabled || user->password_hash != known->password_hash) return wrong();
    if (now < user->locked_until) {
      const std::int64_t minutes = (user->locked_until.microseconds - now.microseconds) / 60'000'000 + 1;
      return refuse(ErrorCode::rate_limited, "session.locked", {{"minutes", std::to_string(minutes)}});
    }
    // Before a role is chosen the account acts as what it was first appointed to.
    const Actor self{.user = user->id,
                     .name = user->name,
                     .role = grants.empty() ? Role::village_cadre : grants.front().role,
                     .region = user->region};
    const std::string chain = audit_chain_of(user->region);
    // A refused attempt is a change too (it counts towards the lock), so it commits and refuses afterwards.
    const auto fail = [&](const char* key) -> Result<std::optional<SignedIn>> {
      if (++user->failed_count >= kFailuresMax) {
        user->failed_count = 0;
        user->locked_until = now.plus_seconds(kLockMinutes * 60);
      }
      update_user(tx, *user);
      append_audit(tx, surroundings_.vault, chain, self, now, {account_entry("session.refused", *user)});
      refusal = Error{.code = ErrorCode::unauthenticated, .key = key};
      return std::nullopt;
    };
    if (!password_matches) return fail("session.wrong_credentials");
    if (user->totp_secret) {
      if (!credentials.code) return refuse(ErrorCode::unauthenticated, "session.code_required");
      JZ_TRY(const std::string secret, surroundings_.vault.open(*user->totp_secret, kTotpContext));
      const auto counter = verify_totp(secret, *credentials.code, now);
      // A code counts once: whoever looked over the shoulder must not use it again.
      if (!counter || static_cast<std::int64_t>(*counter) <= user->totp_counter) return fail("session.code_wrong");
      user->totp_counter = static_cast<std::int64_t>(*counter);
    }
    if (grants.empty()) return refuse(ErrorCode::forbidden, "session.no_role");
    user->failed_count = 0;
    user->last_login_at = now;
    if (needs_rehash(user->password_hash)) {
      user->password_hash = hash_password(credentials.password, surroundings_.random);
    }
    update_user(tx, *user);
    delete_sessions_before(tx, now.plus_seconds(-kLongestSeconds));
    SignedIn result{.token = random_token(surroundings_.random),
                    .state = {.user = *user, .grants = grants, .acting = grants.front().id, .csrf_token = {}}};
    result.state.csrf_token = random_token(surroundings_.random);
    insert_session(tx, {.token_digest = sm3(result.token).to_text(),
                        .user_id = user->id,
                        .grant_id = result.state.acting,
                        .csrf_token = result.state.csrf_token,
                        .created_at = now,
                        .last_seen_at = now});
    append_audit(tx, surroundings_.vault, chain, actor_of(*user, grants.front()), now,
                 {account_entry("session.opened", *user)});
    return result;
  });
  if (refusal) return refuse(*refusal);
  if (!signed_in) return std::unexpected<Error>(signed_in.error());
  forget_attempt(client_address);
  return std::move(**signed_in);
}

std::optional<CurrentSession> SessionService::find(std::string_view token) {
  if (token.size() != 64) return std::nullopt;
  const std::string digest = sm3(token).to_text();
  const auto found = surroundings_.database.read([&](db::Transaction& tx) { return find_session(tx, digest); });
  const Instant now = surroundings_.clock.now();
  if (!found || found->is_disabled || found->created_at.plus_seconds(kLongestSeconds) < now ||
      found->last_seen_at.plus_seconds(kIdleSeconds) < now) {
    return std::nullopt;
  }
  // Once a minute is enough to know that it is in use, and spares a write per request.
  if (found->last_seen_at.plus_seconds(kTouchSeconds) < now) touch(digest, now);
  return CurrentSession{.token_digest = digest,
                        .actor = {.user = found->user_id,
                                  .name = found->user_name,
                                  .grant = found->grant_id,
                                  .role = found->role,
                                  .region = found->region},
                        .csrf_token = found->csrf_token,
                        .must_change_password = found->must_change_password};
}

void SessionService::touch(const std::string& digest, Instant now) {
  // Reading must go on while somebody writes for long: one request at a time waits for that, and the next minute will
  // do.
  if (is_touching_.exchange(true)) return;
  const struct Turn {
    std::atomic<bool>& is_taken;
    ~Turn() { is_taken = false; }
  } turn{is_touching_};
  try {
    (void)surroundings_.database.write([&](db::Transaction& tx) -> Status {
      touch_session(tx, digest, now);
      return {};
    });
  } catch (const db::DatabaseError& error) {
    if (error.kind() != db::ErrorKind::busy) throw;
  }
}

Result<SessionState> SessionService::state(const CurrentSession& session) {
  return surroundings_.database.read([&](db::Transaction& tx) -> Result<SessionState> {
    const auto user = find_user(tx, session.actor.user);
    if (!user) return refuse(ErrorCode::unauthenticated, "session.missing");
    return SessionState{.user = *user,
                        .grants = grants_of(tx, session.actor.user),
                        .acting = session.actor.grant,
                        .csrf_token = session.csrf_token};
  });
}

Status SessionService::sign_out(const CurrentSession& session) {
  return run_use_case(surroundings_, session.actor, session.actor.region, [&](UseCase& act) -> Status {
    const auto user = find_user(act.tx, session.actor.user);
    JZ_ASSERT(user.has_value());
    delete_session(act.tx, session.token_digest);
    act.record(account_entry("session.closed", *user));
    return {};
  });
}

Status SessionService::act_as(const CurrentSession& session, GrantId grant) {
  return surroundings_.database.write([&](db::Transaction& tx) -> Status {
    for (const GrantRow& own : grants_of(tx, session.actor.user)) {
      if (own.id == grant) {
        choose_grant(tx, session.token_digest, grant);
        return {};
      }
    }
    return refuse(ErrorCode::not_found, "session.grant_unknown");
  });
}

Status SessionService::change_password(const CurrentSession& session, const std::string& old_password,
                                       const std::string& new_password) {
  JZ_TRY(const SessionState current, state(session));
  if (!check_password(old_password, current.user.password_hash)) {
    return refuse(Error{.code = ErrorCode::invalid_input,
                        .key = "request.invalid",
                        .fields = {{"/old_password", "password.old_wrong"}}});
  }
  JZ_TRY_VOID(check_new_password(new_password, current.user.login, "/new_password"));
  const std::string hash = hash_password(new_password, surroundings_.random);
  return run_use_case(surroundings_, session.actor, current.user.region, [&](UseCase& act) -> Status {
    auto user = find_user(act.tx, session.actor.user);
    user->password_hash = hash;
    user->must_change_password = false;
    update_user(act.tx, *user);
    delete_sessions_of(act.tx, user->id, session.token_digest);
    act.record(account_entry("user.password_changed", *user));
    return {};
  });
}

Result<SessionService::SecondFactor> SessionService::begin_second_factor(const CurrentSession& session) {
  JZ_TRY(const SessionState current, state(session));
  const std::string secret = make_totp_secret(surroundings_.random);
  return SecondFactor{.secret = secret, .uri = totp_uri(secret, {.issuer = "jiuzhu", .account = current.user.login})};
}

Status SessionService::confirm_second_factor(const CurrentSession& session, const std::string& secret,
                                             const std::string& code) {
  return run_use_case(surroundings_, session.actor, session.actor.region, [&](UseCase& act) -> Status {
    const auto counter = verify_totp(secret, code, act.now);
    if (!counter) {
      return refuse(Error{
          .code = ErrorCode::invalid_input, .key = "request.invalid", .fields = {{"/code", "session.code_wrong"}}});
    }
    auto user = find_user(act.tx, session.actor.user);
    user->totp_secret = act.vault().seal(secret, kTotpContext);
    user->totp_counter = static_cast<std::int64_t>(*counter);
    update_user(act.tx, *user);
    act.record(account_entry("user.second_factor_set", *user));
    return {};
  });
}

Status SessionService::remove_second_factor(const CurrentSession& session, const std::string& password) {
  JZ_TRY(const SessionState current, state(session));
  if (!check_password(password, current.user.password_hash)) {
    return refuse(Error{
        .code = ErrorCode::invalid_input, .key = "request.invalid", .fields = {{"/password", "password.old_wrong"}}});
  }
  return run_use_case(surroundings_, session.actor, session.actor.region, [&](UseCase& act) -> Status {
    auto user = find_user(act.tx, session.actor.user);
    user->totp_secret.reset();
    update_user(act.tx, *user);
    act.record(account_entry("user.second_factor_removed", *user));
    return {};
  });
}

}  // namespace jiuzhu::access
