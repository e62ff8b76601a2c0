#pragma once
// The little SQL that is read rather than sent.

#include <string>
#include <string_view>
#include <vector>

namespace jiuzhu::db {

/// `?` placeholders outside quotes become $1, $2, … for PostgreSQL.
std::string number_placeholders(std::string_view sql);

/// Statements of a script, split at semicolons outside quotes and comments; without empty ones.
std::vector<std::string> split_statements(std::string_view script);

}  // namespace jiuzhu::db
