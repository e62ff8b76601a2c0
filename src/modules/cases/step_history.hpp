#pragma once
// What the steps of a case say about its past. Pure; any thread.

#include <cstdint>
#include <span>

#include "modules/cases/case_store.hpp"

namespace jiuzhu::cases {

/// The version with which a case last came into a state from another one; 0 when it never did. Evidence with a higher
/// version was given since then.
inline std::int64_t last_entry(std::span<const StepRow> steps, State state) {
  std::int64_t version = 0;
  for (const StepRow& step : steps) {
    if (step.to_state == state && step.from_state != state && step.sequence > version) version = step.sequence;
  }
  return version;
}

}  // namespace jiuzhu::cases
