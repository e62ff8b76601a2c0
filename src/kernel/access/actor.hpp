#pragma once
// Who acts: one person in one role in one region. A person with several grants chooses one per session, so that every
// list has one scope and every record says in which capacity it was done.

#include <string>

#include "base/id.hpp"
#include "base/result.hpp"
#include "kernel/access/role.hpp"

namespace jiuzhu {

using UserId = Id<struct UserTag>;
using GrantId = Id<struct GrantTag>;

struct Actor {
  UserId user;
  std::string name;
  GrantId grant;
  Role role = Role::village_cadre;
  RegionCode region;
};

/// The part of the country an actor may see, as the half-open range of region codes that every read, list and count
/// carries: `where region_code >= ? and region_code < ?`.
struct Scope {
  std::string from;
  std::string until;
};

Scope scope_of(const Actor& actor);

/// Refuses with "access.permission_missing" when the role does not allow it, and with "access.outside_region" (as
/// not_found, which does not betray that the thing exists) when `where` lies outside the actor's region.
Status require(const Actor& actor, Permission permission, const RegionCode& where);

/// Only the first half: for lists, which the scope filters.
Status require(const Actor& actor, Permission permission);

}  // namespace jiuzhu
