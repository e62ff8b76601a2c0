#pragma once
// Facts as they are stored: the JSON form that `jiuzhu assess` reads, so that any stored case can be judged again.

#include <string>

#include "base/result.hpp"
#include "engines/policy/facts.hpp"

namespace jiuzhu::cases {

std::string write_facts(const policy::HouseholdFacts& facts);
/// Refuses with "request.invalid" when the stored text is not what this program writes.
Result<policy::HouseholdFacts> read_facts(const std::string& text);

}  // namespace jiuzhu::cases
