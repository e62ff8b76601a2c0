#include "modules/cases/road.hpp"

#include <algorithm>
#include <array>

#include "base/enum_text.hpp"

namespace jiuzhu::cases {
namespace {

using enum State;
using enum Action;
using enum Need;

constexpr std::array<Need, 0> kNothing{};
constexpr std::array kForAcceptance{complete_file};
constexpr std::array kForVerification{signed_authorisation};
constexpr std::array kForReport{valid_verification};
constexpr std::array kForClearReport{valid_verification, clear_verification};
constexpr std::array kForInvestigationEnd{valid_verification, complete_visit};
constexpr std::array kForAppraisal{complete_visit, valid_appraisal};
constexpr std::array kForApprovalProposal{valid_verification, clear_verification, complete_visit, valid_appraisal,
                                          favourable_assessment};
constexpr std::array kForRefusalProposal{valid_verification};
constexpr std::array kForPublicityEnd{publicity_over, objections_settled};
constexpr std::array kForReview{valid_verification, complete_visit, drawn_sample, county_visit};
constexpr std::array kForApproval{valid_verification,    clear_verification, complete_visit, valid_appraisal,
                                  publicity_over,        objections_settled, county_visit,   separate_approver,
                                  favourable_assessment, checked_account};
constexpr std::array kForRefusal{valid_verification, separate_approver};

constexpr auto kAlways = When::always;

constexpr std::array kRoad{
    Transition{filed, correct, kAlways, filed, Permission::case_file, kNothing, "SA-2014/11"},
    Transition{filed, accept, kAlways, accepted, Permission::case_accept, kForAcceptance, "DB-2012/13 DB-2021/10"},
    Transition{accepted, order_verification, kAlways, verifying, Permission::verification_order, kForVerification,
               "DB-2012/20 DB-2021/17"},
    Transition{verifying, report_clear, kAlways, investigating, Permission::verification_report, kForClearReport,
               "SX-2019/2-5"},
    Transition{verifying, report_exceeds, kAlways, verification_failed, Permission::verification_report, kForReport,
               "DB-2012/20 DB-2021/18"},
    Transition{verification_failed, object_to_verification, kAlways, verifying, Permission::verification_order,
               kNothing, "DB-2012/20 DB-2021/18"},
    Transition{verification_failed, propose_refusal, kAlways, awaiting_decision, Permission::opinion_give,
               kForRefusalProposal, "DB-2012/20 DB-2021/18"},
    Transition{investigating, order_verification, kAlways, verifying, Permission::verification_order, kForVerification,
               "SX-2019/2-5"},
    Transition{investigating, finish_investigation, When::appraisal_required, appraising,
               Permission::investigation_finish, kForInvestigationEnd, "DB-2012/21 DB-2021/19"},
    Transition{investigating, finish_investigation, When::appraisal_not_required, awaiting_opinion,
               Permission::investigation_finish, kForInvestigationEnd, "DB-2012/21 DB-2021/19"},
    Transition{appraising, accept_appraisal, kAlways, awaiting_opinion, Permission::appraisal_record, kForAppraisal,
               "DB-2012/22 DB-2021/19"},
    Transition{appraising, dispute_appraisal, kAlways, investigating, Permission::appraisal_record, kNothing,
               "DB-2012/24 DB-2021/19"},
    Transition{awaiting_opinion, propose_approval, kAlways, township_publicity, Permission::opinion_give,
               kForApprovalProposal, "DB-2012/25 DB-2021/19"},
    Transition{awaiting_opinion, propose_refusal, kAlways, county_review, Permission::opinion_give, kForRefusalProposal,
               "DB-2012/25 DB-2021/19"},
    Transition{awaiting_opinion, reinvestigate, kAlways, investigating, Permission::opinion_give, kNothing,
               "DB-2012/24 DB-2021/19"},
    // Each level closes its own round.
    Transition{township_publicity, close_publicity, kAlways, county_review, Permission::opinion_give, kForPublicityEnd,
               "DB-2012/25 DB-2021/19"},
    Transition{township_publicity, uphold_objection, kAlways, investigating, Permission::objection_record, kNothing,
               "DB-2012/29 DB-2021/19"},
    Transition{county_review, complete_review, When::county_publicity_required, county_publicity,
               Permission::review_record, kForReview, "DB-2012/26 DB-2021/20"},
    Transition{county_review, complete_review, When::county_publicity_not_required, awaiting_decision,
               Permission::review_record, kForReview, "DB-2012/26 DB-2021/20"},
    Transition{county_review, reinvestigate, kAlways, investigating, Permission::review_record, kNothing,
               "DB-2012/26 DB-2021/20"},
    Transition{county_publicity, close_publicity, kAlways, awaiting_decision, Permission::review_record,
               kForPublicityEnd, "DB-2012/29"},
    Transition{county_publicity, uphold_objection, kAlways, investigating, Permission::objection_record, kNothing,
               "DB-2012/29"},
    Transition{awaiting_decision, approve, kAlways, approved, Permission::case_decide, kForApproval,
               "DB-2012/29 DB-2021/21"},
    Transition{awaiting_decision, refuse, kAlways, refused, Permission::case_decide, kForRefusal,
               "DB-2012/26 DB-2021/21"},
    Transition{awaiting_decision, return_to_review, kAlways, county_review, Permission::case_decide, kNothing,
               "DB-2012/26 DB-2021/20"},
    Transition{approved, end_benefit, kAlways, ended, Permission::award_end, kNothing, "SA-2014/13"},
};

// From every open state the family may withdraw, and the procedure may be ended for want of co-operation or for death.
constexpr Transition kWithdraw{filed, withdraw, kAlways, withdrawn, Permission::case_withdraw, kNothing, "SA-2014/11"};
constexpr Transition kTerminate{
    filed, terminate, kAlways, terminated, Permission::case_withdraw, kNothing, "DB-2012/12 DB-2021/29"};

const std::vector<Transition>& whole_road() {
  static const std::vector<Transition> table = [] {
    std::vector<Transition> lines(kRoad.begin(), kRoad.end());
    for (const State state :
         {filed, accepted, verifying, verification_failed, investigating, appraising, awaiting_opinion,
          township_publicity, county_review, county_publicity, awaiting_decision}) {
      for (Transition line : {kWithdraw, kTerminate}) {
        line.from = state;
        lines.push_back(line);
      }
    }
    return lines;
  }();
  return table;
}

bool holds(When when, const RoadConditions& conditions) {
  const bool has_second_round = conditions.publicity_rounds >= 2 && conditions.proposes_approval;
  switch (when) {
    case When::always: return true;
    case When::appraisal_required: return conditions.is_appraisal_required;
    case When::appraisal_not_required: return !conditions.is_appraisal_required;
    case When::county_publicity_required: return has_second_round;
    case When::county_publicity_not_required: return !has_second_round;
  }
  return false;
}

/// "DB-2012/13 DB-2021/10" as "DB-2012/13, DB-2021/10".
std::string listed(std::string_view law) {
  std::string text(law);
  for (std::size_t at = text.find(' '); at != std::string::npos; at = text.find(' ', at + 2)) text.replace(at, 1, ", ");
  return text;
}

}  // namespace

std::span<const Transition> road() { return whole_road(); }

Limit limit_of(State state) {
  switch (state) {
    case filed: return Limit::acceptance;
    case accepted: return Limit::verification_start;
    case verifying: return Limit::verification;
    case investigating: return Limit::investigation;
    case appraising: return Limit::appraisal;
    case township_publicity:
    case county_publicity: return Limit::publicity;
    case county_review: return Limit::county_opinion;
    case awaiting_decision: return Limit::decision;
    case verification_failed:
    case awaiting_opinion:
    case approved:
    case refused:
    case withdrawn:
    case terminated:
    case ended: return Limit::none;
  }
  return Limit::none;
}

bool is_open(State state) {
  switch (state) {
    case approved:
    case refused:
    case withdrawn:
    case terminated:
    case ended: return false;
    case filed:
    case accepted:
    case verifying:
    case verification_failed:
    case investigating:
    case appraising:
    case awaiting_opinion:
    case township_publicity:
    case county_review:
    case county_publicity:
    case awaiting_decision: return true;
  }
  return false;
}

const Transition* find_transition(State from, Action action, const RoadConditions& conditions) {
  for (const Transition& line : road()) {
    if (line.from == from && line.action == action && holds(line.when, conditions)) return &line;
  }
  return nullptr;
}

std::vector<const Transition*> transitions_from(State from, const RoadConditions& conditions) {
  std::vector<const Transition*> lines;
  for (const Transition& line : road()) {
    if (line.from == from && holds(line.when, conditions)) lines.push_back(&line);
  }
  return lines;
}

std::string draw_road() {
  std::string page =
      "# The road of an application\n\nDrawn by `jiuzhu road` from `src/modules/cases/road.cpp`; a test fails when "
      "this page is old.\n"
      "Withdrawal and termination are possible from every open state and are left out of the "
      "picture.\n\n```mermaid\nstateDiagram-v2\n"
      "  [*] --> filed\n";
  const auto name = [](auto value) { return std::string(enum_text(value)); };
  for (const Transition& line : kRoad) {
    if (line.from == line.to) continue;
    page += "  " + name(line.from) + " --> " + name(line.to) + " : " + name(line.action);
    if (line.when != When::always) page += " (" + name(line.when) + ")";
    page += "\n";
  }
  page += "```\n\n| from | action | when | to | who | needs | law |\n|---|---|---|---|---|---|---|\n";
  for (const Transition& line : kRoad) {
    std::string needs;
    for (const Need need : line.needs) needs += (needs.empty() ? "" : ", ") + name(need);
    page += "| " + name(line.from) + " | " + name(line.action) + " | " + name(line.when) + " | " + name(line.to) +
            " | " + name(line.permission) + " | " + needs + " | " + listed(line.law) + " |\n";
  }
  return page;
}

}  // namespace jiuzhu::cases
