#pragma once
// Names of places, five levels, from the national statistical codes. Rows are never deleted: an import of a newer
// edition ends the codes it no longer has, inside the part of the country that it covers.

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "kernel/regions/region_column.hpp"
#include "platform/db/database.hpp"

namespace jiuzhu::regions {

struct RegionRow {
  std::string code;
  std::string name;
  std::string parent;  // "" for a province
  Date valid_from;
  std::optional<Date> valid_until;
};
BOOST_DESCRIBE_STRUCT(RegionRow, (), (code, name, parent, valid_from, valid_until))

struct RegionImportReport {
  int rows = 0;
  int added = 0;
  int renamed = 0;
  int ended = 0;
};

/// Reads a CSV text (header code,name,parent; codes trimmed; parents before children; UTF-8) and brings the dictionary
/// to it. Refuses with "region_file.invalid" and a field error per bad line ("/lines/12"), and applies nothing then.
Result<RegionImportReport> import_regions(db::Database& database, std::string_view csv, Date today);

/// Children that are valid today, by code.
std::vector<RegionRow> children_of(db::Transaction& tx, const std::string& parent);

/// Names for lists and pages; remembers what it looked up. Any thread.
class RegionNames {
 public:
  explicit RegionNames(db::Database& database) : database_(database) {}
  /// "城区 上站街道 西街社区": from the county down; the code itself when the dictionary lacks it.
  std::string name(const RegionCode& region);
  void forget();

 private:
  std::optional<std::string> own_name(const std::string& code);

  db::Database& database_;
  std::mutex mutex_;
  std::map<std::string, std::string> names_;  // guarded by mutex_
};

}  // namespace jiuzhu::regions
