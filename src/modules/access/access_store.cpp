#include "modules/access/access_store.hpp"

namespace jiuzhu::access {
namespace {

using db::Statement;

constexpr Statement kFindByLogin{
    "access.find_user_by_login",
    "select id, login, name, region, password_hash, is_disabled, failed_count, locked_until, must_change_password, "
    "totp_secret, totp_counter, last_login_at, created_at from app_user where login = ?"};
constexpr Statement kFindUser{
    "access.find_user",
    "select id, login, name, region, password_hash, is_disabled, failed_count, locked_until, must_change_password, "
    "totp_secret, totp_counter, last_login_at, created_at from app_user where id = ?"};
constexpr Statement kLockUser{
    "access.lock_user",
    "update app_user set failed_count = failed_count where id = ? returning id, login, name, region, password_hash, "
    "is_disabled, failed_count, locked_until, must_change_password, totp_secret, totp_counter, last_login_at, "
    "created_at"};
constexpr Statement kInsertUser{
    "access.insert_user",
    "insert into app_user (id, login, name, region, password_hash, is_disabled, failed_count, locked_until, "
    "must_change_password, totp_secret, totp_counter, last_login_at, created_at) "
    "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kUpdateUser{
    "access.update_user",
    "update app_user set name = ?, region = ?, password_hash = ?, is_disabled = ?, failed_count = ?, locked_until = ?, "
    "must_change_password = ?, totp_secret = ?, totp_counter = ?, last_login_at = ? where id = ?"};
constexpr Statement kListUsers{
    "access.list_users",
    "select id, login, name, region, password_hash, is_disabled, failed_count, locked_until, must_change_password, "
    "totp_secret, totp_counter, last_login_at, created_at from app_user "
    "where region >= ? and region < ? and login > ? and (? = '' or login like ? or name like ?) order by login limit "
    "?"};
constexpr Statement kGrantsOf{"access.grants_of",
                              "select id, user_id, role, region, granted_at from role_grant "
                              "where user_id = ? and revoked_at is null order by granted_at, id"};
constexpr Statement kOfficers{
    "access.officers",
    "select u.id, u.name, g.role, g.region from role_grant g join app_user u on u.id = g.user_id "
    "where g.revoked_at is null and u.is_disabled = 0 and g.region >= ? and g.region < ? "
    "order by u.name, u.id, g.id"};
// Not `like`: what is typed may hold its signs.
constexpr Statement kOfficersNamed{
    "access.officers_named",
    "select u.id, u.name, g.role, g.region from role_grant g join app_user u on u.id = g.user_id "
    "where g.revoked_at is null and u.is_disabled = 0 and g.region >= ? and g.region < ? "
    "and substr(u.name, 1, length(?)) = ? order by u.name, u.id, g.id limit ?"};
constexpr Statement kInsertGrant{
    "access.insert_grant", "insert into role_grant (id, user_id, role, region, granted_at) values (?, ?, ?, ?, ?)"};
constexpr Statement kRevokeGrant{"access.revoke_grant", "update role_grant set revoked_at = ? where id = ?"};
constexpr Statement kEndSessionsOfGrant{"access.end_sessions_of_grant", "delete from session where grant_id = ?"};
constexpr Statement kInsertSession{
    "access.insert_session",
    "insert into session (token_digest, user_id, grant_id, csrf_token, created_at, last_seen_at) "
    "values (?, ?, ?, ?, ?, ?)"};
constexpr Statement kFindSession{
    "access.find_session",
    "select u.id, u.name, u.is_disabled, u.must_change_password, g.id, g.role, g.region, s.csrf_token, s.created_at, "
    "s.last_seen_at from session s join app_user u on u.id = s.user_id join role_grant g on g.id = s.grant_id "
    "where s.token_digest = ? and g.revoked_at is null"};
constexpr Statement kTouchSession{"access.touch_session", "update session set last_seen_at = ? where token_digest = ?"};
constexpr Statement kChooseGrant{"access.choose_grant", "update session set grant_id = ? where token_digest = ?"};
constexpr Statement kDeleteSession{"access.delete_session", "delete from session where token_digest = ?"};
constexpr Statement kDeleteSessionsOf{"access.delete_sessions_of",
                                      "delete from session where user_id = ? and token_digest <> ?"};
constexpr Statement kDeleteSessionsBefore{"access.delete_sessions_before", "delete from session where created_at < ?"};

}  // namespace

std::optional<UserRow> find_user_by_login(db::Transaction& tx, const std::string& login) {
  return tx.find<UserRow>(kFindByLogin, login);
}

std::optional<UserRow> find_user(db::Transaction& tx, UserId id) { return tx.find<UserRow>(kFindUser, id); }

std::optional<UserRow> lock_user(db::Transaction& tx, UserId id) { return tx.find<UserRow>(kLockUser, id); }

void insert_user(db::Transaction& tx, const UserRow& user) { tx.enqueue_row(kInsertUser, user); }

void update_user(db::Transaction& tx, const UserRow& user) {
  tx.enqueue(kUpdateUser, user.name, user.region, user.password_hash, user.is_disabled, user.failed_count,
             user.locked_until, user.must_change_password, user.totp_secret, user.totp_counter, user.last_login_at,
             user.id);
}

std::vector<UserRow> list_users(db::Transaction& tx, const Scope& scope, const std::string& search,
                                const std::string& after_login, int limit) {
  return tx.select<UserRow>(kListUsers, scope.from, scope.until, after_login, search, search + "%", "%" + search + "%",
                            limit);
}

std::vector<GrantRow> grants_of(db::Transaction& tx, UserId user) { return tx.select<GrantRow>(kGrantsOf, user); }

std::vector<OfficerRow> officers_in(db::Transaction& tx, const Scope& scope) {
  return tx.select<OfficerRow>(kOfficers, scope.from, scope.until);
}

std::vector<OfficerRow> officers_named(db::Transaction& tx, const Scope& scope, const std::string& name, int limit) {
  return tx.select<OfficerRow>(kOfficersNamed, scope.from, scope.until, name, name, limit);
}

void insert_grant(db::Transaction& tx, const GrantRow& grant) { tx.enqueue_row(kInsertGrant, grant); }

void revoke_grant(db::Transaction& tx, GrantId grant, Instant now) {
  tx.enqueue(kRevokeGrant, now, grant);
  tx.enqueue(kEndSessionsOfGrant, grant);
}

void insert_session(db::Transaction& tx, const SessionRow& session) { tx.enqueue_row(kInsertSession, session); }

std::optional<OpenSession> find_session(db::Transaction& tx, const std::string& token_digest) {
  return tx.find<OpenSession>(kFindSession, token_digest);
}

void touch_session(db::Transaction& tx, const std::string& token_digest, Instant now) {
  tx.enqueue(kTouchSession, now, token_digest);
}

void choose_grant(db::Transaction& tx, const std::string& token_digest, GrantId grant) {
  tx.enqueue(kChooseGrant, grant, token_digest);
}

void delete_session(db::Transaction& tx, const std::string& token_digest) { tx.enqueue(kDeleteSession, token_digest); }

void delete_sessions_of(db::Transaction& tx, UserId user, const std::string& except_token_digest) {
  tx.enqueue(kDeleteSessionsOf, user, except_token_digest);
}

void delete_sessions_before(db::Transaction& tx, Instant created_before) {
  tx.enqueue(kDeleteSessionsBefore, created_before);
}

}  // namespace jiuzhu::access
