#pragma once
// The two drivers behind Database::open.

#include <memory>
#include <string>

#include "platform/db/database.hpp"

namespace jiuzhu::db {

Result<std::unique_ptr<Database>> open_sqlite(const std::string& path, Options options);
Result<std::unique_ptr<Database>> open_postgresql(const std::string& connection_string, Options options);

}  // namespace jiuzhu::db
