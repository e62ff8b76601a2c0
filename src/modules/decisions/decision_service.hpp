#pragma once
// Approving and refusing applications, and delivering the notice.

#include <functional>
#include <set>

#include "modules/cases/case_service.hpp"
#include "modules/decisions/decision_rules.hpp"
#include "modules/decisions/decision_store.hpp"
#include "modules/visits/visit_service.hpp"

namespace jiuzhu::decisions {

/// What an award starts from.
struct ApprovedDecision {
  DecisionId id;
  std::string notice_number;
  Money amount;  // a month
  Month first_month;
  Date decided_on;
  int facts_revision = 0;
  policy::Decision assessment;  // of those facts, with approved_on = decided_on
};

/// Runs inside the approving transaction, after everything of the decision is written; its refusal undoes the approval.
/// May be run again after a serialization failure, so it touches nothing but the database.
using ApprovalHook = std::function<Status(UseCase&, const cases::CaseRow&, const ApprovedDecision&)>;

struct Approval {
  std::optional<Money> amount;  // the computed one when absent
  std::vector<cases::StatedReason> reasons;
};

/// Refuses like approvable_amount(), like cases::require_reasons() for malformed reasons, and like cases::take_step():
/// among the needs "decision.approver_…", "publicity.…", "case.not_eligible".
Result<cases::CaseRow> approve_case(const Surroundings& surroundings, const cases::CaseWorld& world, const Actor& actor,
                                    const cases::CaseTarget& target, const Approval& approval,
                                    const ApprovalHook& on_approved = {});

struct Refusal {
  std::vector<cases::StatedReason> reasons;
  bool is_despite_assessment = false;  // "the rules find the household eligible, and I refuse all the same"
};

/// Refuses like cases::require_reasons() and cases::take_step(), and with "decision.assessment_is_favourable" when the
/// rules find the household eligible and the approver has not said that he knows.
Result<cases::CaseRow> refuse_case(const Surroundings& surroundings, const cases::CaseWorld& world, const Actor& actor,
                                   const cases::CaseTarget& target, const Refusal& refusal);

struct Delivery {
  Date delivered_on;
  DeliveryMethod method = DeliveryMethod::in_person;
  std::string received_by;  // who signed for it; may be empty for mail and announcements
};

/// Once; a notice of a decision goes through the township (S2 art. 26). Refuses with "decision.none",
/// "decision.delivered_already" and field errors "decision.delivered_on_out_of_range", "field.empty".
Result<cases::CaseRow> record_delivery(const Surroundings& surroundings, const Actor& actor,
                                       const cases::CaseTarget& target, const Delivery& delivery);

struct DecisionFile {
  cases::CaseRow row;
  DecisionRow decision;
};
/// Reading it is recorded. Refuses with "decision.none".
Result<DecisionFile> read_decision(const Surroundings& surroundings, const Actor& actor, const RegionCode& county,
                                   cases::CaseId id);

/// Who visited the household, by the visits' owner.
using InvestigatorsOf =
    std::function<std::set<UserId>(db::Transaction& tx, const std::string& county, cases::CaseId id)>;

/// The answer that this module owns: separate_approver.
void provide_decision_needs(cases::CaseWorld& world, InvestigatorsOf investigators_of = visits::investigators_of);

}  // namespace jiuzhu::decisions
