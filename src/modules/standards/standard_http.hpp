#pragma once

#include "kernel/api/api.hpp"
#include "modules/cases/case_http.hpp"
#include "modules/standards/standard_service.hpp"

namespace jiuzhu::standards {

/// `feed` lives as long as the server.
void add_standard_routes(api::Api& api, const std::shared_ptr<const cases::CaseRoutesContext>& context,
                         StandardFeed& feed);

}  // namespace jiuzhu::standards
