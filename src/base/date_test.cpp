#include "base/date.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace jiuzhu {
namespace {

Date date(std::string_view text) { return Date::parse(text).value(); }
Month month(std::string_view text) { return Month::parse(text).value(); }

/// Any date that Date can hold, evenly: without the size, small test cases would all lie near 1800.
rc::Gen<Date> any_date() {
  const int last = days_between(date("1800-01-01"), date("9999-12-31"));
  return rc::gen::map(rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, last + 1)),
                      [](int days) { return date("1800-01-01").plus_days(days); });
}

/// Counted month by month, independent of the calendar library.
int days_in_month(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && is_leap ? 29 : kDays[month - 1];
}

TEST(Date, ExistsExactlyWhereTheGregorianCalendarHasADay) {
  for (int year : {1800, 1899, 1900, 1904, 2000, 2019, 2020, 2100, 9999}) {
    for (int month = 0; month <= 13; ++month) {
      for (int day = 0; day <= 32; ++day) {
        const bool exists = month >= 1 && month <= 12 && day >= 1 && day <= days_in_month(year, month);
        EXPECT_EQ(Date::of(year, month, day).has_value(), exists) << year << '-' << month << '-' << day;
      }
    }
  }
  EXPECT_FALSE(Date::of(1799, 12, 31));
  EXPECT_FALSE(Date::of(10'000, 1, 1));
}

TEST(Date, ParsesOnlyTheIsoForm) {
  EXPECT_EQ(date("2019-08-01"), Date::of(2019, 8, 1));
  for (const char* text : {"", "2019-8-01", "2019-08-1", "2019/08/01", "20190801", " 2019-08-01", "2019-08-01 ",
                           "2019-02-29", "2019-13-01", "2019-00-10", "2019-01-00", "-019-01-01", "+019-01-01",
                           "2019-08-0l", "0000-00-00", "２０１９-08-01"}) {
    EXPECT_FALSE(Date::parse(text)) << text;
  }
}

RC_GTEST_PROP(Date, TextFormReadsBack, ()) {
  const Date any = *any_date();
  RC_ASSERT(Date::parse(any.to_text()) == any);
}

RC_GTEST_PROP(Date, TextOrderIsTimeOrder, ()) {
  const Date a = *any_date();
  const Date b = *any_date();
  RC_ASSERT((a < b) == (a.to_text() < b.to_text()));
  RC_ASSERT(days_between(a, b) == -days_between(b, a));
  RC_ASSERT(a.plus_days(days_between(a, b)) == b);
}

TEST(Date, KnowsWeekends) {
  EXPECT_FALSE(date("2019-08-01").is_weekend());  // the notice: a Thursday
  EXPECT_TRUE(date("2019-10-20").is_weekend());   // a Sunday
  EXPECT_TRUE(date("2019-08-31").is_weekend());   // a Saturday
  EXPECT_FALSE(date("2019-09-02").is_weekend());  // a Monday
  EXPECT_FALSE(date("1900-01-01").is_weekend());  // a Monday before the epoch
}

TEST(Date, MonthPeriodsEndOnTheSameDayOrTheLastOne) {
  EXPECT_EQ(date("2019-01-31").plus_months(1), date("2019-02-28"));
  EXPECT_EQ(date("2020-01-31").plus_months(1), date("2020-02-29"));
  EXPECT_EQ(date("2019-05-31").plus_months(6), date("2019-11-30"));
  EXPECT_EQ(date("2019-08-01").plus_months(5), date("2020-01-01"));
  EXPECT_EQ(date("2019-01-15").plus_months(-1), date("2018-12-15"));
  EXPECT_EQ(date("2020-02-29").plus_years(1), date("2021-02-28"));
  EXPECT_EQ(date("2020-02-29").plus_years(-4), date("2016-02-29"));
  EXPECT_EQ(date("9999-12-31").plus_months(0), date("9999-12-31"));
}

TEST(Date, ArithmeticDoesNotLeaveTheRange) {
  EXPECT_THROW(date("9999-12-31").plus_days(1), InvariantError);
  EXPECT_THROW(date("1800-01-01").plus_days(-1), InvariantError);
  EXPECT_THROW(date("9999-12-01").plus_months(1), InvariantError);
  EXPECT_THROW(date("1800-01-31").plus_months(-1), InvariantError);
  EXPECT_THROW(date("2019-08-01").plus_months(INT32_MAX), InvariantError);
}

RC_GTEST_PROP(Date, AddingMonthsClampsAndNeverSkipsAMonth, ()) {
  const Date start = *any_date();
  const int target = *rc::gen::inRange(1800 * 12, 10'000 * 12);
  const int months = target - (start.year() * 12 + start.month() - 1);
  const Date end = start.plus_months(months);
  RC_ASSERT(end.year() * 12 + end.month() - 1 == target);
  RC_ASSERT(end.day() == std::min(start.day(), days_in_month(end.year(), end.month())));
}

TEST(Age, CountsCompletedYearsAndIncludesTheBirthday) {
  struct Case {
    const char* birth;
    const char* on;
    int age;
  };
  for (const Case& c :
       {Case{"1959-08-01", "2019-07-31", 59}, Case{"1959-08-01", "2019-08-01", 60},
        Case{"1959-08-01", "2019-08-02", 60}, Case{"2019-08-01", "2019-08-01", 0}, Case{"2004-02-29", "2020-02-28", 15},
        Case{"2004-02-29", "2020-02-29", 16}, Case{"2004-02-29", "2019-02-28", 14},
        Case{"2004-02-29", "2019-03-01", 15}, Case{"2019-08-02", "2019-08-01", -1}}) {
    EXPECT_EQ(age_on(date(c.birth), date(c.on)), c.age) << c.birth << ' ' << c.on;
  }
}

TEST(Month, ParsesOnlyTheIsoForm) {
  EXPECT_EQ(month("2019-08"), Month::of(2019, 8));
  for (const char* text : {"", "2019-8", "2019-00", "2019-13", "2019/08", "2019-08-01", "1799-12", "201908"}) {
    EXPECT_FALSE(Month::parse(text)) << text;
  }
}

TEST(Month, KnowsItsFirstAndLastDay) {
  EXPECT_EQ(month("2019-02").first_day(), date("2019-02-01"));
  EXPECT_EQ(month("2019-02").last_day(), date("2019-02-28"));
  EXPECT_EQ(month("2020-02").last_day(), date("2020-02-29"));
  EXPECT_EQ(month("9999-12").last_day(), date("9999-12-31"));
  EXPECT_EQ(date("2019-08-31").month_of(), month("2019-08"));
}

TEST(Month, DoesNotLeaveTheRange) {
  EXPECT_THROW(month("9999-12").plus(1), InvariantError);
  EXPECT_THROW(month("1800-01").plus(-1), InvariantError);
}

RC_GTEST_PROP(Month, CountsAcrossYears, ()) {
  const Month start = (*any_date()).month_of();
  const int target = *rc::gen::inRange(1800 * 12, 10'000 * 12);
  const int months = target - (start.year() * 12 + start.month() - 1);
  const Month end = start.plus(months);
  RC_ASSERT(end.plus(-months) == start);
  RC_ASSERT((start < end) == (months > 0));
  RC_ASSERT(Month::parse(end.to_text()) == end);
  RC_ASSERT(end.last_day().day() == days_in_month(end.year(), end.month()));
}

TEST(Period, IsHalfOpen) {
  const Period period{.from = date("2019-08-01"), .until = date("2019-09-01")};
  EXPECT_FALSE(period.contains(date("2019-07-31")));
  EXPECT_TRUE(period.contains(date("2019-08-01")));
  EXPECT_TRUE(period.contains(date("2019-08-31")));
  EXPECT_FALSE(period.contains(date("2019-09-01")));
  EXPECT_TRUE((Period{.from = date("2019-08-01")}.contains(date("9999-12-31"))));
}

TEST(Instant, TheChineseDayStartsAtSixteenHoursUtc) {
  constexpr std::int64_t kHour = 3'600'000'000;
  EXPECT_EQ(Instant{}.china_date(), date("1970-01-01"));
  EXPECT_EQ(Instant{16 * kHour - 1}.china_date(), date("1970-01-01"));
  EXPECT_EQ(Instant{16 * kHour}.china_date(), date("1970-01-02"));
  EXPECT_EQ(Instant{-8 * kHour}.china_date(), date("1970-01-01"));
  EXPECT_EQ(Instant{-8 * kHour - 1}.china_date(), date("1969-12-31"));
}

TEST(Instant, WritesUtcToTheMicrosecond) {
  EXPECT_EQ(Instant{}.to_text(), "1970-01-01T00:00:00.000000Z");
  EXPECT_EQ(Instant{-1}.to_text(), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ((Instant{1'564'623'000'000'007}.to_text()), "2019-08-01T01:30:00.000007Z");
  EXPECT_EQ(Instant{}.plus_seconds(86'399).to_text(), "1970-01-01T23:59:59.000000Z");
}

}  // namespace
}  // namespace jiuzhu
