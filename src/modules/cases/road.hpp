#pragma once
// The road of one application from filing to decision, as one table. Each line names who may take the step, what it
// needs, which time limit starts with the new state, and the article behind it. What the table does not name is
// refused. docs/road.md is drawn from it (`jiuzhu road`), so the picture cannot differ from the program.
//
// Pure: no database, no clock.

#include <boost/describe.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/access/role.hpp"

namespace jiuzhu::cases {

enum class State {
  filed,                // 已提交,待受理
  accepted,             // 已受理,待发起核对
  verifying,            // 核对中
  verification_failed,  // 核对超出标准,待申请人异议或提出不予确认
  investigating,        // 入户调查
  appraising,           // 民主评议
  awaiting_opinion,     // 待乡镇审核意见
  township_publicity,   // 乡镇公示
  county_review,        // 县级审核
  county_publicity,     // 县级公示
  awaiting_decision,    // 待县级审批
  approved,             // 已批准
  refused,              // 不予批准
  withdrawn,            // 已撤回
  terminated,           // 已终止
  ended,                // 待遇已停发
};
BOOST_DESCRIBE_ENUM(State, filed, accepted, verifying, verification_failed, investigating, appraising, awaiting_opinion,
                    township_publicity, county_review, county_publicity, awaiting_decision, approved, refused,
                    withdrawn, terminated, ended)

enum class Action {
  correct,
  accept,
  order_verification,
  report_clear,    // the report shows nothing that excludes
  report_exceeds,  // income or property over the limit
  object_to_verification,
  finish_investigation,
  accept_appraisal,
  dispute_appraisal,
  propose_approval,
  propose_refusal,
  close_publicity,
  uphold_objection,
  complete_review,
  reinvestigate,
  return_to_review,
  approve,
  refuse,
  withdraw,
  terminate,
  end_benefit,
  take_over,  // from the roster that was kept before; no line of the table, so nothing else leads there
              // (taking_over.hpp)
};
BOOST_DESCRIBE_ENUM(Action, correct, accept, order_verification, report_clear, report_exceeds, object_to_verification,
                    finish_investigation, accept_appraisal, dispute_appraisal, propose_approval, propose_refusal,
                    close_publicity, uphold_objection, complete_review, reinvestigate, return_to_review, approve,
                    refuse, withdraw, terminate, end_benefit, take_over)

/// What must hold before a step. Each is answered by the module that owns the evidence (needs.hpp).
enum class Need {
  complete_file,          // nothing that the form asks for is missing
  signed_authorisation,   // every adult member and obligor has signed for the check of registers
  valid_verification,     // a report in date covers every member and obligor
  clear_verification,     // and none of its results exceeds
  complete_visit,         // two investigators, findings, signatures
  valid_appraisal,        // attendance, quorum and result, where the rules in force ask for it
  publicity_over,         // posted, and the days have passed
  objections_settled,     // none is open
  county_visit,           // where the household is kin-filed, doubtful, reported or in the sample
  drawn_sample,           // the township's cases of the period have been drawn where a ratio is in force
  separate_approver,      // the approver neither investigated nor reviewed
  favourable_assessment,  // the rules in force find the household eligible, or leave it to a person who gave reasons
  checked_account,        // an account in the name of a member, in valid form
};
BOOST_DESCRIBE_ENUM(Need, complete_file, signed_authorisation, valid_verification, clear_verification, complete_visit,
                    valid_appraisal, publicity_over, objections_settled, county_visit, drawn_sample, separate_approver,
                    favourable_assessment, checked_account)

/// A line of the table holds always, or only under some procedural rules or for one kind of proposal.
enum class When {
  always,
  appraisal_required,
  appraisal_not_required,
  county_publicity_required,      // two rounds, and approval is proposed
  county_publicity_not_required,  // one round, or refusal is proposed
};
BOOST_DESCRIBE_ENUM(When, always, appraisal_required, appraisal_not_required, county_publicity_required,
                    county_publicity_not_required)

/// The parameter of the procedure whose days run while a case is in a state.
enum class Limit {
  none,
  acceptance,
  verification_start,
  verification,
  investigation,
  appraisal,
  publicity,
  county_opinion,
  decision,
};
BOOST_DESCRIBE_ENUM(Limit, none, acceptance, verification_start, verification, investigation, appraisal, publicity,
                    county_opinion, decision)

struct Transition {
  State from;
  Action action;
  When when;
  State to;
  Permission permission;
  std::span<const Need> needs;
  // The article that makes or forbids the step; after a blank, those that took its place. A case cites the first whose
  // instrument is in force on its date (Wording::in_force).
  std::string_view law;
};

std::span<const Transition> road();

/// The time limit that starts when a case enters a state.
Limit limit_of(State state);

bool is_open(State state);

/// Facts of procedure that choose between lines.
struct RoadConditions {
  bool is_appraisal_required = false;
  int publicity_rounds = 1;
  bool proposes_approval = false;
};

/// The line for an action in a state, or nothing when the table has none.
const Transition* find_transition(State from, Action action, const RoadConditions& conditions);

/// All lines that leave a state under the conditions.
std::vector<const Transition*> transitions_from(State from, const RoadConditions& conditions);

/// The table as a Mermaid state diagram with a table of needs, for docs/road.md.
std::string draw_road();

}  // namespace jiuzhu::cases
