#include "modules/decisions/decision_rules.hpp"

#include <algorithm>

namespace jiuzhu::decisions {
namespace {

using cases::Action;

enum class Part { none, review, handling };

/// What a step makes of the one who took it. Deciding is the approver's own part.
Part part_of(Action action) {
  switch (action) {
    case Action::propose_approval:
    case Action::propose_refusal:
    case Action::complete_review:
    case Action::reinvestigate:
    case Action::close_publicity:
    case Action::uphold_objection: return Part::review;
    case Action::correct:
    case Action::accept:
    case Action::order_verification:
    case Action::report_clear:
    case Action::report_exceeds:
    case Action::object_to_verification:
    case Action::finish_investigation:
    case Action::accept_appraisal:
    case Action::dispute_appraisal: return Part::handling;
    case Action::return_to_review:
    case Action::approve:
    case Action::refuse:
    case Action::withdraw:
    case Action::terminate:
    case Action::end_benefit:
    case Action::take_over: return Part::none;
  }
  return Part::none;
}

}  // namespace

Result<Money> approvable_amount(const AmountWish& wish) {
  const std::optional<Money> amount = wish.amount ? wish.amount : wish.computed;
  if (wish.assessed_outcome == policy::Outcome::eligible && amount != wish.computed) {
    return refuse_by_rule("decision.amount_differs", wish.law, {{"computed", wish.computed->to_text()}});
  }
  std::vector<FieldError> problems;
  if (!amount || *amount <= Money()) problems.push_back({"/amount", "decision.amount_required"});
  const bool needs_reasons = wish.assessed_outcome != policy::Outcome::eligible || amount != wish.publicised;
  if (needs_reasons && !wish.has_reasons) problems.push_back({"/reasons", "decision.reasons_required"});
  if (problems.empty()) return *amount;
  return refuse(Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = std::move(problems)});
}

Status check_separate(UserId approver, const Participation& participation, const policy::Procedure& procedure) {
  if (participation.investigators.contains(approver)) {
    return refuse_by_rule("decision.approver_investigated", procedure.investigators_least.articles);
  }
  const auto took = [&](Part part) {
    return std::ranges::any_of(participation.steps, [&](const cases::StepRow& step) {
      return step.actor_id == approver && part_of(step.action) == part;
    });
  };
  const auto& law = procedure.county_opinion_working_days.articles;
  if (took(Part::review)) return refuse_by_rule("decision.approver_reviewed", law);
  if (took(Part::handling) || participation.created_by == approver) {
    return refuse_by_rule("decision.approver_handled", law);
  }
  return {};
}

Result<Date> refusal_notice_due(Date decided_on, const policy::Procedure& procedure, const WorkingCalendar& calendar) {
  return *procedure.refusal_notice_unit == policy::DayUnit::working_days
             ? calendar.after_working_days(decided_on, procedure.refusal_notice_days)
             : calendar.after_calendar_days(decided_on, procedure.refusal_notice_days);
}

std::string notice_number(const std::string& county, int year, std::int64_t number) {
  return county + "低保决〔" + std::to_string(year) + "〕" + std::to_string(number) + "号";
}

}  // namespace jiuzhu::decisions
