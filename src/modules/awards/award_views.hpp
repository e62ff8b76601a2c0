#pragma once
// Awards as the browser sees them.

#include "modules/awards/award_service.hpp"
#include "modules/cases/case_http.hpp"

namespace jiuzhu {

struct AwardSummary {
  awards::AwardId id;
  RegionCode county_code;
  cases::CaseId case_id;
  std::string case_number;
  cases::CaseProgramme programme = cases::CaseProgramme::urban_minimum_living;
  RegionCode region_code;
  std::string region_name;
  awards::AwardState state = awards::AwardState::active;
  std::int64_t version = 0;
  std::string holder_name;
  int member_count = 0;
  Money amount;
  Month amount_from;
  awards::AmountBasis basis = awards::AmountBasis::computed;
  Month first_month;
  std::optional<Month> last_month;
  std::optional<Date> review_due_on;
  std::optional<awards::EndReason> end_reason;
};
BOOST_DESCRIBE_STRUCT(AwardSummary, (),
                      (id, county_code, case_id, case_number, programme, region_code, region_name, state, version,
                       holder_name, member_count, amount, amount_from, basis, first_month, last_month, review_due_on,
                       end_reason))

}  // namespace jiuzhu

namespace jiuzhu::awards {

AwardSummary summary_of(const AwardRow& row, const cases::ViewContext& context);

}  // namespace jiuzhu::awards
