#pragma once
// Writes one sheet as XLSX, row by row, in memory that does not grow with the rows. Text is always text: identifiers
// keep their digits and nothing becomes a formula. One thread at a time.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/date.hpp"
#include "base/money.hpp"
#include "base/result.hpp"

namespace jiuzhu {

/// How empty cells of the column are formatted, so that a person who fills in a template types the right kind.
enum class ColumnKind {
  text,    // format "@": citizen numbers, account numbers, phones, names
  number,  // whole numbers
  money,   // yuan with two decimals
  date,    // yyyy-mm-dd
};

struct XlsxColumn {
  std::string title;
  double width = 12;  // in digits of the standard font; a Chinese character takes two
  ColumnKind kind = ColumnKind::text;
  std::string comment = {};               // shown at the title
  std::vector<std::string> choices = {};  // offered as a list in every row below the title
};

struct XlsxSheet {
  std::string name;
  std::vector<XlsxColumn> columns;
  Instant created_at = {};
};

/// Nothing, text, a whole number, yuan, or a date; any of them in a column of any kind.
using XlsxValue = std::variant<std::monostate, std::string, std::int64_t, Money, Date>;

enum class CellMark { none, wrong };  // wrong: red, for the annotated copy that an import returns

struct XlsxCell {
  XlsxValue value = {};
  CellMark mark = CellMark::none;
};

class XlsxWriter {
 public:
  /// The title row is frozen, repeated on each printed page, and gets a filter. Refuses with "xlsx.sheet_name" (over
  /// 31 characters, or one of []:*?/\) and "xlsx.too_many_columns" (over 16384). Throws when the folder cannot be
  /// written.
  static Result<XlsxWriter> create(const std::filesystem::path& path, const XlsxSheet& sheet);
  /// Without finish() nothing appears at the path.
  ~XlsxWriter();
  XlsxWriter(XlsxWriter&&) noexcept;
  XlsxWriter& operator=(XlsxWriter&&) noexcept;

  /// At most as many cells as columns. Texts are UTF-8 without U+0000. Refuses with "xlsx.too_many_rows" (1 048 575
  /// below the title) and "xlsx.text_too_long" (over 32 767 characters).
  Status add_row(std::span<const XlsxCell> cells);
  /// The file appears, whole, with mode 0600. Throws when the disk is full.
  void finish();

 private:
  struct State;
  explicit XlsxWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace jiuzhu
