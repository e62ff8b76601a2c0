// Registration, the first of the three conditions: DB-2012/4-2, 6, 11; DB-2021/4, 5.

#include "engines/policy/workings.hpp"

namespace jiuzhu::policy {

void check_registration(Workings& workings) {
  const auto applicant = std::ranges::find_if(
      workings.members, [](const MemberState& state) { return state.facts->relation == Relation::self; });
  const RuleMatch match = ordered_match(workings.rules.pack->section(Section::registration), applicant->slots);
  workings.use_of(match.observations);
  if (match.rule) {
    workings.decision.registration = workings.basis_of(*match.rule, match.observations);
    if (match.holds == Truth::yes && match.rule->then == RuleOutcome::fulfilled) workings.registration = Truth::yes;
    if (match.holds == Truth::yes && match.rule->then == RuleOutcome::refused) workings.registration = Truth::no;
  }
  const Basis& basis = workings.decision.registration;
  workings.decision.figures.registration_fulfilled = workings.registration;
  workings.trace("registration", "", basis, name_of(workings.registration), match.observations);
  if (workings.registration == Truth::unknown) workings.open_question(basis.reason, basis.missing);
}

}  // namespace jiuzhu::policy
