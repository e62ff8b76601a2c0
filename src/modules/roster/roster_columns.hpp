#pragma once
// The columns of a roster file (docs/formats/roster.md): one line a person, members of a household one below the other.
// What belongs to the household stands in the applicant's line.

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "platform/files/xlsx_writer.hpp"

namespace jiuzhu::roster {

enum class Column {
  household,
  relation,
  name,
  citizen_number,
  covered,
  phone,
  authorised_on,
  disability_class,
  disability_grade,
  labour_capacity,
  serious_illness,
  programme,
  place,
  amount,
  first_month,
  unit,
  income_wages,
  income_business,
  income_property,
  income_transfers,
  account_kind,
  bank,
  account,
  account_holder,
  review_due_on,
};
inline constexpr std::size_t kColumnCount = 25;

/// Whether a file must have the column, and what belongs to a household rather than to a person.
struct ColumnPlan {
  Column column;
  std::string_view title;
  bool is_needed = false;
  bool is_households = false;
  ColumnKind kind = ColumnKind::text;
  double width = 12;
  std::string_view comment = {};
  std::span<const std::string_view> choices = {};
};

const std::array<ColumnPlan, kColumnCount>& column_plans();
inline const ColumnPlan& plan_of(Column column) { return column_plans()[static_cast<std::size_t>(column)]; }

/// The column that an annotated copy adds; ignored when such a copy is read again.
inline constexpr std::string_view kRemarkTitle = "导入说明";

/// Which cell of a line holds which column.
class Header {
 public:
  /// Titles may stand in any order, with blanks and a "*" around them. Refuses with "roster.columns_missing" {titles}
  /// and "roster.column_twice" {title}.
  static Result<Header> read(std::span<const std::string> titles);

  /// Trimmed; "" where the file has no such column or the line ends before it.
  std::string_view cell(Column column, std::span<const std::string> cells) const;
  /// The column that the cell at `place` (from 0) holds; nothing for one that is not read.
  std::optional<Column> column_at(std::size_t place) const;
  /// Titles that no column has: the file's other columns, which are not read.
  const std::vector<std::string>& unknown() const { return unknown_; }

 private:
  std::array<std::optional<std::size_t>, kColumnCount> places_{};
  std::vector<std::string> unknown_;
};

/// The sheet of the template, and of annotated copies with their last column.
XlsxSheet sheet_of(bool with_remarks, Instant created_at);

}  // namespace jiuzhu::roster
