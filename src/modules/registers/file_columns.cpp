#include "modules/registers/file_columns.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <map>
#include <set>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "engines/sieve/number_key.hpp"
#include "engines/sieve/values.hpp"
#include "platform/files/packed_stream.hpp"
#include "platform/files/table_reader.hpp"
#include "platform/json/described.hpp"

namespace jiuzhu::registers {
namespace {

constexpr std::size_t kBytesLookedAt = std::size_t{256} << 10;
constexpr int kRowsLookedAt = 100;
constexpr std::size_t kSamples = 3;
constexpr const char* kEnough = "registers.enough";
constexpr std::array kSeparators{',', '\t', ';', '|'};

struct Begin {
  std::string bytes;
  Packing packing = Packing::none;
};

/// Whole lines, as far as can be told before the encoding is known: a line feed is never half of a character.
void cut_last_line(std::string& bytes) {
  const std::size_t end = bytes.rfind('\n');
  if (end != std::string::npos) bytes.resize(end + 1);
}

Result<Begin> read_begin(const std::string& path) {
  Begin begin{.bytes = std::string(kBytesLookedAt, '\0')};
  std::ifstream file(path, std::ios::binary);
  file.read(begin.bytes.data(), static_cast<std::streamsize>(begin.bytes.size()));
  begin.bytes.resize(static_cast<std::size_t>(file.gcount()));
  begin.packing = packing_of(begin.bytes);
  bool is_all = begin.bytes.size() < kBytesLookedAt;
  if (begin.packing != Packing::none) {
    JZ_TRY(const auto stream, open_packed(path, begin.packing));
    begin.bytes.assign(kBytesLookedAt, '\0');
    std::size_t size = 0;
    is_all = false;
    while (size < begin.bytes.size() && !is_all) {
      JZ_TRY(const std::size_t count, stream->read(std::span(begin.bytes).subspan(size)));
      size += count;
      is_all = count == 0;
    }
    begin.bytes.resize(size);
  }
  if (!is_all) cut_last_line(begin.bytes);
  if (trim(begin.bytes).empty()) return refuse(ErrorCode::invalid_input, "registers.file_empty");
  return begin;
}

char guess_separator(std::string_view bytes) {
  const std::string_view line = bytes.substr(0, bytes.find('\n'));
  return *std::ranges::max_element(kSeparators, {}, [&](char sign) { return std::ranges::count(line, sign); });
}

Result<FileShape> guess_shape(const Begin& begin) {
  if (begin.packing == Packing::workbook) return FileShape();
  JZ_TRY(const TextEncoding encoding, detect_encoding(begin.bytes));
  return FileShape{.encoding = encoding == TextEncoding::utf_8 ? sieve::Encoding::utf_8 : sieve::Encoding::gb18030,
                   .separator = std::string(1, guess_separator(begin.bytes))};
}

/// What is a number is told by its ends.
std::string masked(std::string_view number) {
  constexpr std::size_t kShown = 4;
  std::string text(number);
  if (text.size() > 2 * kShown) std::fill(text.begin() + kShown, text.end() - kShown, '*');
  return text;
}

void look_at_value(FileColumn& column, const std::string& text) {
  const std::string_view value = trim(text);
  if (value.empty()) return;
  ++column.filled;
  const bool is_number = sieve::parse_number(value).key != sieve::kNoKey;
  if (is_number) ++column.numbers;
  if (sieve::parse_day(value)) ++column.dates;
  if (sieve::parse_ten_thousandths(value)) ++column.amounts;
  if (column.samples.size() < kSamples) column.samples.push_back(is_number ? masked(value) : std::string(value));
}

std::string title_of(const std::vector<FileColumn>& columns, std::size_t place, const std::string& cell,
                     bool has_header) {
  std::string name(trim(cell));
  const bool is_taken = std::ranges::find(columns, name, &FileColumn::name) != columns.end();
  return has_header && !name.empty() && !is_taken ? name : std::to_string(place + 1);
}

const FileColumn* find_column(std::span<const FileColumn> columns, std::string_view name) {
  const auto found = std::ranges::find(columns, name, &FileColumn::name);
  return found == columns.end() ? nullptr : &*found;
}

std::string in_file_of(std::span<const ColumnMatch> matches, const std::string& column) {
  const auto found = std::ranges::find(matches, column, &ColumnMatch::column);
  return found == matches.end() ? std::string() : found->in_file;
}

/// Whether a column of that type has values that are none. A column of another type may be right by chance.
struct TypeCheck {
  const char* key;
  int FileColumn::* right;
};

std::map<std::string, TypeCheck> type_checks(const sieve::Source& source) {
  constexpr TypeCheck kNumbers{"registers.not_numbers", &FileColumn::numbers};
  constexpr TypeCheck kDates{"registers.not_dates", &FileColumn::dates};
  constexpr TypeCheck kAmounts{"registers.not_amounts", &FileColumn::amounts};
  std::map<std::string, TypeCheck> checks{{source.number.name, kNumbers}};
  for (const auto* column : {&source.date, &source.valid_from, &source.valid_until}) {
    if (*column) checks.emplace((*column)->name, kDates);
  }
  for (const sieve::Measure& measure : source.measures) {
    const bool is_amount = measure.type == sieve::ValueType::money || measure.type == sieve::ValueType::decimal;
    if (measure.column && is_amount) checks.emplace(measure.column->name, kAmounts);
  }
  return checks;
}

sieve::ColumnName column_in_file(const FileShape& shape, const std::string& in_file) {
  if (shape.has_header) return {.name = in_file};
  sieve::ColumnName column;
  std::from_chars(in_file.data(), in_file.data() + in_file.size(), column.number);
  return column;
}

}  // namespace

Result<FileBegin> look_at_begin(const std::string& path, const std::optional<FileShape>& shape) {
  JZ_TRY(const Begin bytes, read_begin(path));
  FileBegin begin{.is_workbook = bytes.packing == Packing::workbook};
  JZ_TRY(begin.shape, shape ? Result<FileShape>(*shape) : guess_shape(bytes));
  const bool is_utf_8 = begin.is_workbook || begin.shape.encoding == sieve::Encoding::utf_8;
  const bool is_plain = begin.is_workbook || begin.shape.separator.size() != 1;
  const TableOptions options{.encoding = is_utf_8 ? TextEncoding::utf_8 : TextEncoding::gb18030,
                             .separator = is_plain ? ',' : begin.shape.separator.front()};
  bool is_first = true;
  const auto read =
      read_table_bytes(bytes.bytes, options, [&](std::size_t, std::span<const std::string> cells) -> Status {
        if (is_first) {
          for (std::size_t i = 0; i < cells.size(); ++i) {
            begin.columns.push_back({.name = title_of(begin.columns, i, cells[i], begin.shape.has_header)});
          }
        }
        const bool is_header = is_first && begin.shape.has_header;
        is_first = false;
        if (is_header) return {};
        if (begin.rows == kRowsLookedAt) return refuse(ErrorCode::conflict, kEnough);
        ++begin.rows;
        for (std::size_t i = 0; i < std::min(cells.size(), begin.columns.size()); ++i) {
          look_at_value(begin.columns[i], cells[i]);
        }
        return {};
      });
  // A row that cannot be read is counted by the check; one that was cut off with the bytes looked at is none at all.
  if (!read && (begin.columns.empty() || begin.rows == 0)) return refuse(read.error());
  return begin;
}

std::vector<ColumnMatch> propose_matches(const sieve::Register& record, std::span<const FileColumn> columns,
                                         std::span<const ColumnMatch> known) {
  std::vector<ColumnMatch> matches;
  std::set<std::string> taken;
  for (const sieve::RegisterColumn& column : record.columns) {
    std::vector<std::string> names{in_file_of(known, column.title), column.title};
    names.insert(names.end(), column.also.begin(), column.also.end());
    for (const std::string& name : names) {
      if (!find_column(columns, name) || !taken.insert(name).second) continue;
      matches.push_back({column.title, name});
      break;
    }
  }
  return matches;
}

std::vector<FieldError> problems_of(const sieve::Register& record, const FileShape& shape,
                                    std::span<const ColumnMatch> matches, const FileBegin& begin) {
  std::vector<FieldError> problems;
  const bool is_separator = shape.separator.size() == 1 &&
                            std::ranges::find(kSeparators, shape.separator.front()) != kSeparators.end() &&
                            !(shape.separator == "|" && shape.encoding == sieve::Encoding::gb18030);
  if (!is_separator) problems.push_back({"/separator", "registers.separator_invalid", {}});
  const auto checks = type_checks(record.source);
  std::set<std::string> taken;
  for (std::size_t i = 0; i < matches.size(); ++i) {
    const std::string pointer = std::string("/columns/").append(std::to_string(i));
    const ColumnMatch& match = matches[i];
    const MessageParams params{{"column", match.column}, {"in_file", match.in_file}};
    if (std::ranges::find(record.columns, match.column, &sieve::RegisterColumn::title) == record.columns.end()) {
      problems.push_back({pointer, "registers.column_unknown", params});
      continue;
    }
    const FileColumn* column = find_column(begin.columns, match.in_file);
    if (!column) {
      problems.push_back({pointer, "registers.column_not_in_file", params});
      continue;
    }
    if (!taken.insert(match.in_file).second) problems.push_back({pointer, "registers.column_twice", params});
    const auto check = checks.find(match.column);
    if (check == checks.end()) continue;
    const int wrong = column->filled - column->*(check->second.right);
    if (2 * wrong <= column->filled) continue;
    MessageParams counted = params;
    counted.emplace_back("wrong", std::to_string(wrong));
    counted.emplace_back("rows", std::to_string(column->filled));
    problems.push_back({pointer, check->second.key, counted});
  }
  for (const sieve::RegisterColumn& column : record.columns) {
    if (column.may_be_absent || !in_file_of(matches, column.title).empty()) continue;
    problems.push_back({"/columns", "registers.column_missing", {{"column", column.title}}});
  }
  return problems;
}

sieve::Source source_of(const sieve::Register& record, const FileShape& shape, std::span<const ColumnMatch> matches,
                        std::vector<std::string> files, std::vector<std::size_t>& shown) {
  sieve::Source source = record.source;
  source.files = std::move(files);
  source.shape = {.encoding = shape.encoding, .separator = shape.separator.front(), .has_header = shape.has_header};
  const auto rename = [&](sieve::ColumnName& column) {
    const std::string in_file = in_file_of(matches, column.name);
    if (in_file.empty()) return false;
    column = column_in_file(shape, in_file);
    return true;
  };
  rename(source.number);
  for (auto* column : {&source.person_name, &source.date, &source.valid_from, &source.valid_until}) {
    if (*column && !rename(**column)) column->reset();
  }
  for (sieve::RowFilter& filter : source.filters) rename(filter.column);
  for (sieve::Measure& measure : source.measures) {
    if (measure.column) rename(*measure.column);
    for (sieve::RowFilter& filter : measure.filters) rename(filter.column);
  }
  shown.clear();
  std::vector<sieve::ColumnName> renamed;
  for (std::size_t i = 0; i < source.shown.size(); ++i) {
    if (!rename(source.shown[i])) continue;
    renamed.push_back(source.shown[i]);
    shown.push_back(i);
  }
  source.shown = std::move(renamed);
  return source;
}

namespace {

template <class T>
T read_json(const std::string& text) {
  const auto value = json::parse(text);
  JZ_ASSERT(value.has_value());
  auto read = json::read<T>(*value);
  JZ_ASSERT(read.has_value());
  return std::move(*read);
}

}  // namespace

std::string write_shape(const FileShape& shape) { return json::print(json::write(shape)); }
FileShape read_shape(const std::string& text) { return read_json<FileShape>(text); }
std::string write_matches(std::span<const ColumnMatch> matches) {
  return json::print(json::write(std::vector(matches.begin(), matches.end())));
}
std::vector<ColumnMatch> read_matches(const std::string& text) { return read_json<std::vector<ColumnMatch>>(text); }

}  // namespace jiuzhu::registers
