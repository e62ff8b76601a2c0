#pragma once
// The standards of a county as a file.

#include "modules/cases/case_export.hpp"

namespace jiuzhu::standards {

/// What is or was in force, then what was recorded and withdrawn again. Refuses like read_standards() and
/// exports::export_list().
Result<api::FileContent> export_standards(const exports::Context& context, const cases::CaseWorld& world,
                                          const RegionCode& county);

void add_standard_export_routes(api::Api& api, const std::shared_ptr<const cases::CaseRoutesContext>& context);

}  // namespace jiuzhu::standards
