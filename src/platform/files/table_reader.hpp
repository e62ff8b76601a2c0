#pragma once
// Reads a table row by row from CSV (UTF-8 or GB18030) or XLSX. The format is told from the contents: clerks rename
// files. Every file is hostile until read: sizes are limited before memory is taken, DTDs are refused, names inside an
// archive never touch the file system. Any thread may call.
//
// Cells arrive as text, so that nothing is guessed: dates as YYYY-MM-DD (with " HH:MM:SS" behind if the cell holds a
// time), numbers as decimals without exponent, logical values as TRUE and FALSE, empty cells as "". Text is otherwise
// as in the file, not trimmed. Rows without any text are skipped.

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "platform/files/text_encoding.hpp"

namespace jiuzhu {

enum class TableFormat { csv, xlsx };

/// Rows and cells of people's lists are far below these; a file above one of them is a mistake or an attack.
struct TableLimits {
  std::size_t file_bytes_max = 64U << 20;
  std::size_t rows_max = 200'000;  // rows with text
  std::size_t columns_max = 256;
  std::size_t cell_bytes_max = 8192;
  std::size_t entry_bytes_max = 512U << 20;  // one part of an XLSX file, unpacked
  std::size_t entry_ratio_max = 200;         // unpacked to packed size, looked at from 16 MiB on
  std::size_t problems_max = 100;            // refused cells until reading stops
};

/// `number` is the row's number as Excel shows it, from 1. The cells are borrowed for the call. A refusal stops the
/// reading and becomes its result. An exception passes through.
using TableRowCallback = std::function<Status(std::size_t number, std::span<const std::string> cells)>;

/// A row with cells that cannot be read; they are empty in `cells`. Pointers are "/rows/5/C".
using BadTableRowCallback =
    std::function<Status(std::size_t number, std::span<const std::string> cells, std::span<const FieldError> problems)>;

struct TableOptions {
  TableLimits limits = {};
  /// XLSX: the sheet of this name; empty: the first visible one.
  std::string sheet = {};
  /// CSV: overrules detection.
  std::optional<TextEncoding> encoding = std::nullopt;
  char separator = ',';
  /// Without it, a table with unreadable cells is refused as a whole at the end ("table.cells_refused").
  BadTableRowCallback on_bad_row = {};
};

struct TableSummary {
  TableFormat format = TableFormat::csv;
  TextEncoding encoding = TextEncoding::utf_8;
  std::size_t rows = 0;  // delivered
};

/// Refuses
/// - any file: "table.file_missing", "table.too_large" {max_mib}, "table.too_many_rows" {max},
///   "table.too_many_columns" {row, max}, "table.cell_too_long" {row, column, max}, "table.empty";
/// - CSV: "text.*" of text_encoding.hpp, "csv.quote_unterminated" {line}, "csv.quote_misplaced" {line};
/// - XLSX: "table.password_protected", "table.old_excel_format", "table.not_a_workbook", "table.damaged",
///   "table.expands_too_much", "xlsx.doctype", "xlsx.sheet_missing" {sheet};
/// - single cells, gathered under "table.cells_refused": "xlsx.formula", "xlsx.number_too_long", "xlsx.cell_error",
///   "xlsx.date_invalid", "xlsx.cell_unreadable", each with {row, column}.
/// Rows were delivered before a refusal came: write to the database in one transaction, or check first.
/// The file must not be shortened by others during the call: it is mapped into memory.
Result<TableSummary> read_table(const std::filesystem::path& path, const TableOptions& options,
                                const TableRowCallback& on_row);
/// The same for contents in memory.
Result<TableSummary> read_table_bytes(std::string_view bytes, const TableOptions& options,
                                      const TableRowCallback& on_row);

}  // namespace jiuzhu
