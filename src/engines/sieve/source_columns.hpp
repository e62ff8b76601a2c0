#pragma once
// A source's part of the plan, with the columns of one of its files found, and everything worked out once that does not
// change from row to row.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engines/sieve/plan.hpp"
#include "engines/sieve/table_file.hpp"
#include "engines/sieve/values.hpp"

namespace jiuzhu::sieve {

/// The texts of a RowFilter, as they are and as bytes of the file.
struct FilterColumns {
  std::size_t column = 0;
  std::vector<std::string> values;
  std::vector<std::string> in_file;
  bool is_excluded = false;
};

/// Dates that within_months lets through: later than `after` and up to `until`, in days; of months their first days.
struct DateWindow {
  std::int32_t after = 0;
  std::int32_t until = 0;
  std::int32_t first_month = 0;
  std::int32_t last_month = 0;

  static DateWindow last_months(Date as_of, int months);
  bool contains(DayOrMonth day) const {
    return day.is_month ? first_month <= day.days && day.days <= last_month : after < day.days && day.days <= until;
  }
};

struct MeasureColumns {
  std::uint16_t measure = 0;  // in the plan
  Aggregate aggregate = Aggregate::count;
  ValueType type = ValueType::decimal;
  std::optional<std::size_t> column;
  std::optional<DateWindow> window;
  std::vector<FilterColumns> filters;

  /// Whether the tally cannot hold it: different values, and texts.
  bool is_spooled() const { return is_spooled(aggregate, type); }
  static bool is_spooled(Aggregate aggregate, ValueType type) {
    return aggregate == Aggregate::distinct || (type == ValueType::text && aggregate != Aggregate::count);
  }
};

struct SourceColumns {
  std::size_t number = 0;  // not where there is a birth date instead
  std::optional<std::size_t> birth_date;
  std::optional<std::size_t> region;
  std::optional<std::size_t> name;
  std::optional<std::size_t> date;
  std::optional<std::size_t> valid_from;
  std::optional<std::size_t> valid_until;
  std::vector<FilterColumns> filters;
  std::vector<std::size_t> shown;
  std::vector<MeasureColumns> measures;
  std::size_t fields = 0;  // how many a row must have

  /// Refuses like TableFile::find_column. `first_measure`: the source's first in the plan.
  static Result<SourceColumns> find(const TableFile& table, const Source& source, std::uint16_t first_measure,
                                    Date as_of);
};

}  // namespace jiuzhu::sieve
