#pragma once

#include "modules/cases/case_http.hpp"
#include "modules/registers/delivery_service.hpp"

namespace jiuzhu::verification {

/// GET  /cases/{county}/{case}/verification
/// POST …/verification/orders, …/verification/report, …/verification/objections, …/verification/facts
void add_verification_routes(api::Api& api, const std::shared_ptr<const cases::CaseRoutesContext>& context);

/// GET and POST /cases/{county}/{case}/verification/lookup
void add_lookup_routes(api::Api& api, const std::shared_ptr<const cases::CaseRoutesContext>& context,
                       const std::shared_ptr<const registers::RegisterWorld>& hall);

}  // namespace jiuzhu::verification
