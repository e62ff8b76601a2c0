#include "kernel/calendar/calendar_file.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"

namespace jiuzhu {
namespace {

constexpr std::string_view kHeader = "date,kind,name";
constexpr std::size_t kMaxProblems = 100;

std::unexpected<Error> refuse_file(std::vector<FieldError> problems) {
  return refuse(Error{.code = ErrorCode::invalid_input, .key = "calendar_file.invalid", .fields = std::move(problems)});
}

/// Adds the day of one line to the table, or returns the key of what is wrong with it.
std::optional<std::string> add_day(std::string_view line, WorkingCalendar::Table& table) {
  const std::vector<std::string_view> columns = split(line, ',');
  if (columns.size() != 3) return "calendar_file.columns";
  const std::optional<Date> date = Date::parse(trim(columns[0]));
  if (!date) return "calendar_file.date";
  if (table.holidays.contains(*date) || table.adjusted_working_days.contains(*date)) return "calendar_file.duplicate";
  const std::string_view kind = trim(columns[1]);
  if (kind == "holiday") {
    table.holidays.insert(*date);
  } else if (kind == "working_day") {
    if (!date->is_weekend()) return "calendar_file.working_day_on_weekday";
    table.adjusted_working_days.insert(*date);
  } else {
    return "calendar_file.kind";
  }
  return std::nullopt;
}

/// Both ends of a decreed year; a file that was cut off, or holds only a few days of a year, must not pass for it.
bool is_complete(const WorkingCalendar::Table& table, int year) {
  return table.holidays.contains(Date::of(year, 1, 1).value()) &&
         table.holidays.contains(Date::of(year, 10, 1).value());
}

void set_years(WorkingCalendar::Table& table) {
  table.first_year = table.holidays.begin()->year();
  table.last_year = table.holidays.rbegin()->year();
  if (table.adjusted_working_days.empty()) return;
  table.first_year = std::min(table.first_year, table.adjusted_working_days.begin()->year());
  table.last_year = std::max(table.last_year, table.adjusted_working_days.rbegin()->year());
}

}  // namespace

Result<WorkingCalendar> parse_calendar(std::string_view text) {
  if (!is_clean_utf8(text)) return refuse_file({{.pointer = "", .key = "text.malformed"}});
  WorkingCalendar::Table table;
  std::vector<FieldError> problems;
  bool has_header = false;
  int line_number = 0;
  for (const std::string_view raw : split(text, '\n')) {
    ++line_number;
    const std::string_view line = trim(raw);
    if (line.empty() || line.starts_with('#')) continue;
    std::optional<std::string> problem;
    if (has_header) {
      problem = add_day(line, table);
    } else if (line != kHeader) {
      problem = "calendar_file.header";
    }
    has_header = true;
    if (problem) {
      const std::string number = std::to_string(line_number);
      problems.push_back({.pointer = "/lines/" + number, .key = *std::move(problem), .params = {{"line", number}}});
      if (problems.size() == kMaxProblems) break;
    }
  }
  if (!problems.empty()) return refuse_file(std::move(problems));
  if (table.holidays.empty()) return refuse_file({{.pointer = "", .key = "calendar_file.empty"}});
  set_years(table);
  for (int year = table.first_year; year <= table.last_year && problems.size() < kMaxProblems; ++year) {
    if (is_complete(table, year)) continue;
    const std::string number = std::to_string(year);
    problems.push_back(
        {.pointer = "/years/" + number, .key = "calendar_file.year_incomplete", .params = {{"year", number}}});
  }
  if (!problems.empty()) return refuse_file(std::move(problems));
  return WorkingCalendar(std::move(table));
}

}  // namespace jiuzhu
