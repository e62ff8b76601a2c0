#pragma once
// Lists of the module as files.

#include "modules/awards/award_service.hpp"
#include "modules/awards/standard_change.hpp"
#include "modules/cases/case_export.hpp"

namespace jiuzhu::awards {

/// All awards of the actor's region that the filter lets through.
Result<api::FileContent> export_awards(const exports::Context& context, const cases::ViewContext& views,
                                       AwardFilter filter);
/// All changes of standard of a county, newest first.
Result<api::FileContent> export_changes(const exports::Context& context, const RegionCode& county);
/// All lines of a change of standard that the filter lets through.
Result<api::FileContent> export_change(const exports::Context& context, const cases::ViewContext& views,
                                       const RegionCode& county, ChangeId id, ChangeFilter filter);

void add_award_export_routes(api::Api& api, const std::shared_ptr<const cases::CaseRoutesContext>& context);

}  // namespace jiuzhu::awards
