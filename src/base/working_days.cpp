#include "base/working_days.hpp"

#include "base/assert.hpp"

namespace jiuzhu {

Result<bool> WorkingCalendar::is_working_day(Date date) const {
  if (date.year() < table_.first_year) {
    return refuse(ErrorCode::unavailable, "calendar.year_unknown", {{"year", std::to_string(date.year())}});
  }
  if (table_.adjusted_working_days.contains(date)) return true;
  return !date.is_weekend() && !table_.holidays.contains(date);
}

Result<Date> WorkingCalendar::after_working_days(Date start, int count) const {
  JZ_ASSERT(count >= 0);
  Date date = start;
  while (count > 0) {
    date = date.plus_days(1);
    JZ_TRY(const bool works, is_working_day(date));
    if (works) --count;
  }
  return date;
}

Result<Date> WorkingCalendar::after_calendar_days(Date start, int count) const {
  JZ_ASSERT(count >= 0);
  Date date = start.plus_days(count);
  for (;;) {
    JZ_TRY(const bool works, is_working_day(date));
    if (works) return date;
    date = date.plus_days(1);
  }
}

Result<int> WorkingCalendar::working_days_between(Date from, Date to) const {
  if (to < from) {
    JZ_TRY(const int backwards, working_days_between(to, from));
    return -backwards;
  }
  int count = 0;
  for (Date date = from.plus_days(1); date <= to; date = date.plus_days(1)) {
    JZ_TRY(const bool works, is_working_day(date));
    if (works) ++count;
  }
  return count;
}

}  // namespace jiuzhu
