#pragma once
// Reads a run file of the sieve (docs/formats/sieve-run.md) into a plan. Paths and patterns in it are relative to its
// folder; patterns are expanded and sorted, and every input must exist.
//
// Every mistake is reported at once: refuses with "sieve_file.invalid" and one field error per mistake, whose pointer
// is "run.yaml:34:7" and whose params are file, line, column, field and what the message needs besides. The keys are
// "yaml.…", "condition.…" and "sieve_file.…".

#include <filesystem>
#include <string>

#include "base/result.hpp"
#include "engines/sieve/plan.hpp"

namespace jiuzhu::sieve {

/// Refuses besides with "sieve_file.unreadable" (params file, problem) and "sieve_file.too_large".
Result<Plan> read_run_file(const std::filesystem::path& file);

/// The same from a text, as if it stood in `file`, which need not exist.
Result<Plan> read_run_text(std::string text, const std::filesystem::path& file);

}  // namespace jiuzhu::sieve
