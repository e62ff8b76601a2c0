#pragma once
// The SQL about sealed columns, whichever they are.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "modules/operations/sealed_columns.hpp"
#include "platform/db/database.hpp"

namespace jiuzhu::operations {

struct VersionCount {
  db::Bytes version;  // one byte, the first of a sealed value
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(VersionCount, (), (version, count))

/// How many values each key version sealed.
std::vector<VersionCount> count_versions(db::Transaction& tx, const SealedColumn& column);

struct RegionCount {
  std::string region;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(RegionCount, (), (region, count))

/// Values that another version than `version` sealed, by the region of their rows.
std::vector<RegionCount> count_others(db::Transaction& tx, const SealedColumn& column, const db::Bytes& version);

/// One value of that version, or nothing.
std::optional<db::Bytes> find_sample(db::Transaction& tx, const SealedColumn& column, const db::Bytes& version);

/// Where a value stands, and the value.
struct SealedRow {
  std::vector<std::string> key;  // in the order of SealedColumn::key; numbers as their texts
  db::Bytes sealed;
};

/// The next rows of one region whose value another version sealed, by key; `after` is the last one's key, or empty.
std::vector<SealedRow> next_others(db::Transaction& tx, const SealedColumn& column, const std::string& region,
                                   const db::Bytes& version, const std::vector<std::string>& after, int limit);

/// Puts `fresh` in the place of exactly the old bytes; false when somebody wrote the row meanwhile.
bool exchange(db::Transaction& tx, const SealedColumn& column, const SealedRow& row, const db::Bytes& fresh);

}  // namespace jiuzhu::operations
