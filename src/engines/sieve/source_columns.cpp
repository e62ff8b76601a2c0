#include "engines/sieve/source_columns.hpp"

#include <algorithm>

#include "platform/files/text_encoding.hpp"

namespace jiuzhu::sieve {
namespace {

std::int32_t days_of(Date date) { return static_cast<std::int32_t>(date.days().time_since_epoch().count()); }

class Finder {
 public:
  Finder(const TableFile& table, std::size_t& fields) : table_(table), fields_(fields) {}

  Result<std::size_t> find(const ColumnName& column) {
    JZ_TRY(const std::size_t found, table_.find_column(column));
    fields_ = std::max(fields_, found + 1);
    return found;
  }
  Result<std::optional<std::size_t>> find(const std::optional<ColumnName>& column) {
    if (!column) return std::optional<std::size_t>();
    JZ_TRY(const std::size_t found, find(*column));
    return std::optional(found);
  }
  Result<std::vector<FilterColumns>> find(const std::vector<RowFilter>& filters) {
    std::vector<FilterColumns> all;
    for (const RowFilter& filter : filters) {
      FilterColumns columns{.values = filter.values, .is_excluded = filter.is_excluded};
      JZ_TRY(columns.column, find(filter.column));
      for (const std::string& value : filter.values) {
        columns.in_file.push_back(table_.encoding() == Encoding::utf_8 ? value : encode_gb18030(value));
      }
      all.push_back(std::move(columns));
    }
    return all;
  }

 private:
  const TableFile& table_;
  std::size_t& fields_;
};

}  // namespace

DateWindow DateWindow::last_months(Date as_of, int months) {
  const Month last = as_of.month_of();
  return {.after = days_of(as_of.plus_months(-months)),
          .until = days_of(as_of),
          .first_month = days_of(last.plus(1 - months).first_day()),
          .last_month = days_of(last.first_day())};
}

Result<SourceColumns> SourceColumns::find(const TableFile& table, const Source& source, std::uint16_t first_measure,
                                          Date as_of) {
  SourceColumns columns;
  Finder finder(table, columns.fields);
  if (!source.is_by_name()) {
    JZ_TRY(columns.number, finder.find(source.number));
  }
  JZ_TRY(columns.birth_date, finder.find(source.birth_date));
  JZ_TRY(columns.region, finder.find(source.region));
  JZ_TRY(columns.name, finder.find(source.person_name));
  JZ_TRY(columns.date, finder.find(source.date));
  JZ_TRY(columns.valid_from, finder.find(source.valid_from));
  JZ_TRY(columns.valid_until, finder.find(source.valid_until));
  JZ_TRY(columns.filters, finder.find(source.filters));
  for (const ColumnName& shown : source.shown) {
    JZ_TRY(const std::size_t column, finder.find(shown));
    columns.shown.push_back(column);
  }
  for (std::size_t i = 0; i < source.measures.size(); ++i) {
    const Measure& measure = source.measures[i];
    MeasureColumns found{
        .measure = static_cast<std::uint16_t>(first_measure + i), .aggregate = measure.aggregate, .type = measure.type};
    JZ_TRY(found.column, finder.find(measure.column));
    JZ_TRY(found.filters, finder.find(measure.filters));
    if (measure.within_months > 0) found.window = DateWindow::last_months(as_of, measure.within_months);
    columns.measures.push_back(std::move(found));
  }
  return columns;
}

}  // namespace jiuzhu::sieve
