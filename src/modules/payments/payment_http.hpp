#pragma once

#include "kernel/api/api.hpp"
#include "modules/cases/case_http.hpp"

namespace jiuzhu::payments {

void add_payment_routes(api::Api& api, const std::shared_ptr<const cases::CaseRoutesContext>& context);

}  // namespace jiuzhu::payments
