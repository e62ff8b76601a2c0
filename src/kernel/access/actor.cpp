#include "kernel/access/actor.hpp"

namespace jiuzhu {

Scope scope_of(const Actor& actor) {
  const auto [from, until] = actor.region.range();
  return Scope{from, until};
}

Status require(const Actor& actor, Permission permission) {
  if (!allows(actor.role, permission)) return refuse(ErrorCode::forbidden, "access.permission_missing");
  return {};
}

Status require(const Actor& actor, Permission permission, const RegionCode& where) {
  JZ_TRY_VOID(require(actor, permission));
  if (!actor.region.contains(where)) return refuse(ErrorCode::not_found, "access.outside_region");
  return {};
}

}  // namespace jiuzhu
