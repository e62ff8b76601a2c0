#pragma once

#include "kernel/api/api.hpp"
#include "modules/cases/case_http.hpp"
#include "modules/decisions/decision_service.hpp"

namespace jiuzhu::decisions {

/// `on_approved` is what a later module does with an approval, in the same transaction.
void add_decision_routes(api::Api& api, const std::shared_ptr<const cases::CaseRoutesContext>& context,
                         ApprovalHook on_approved = {});

}  // namespace jiuzhu::decisions
