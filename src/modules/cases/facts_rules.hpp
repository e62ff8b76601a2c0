#pragma once
// Facts that an officer records must be about the case at hand. Pure; any thread.

#include <span>
#include <vector>

#include "engines/policy/facts.hpp"
#include "modules/cases/case_store.hpp"

namespace jiuzhu::cases {

/// Where facts speak of another household, place, programme or date than the case's, or bring parameters of their own:
/// those would change the law for one family. Field errors below "/facts", with the engine's own contradictions.
std::vector<FieldError> facts_beside_case(const policy::HouseholdFacts& facts, const CaseRow& row,
                                          std::span<const PersonRow> persons);

}  // namespace jiuzhu::cases
