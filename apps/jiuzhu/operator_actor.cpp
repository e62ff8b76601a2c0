#include "operator_actor.hpp"

#include <algorithm>

#include "modules/access/access_store.hpp"

namespace jiuzhu {
namespace {

Result<Actor> find_actor(const Program& program, const std::string& login, Permission permission) {
  return program.database().read([&](db::Transaction& tx) -> Result<Actor> {
    const auto user = access::find_user_by_login(tx, login);
    if (!user || user->is_disabled) {
      return refuse(ErrorCode::not_found, "operator.login_unknown", {{"login", login}});
    }
    const auto grants = access::grants_of(tx, user->id);
    const auto grant =
        std::ranges::find_if(grants, [&](const access::GrantRow& each) { return allows(each.role, permission); });
    if (grant == grants.end()) {
      return refuse(ErrorCode::forbidden, "operator.permission_missing", {{"login", login}});
    }
    return Actor{
        .user = user->id, .name = user->name, .grant = grant->id, .role = grant->role, .region = grant->region};
  });
}

}  // namespace

Actor actor_or_exit(const Program& program, const std::string& login, Permission permission) {
  return value_or_exit(find_actor(program, login, permission), program.messages());
}

}  // namespace jiuzhu
