#pragma once
// Delimited records by the book (docs/formats/sieve-run.md): a field that begins with a quote ends with it; doubled
// inside it stands for itself; what follows a closing quote, and a quote inside a field without quotes, is text. The
// kernels do the regular part of this faster.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engines/sieve/kernels.hpp"

namespace jiuzhu::sieve {

/// find_row_ends of the kernels for whatever they call irregular. Appends nothing beyond until - from ends.
RowsFound walk_row_ends(const RowSearch& search, std::uint32_t* ends);

struct RecordShape {
  char separator = ',';
  char quote = '"';  // 0: quotes mean nothing
};

/// The fields of one record at a time. One thread at a time.
class Record {
 public:
  /// `row` is without its line feed; a carriage return at its end is taken off. Reads no more than `fields_most`
  /// fields. What field() returns is borrowed from `row` and from this, until the next call.
  void split(std::string_view row, const RecordShape& shape, std::size_t fields_most);
  /// The same for a row with kPadding bytes behind it, as those of windows have.
  void split_padded(std::string_view row, const RecordShape& shape, std::size_t fields_most, const Kernels& kernels);
  std::size_t size() const { return fields_.size(); }
  bool is_blank_line() const { return is_blank_line_; }
  std::string_view field(std::size_t column) const { return fields_[column]; }

 private:
  std::size_t add_quoted_field(std::string_view row, std::size_t begin, const RecordShape& shape);

  std::vector<std::string_view> fields_;
  std::vector<std::uint32_t> separators_;
  std::string unescaped_;  // never grows beyond the row, so that views into it hold
  bool is_blank_line_ = false;
};

}  // namespace jiuzhu::sieve
