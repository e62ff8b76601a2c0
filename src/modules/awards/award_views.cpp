#include "modules/awards/award_views.hpp"

namespace jiuzhu::awards {

AwardSummary summary_of(const AwardRow& row, const cases::ViewContext& context) {
  AwardSummary summary{.id = row.id,
                       .county_code = row.region.county(),
                       .case_id = row.case_id,
                       .case_number = row.case_number,
                       .programme = row.programme,
                       .region_code = row.region,
                       .region_name = context.region_name(row.region),
                       .state = row.state,
                       .version = row.version,
                       .holder_name = row.holder_name,
                       .member_count = row.member_count,
                       .amount = row.amount,
                       .amount_from = row.amount_from,
                       .basis = row.basis,
                       .first_month = row.first_month,
                       .review_due_on = row.review_due_on};
  if (row.state == AwardState::ended) summary.last_month = row.until_month.plus(-1);
  if (row.end_reason) summary.end_reason = enum_from_text<EndReason>(*row.end_reason);
  return summary;
}

}  // namespace jiuzhu::awards
