#pragma once
// Where the database keeps sealed values, so that they can be sealed again under a new key and checked against a key
// file. Every bytea column is one: a test holds the list to the migrations.

#include <string>
#include <string_view>
#include <vector>

namespace jiuzhu::operations {

struct SealedColumn {
  std::string_view table;
  std::string_view column;
  std::vector<std::string_view> key;  // the primary key, in its order
  std::string_view region;            // the column that says whose audit chain: county_code, or a region below it
  std::string_view context;           // of the vault
};

using SealedColumns = std::vector<SealedColumn>;

/// "case_person.citizen_number"
inline std::string name_of(const SealedColumn& column) {
  return std::string(column.table) + "." + std::string(column.column);
}

}  // namespace jiuzhu::operations
