#pragma once

#include "modules/cases/case_http.hpp"

namespace jiuzhu::verification {

/// GET  /cases/{county}/{case}/verification
/// POST …/verification/orders, …/verification/report, …/verification/objections, …/verification/facts
void add_verification_routes(api::Api& api, const std::shared_ptr<const cases::CaseRoutesContext>& context);

}  // namespace jiuzhu::verification
