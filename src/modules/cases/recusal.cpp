#include "modules/cases/recusal.hpp"

#include "kernel/identity/person_name.hpp"

namespace jiuzhu::cases {
namespace {

bool is_same_name(std::string_view one, std::string_view other) {
  const auto first = PersonName::parse(one);
  const auto second = PersonName::parse(other);
  return first && second && first->text() == second->text();
}

}  // namespace

bool is_declared_kin(std::span<const KinRow> declared, const std::optional<UserId>& user, std::string_view name) {
  for (const KinRow& kin : declared) {
    if (kin.handler_user && user) {
      if (*kin.handler_user == *user) return true;
    } else if (is_same_name(kin.handler_name, name)) {
      return true;
    }
  }
  return false;
}

Status refuse_kin(db::Transaction& tx, const Actor& actor, const std::string& county, CaseId id) {
  if (!is_declared_kin(kin_of(tx, county, id), actor.user, actor.name)) return {};
  return refuse_by_rule("case.recusal", {"SX-2019/2-2", "DB-2012/14"});
}

}  // namespace jiuzhu::cases
