#pragma once
// What an approver may decide, and who may be the approver. Pure.

#include <set>

#include "base/working_days.hpp"
#include "engines/policy/procedure.hpp"
#include "modules/cases/case_store.hpp"
#include "modules/cases/stated_reasons.hpp"
#include "modules/decisions/decision_store.hpp"

namespace jiuzhu::decisions {

/// An amount that somebody wants to approve, beside what it is measured by.
struct AmountWish {
  std::optional<Money> amount;  // the computed one when absent
  bool has_reasons = false;
  policy::Outcome assessed_outcome = policy::Outcome::review;
  std::optional<Money> computed;
  std::optional<Money> publicised;
  std::vector<std::string> law;  // behind the computed one
};

/// The amount to approve. Where the rules settle it, any other is refused with "decision.amount_differs" (param
/// computed, S2 art. 27). Where they leave it open: field errors "decision.amount_required" and
/// "decision.reasons_required". Reasons are also asked for when the public was shown another amount.
Result<Money> approvable_amount(const AmountWish& wish);

/// Somebody who had a hand in the case, by what he did.
struct Participation {
  UserId created_by;
  std::vector<cases::StepRow> steps;
  std::set<UserId> investigators;
};

/// The approver neither took the application in nor verified, visited, appraised, proposed or reviewed it. Refuses with
/// "decision.approver_investigated", "decision.approver_reviewed" or "decision.approver_handled". Earlier decisions of
/// his own (a return to review) do not count.
Status check_separate(UserId approver, const Participation& participation, const policy::Procedure& procedure);

/// The last day for delivering the notice of a refusal (S2 art. 26, S3 art. 21).
Result<Date> refusal_notice_due(Date decided_on, const policy::Procedure& procedure, const WorkingCalendar& calendar);

/// "140302低保决〔2019〕1号": unique in a county, and so everywhere.
std::string notice_number(const std::string& county, int year, std::int64_t number);

}  // namespace jiuzhu::decisions
