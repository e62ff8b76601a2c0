#pragma once

#include "kernel/api/api.hpp"
#include "kernel/use_case/use_case.hpp"

namespace jiuzhu {

/// The audit record for administrators and auditors, newest first.
void add_audit_routes(api::Api& api, const Surroundings& surroundings, const Messages& messages);

}  // namespace jiuzhu
