#pragma once
// The list of cases as a file.

#include "kernel/exports/list_export.hpp"
#include "modules/cases/case_http.hpp"

namespace jiuzhu::cases {

/// All cases of the actor's region that the filter lets through. Refuses like find_cases() and exports::export_list().
Result<api::FileContent> export_cases(const exports::Context& context, const ViewContext& views, CaseFilter filter);

/// Of a call, for the exports of every module that works on cases.
inline exports::Context export_context(const api::Call& call, const CaseRoutesContext& context) {
  return {context.surroundings, call.actor(), exports::Words(context.views.messages, call.language)};
}

void add_case_export_routes(api::Api& api, const std::shared_ptr<const CaseRoutesContext>& context);

}  // namespace jiuzhu::cases
