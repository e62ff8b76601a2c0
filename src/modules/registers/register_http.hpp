#pragma once

#include "kernel/api/api.hpp"
#include "modules/registers/delivery_service.hpp"

namespace jiuzhu::registers {

/// GET  /registers, /register-rules, /registers/deliveries, /registers/deliveries/{county}/{delivery}
/// POST /registers/{register}/use, /register-rules/{code}, /registers/deliveries and below it: content, preview,
/// columns, withdrawal, cancellation. `runner` does the checks.
void add_register_routes(api::Api& api, const std::shared_ptr<const RegisterWorld>& world, jobs::Runner& runner,
                         const Messages& messages, const api::ArticleTitles& titles);

}  // namespace jiuzhu::registers
