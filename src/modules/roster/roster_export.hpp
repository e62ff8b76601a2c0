#pragma once
// What was imported, as a file.

#include "kernel/exports/list_export.hpp"
#include "modules/roster/roster_service.hpp"

namespace jiuzhu::roster {

/// All imports of the actor's region, newest first, without what they say of households. Refuses like find_imports()
/// and exports::export_list().
Result<api::FileContent> export_imports(const RosterWorld& world, const Actor& actor, Language language);

}  // namespace jiuzhu::roster
