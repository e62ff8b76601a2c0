#include <algorithm>
#include <cctype>
#include <charconv>

#include "base/text.hpp"
#include "kernel/sieve_files/readers.hpp"

namespace jiuzhu::sieve {
namespace {

/// As many as a sheet of a workbook has.
constexpr int kColumnMost = 16'384;

Encoding read_encoding(const YamlReader& entry) {
  std::string name = entry.optional_text("encoding").value_or("utf-8");
  const std::string written = name;
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (name == "utf-8") return Encoding::utf_8;
  if (name == "gb18030") return Encoding::gb18030;
  entry.find("encoding").fail("sieve_file.bad_encoding", {{"value", written}});
  return Encoding::utf_8;
}

/// One character that no value and no blank around one is made of.
bool may_part(const std::string& text) {
  if (text.size() != 1) return false;
  const auto byte = static_cast<unsigned char>(text.front());
  return byte > 0 && byte < 0x80 && std::isalnum(byte) == 0 && byte != ' ' && byte != '\r' && byte != '\n';
}

/// In GB18030 such a byte may be the second half of a character.
bool is_half_of_character(const std::string& text, Encoding encoding) {
  const auto byte = static_cast<unsigned char>(text.front());
  return encoding == Encoding::gb18030 && byte >= 0x40 && byte <= 0x7E;
}

void read_separator(const YamlReader& entry, TableShape& shape) {
  const auto text = entry.optional_text("separator");
  if (!text) return;
  const YamlReader place = entry.find("separator");
  if (!may_part(*text) || *text == "\"") return place.fail("sieve_file.bad_separator", {{"value", *text}});
  if (is_half_of_character(*text, shape.encoding)) {
    return place.fail("sieve_file.half_of_character", {{"value", *text}});
  }
  shape.separator = text->front();
}

void read_quote(const YamlReader& entry, TableShape& shape) {
  const auto text = entry.optional_text("quote");
  if (!text) return;
  const YamlReader place = entry.find("quote");
  if (*text == "none") {
    shape.quote = 0;
    return;
  }
  if (!may_part(*text) || text->front() == shape.separator) {
    return place.fail("sieve_file.bad_quote", {{"value", *text}});
  }
  if (is_half_of_character(*text, shape.encoding)) {
    return place.fail("sieve_file.half_of_character", {{"value", *text}});
  }
  shape.quote = text->front();
}

std::optional<int> whole_number(const std::string& text) {
  int number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

RowFilter read_filter(const YamlReader& entry, const TableShape& shape) {
  entry.allow({"column", "is", "not"});
  if (!entry.is_map()) return {};
  RowFilter filter{.column = read_needed_column(entry, "column", shape)};
  const bool has_is = !entry.find("is").is_null();
  const bool has_not = !entry.find("not").is_null();
  if (has_is == has_not) {
    entry.fail("sieve_file.is_or_not");
    return filter;
  }
  filter.is_excluded = has_not;
  filter.values = read_values(entry, has_not ? "not" : "is");
  return filter;
}

}  // namespace

TableShape read_shape(const YamlReader& entry) {
  TableShape shape{.encoding = read_encoding(entry), .has_header = entry.optional_flag("header").value_or(true)};
  read_separator(entry, shape);
  read_quote(entry, shape);
  return shape;
}

ColumnName read_column(const YamlReader& value, const TableShape& shape) {
  if (!value.is_scalar()) {
    value.fail("yaml.not_text");
    return {};
  }
  const std::string text(trim(value.scalar()));
  const auto number = whole_number(text);
  if (!shape.has_header) {
    if (number && *number >= 1 && *number <= kColumnMost) return {.number = *number};
    value.fail("sieve_file.column_needs_number", {{"value", text}, {"most", std::to_string(kColumnMost)}});
    return {};
  }
  // In quotes it is a title that looks like a number.
  if (text.empty() || (number && value.is_plain())) value.fail("sieve_file.column_needs_name", {{"value", text}});
  return {.name = text};
}

ColumnName read_needed_column(const YamlReader& columns, std::string_view name, const TableShape& shape) {
  const auto column = read_optional_column(columns, name, shape);
  if (!column) columns.fail("yaml.missing", {{"name", std::string(name)}});
  return column.value_or(ColumnName());
}

std::optional<ColumnName> read_optional_column(const YamlReader& columns, std::string_view name,
                                               const TableShape& shape) {
  const YamlReader value = columns.find(name);
  return value.is_null() ? std::nullopt : std::optional(read_column(value, shape));
}

std::vector<std::string> read_values(const YamlReader& entry, std::string_view name) {
  std::vector<std::string> values = entry.texts(name);
  const YamlReader list = entry.find(name);
  if (values.empty() && (list.is_null() || list.is_list())) entry.fail("yaml.missing", {{"name", std::string(name)}});
  return values;
}

std::vector<RowFilter> read_filters(const YamlReader& entry, const TableShape& shape) {
  const YamlReader where = entry.find("where");
  if (where.is_null()) return {};
  std::vector<RowFilter> filters;
  for (const YamlReader& filter : where.is_list() ? where.elements() : std::vector{where}) {
    filters.push_back(read_filter(filter, shape));
  }
  return filters;
}

PeopleFile read_people(const YamlReader& entry, const std::filesystem::path& folder, TakenNames& taken) {
  entry.allow({"files", "encoding", "separator", "quote", "header", "columns", "obligor", "attributes"});
  if (!entry.is_map()) return {};
  const TableShape shape = read_shape(entry);
  PeopleFile people{.files = read_files(entry, folder), .shape = shape};
  const YamlReader columns = entry.find("columns");
  if (columns.is_null()) {
    entry.fail("yaml.missing", {{"name", "columns"}});
  } else {
    columns.allow({"household", "person", "name", "number", "role"});
    if (columns.is_map()) {
      people.household = read_needed_column(columns, "household", shape);
      people.person = read_needed_column(columns, "person", shape);
      people.name = read_needed_column(columns, "name", shape);
      people.number = read_needed_column(columns, "number", shape);
      people.role = read_optional_column(columns, "role", shape);
    }
  }
  if (const auto obligor = entry.optional_text("obligor")) {
    people.obligor_value = *obligor;
    if (!people.role) entry.find("obligor").fail_at_key("sieve_file.obligor_without_role");
  }
  people.attributes = read_attributes(entry, shape, taken);
  return people;
}

std::vector<Attribute> read_attributes(const YamlReader& people, const TableShape& shape, TakenNames& taken) {
  std::vector<Attribute> attributes;
  for (const auto& [name, value] : people.find("attributes").named_members()) {
    value.allow({"column", "is"});
    taken.take(name, value);
    if (!value.is_map()) continue;
    attributes.push_back(
        {.name = name, .column = read_needed_column(value, "column", shape), .values = read_values(value, "is")});
  }
  return attributes;
}

}  // namespace jiuzhu::sieve
