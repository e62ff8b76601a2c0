#pragma once
// What a walk found, as an import's row keeps it. Private to the module.

#include "modules/roster/roster_pass.hpp"
#include "modules/roster/roster_store.hpp"

namespace jiuzhu::roster {

/// Counts, sums and the first findings.
void write_report(ImportRow& row, const Tally& tally);
/// The file as a whole cannot be used.
void write_fault(ImportRow& row, const Error& fault);

}  // namespace jiuzhu::roster
