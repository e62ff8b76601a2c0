#include "modules/regions/region_directory.hpp"

#include <set>

#include "base/text.hpp"

namespace jiuzhu::regions {
namespace {

using db::Statement;

constexpr Statement kAll{"regions.all", "select code, name, parent, valid_from, valid_until from region order by code"};
constexpr Statement kInsert{"regions.insert",
                            "insert into region (code, name, parent, valid_from, valid_until) values (?, ?, ?, ?, ?)"};
constexpr Statement kRename{"regions.rename", "update region set name = ?, valid_until = null where code = ?"};
constexpr Statement kEnd{"regions.end", "update region set valid_until = ? where code = ?"};
constexpr Statement kChildren{"regions.children",
                              "select code, name, parent, valid_from, valid_until from region "
                              "where parent = ? and valid_until is null order by code"};
constexpr Statement kName{"regions.name", "select name from region where code = ?"};

struct FileRow {
  std::string code;
  std::string name;
  std::string parent;
};

Result<std::vector<FileRow>> parse_file(std::string_view csv) {
  std::vector<FileRow> rows;
  std::vector<FieldError> problems;
  std::set<std::string, std::less<>> known;
  int number = 0;
  for (std::string_view line : split(csv, '\n')) {
    ++number;
    line = trim(line);
    if (line.empty() || line.starts_with('#') || (number == 1 && line == "code,name,parent")) continue;
    const auto parts = split(line, ',');
    const auto code = parts.size() == 3 ? RegionCode::parse(parts[0]) : RegionCode::parse("");
    const std::string parent = code && code->parent() ? code->parent()->to_text() : "";
    if (!code || parts[1].empty() || parts[2] != parent) {
      problems.push_back({"/lines/" + std::to_string(number), "region_file.line", {{"line", std::to_string(number)}}});
      continue;
    }
    if (!known.insert(code->to_text()).second) {
      problems.push_back({"/lines/" + std::to_string(number), "region_file.twice", {{"line", std::to_string(number)}}});
      continue;
    }
    rows.push_back({code->to_text(), std::string(parts[1]), parent});
  }
  if (rows.empty() && problems.empty()) problems.push_back({"", "region_file.empty", {}});
  if (!problems.empty()) {
    return refuse(Error{.code = ErrorCode::invalid_input, .key = "region_file.invalid", .fields = std::move(problems)});
  }
  return rows;
}

}  // namespace

Result<RegionImportReport> import_regions(db::Database& database, std::string_view csv, Date today) {
  JZ_TRY(const auto rows, parse_file(csv));
  return database.write([&](db::Transaction& tx) -> Result<RegionImportReport> {
    RegionImportReport report{.rows = static_cast<int>(rows.size())};
    std::map<std::string, RegionRow> present;
    tx.each<RegionRow>(kAll, [&](RegionRow row) { present.emplace(row.code, row); });
    std::set<std::string> provinces;
    std::set<std::string> named;
    for (const FileRow& row : rows) {
      provinces.insert(row.code.substr(0, 2));
      named.insert(row.code);
      const auto found = present.find(row.code);
      if (found == present.end()) {
        tx.enqueue_row(kInsert, RegionRow{row.code, row.name, row.parent, today, std::nullopt});
        ++report.added;
      } else if (found->second.name != row.name || found->second.valid_until) {
        tx.enqueue(kRename, row.name, row.code);
        ++report.renamed;
      }
    }
    for (const auto& [code, row] : present) {
      if (!provinces.contains(code.substr(0, 2)) || named.contains(code) || row.valid_until) continue;
      tx.enqueue(kEnd, today, code);
      ++report.ended;
    }
    return report;
  });
}

std::vector<RegionRow> children_of(db::Transaction& tx, const std::string& parent) {
  return tx.select<RegionRow>(kChildren, parent);
}

std::optional<std::string> RegionNames::own_name(const std::string& code) {
  {
    const std::lock_guard lock(mutex_);
    const auto known = names_.find(code);
    if (known != names_.end()) return known->second;
  }
  auto name = database_.read([&](db::Transaction& tx) { return tx.find<std::string>(kName, code); });
  if (name) {
    const std::lock_guard lock(mutex_);
    names_.emplace(code, *name);
  }
  return name;
}

std::string RegionNames::name(const RegionCode& region) {
  std::string text = own_name(region.to_text()).value_or(region.to_text());
  for (auto parent = region.parent(); parent && parent->to_text().size() >= 6; parent = parent->parent()) {
    if (const auto name = own_name(parent->to_text())) text = *name + " " + text;
  }
  return text;
}

void RegionNames::forget() {
  const std::lock_guard lock(mutex_);
  names_.clear();
}

}  // namespace jiuzhu::regions
