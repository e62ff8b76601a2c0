#pragma once

#include "modules/cases/case_http.hpp"
#include "modules/watch/check_service.hpp"

namespace jiuzhu::watch {

/// /watch/checks: checks of everybody in benefit, and their households; /watch/alerts: what waits for a visit or a
/// decision. `runner` does the checks.
void add_watch_routes(api::Api& api, const std::shared_ptr<const cases::CaseRoutesContext>& context,
                      const std::shared_ptr<const WatchWorld>& world, jobs::Runner& runner);

}  // namespace jiuzhu::watch
