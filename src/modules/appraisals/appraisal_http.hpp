#pragma once

#include "modules/cases/case_http.hpp"

namespace jiuzhu::appraisals {

/// GET and POST /cases/{county}/{case}/appraisals
void add_appraisal_routes(api::Api& api, const std::shared_ptr<const cases::CaseRoutesContext>& context);

}  // namespace jiuzhu::appraisals
