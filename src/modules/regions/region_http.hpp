#pragma once

#include "kernel/api/api.hpp"
#include "modules/regions/region_directory.hpp"

namespace jiuzhu::regions {

void add_region_routes(api::Api& api, db::Database& database);

}  // namespace jiuzhu::regions
