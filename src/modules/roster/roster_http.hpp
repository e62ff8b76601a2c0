#pragma once
// The roster import over HTTP.

#include "kernel/api/api.hpp"
#include "modules/roster/roster_service.hpp"

namespace jiuzhu::roster {

/// `runner` does the jobs that these routes ask for; it must outlive the API.
void add_roster_routes(api::Api& api, const std::shared_ptr<const RosterWorld>& world, jobs::Runner& runner);

}  // namespace jiuzhu::roster
