#pragma once

#include "kernel/api/api.hpp"
#include "modules/awards/award_service.hpp"
#include "modules/cases/case_http.hpp"

namespace jiuzhu::awards {

void add_award_routes(api::Api& api, const std::shared_ptr<const cases::CaseRoutesContext>& context);
void add_standard_change_routes(api::Api& api, const std::shared_ptr<const cases::CaseRoutesContext>& context);

}  // namespace jiuzhu::awards
