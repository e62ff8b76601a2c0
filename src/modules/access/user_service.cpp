#include "modules/access/user_service.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "modules/access/password_rules.hpp"
#include "platform/crypto/password.hpp"
#include "platform/json/described.hpp"

namespace jiuzhu::access {
namespace {

/// Without letters and digits that look alike: it is read out over the telephone.
std::string make_one_time_password(Random& random) {
  constexpr std::string_view kLetters = "abcdefghjkmnpqrstuvwxyz";
  constexpr std::string_view kDigits = "23456789";
  std::array<std::uint8_t, 12> bytes{};
  random.fill(bytes);
  std::string password;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::string_view alphabet = i % 4 == 3 ? kDigits : kLetters;
    password += alphabet[bytes[i] % alphabet.size()];
  }
  return password;
}

bool is_login(std::string_view login) {
  return login.size() >= 3 && login.size() <= 40 && std::all_of(login.begin(), login.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
         });
}

std::vector<FieldError> check_grants(const std::vector<GrantWish>& grants, const Actor* actor) {
  std::vector<FieldError> problems;
  if (grants.empty()) problems.push_back({"/grants", "user.grants_missing"});
  for (std::size_t i = 0; i < grants.size(); ++i) {
    const std::string pointer = "/grants/" + std::to_string(i) + "/region_code";
    const auto& levels = title_of(grants[i].role).levels;
    if (std::find(levels.begin(), levels.end(), grants[i].region.level()) == levels.end()) {
      problems.push_back({pointer, "user.grant_level_wrong"});
    } else if (actor && !actor->region.contains(grants[i].region)) {
      problems.push_back({pointer, "user.grant_outside_region"});
    }
  }
  return problems;
}

Status refuse_if_any(std::vector<FieldError> problems) {
  if (problems.empty()) return {};
  return refuse(Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = std::move(problems)});
}

/// The home of an account: where it is administered. The widest of its grants.
RegionCode home_of(const std::vector<GrantWish>& grants) {
  return std::min_element(grants.begin(), grants.end(),
                          [](const GrantWish& a, const GrantWish& b) {
                            return a.region.to_text().size() < b.region.to_text().size();
                          })
      ->region;
}

json::Value grants_text(const std::vector<GrantRow>& grants) {
  json::Value::Array texts;
  for (const GrantRow& grant : grants) {
    texts.emplace_back(std::string(json::enum_text(grant.role)) + "@" + grant.region.to_text());
  }
  return json::Value(std::move(texts));
}

void add_grants(UseCase& act, UserWithGrants& target, const std::vector<GrantWish>& wishes) {
  for (const GrantWish& wish : wishes) {
    const GrantRow grant{.id = act.new_id<GrantId>(),
                         .user_id = target.user.id,
                         .role = wish.role,
                         .region = wish.region,
                         .granted_at = act.now};
    insert_grant(act.tx, grant);
    target.grants.push_back(grant);
  }
}

Result<CreatedUser> create(UseCase& act, const NewUser& wish, const std::string& password, bool must_change) {
  if (find_user_by_login(act.tx, wish.login)) JZ_TRY_VOID(refuse_if_any({{"/login", "user.login_taken"}}));
  CreatedUser created{.user = {.user = {.id = act.new_id<UserId>(),
                                        .login = wish.login,
                                        .name = wish.name,
                                        .region = home_of(wish.grants),
                                        .password_hash = hash_password(password, act.surroundings.random),
                                        .must_change_password = must_change,
                                        .created_at = act.now},
                               .grants = {}},
                      .one_time_password = password};
  insert_user(act.tx, created.user.user);
  add_grants(act, created.user, wish.grants);
  act.record({.action = "user.created",
              .subject_kind = "user",
              .subject_id = created.user.user.id.to_text(),
              .changes = json::Value().set("grants", json::Value().set("after", grants_text(created.user.grants)))});
  return created;
}

std::vector<FieldError> check_new_user(const NewUser& wish, const Actor* actor) {
  std::vector<FieldError> problems = check_grants(wish.grants, actor);
  if (!is_login(wish.login)) problems.push_back({"/login", "user.login_malformed"});
  if (trim(wish.name).empty()) problems.push_back({"/name", "field.empty"});
  return problems;
}

/// A user whom the actor may administer: inside his region, and not himself.
Result<UserWithGrants> find_administered(UseCase& act, UserId id) {
  JZ_TRY_VOID(require(act.actor, Permission::user_manage));
  auto user = find_user(act.tx, id);
  if (!user || !act.actor.region.contains(user->region)) return refuse(ErrorCode::not_found, "user.not_found");
  if (user->id == act.actor.user) return refuse(ErrorCode::forbidden, "user.is_self");
  return UserWithGrants{.user = *user, .grants = grants_of(act.tx, id)};
}

template <class Function>
auto administer(const Surroundings& surroundings, const Actor& actor, UserId id, Function&& function) {
  return run_use_case(surroundings, actor, actor.region,
                      [&](UseCase& act) -> decltype(function(act, std::declval<UserWithGrants&>())) {
                        JZ_TRY(UserWithGrants target, find_administered(act, id));
                        return function(act, target);
                      });
}

