#pragma once
// Runs policy/cases: households with results that a person worked out by hand. `jiuzhu policy check` and the tests use
// it; whoever changes a rule sees at once which cases change with it.

#include <string>
#include <vector>

#include "engines/policy/rulebook.hpp"
#include "kernel/policy_files/policy_files.hpp"

namespace jiuzhu::assessment {

/// One expectation that did not hold.
struct CaseDifference {
  std::string case_id;
  std::string place;  // "cases/members.yaml:12"
  std::string name;
  std::string expected;
  std::string actual;
};

/// Expectation names: outcome, amount, first_month, persons, counted, not_counted, open (member keys), marginal
/// (yes/no/unknown/undefined), single (KEY=yes …), incomes_counted and incomes_not_counted and incomes_open (indexes),
/// income_month, obligors (KEY=AMOUNT or KEY=open), limits (NAME=yes/no/unknown), law (articles that must be cited
/// somewhere), missing (facts that must be asked for), packs, error (the key of a refusal), fields (pointers of a
/// refusal).
std::vector<CaseDifference> run_worked_case(const policy::WorkedCase& worked, const policy::Rulebook& rulebook);

}  // namespace jiuzhu::assessment
