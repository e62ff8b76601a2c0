#pragma once
// Households that drew a benefit before this program came to the county (存量): their case begins approved, on the word
// of whoever takes the roster over, and says so in its story. Their next re-examination goes by the rules.

#include "engines/policy/facts.hpp"
#include "modules/cases/declaration.hpp"

namespace jiuzhu::cases {

struct TakenOverCase {
  CaseRow row;
  DeclarationRows declared;
  policy::HouseholdFacts facts;
};

/// The rows of one household; writes nothing. `intake` has no contradictions.
TakenOverCase take_over(const UseCase& act, const policy::Procedure& procedure, const Intake& intake, Money amount);

/// Writes them; row.case_number is set. The members stand in the directory already (enter_members). `note` tells where
/// the household comes from. The caller records taken_over_entry(), of thousands at the end and in portions: the
/// chain's lock keeps everybody else in the county waiting.
void write_taken_over(UseCase& act, const TakenOverCase& taken, const std::string& note);
AuditEntry taken_over_entry(CaseId id, const std::string& case_number, const std::string& note);

}  // namespace jiuzhu::cases
