#pragma once
// Assessment of households as text in and text out, for the command line, for batches and for the HTTP API. Pure except
// for the streams it is given; any thread.

#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "engines/policy/rulebook.hpp"

namespace jiuzhu::assessment {

/// One household as JSON (docs/schemas/household-facts.schema.json) to its decision as JSON
/// (docs/schemas/decision.schema.json), with the explanation in Chinese and English. Refuses with what
/// json::read_text and policy::assess refuse with.
Result<std::string> assess_json(std::string_view facts, const policy::Rulebook& rulebook);

struct BatchCount {
  std::size_t lines = 0;
  std::size_t refused = 0;
};

/// One household a line in, one line out, in order: the decision without trace and prose, or
/// {"line":3,"error":{"key":…,"fields":[…]}}. A bad line does not stop the rest; empty lines are skipped.
BatchCount assess_lines(std::istream& in, std::ostream& out, const policy::Rulebook& rulebook);

/// JSON Schema (2020-12) of the facts and of the decision; docs/schemas/ has them, and a test keeps them equal.
std::string facts_schema();
std::string decision_schema();

}  // namespace jiuzhu::assessment