AuditEntry user_entry(std::string action, const UserWithGrants& target, json::Value changes = {}) {
  return {.action = std::move(action),
          .subject_kind = "user",
          .subject_id = target.user.id.to_text(),
          .changes = std::move(changes)};
}

}  // namespace

Result<CreatedUser> create_user(const Surroundings& surroundings, const Actor& actor, const NewUser& wish) {
  JZ_TRY_VOID(require(actor, Permission::user_manage));
  JZ_TRY_VOID(refuse_if_any(check_new_user(wish, &actor)));
  return run_use_case(surroundings, actor, actor.region, [&](UseCase& act) -> Result<CreatedUser> {
    return create(act, wish, make_one_time_password(surroundings.random), true);
  });
}

Result<CreatedUser> create_user_as_operator(const Surroundings& surroundings, const NewUser& wish,
                                            const std::optional<std::string>& password) {
  JZ_TRY_VOID(refuse_if_any(check_new_user(wish, nullptr)));
  if (password) JZ_TRY_VOID(check_new_password(*password, wish.login, "/password"));
  const RegionCode home = home_of(wish.grants);
  const Actor operator_actor{.name = "operator", .role = Role::county_administrator, .region = home};
  return run_use_case(surroundings, operator_actor, home, [&](UseCase& act) -> Result<CreatedUser> {
    return create(act, wish, password.value_or(make_one_time_password(surroundings.random)), !password);
  });
}

Result<UserWithGrants> change_user(const Surroundings& surroundings, const Actor& actor, UserId user,
                                   const UserChange& change) {
  return administer(surroundings, actor, user, [&](UseCase& act, UserWithGrants& target) -> Result<UserWithGrants> {
    if (change.name) target.user.name = *change.name;
    if (change.grants) {
      JZ_TRY_VOID(refuse_if_any(check_grants(*change.grants, &act.actor)));
      json::Value before = grants_text(target.grants);
      for (const GrantRow& grant : target.grants) revoke_grant(act.tx, grant.id, act.now);
      target.grants.clear();
      add_grants(act, target, *change.grants);
      target.user.region = home_of(*change.grants);
      act.record(user_entry(
          "user.grants_changed", target,
          json::Value().set("grants",
                            json::Value().set("before", std::move(before)).set("after", grants_text(target.grants)))));
    }
    update_user(act.tx, target.user);
    if (change.name) act.record(user_entry("user.renamed", target));
    return target;
  });
}

Result<UserWithGrants> act_on_account(const Surroundings& surroundings, const Actor& actor, UserId user,
                                      AccountAct what) {
  return administer(surroundings, actor, user, [&](UseCase& act, UserWithGrants& target) -> Result<UserWithGrants> {
    switch (what) {
      case AccountAct::disable:
        target.user.is_disabled = true;
        delete_sessions_of(act.tx, user, "");
        act.record(user_entry("user.disabled", target));
        break;
      case AccountAct::enable:
        target.user.is_disabled = false;
        act.record(user_entry("user.enabled", target));
        break;
      case AccountAct::unlock:
        target.user.failed_count = 0;
        target.user.locked_until = Instant{0};
        act.record(user_entry("user.unlocked", target));
        break;
    }
    update_user(act.tx, target.user);
    return target;
  });
}

Result<std::string> reset_password(const Surroundings& surroundings, const Actor& actor, UserId user) {
  const std::string password = make_one_time_password(surroundings.random);
  const std::string hash = hash_password(password, surroundings.random);
  return administer(surroundings, actor, user, [&](UseCase& act, UserWithGrants& target) -> Result<std::string> {
    target.user.password_hash = hash;
    target.user.must_change_password = true;
    target.user.totp_secret.reset();
    target.user.failed_count = 0;
    target.user.locked_until = Instant{0};
    update_user(act.tx, target.user);
    delete_sessions_of(act.tx, user, "");
    act.record(user_entry("user.password_reset", target));
    return password;
  });
}

Result<UserWithGrants> get_user(const Surroundings& surroundings, const Actor& actor, UserId user) {
  JZ_TRY_VOID(require(actor, Permission::user_manage));
  return surroundings.database.read([&](db::Transaction& tx) -> Result<UserWithGrants> {
    const auto found = find_user(tx, user);
    if (!found || !actor.region.contains(found->region)) return refuse(ErrorCode::not_found, "user.not_found");
    return UserWithGrants{.user = *found, .grants = grants_of(tx, user)};
  });
}

Result<std::vector<UserWithGrants>> find_users(const Surroundings& surroundings, const Actor& actor,
                                               const std::string& search, const std::string& after_login, int limit) {
  JZ_TRY_VOID(require(actor, Permission::user_manage));
  return surroundings.database.read([&](db::Transaction& tx) -> Result<std::vector<UserWithGrants>> {
    std::vector<UserWithGrants> users;
    for (const UserRow& user : list_users(tx, scope_of(actor), search, after_login, limit)) {
      users.push_back({.user = user, .grants = grants_of(tx, user.id)});
    }
    return users;
  });
}

}  // namespace jiuzhu::access
