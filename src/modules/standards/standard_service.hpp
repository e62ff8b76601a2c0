#pragma once
// Recording what was published.

#include "modules/cases/case_service.hpp"
#include "modules/standards/standard_feed.hpp"
#include "modules/standards/standard_store.hpp"

namespace jiuzhu::standards {

struct NewStandard {
  cases::CaseProgramme programme = cases::CaseProgramme::urban_minimum_living;
  Money amount;  // per person: a month (urban), a year (rural)
  Month valid_from;
  std::string document;  // its number or title
};

/// By the approver (policy_change). Refuses with the field errors "standard.amount_range" {least, most},
/// "standard.month_range" {first, last}, "field.empty", and with "standard.exists" for a second one of that month.
Result<StandardRow> record_standard(const Surroundings& surroundings, StandardFeed& feed, const Actor& actor,
                                    const RegionCode& county, const NewStandard& standard);

/// Refuses with "standard.not_found" (also when withdrawn already) and the field error "field.empty".
Result<StandardRow> withdraw_standard(const Surroundings& surroundings, StandardFeed& feed, const Actor& actor,
                                      const RegionCode& county, StandardId id, const std::string& reason);

/// One value in force at some time, from policy/ or recorded.
struct StandardInForce {
  cases::CaseProgramme programme = cases::CaseProgramme::urban_minimum_living;
  policy::ParameterUse use;
  std::optional<Date> until;
};
struct StandardPage {
  std::vector<StandardInForce> in_force;  // by programme, newest first; of the county or the places above it
  std::vector<StandardRow> recorded;
};
Result<StandardPage> read_standards(const Surroundings& surroundings, const cases::CaseWorld& world, const Actor& actor,
                                    const RegionCode& county);

}  // namespace jiuzhu::standards
