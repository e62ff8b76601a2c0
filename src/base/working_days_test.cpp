#include "base/working_days.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/assert.hpp"

namespace jiuzhu {
namespace {

Date date(std::string_view text) { return Date::parse(text).value(); }

/// Autumn 2019 and New Year 2020 as decreed (regulation P-01).
WorkingCalendar autumn_2019() {
  WorkingCalendar::Table table{.first_year = 2019, .last_year = 2020, .holidays = {}, .adjusted_working_days = {}};
  table.holidays = {date("2019-09-13"), date("2020-01-01")};
  for (int day = 0; day < 7; ++day) table.holidays.insert(date("2019-10-01").plus_days(day));
  table.adjusted_working_days = {date("2019-09-29"), date("2019-10-12")};
  return WorkingCalendar(table);
}

TEST(WorkingCalendar, KnowsWeekendsHolidaysAndAdjustedDays) {
  struct Case {
    const char* day;
    bool works;
  };
  for (const Case& c :
       {Case{"2019-09-12", true}, Case{"2019-09-13", false}, Case{"2019-09-14", false}, Case{"2019-09-28", false},
        Case{"2019-09-29", true}, Case{"2019-10-01", false}, Case{"2019-10-05", false}, Case{"2019-10-08", true},
        Case{"2019-10-12", true}, Case{"2019-10-13", false}}) {
    EXPECT_EQ(autumn_2019().is_working_day(date(c.day)).value(), c.works) << c.day;
  }
}

TEST(WorkingCalendar, RefusesDatesBeforeItsTable) {
  const WorkingCalendar calendar = autumn_2019();
  const auto answer = calendar.is_working_day(date("2018-12-31"));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().key, "calendar.year_unknown");
  EXPECT_EQ(answer.error().code, ErrorCode::unavailable);
  EXPECT_EQ(answer.error().params, (MessageParams{{"year", "2018"}}));
  EXPECT_FALSE(calendar.working_days_between(date("2018-12-30"), date("2019-01-05")));
}

TEST(WorkingCalendar, CountsPlainWeekdaysAfterItsTableAndSaysSo) {
  const WorkingCalendar calendar = autumn_2019();
  EXPECT_TRUE(calendar.is_provisional(date("2021-01-01")));
  EXPECT_FALSE(calendar.is_provisional(date("2020-12-31")));
  EXPECT_EQ(calendar.after_working_days(date("2020-12-31"), 1).value(), date("2021-01-01"));
  EXPECT_EQ(calendar.after_calendar_days(date("2020-12-31"), 2).value(), date("2021-01-04"));
}

TEST(WorkingCalendar, WorkingDaysExcludeTheFirstDay) {
  const WorkingCalendar calendar = autumn_2019();
  EXPECT_EQ(calendar.after_working_days(date("2019-08-01"), 10).value(), date("2019-08-15"));
  EXPECT_EQ(calendar.after_working_days(date("2019-09-30"), 1).value(), date("2019-10-08"));
  EXPECT_EQ(calendar.after_working_days(date("2019-09-27"), 2).value(), date("2019-09-30"));  // Sunday 29 works
  EXPECT_EQ(calendar.after_working_days(date("2019-10-05"), 1).value(), date("2019-10-08"));  // from a day off
  EXPECT_EQ(calendar.after_working_days(date("2019-10-05"), 0).value(), date("2019-10-05"));
  EXPECT_EQ(calendar.after_working_days(date("2019-12-31"), 1).value(), date("2020-01-02"));
  EXPECT_THROW(static_cast<void>(calendar.after_working_days(date("2019-08-01"), -1)), InvariantError);
}

TEST(WorkingCalendar, CalendarDaysRollPastDaysOff) {
  const WorkingCalendar calendar = autumn_2019();
  EXPECT_EQ(calendar.after_calendar_days(date("2019-08-01"), 7).value(), date("2019-08-08"));
  EXPECT_EQ(calendar.after_calendar_days(date("2019-09-24"), 7).value(), date("2019-10-08"));
  EXPECT_EQ(calendar.after_calendar_days(date("2019-09-22"), 7).value(), date("2019-09-29"));  // an adjusted Sunday
  EXPECT_EQ(calendar.after_calendar_days(date("2019-08-24"), 0).value(), date("2019-08-26"));
}

TEST(WorkingCalendar, CountsFromExcludedToIncluded) {
  const WorkingCalendar calendar = autumn_2019();
  EXPECT_EQ(calendar.working_days_between(date("2019-08-01"), date("2019-08-01")).value(), 0);
  EXPECT_EQ(calendar.working_days_between(date("2019-09-30"), date("2019-10-08")).value(), 1);
  EXPECT_EQ(calendar.working_days_between(date("2019-10-08"), date("2019-09-30")).value(), -1);
  EXPECT_EQ(calendar.working_days_between(date("2019-10-11"), date("2019-10-13")).value(), 1);
}

RC_GTEST_PROP(WorkingCalendar, AgreesWithCountingDayByDay, ()) {
  static const WorkingCalendar calendar = autumn_2019();
  const Date start = date("2019-01-01").plus_days(*rc::gen::inRange(0, 365));
  const int count = *rc::gen::inRange(1, 200);
  const Date end = calendar.after_working_days(start, count).value();
  int worked = 0;
  for (Date day = start.plus_days(1); day <= end; day = day.plus_days(1)) {
    if (calendar.is_working_day(day).value()) ++worked;
  }
  RC_ASSERT(worked == count);
  RC_ASSERT(calendar.is_working_day(end).value());
  RC_ASSERT(calendar.working_days_between(start, end).value() == count);
}

RC_GTEST_PROP(WorkingCalendar, CalendarDaysEndOnTheFirstWorkingDayNotEarlier, ()) {
  static const WorkingCalendar calendar = autumn_2019();
  const Date start = date("2019-01-01").plus_days(*rc::gen::inRange(0, 365));
  const Date earliest = start.plus_days(*rc::gen::inRange(0, 60));
  const Date end = calendar.after_calendar_days(start, days_between(start, earliest)).value();
  RC_ASSERT(calendar.is_working_day(end).value());
  for (Date day = earliest; day < end; day = day.plus_days(1)) RC_ASSERT(!calendar.is_working_day(day).value());
}

}  // namespace
}  // namespace jiuzhu
