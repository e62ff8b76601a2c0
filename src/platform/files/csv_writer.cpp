#include "platform/files/csv_writer.hpp"

#include <array>
#include <utility>

#include "base/assert.hpp"
#include "base/text.hpp"

namespace jiuzhu {
namespace {

bool is_decimal_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction = point == std::string_view::npos ? "0" : text.substr(point + 1);
  const auto is_digits = [](std::string_view part) {
    return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
  };
  return is_digits(whole) && is_digits(fraction);
}

void append_cell(std::string& line, std::string_view text, char separator) {
  const std::array<char, 4> special{'"', '\r', '\n', separator};
  if (text.find_first_of(std::string_view(special.data(), special.size())) == std::string_view::npos) {
    line += text;
    return;
  }
  line += '"';
  for (const char c : text) {
    if (c == '"') line += '"';
    line += c;
  }
  line += '"';
}

}  // namespace

bool looks_like_formula(std::string_view text) {
  for (const std::string_view start : {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"}) {
    if (text.starts_with(start)) return !is_decimal_number(text);
  }
  return false;
}

CsvWriter::CsvWriter(CsvOptions options) : options_(options) {
  if (options_.purpose == CsvPurpose::display && options_.encoding == TextEncoding::utf_8) bytes_ = "\xEF\xBB\xBF";
}

void CsvWriter::add_row(std::span<const std::string> cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    JZ_ASSERT(is_clean_utf8(cells[i]));
    if (i > 0) line += options_.separator;
    if (options_.purpose == CsvPurpose::display && looks_like_formula(cells[i])) {
      append_cell(line, "'" + cells[i], options_.separator);
    } else {
      append_cell(line, cells[i], options_.separator);
    }
  }
  line += "\r\n";
  bytes_ += options_.encoding == TextEncoding::gb18030 ? encode_gb18030(line) : line;
}

std::string CsvWriter::take() { return std::exchange(bytes_, {}); }

}  // namespace jiuzhu
