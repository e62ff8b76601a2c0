#include "base/date.hpp"

#include <cstdio>

namespace jiuzhu {
namespace {

/// Exactly `text.size()` digits, or nothing.
std::optional<int> digits(std::string_view text) {
  int value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::optional<Date> Date::of(int year, int month, int day) {
  if (year < 1800 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const std::chrono::year_month_day ymd{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                        std::chrono::day{static_cast<unsigned>(day)}};
  if (!ymd.ok()) return std::nullopt;
  return Date(std::chrono::sys_days(ymd));
}

std::optional<Date> Date::parse(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  return of(*year, *month, *day);
}

bool Date::is_weekend() const {
  const std::chrono::weekday weekday(days_);
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

Month Date::month_of() const { return Month(year() * 12 + month() - 1); }

Date Date::plus_months(int count) const {
  const Month target = month_of().plus(count);
  const int last = target.last_day().day();
  return *of(target.year(), target.month(), day() < last ? day() : last);
}

std::string Date::to_text() const {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", year(), month(), day());
  return buffer;
}

int age_on(Date birth, Date on) {
  const int years = on.year() - birth.year();
  const bool had_birthday = on.month() > birth.month() || (on.month() == birth.month() && on.day() >= birth.day());
  return had_birthday ? years : years - 1;
}

std::optional<Month> Month::of(int year, int month) {
  if (year < 1800 || year > 9999 || month < 1 || month > 12) return std::nullopt;
  return Month(year * 12 + month - 1);
}

std::optional<Month> Month::parse(std::string_view text) {
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  if (!year || !month) return std::nullopt;
  return of(*year, *month);
}

Date Month::first_day() const { return *Date::of(year(), month(), 1); }

Date Month::last_day() const {
  // Not the day before the next month: December 9999 has no next month.
  const auto last = std::chrono::year{year()} / std::chrono::month{static_cast<unsigned>(month())} / std::chrono::last;
  return Date(std::chrono::sys_days(last));
}

Month Month::plus(int months) const {
  const std::int64_t target = std::int64_t{index_} + months;
  JZ_ASSERT(target >= 1800 * 12 && target < 10'000 * 12);
  return Month(static_cast<int>(target));
}

std::string Month::to_text() const { return first_day().to_text().substr(0, 7); }

Date Instant::china_date() const {
  constexpr std::int64_t kDay = 86'400'000'000;
  constexpr std::int64_t kOffset = 8LL * 3'600'000'000;
  const std::int64_t local = microseconds + kOffset;
  const std::int64_t day = local >= 0 ? local / kDay : -((-local + kDay - 1) / kDay);
  return Date(std::chrono::sys_days(std::chrono::days(day)));
}

std::string Instant::to_text() const {
  constexpr std::int64_t kDay = 86'400'000'000;
  const std::int64_t day = microseconds >= 0 ? microseconds / kDay : -((-microseconds + kDay - 1) / kDay);
  const std::int64_t rest = microseconds - day * kDay;
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "T%02d:%02d:%02d.%06dZ", static_cast<int>(rest / 3'600'000'000),
                static_cast<int>(rest / 60'000'000 % 60), static_cast<int>(rest / 1'000'000 % 60),
                static_cast<int>(rest % 1'000'000));
  return Date(std::chrono::sys_days(std::chrono::days(day))).to_text() + buffer;
}

}  // namespace jiuzhu
