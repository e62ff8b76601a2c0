#pragma once
// The draws of a county, and the cases of one, for those who make the visits.

#include "modules/cases/case_http.hpp"

namespace jiuzhu::reviews {

void add_draw_export_routes(api::Api& api, const std::shared_ptr<const cases::CaseRoutesContext>& context);

}  // namespace jiuzhu::reviews
