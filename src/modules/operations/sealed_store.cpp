#include "modules/operations/sealed_store.hpp"

namespace jiuzhu::operations {
namespace {

/// A key is read as one text, its columns apart by a character that no identifier has.
constexpr char kSeparator = '\x1f';
constexpr std::string_view kSeparatorLiteral = "'\x1f'";

struct KeyedRow {
  std::string key;
  db::Bytes sealed;
};
BOOST_DESCRIBE_STRUCT(KeyedRow, (), (key, sealed))

std::vector<std::string> split_key(std::string_view text) {
  std::vector<std::string> parts;
  for (std::size_t end = text.find(kSeparator); end != std::string_view::npos; end = text.find(kSeparator)) {
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  parts.emplace_back(text);
  return parts;
}

/// Calls `function(key[0], key[1], …)`: the number of a statement's parameters is fixed at compile time.
template <class Function>
void with_key(const std::vector<std::string>& key, Function&& function) {
  switch (key.size()) {
    case 1: return function(key[0]);
    case 2: return function(key[0], key[1]);
    case 3: return function(key[0], key[1], key[2]);
    case 4: return function(key[0], key[1], key[2], key[3]);
    default: JZ_ASSERT(false);
  }
}

/// "a, b, c", or "?, ?, ?", or "a = ? and b = ? and c = ?".
template <class Word>
std::string joined(const std::vector<std::string_view>& names, std::string_view between, Word&& word) {
  std::string text;
  for (const std::string_view name : names) text += (text.empty() ? "" : std::string(between)) + word(name);
  return text;
}

std::string key_columns(const SealedColumn& column) {
  return joined(column.key, ", ", [](std::string_view name) { return std::string(name); });
}

/// Null has no first byte, so rows without a value drop out of every comparison.
std::string version_of(const SealedColumn& column) { return "substr(" + std::string(column.column) + ", 1, 1)"; }

std::string from(const SealedColumn& column) { return " from " + std::string(column.table) + " where "; }

}  // namespace

std::vector<VersionCount> count_versions(db::Transaction& tx, const SealedColumn& column) {
  const std::string version = version_of(column);
  return tx.select<VersionCount>({"sealed.count_versions", "select " + version + " as version, count(*)" +
                                                               from(column) + std::string(column.column) +
                                                               " is not null group by 1 order by 1"});
}

std::vector<RegionCount> count_others(db::Transaction& tx, const SealedColumn& column, const db::Bytes& version) {
  const std::string region(column.region);
  return tx.select<RegionCount>(
      {"sealed.count_others", "select " + region + ", count(*)" + from(column) + version_of(column) +
                                  " <> ? group by " + region + " order by " + region},
      version);
}

std::optional<db::Bytes> find_sample(db::Transaction& tx, const SealedColumn& column, const db::Bytes& version) {
  return tx.find<db::Bytes>(
      {"sealed.find_sample", "select " + std::string(column.column) + from(column) + version_of(column) +
                                 " = ? order by " + key_columns(column) + " limit 1"},
      version);
}

std::vector<SealedRow> next_others(db::Transaction& tx, const SealedColumn& column, const std::string& region,
                                   const db::Bytes& version, const std::vector<std::string>& after, int limit) {
  const std::string keys = key_columns(column);
  const std::string key_text = joined(column.key, " || " + std::string(kSeparatorLiteral) + " || ",
                                      [](auto name) { return "cast(" + std::string(name) + " as text)"; });
  const std::string start = "select " + key_text + ", " + std::string(column.column) + from(column) +
                            std::string(column.region) + " = ? and " + version_of(column) + " <> ?";
  const std::string end = " order by " + keys + " limit ?";
  std::vector<KeyedRow> found;
  if (after.empty()) {
    found = tx.select<KeyedRow>(db::Statement{"sealed.first_others", start + end}, region, version, limit);
  } else {
    const std::string sql =
        start + " and (" + keys + ") > (" + joined(column.key, ", ", [](auto) { return std::string("?"); }) + ")" + end;
    with_key(after, [&](const auto&... parts) {
      found = tx.select<KeyedRow>(db::Statement{"sealed.next_others", sql}, region, version, parts..., limit);
    });
  }
  std::vector<SealedRow> rows;
  for (KeyedRow& row : found) rows.push_back({split_key(row.key), std::move(row.sealed)});
  return rows;
}

bool exchange(db::Transaction& tx, const SealedColumn& column, const SealedRow& row, const db::Bytes& fresh) {
  const std::string name(column.column);
  const std::string sql = "update " + std::string(column.table) + " set " + name + " = ? where " +
                          joined(column.key, " and ", [](auto key) { return std::string(key) + " = ?"; }) + " and " +
                          name + " = ?";
  std::int64_t changed = 0;
  with_key(row.key, [&](const auto&... parts) {
    changed = tx.execute(db::Statement{"sealed.exchange", sql}, fresh, parts..., row.sealed);
  });
  return changed == 1;
}

}  // namespace jiuzhu::operations
