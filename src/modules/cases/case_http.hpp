#pragma once

#include "kernel/api/api.hpp"
#include "modules/cases/case_views.hpp"

namespace jiuzhu::cases {

/// Everything the routes of the road need; lives as long as the server.
struct CaseRoutesContext {
  const Surroundings& surroundings;
  const CaseWorld& world;
  ViewContext views;

  CaseSummary summary(const CaseRow& row) const { return summary_of(row, surroundings.clock.today(), views); }
};

/// {county}/{case} of the path, and the version the caller saw.
Result<CaseTarget> target_of(const api::Call& call, std::int64_t version);

void add_case_routes(api::Api& api, const std::shared_ptr<const CaseRoutesContext>& context);

}  // namespace jiuzhu::cases
