#include "kernel/calendar/calendar_file.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

namespace jiuzhu {
namespace {

Date date(std::string_view text) { return Date::parse(text).value(); }

std::string committed_text() {
  std::ifstream file(JIUZHU_SOURCE_DIR "/policy/calendar/CN.csv");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

const WorkingCalendar& committed() {
  static const WorkingCalendar calendar = parse_calendar(committed_text()).value();
  return calendar;
}

struct Span {
  const char* first;
  const char* last;
};

std::set<Date> days_in(std::initializer_list<Span> spans) {
  std::set<Date> days;
  for (const Span& span : spans) {
    for (Date day = date(span.first); day <= date(span.last); day = day.plus_days(1)) days.insert(day);
  }
  return days;
}

TEST(CalendarFile, CoversTheYearsTheProgramNeeds) {
  EXPECT_EQ(committed().first_year(), 2004);
  EXPECT_GE(committed().last_year(), 2026);
}

/// The oracle is regulation P-01, written out again here from the notices it cites; every day of the years is compared.
TEST(CalendarFile, DecidesEveryDayOf2019To2021AsTheRegulationDigest) {
  const std::set<Date> off = days_in({
      {"2018-12-30", "2019-01-01"}, {"2019-02-04", "2019-02-10"}, {"2019-04-05", "2019-04-05"},
      {"2019-05-01", "2019-05-04"}, {"2019-06-07", "2019-06-07"}, {"2019-09-13", "2019-09-13"},
      {"2019-10-01", "2019-10-07"}, {"2020-01-01", "2020-01-01"}, {"2020-01-24", "2020-02-02"},
      {"2020-04-04", "2020-04-06"}, {"2020-05-01", "2020-05-05"}, {"2020-06-25", "2020-06-27"},
      {"2020-10-01", "2020-10-08"}, {"2021-01-01", "2021-01-03"}, {"2021-02-11", "2021-02-17"},
      {"2021-04-03", "2021-04-05"}, {"2021-05-01", "2021-05-05"}, {"2021-06-12", "2021-06-14"},
      {"2021-09-19", "2021-09-21"}, {"2021-10-01", "2021-10-07"},
  });
  std::set<Date> work;
  for (const char* day :
       {"2018-12-29", "2019-02-02", "2019-02-03", "2019-04-28", "2019-05-05", "2019-09-29", "2019-10-12",
        "2020-01-19", "2020-04-26", "2020-05-09", "2020-06-28", "2020-09-27", "2020-10-10", "2021-02-07",
        "2021-02-20", "2021-04-25", "2021-05-08", "2021-09-18", "2021-09-26", "2021-10-09"}) {
    work.insert(date(day));
  }
  for (Date day = date("2018-12-29"); day <= date("2021-12-31"); day = day.plus_days(1)) {
    const bool expected = work.contains(day) || (!off.contains(day) && !day.is_weekend());
    EXPECT_EQ(committed().is_working_day(day).value(), expected) << day.to_text();
  }
}

TEST(CalendarFile, KnowsTheDatesOfTheNotice) {
  struct Case {
    const char* day;
    bool works;
  };
  for (const Case& c :
       {Case{"2019-08-01", true}, Case{"2019-09-02", true}, Case{"2019-10-20", false}, Case{"2019-08-31", false},
        Case{"2019-11-30", false}, Case{"2020-02-01", false}, Case{"2020-02-03", true}}) {
    EXPECT_EQ(committed().is_working_day(date(c.day)).value(), c.works) << c.day;
  }
  // Twenty working days from the notice, and a seven-day publicity that would end inside National Day.
  EXPECT_EQ(committed().after_working_days(date("2019-08-01"), 20).value(), date("2019-08-29"));
  EXPECT_EQ(committed().after_calendar_days(date("2019-09-25"), 7).value(), date("2019-10-08"));
}

TEST(CalendarFile, EveryDecreedYearHasAboutTwoHundredAndFiftyWorkingDays) {
  for (int year = committed().first_year() + 1; year <= committed().last_year(); ++year) {
    const Date last_of_year_before = Date::of(year - 1, 12, 31).value();
    const int count = committed().working_days_between(last_of_year_before, Date::of(year, 12, 31).value()).value();
    EXPECT_GE(count, 247) << year;
    EXPECT_LE(count, 252) << year;
  }
}

TEST(CalendarFile, ForgivesBlanksCommentsAndOrder) {
  const Result<WorkingCalendar> calendar = parse_calendar(
      "\xEF\xBB\xBF# comment\r\n\r\ndate,kind,name\r\n2019-10-01, holiday ,国庆节\r\n2019-09-29,working_day,\r\n"
      "# comment\r\n2019-01-01,holiday,元旦\r\n");
  ASSERT_TRUE(calendar);
  EXPECT_EQ(calendar->first_year(), 2019);
  EXPECT_EQ(calendar->last_year(), 2019);
  EXPECT_TRUE(calendar->is_working_day(date("2019-09-29")).value());
  EXPECT_FALSE(calendar->is_working_day(date("2019-10-01")).value());
}

TEST(CalendarFile, NamesEveryWrongLine) {
  const Result<WorkingCalendar> calendar = parse_calendar(
      "\n"
      "date,kind,name\n"
      "2019-01-01,holiday,元旦\n"
      "2019-01-01,working_day,元旦\n"
      "2019-02-29,holiday,春节\n"
      "2019-02-04,day_off,春节\n"
      "2019-02-05,holiday\n"
      "2019-02-06,holiday,a,b\n"
      "2019-02-07,working_day,春节\n"
      "2019-10-01,holiday,国庆节\n");
  ASSERT_FALSE(calendar);
  EXPECT_EQ(calendar.error().key, "calendar_file.invalid");
  EXPECT_EQ(calendar.error().code, ErrorCode::invalid_input);
  const std::vector<FieldError> expected{
      {"/lines/4", "calendar_file.duplicate", {{"line", "4"}}},
      {"/lines/5", "calendar_file.date", {{"line", "5"}}},
      {"/lines/6", "calendar_file.kind", {{"line", "6"}}},
      {"/lines/7", "calendar_file.columns", {{"line", "7"}}},
      {"/lines/8", "calendar_file.columns", {{"line", "8"}}},
      {"/lines/9", "calendar_file.working_day_on_weekday", {{"line", "9"}}},
  };
  EXPECT_EQ(calendar.error().fields, expected);
}

TEST(CalendarFile, RefusesFilesThatAreNotWhole) {
  struct Case {
    std::string text;
    std::vector<FieldError> fields;
  };
  const std::string header = "date,kind,name\n";
  for (const Case& c : {
           Case{"", {{"", "calendar_file.empty"}}},
           Case{header, {{"", "calendar_file.empty"}}},
           Case{header + "2019-02-02,working_day,春节\n", {{"", "calendar_file.empty"}}},
           Case{"2019-01-01,holiday,元旦\n", {{"/lines/1", "calendar_file.header", {{"line", "1"}}}}},
           Case{header + "2019-01-01,holiday,\xD4\xAA\xB5\xA9\n", {{"", "text.malformed"}}},
           Case{header + "2019-01-01,holiday,元旦\n",
                {{"/years/2019", "calendar_file.year_incomplete", {{"year", "2019"}}}}},
           Case{header + "2017-01-01,holiday,\n2017-10-01,holiday,\n2019-01-01,holiday,\n2019-10-01,holiday,\n",
                {{"/years/2018", "calendar_file.year_incomplete", {{"year", "2018"}}}}},
           Case{header + "2018-12-29,working_day,\n2019-01-01,holiday,\n2019-10-01,holiday,\n",
                {{"/years/2018", "calendar_file.year_incomplete", {{"year", "2018"}}}}},
       }) {
    const Result<WorkingCalendar> calendar = parse_calendar(c.text);
    ASSERT_FALSE(calendar) << c.text;
    EXPECT_EQ(calendar.error().fields, c.fields) << c.text;
  }
}

TEST(CalendarFile, StopsAfterAHundredProblems) {
  std::string text = "date,kind,name\n";
  for (int i = 0; i < 500; ++i) text += "x\n";
  EXPECT_EQ(parse_calendar(text).error().fields.size(), 100U);
}

}  // namespace
}  // namespace jiuzhu
