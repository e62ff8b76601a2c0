#pragma once
// How a department's file is to be read: its encoding and separator, and which of its columns is which of the
// register's. Guessed from how the file begins, then said by an officer. Pure; any thread.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "kernel/sieve_files/catalogue.hpp"

namespace jiuzhu::registers {

struct FileShape {
  sieve::Encoding encoding = sieve::Encoding::utf_8;
  std::string separator = ",";
  bool has_header = true;
  bool operator==(const FileShape&) const = default;
};
BOOST_DESCRIBE_STRUCT(FileShape, (), (encoding, separator, has_header))

/// A column of the register and the title (without a header: the number, from 1) of the file's column that is it.
struct ColumnMatch {
  std::string column;
  std::string in_file;
  bool operator==(const ColumnMatch&) const = default;
};
BOOST_DESCRIBE_STRUCT(ColumnMatch, (), (column, in_file))

/// A column of the file as its first rows show it.
struct FileColumn {
  std::string name;  // its title, or its number
  int filled = 0;    // of the rows that were looked at
  int numbers = 0;   // citizen numbers
  int dates = 0;     // days or months
  int amounts = 0;
  std::vector<std::string> samples;  // the first three; citizen numbers masked
};

struct FileBegin {
  FileShape shape;
  bool is_workbook = false;  // then the shape says nothing
  int rows = 0;              // that were looked at, 100 at most
  std::vector<FileColumn> columns;
};

/// Looks at the first rows. With `shape` reads it so; otherwise guesses. Refuses with "registers.file_empty" and like
/// read_table_bytes(), "packed.…".
Result<FileBegin> look_at_begin(const std::string& path, const std::optional<FileShape>& shape);

/// Which columns are which, by the register's own titles, those that departments use besides, and `known`, which was
/// right the last time. What is not found is left out.
std::vector<ColumnMatch> propose_matches(const sieve::Register& record, std::span<const FileColumn> columns,
                                         std::span<const ColumnMatch> known);

/// Field errors below "/columns" and "/separator": "registers.column_unknown" {column}, "registers.column_missing"
/// {column}, "registers.column_not_in_file" {column, in_file}, "registers.column_twice" {in_file},
/// "registers.not_numbers" {column, in_file, wrong, rows}, "registers.not_dates" {…}, "registers.not_amounts" {…},
/// "registers.separator_invalid".
std::vector<FieldError> problems_of(const sieve::Register& record, const FileShape& shape,
                                    std::span<const ColumnMatch> matches, const FileBegin& begin);

/// The register as a source of the sieve that reads `files`. `shown` gets the places in the catalogue's own list of
/// what the source shows: a column that the file does not have is not among them. `matches` have no problems.
sieve::Source source_of(const sieve::Register& record, const FileShape& shape, std::span<const ColumnMatch> matches,
                        std::vector<std::string> files, std::vector<std::size_t>& shown);

std::string write_shape(const FileShape& shape);
FileShape read_shape(const std::string& text);
std::string write_matches(std::span<const ColumnMatch> matches);
std::vector<ColumnMatch> read_matches(const std::string& text);

}  // namespace jiuzhu::registers
