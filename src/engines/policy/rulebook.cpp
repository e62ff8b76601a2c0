#include "engines/policy/rulebook.hpp"

#include <algorithm>
#include <array>

namespace jiuzhu::policy {

Result<Rulebook> Rulebook::build(Content content) {
  Rulebook rulebook;
  JZ_TRY(rulebook.stretches_, compose(content.packs));
  rulebook.content_ = std::make_shared<const Content>(std::move(content));
  return rulebook;
}

Rulebook Rulebook::with_local_values(std::vector<std::pair<LocalName, LocalValue>> values) const {
  Content content = *content_;
  for (auto& [name, value] : values) content.local.put_over(name, std::move(value));
  Rulebook rulebook = *this;
  rulebook.content_ = std::make_shared<const Content>(std::move(content));
  return rulebook;
}

Result<std::shared_ptr<const RulePack>> Rulebook::pack_on(Date date) const {
  const auto found = std::ranges::find_if(stretches_, [&](const auto& pack) { return pack->valid.contains(date); });
  if (found != stretches_.end()) return *found;
  const std::string first = stretches_.empty() ? "" : stretches_.front()->valid.from.to_text();
  return refuse(ErrorCode::refused_by_rule, "policy.no_rules_for_date", {{"date", date.to_text()}, {"first", first}});
}

Result<RulesInForce> Rulebook::rules_on(std::string_view region, Date date) const {
  JZ_TRY(auto pack, pack_on(date));
  return RulesInForce{std::move(pack), content_->local.on(region, date)};
}

Result<Procedure> Rulebook::procedure_on(std::string_view region, Date date) const {
  JZ_TRY(const auto pack, pack_on(date));
  ProcedureValues values = pack->procedure_values;
  const std::string county(region.substr(0, 6));
  // From the widest region to the narrowest, so that the narrowest stands.
  for (const std::string& place :
       std::array<std::string, 4>{"000000", county.substr(0, 2) + "0000", county.substr(0, 4) + "00", county}) {
    const auto local = content_->local_procedure.find(place);
    if (local == content_->local_procedure.end()) continue;
    for (const auto& [name, value] : local->second) {
      if (value.valid_from <= date) values[name] = value;
    }
  }
  return make_procedure(values);
}

Result<ParameterUse> Rulebook::standard_on(std::string_view region, Programme programme, Date date) const {
  const LocalName name =
      programme == Programme::urban ? LocalName::standard_urban_month : LocalName::standard_rural_year;
  const LocalParameters local = content_->local.on(region, date);
  if (const LocalValue* value = local.find(name)) return value->use;
  return refuse(ErrorCode::refused_by_rule, "policy.no_value_for_date",
                {{"name", std::string(name_of(name))}, {"region", std::string(region)}, {"date", date.to_text()}});
}

const ObligorFormula* Rulebook::formula(std::string_view name) const {
  const auto found = content_->formulas.find(name);
  return found == content_->formulas.end() ? nullptr : &found->second;
}

}  // namespace jiuzhu::policy
