#pragma once
// The file once more as XLSX, each wrong cell red and what is wrong at the line's end: to be corrected and uploaded.

#include <filesystem>

#include "kernel/messages/messages.hpp"
#include "modules/roster/roster_pass.hpp"

namespace jiuzhu::roster {

/// Which lines it has: all, or those of households with findings (the others were taken over).
enum class Lines { all, bad_households };

/// Writes to `path`. The file was read before with this tally. Throws when the disk is full; refuses with
/// "xlsx.too_many_rows".
Status write_annotated_copy(const std::filesystem::path& path, std::string_view bytes, const Tally& tally, Lines lines,
                            const Messages& messages, Instant now);

}  // namespace jiuzhu::roster
