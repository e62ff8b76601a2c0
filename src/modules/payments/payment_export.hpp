#pragma once
// Runs, their transfers and who is left out, as files.

#include "modules/cases/case_export.hpp"
#include "modules/payments/payment_service.hpp"

namespace jiuzhu::payments {

Result<api::FileContent> export_runs(const exports::Context& context, const RegionCode& county);
/// Account numbers are masked: only the bank's file has them.
Result<api::FileContent> export_items(const exports::Context& context, const RegionCode& county, RunId id,
                                      ItemFilter filter);
Result<api::FileContent> export_exclusions(const exports::Context& context, const cases::ViewContext& views,
                                           const RegionCode& county, RunId id);

void add_payment_export_routes(api::Api& api, const std::shared_ptr<const cases::CaseRoutesContext>& context);

}  // namespace jiuzhu::payments
