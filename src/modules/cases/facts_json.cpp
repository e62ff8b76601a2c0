#include "modules/cases/facts_json.hpp"

#include "kernel/policy_json/policy_json.hpp"

namespace jiuzhu::cases {

std::string write_facts(const policy::HouseholdFacts& facts) { return json::print(json::write(facts)); }

Result<policy::HouseholdFacts> read_facts(const std::string& text) {
  return json::read_text<policy::HouseholdFacts>(text);
}

}  // namespace jiuzhu::cases
