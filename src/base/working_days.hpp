#pragma once
// Working days of the People's Republic of China: Monday to Friday less public holidays plus adjusted working days.
// The table is decreed yearly and is data; a date outside the table's years is refused rather than guessed
// (regulation P-01). Periods exclude their first day and roll to the next day that is not a holiday at their end
// (Civil Code arts. 201, 203; regulation P-02).

#include <set>

#include "base/date.hpp"
#include "base/result.hpp"

namespace jiuzhu {

class WorkingCalendar {
 public:
  struct Table {
    int first_year = 0;
    int last_year = 0;
    std::set<Date> holidays;               // days off that would otherwise count, and weekends inside a holiday
    std::set<Date> adjusted_working_days;  // weekends worked in exchange
  };

  explicit WorkingCalendar(Table table) : table_(std::move(table)) {}

  /// Refuses with "calendar.year_unknown" before the table's first year.
  Result<bool> is_working_day(Date date) const;

  /// The last day of a period of `count` working days that starts on `start`; `start` itself is not counted.
  Result<Date> after_working_days(Date start, int count) const;

  /// The last day of a period of `count` calendar days from `start`, moved to the next working day when it falls on a
  /// day off. `start` itself is not counted.
  Result<Date> after_calendar_days(Date start, int count) const;

  /// Working days from `from` (excluded) to `to` (included); negative when `to` is earlier.
  Result<int> working_days_between(Date from, Date to) const;

  /// True after the table's last year: the answer may change when the decree comes.
  bool is_provisional(Date date) const { return date.year() > table_.last_year; }

  int first_year() const { return table_.first_year; }
  int last_year() const { return table_.last_year; }

 private:
  Table table_;
};

}  // namespace jiuzhu
