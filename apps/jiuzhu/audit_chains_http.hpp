#pragma once

#include "kernel/api/api.hpp"
#include "kernel/audit/audit_anchors.hpp"
#include "kernel/use_case/use_case.hpp"

namespace jiuzhu {

/// Where the chains of the audit record stand, and proving one of them from the page.
void add_audit_chain_routes(api::Api& api, const Surroundings& surroundings, AuditAnchors anchors,
                            const Messages& messages, std::function<std::string(const RegionCode&)> region_name);

}  // namespace jiuzhu
