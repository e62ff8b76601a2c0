#pragma once
// Writes what a run has found (docs/formats/sieve-run.md, Outputs): all files of a run appear together at the end, or
// none does.

#include <cstdint>
#include <string>
#include <vector>

#include "engines/sieve/findings.hpp"
#include "engines/sieve/people.hpp"
#include "engines/sieve/plan.hpp"
#include "engines/sieve/receiver.hpp"
#include "engines/sieve/workers.hpp"

namespace jiuzhu::sieve {

struct SourceSummary {
  std::string name;
  std::string title;
  RowCounts counts;
};

struct RuleSummary {
  std::string code;
  std::string title;
  std::uint64_t exceeds = 0;
  std::uint64_t clue = 0;
  std::uint64_t review = 0;
};

/// What a run was, for whoever started it.
struct Summary {
  std::uint64_t households = 0;
  std::uint64_t persons = 0;
  std::uint64_t malformed_persons = 0;
  std::uint64_t flagged = 0;
  std::vector<SourceSummary> sources;
  std::vector<RuleSummary> rules;
};

/// Uses up the spools of `findings`. `receiver` may be null. Refuses with "sieve.cancelled"; throws std::system_error
/// when a file cannot be written.
Result<Summary> write_report(const Plan& plan, const People& people, Findings& findings, const Watching& watching,
                             Receiver* receiver);

}  // namespace jiuzhu::sieve
