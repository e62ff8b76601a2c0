#pragma once

#include "modules/cases/case_http.hpp"

namespace jiuzhu::visits {

/// GET  /cases/{county}/{case}/visits, …/visits/investigators
/// POST …/visits, …/visits/{visit}/signatures, …/investigation/finish
void add_visit_routes(api::Api& api, const std::shared_ptr<const cases::CaseRoutesContext>& context);

}  // namespace jiuzhu::visits
