#pragma once
// All SQL of the module.

#include <optional>
#include <string>
#include <vector>

#include "kernel/access/actor.hpp"
#include "kernel/regions/region_column.hpp"
#include "platform/db/database.hpp"

namespace jiuzhu::access {

struct UserRow {
  UserId id;
  std::string login;
  std::string name;
  RegionCode region;
  std::string password_hash;
  bool is_disabled = false;
  int failed_count = 0;
  Instant locked_until;
  bool must_change_password = true;
  std::optional<db::Bytes> totp_secret;
  std::int64_t totp_counter = 0;
  std::optional<Instant> last_login_at;
  Instant created_at;
};
BOOST_DESCRIBE_STRUCT(UserRow, (),
                      (id, login, name, region, password_hash, is_disabled, failed_count, locked_until,
                       must_change_password, totp_secret, totp_counter, last_login_at, created_at))

struct GrantRow {
  GrantId id;
  UserId user_id;
  Role role = Role::village_cadre;
  RegionCode region;
  Instant granted_at;
};
BOOST_DESCRIBE_STRUCT(GrantRow, (), (id, user_id, role, region, granted_at))

struct SessionRow {
  std::string token_digest;
  UserId user_id;
  GrantId grant_id;
  std::string csrf_token;
  Instant created_at;
  Instant last_seen_at;
};
BOOST_DESCRIBE_STRUCT(SessionRow, (), (token_digest, user_id, grant_id, csrf_token, created_at, last_seen_at))

/// A session with the person and the grant behind it, in one read for every request.
struct OpenSession {
  UserId user_id;
  std::string user_name;
  bool is_disabled = false;
  bool must_change_password = false;
  GrantId grant_id;
  Role role = Role::village_cadre;
  RegionCode region;
  std::string csrf_token;
  Instant created_at;
  Instant last_seen_at;
};
BOOST_DESCRIBE_STRUCT(OpenSession, (),
                      (user_id, user_name, is_disabled, must_change_password, grant_id, role, region, csrf_token,
                       created_at, last_seen_at))

std::optional<UserRow> find_user_by_login(db::Transaction& tx, const std::string& login);
std::optional<UserRow> find_user(db::Transaction& tx, UserId id);
/// Locks the row until the transaction ends: attempts to sign in are counted one after the other, and a one-time code
/// counts once however many present it at the same moment.
std::optional<UserRow> lock_user(db::Transaction& tx, UserId id);
void insert_user(db::Transaction& tx, const UserRow& user);
void update_user(db::Transaction& tx, const UserRow& user);
/// Users whose home region lies in the scope, by login; `search` is a prefix of login or a part of the name.
std::vector<UserRow> list_users(db::Transaction& tx, const Scope& scope, const std::string& search,
                                const std::string& after_login, int limit);

std::vector<GrantRow> grants_of(db::Transaction& tx, UserId user);

/// Somebody who may act, in one role and region.
struct OfficerRow {
  UserId user;
  std::string name;
  Role role = Role::village_cadre;
  RegionCode region;
};
BOOST_DESCRIBE_STRUCT(OfficerRow, (), (user, name, role, region))
/// Holders of roles in the scope whose accounts are not disabled, by name.
std::vector<OfficerRow> officers_in(db::Transaction& tx, const Scope& scope);
/// Those of them whose names start with `name`.
std::vector<OfficerRow> officers_named(db::Transaction& tx, const Scope& scope, const std::string& name, int limit);
void insert_grant(db::Transaction& tx, const GrantRow& grant);
/// Ends sessions that act under it, too.
void revoke_grant(db::Transaction& tx, GrantId grant, Instant now);

void insert_session(db::Transaction& tx, const SessionRow& session);
std::optional<OpenSession> find_session(db::Transaction& tx, const std::string& token_digest);
void touch_session(db::Transaction& tx, const std::string& token_digest, Instant now);
void choose_grant(db::Transaction& tx, const std::string& token_digest, GrantId grant);
void delete_session(db::Transaction& tx, const std::string& token_digest);
/// All sessions of a user but the one named ("" for none).
void delete_sessions_of(db::Transaction& tx, UserId user, const std::string& except_token_digest);
void delete_sessions_before(db::Transaction& tx, Instant created_before);

}  // namespace jiuzhu::access
