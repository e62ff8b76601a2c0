#include "platform/files/csv_reader.hpp"

#include <algorithm>
#include <array>

namespace jiuzhu {
namespace {

constexpr std::size_t kPieceSize = 1U << 16;
/// Excel writes rows of commas; the limit of columns is for those with text, which RowSink looks at.
constexpr std::size_t kColumnsOfExcel = 16384;

class CsvParser {
 public:
  CsvParser(char separator, RowSink& sink) : separator_(separator), sink_(sink) {
    for (const char c : {separator, '"', '\r', '\n'}) is_special_[static_cast<unsigned char>(c)] = true;
  }

  Status parse(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
      if (place_ == Place::plain || place_ == Place::quoted) {
        const std::size_t end = end_of_run(text, i);
        cell().append(text.substr(i, end - i));
        JZ_TRY_VOID(check_length());
        i = end;
        if (i == text.size()) break;
      }
      JZ_TRY_VOID(take(text[i++]));
    }
    return {};
  }

  Status finish() {
    if (place_ == Place::quoted) return refuse_at("csv.quote_unterminated", quote_line_);
    if (place_ == Place::row_start || place_ == Place::after_return) return {};
    return end_row();
  }

 private:
  enum class Place { row_start, field_start, plain, quoted, after_quote, after_return };

  std::string& cell() { return cells_[count_ - 1]; }

  std::size_t end_of_run(std::string_view text, std::size_t from) const {
    std::size_t i = from;
    if (place_ == Place::quoted) {
      // Line breaks are looked at one by one, for the line count.
      while (i < text.size() && text[i] != '"' && text[i] != '\n') ++i;
    } else {
      while (i < text.size() && !is_special_[static_cast<unsigned char>(text[i])]) ++i;
    }
    return i;
  }

  Status take(char c) {
    switch (place_) {
      case Place::after_return:
        place_ = Place::row_start;
        if (c == '\n') return {};
        return take(c);
      case Place::row_start:
      case Place::field_start: return take_at_field_start(c);
      case Place::plain:
        if (c == '"') return refuse_at("csv.quote_misplaced", line_);
        return take_end(c);
      case Place::quoted:
        if (c == '"') {
          place_ = Place::after_quote;
        } else {
          ++line_;
          cell() += c;
        }
        return {};
      case Place::after_quote:
        if (c == '"') {
          cell() += c;
          place_ = Place::quoted;
          return {};
        }
        if (!is_special_[static_cast<unsigned char>(c)]) return refuse_at("csv.quote_misplaced", line_);
        return take_end(c);
    }
    return {};
  }

  Status take_at_field_start(char c) {
    if (place_ == Place::row_start && (c == '\r' || c == '\n')) return take_end(c);  // a blank line
    JZ_TRY_VOID(open_cell());
    if (c == '"') {
      place_ = Place::quoted;
      quote_line_ = line_;
      return {};
    }
    place_ = Place::plain;
    if (is_special_[static_cast<unsigned char>(c)]) return take_end(c);
    cell() += c;
    return {};
  }

  /// A separator or the end of a row.
  Status take_end(char c) {
    if (c == separator_) {
      place_ = Place::field_start;
      return {};
    }
    JZ_TRY_VOID(end_row());
    ++line_;
    place_ = c == '\r' ? Place::after_return : Place::row_start;
    return {};
  }

  /// Short strings of the row before are used again.
  Status open_cell() {
    if (count_ == kColumnsOfExcel) {
      return refuse(ErrorCode::too_large, "table.too_many_columns",
                    {{"row", std::to_string(row_ + 1)}, {"max", std::to_string(sink_.limits().columns_max)}});
    }
    if (count_ == cells_.size()) cells_.emplace_back();
    ++count_;
    cell().clear();
    return {};
  }

  Status check_length() {
    if (cell().size() <= sink_.limits().cell_bytes_max) return {};
    return refuse(ErrorCode::too_large, "table.cell_too_long",
                  {{"row", std::to_string(row_ + 1)},
                   {"column", column_letters(count_ - 1)},
                   {"max", std::to_string(sink_.limits().cell_bytes_max)}});
  }

  Status end_row() {
    ++row_;
    if (place_ == Place::field_start) JZ_TRY_VOID(open_cell());  // "a," has a second, empty cell
    cells_.resize(count_);
    count_ = 0;
    return sink_.deliver(row_, cells_, {});
  }

  static std::unexpected<Error> refuse_at(const char* key, std::size_t line) {
    return refuse(ErrorCode::invalid_input, key, {{"line", std::to_string(line)}});
  }

  const char separator_;
  RowSink& sink_;
  std::array<bool, 256> is_special_{};
  Place place_ = Place::row_start;
  std::vector<std::string> cells_;
  std::size_t count_ = 0;  // cells of the row being read
  std::size_t row_ = 0;
  std::size_t line_ = 1;
  std::size_t quote_line_ = 0;
};

}  // namespace

Status read_csv(std::string_view bytes, TextEncoding encoding, char separator, RowSink& sink) {
  TextDecoder decoder(encoding);
  CsvParser parser(separator, sink);
  while (!bytes.empty()) {
    JZ_TRY(const std::string text, decoder.decode(bytes.substr(0, kPieceSize)));
    JZ_TRY_VOID(parser.parse(text));
    bytes.remove_prefix(std::min(bytes.size(), kPieceSize));
  }
  JZ_TRY_VOID(decoder.finish());
  return parser.finish();
}

}  // namespace jiuzhu
