#pragma once
// Writes CSV (RFC 4180, CRLF) as bytes, row by row. One thread at a time.

#include <span>
#include <string>
#include <string_view>

#include "platform/files/text_encoding.hpp"

namespace jiuzhu {

enum class CsvPurpose {
  /// For people and Excel: a text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV
  /// Injection). UTF-8 starts with a byte order mark, without which Excel reads it as GB18030.
  display,
  /// For another program, such as a bank: the text exactly as it is, no byte order mark.
  exact,
};

struct CsvOptions {
  TextEncoding encoding = TextEncoding::utf_8;
  CsvPurpose purpose = CsvPurpose::display;
  char separator = ',';
};

class CsvWriter {
 public:
  explicit CsvWriter(CsvOptions options = {});

  /// Cells are UTF-8 without U+0000.
  void add_row(std::span<const std::string> cells);
  /// The bytes since the last call: for streaming, or all at once at the end.
  std::string take();

 private:
  CsvOptions options_;
  std::string bytes_;
};

/// Begins with = + - @, tab, CR, LF or a full-width = + - @, and is not simply a decimal number such as "-3.20".
bool looks_like_formula(std::string_view text);

}  // namespace jiuzhu
