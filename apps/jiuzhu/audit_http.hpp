#pragma once

#include "kernel/api/api.hpp"
#include "platform/db/database.hpp"

namespace jiuzhu {

/// The audit record for administrators and auditors, newest first.
void add_audit_routes(api::Api& api, db::Database& database);

}  // namespace jiuzhu
