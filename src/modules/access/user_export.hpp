#pragma once
// The accounts of a place as a file, for the yearly look at who still needs which (GB/T 22239: accounts that are no
// longer needed are removed).

#include "kernel/exports/list_export.hpp"
#include "modules/access/access_http.hpp"

namespace jiuzhu::access {

/// All accounts of the actor's region that `search` finds; needs user_manage.
Result<api::FileContent> export_users(const exports::Context& context, const RegionName& region_name,
                                      const std::string& search);

void add_user_export_routes(api::Api& api, const Surroundings& surroundings, const Messages& messages,
                            RegionName region_name);

}  // namespace jiuzhu::access
