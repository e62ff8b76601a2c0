#pragma once
// Administrators create users, give them roles, reset and disable them. They reach no further than their own region and
// cannot change their own grants: nobody makes himself an approver.

#include <optional>
#include <string>
#include <vector>

#include "kernel/use_case/use_case.hpp"
#include "modules/access/access_store.hpp"

namespace jiuzhu::access {

struct GrantWish {
  Role role = Role::village_cadre;
  RegionCode region;
};

struct NewUser {
  std::string login;
  std::string name;
  std::vector<GrantWish> grants;
};

struct UserWithGrants {
  UserRow user;
  std::vector<GrantRow> grants;
};

/// Its password must be changed at the first sign-in. Shown once, kept nowhere.
struct CreatedUser {
  UserWithGrants user;
  std::string one_time_password;
};

/// Refuses with field errors: "user.login_malformed", "user.login_taken", "user.grants_missing",
/// "user.grant_level_wrong" (param role) and "user.grant_outside_region".
Result<CreatedUser> create_user(const Surroundings& surroundings, const Actor& actor, const NewUser& wish);

/// The first administrator, or a city or province user: made by the operator on the command line, who is nobody's
/// actor. Refuses like create_user.
Result<CreatedUser> create_user_as_operator(const Surroundings& surroundings, const NewUser& wish,
                                            const std::optional<std::string>& password);

struct UserChange {
  std::optional<std::string> name;
  std::optional<std::vector<GrantWish>> grants;
};
Result<UserWithGrants> change_user(const Surroundings& surroundings, const Actor& actor, UserId user,
                                   const UserChange& change);

enum class AccountAct { disable, enable, unlock };
Result<UserWithGrants> act_on_account(const Surroundings& surroundings, const Actor& actor, UserId user,
                                      AccountAct act);

/// Ends the user's sessions, removes the second factor and gives a new one-time password.
Result<std::string> reset_password(const Surroundings& surroundings, const Actor& actor, UserId user);

Result<UserWithGrants> get_user(const Surroundings& surroundings, const Actor& actor, UserId user);
Result<std::vector<UserWithGrants>> find_users(const Surroundings& surroundings, const Actor& actor,
                                               const std::string& search, const std::string& after_login, int limit);

}  // namespace jiuzhu::access
