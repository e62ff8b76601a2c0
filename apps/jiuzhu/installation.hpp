#pragma once
// For commands that look after an installation that is there, and must never make one by a slip of the pen.

#include "commands.hpp"
#include "modules/operations/backup.hpp"

namespace jiuzhu {

operations::Places places_of(const Settings& settings);

/// Like open_or_exit, but refuses where there is no installation instead of making an empty one.
std::unique_ptr<Program> open_existing_or_exit(const Settings& settings);

/// Shows on standard error how far a command is.
operations::Progress progress_to_stderr(const Messages& messages);

}  // namespace jiuzhu
