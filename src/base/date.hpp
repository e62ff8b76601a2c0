#pragma once
// Legal dates are calendar dates (China, UTC+8, no daylight saving since 1992). Instants are UTC microseconds.
// A time never decides a legal question; "today" is always passed in.

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/assert.hpp"

namespace jiuzhu {

class Month;

/// A valid calendar date from 1800-01-01 to 9999-12-31. Text form: ISO 8601, "2019-08-01".
/// Arithmetic that leaves this range trips an assertion, so that every Date has a text form that parses again.
class Date {
 public:
  Date() = default;  // 1970-01-01
  explicit Date(std::chrono::sys_days days) : days_(days) { JZ_ASSERT(days >= kFirst && days <= kLast); }

  /// Returns nothing for a date that does not exist (2019-02-29) or lies outside the range.
  static std::optional<Date> of(int year, int month, int day);
  /// Accepts exactly "YYYY-MM-DD".
  static std::optional<Date> parse(std::string_view text);

  int year() const { return static_cast<int>(ymd().year()); }
  int month() const { return static_cast<int>(static_cast<unsigned>(ymd().month())); }
  int day() const { return static_cast<int>(static_cast<unsigned>(ymd().day())); }
  bool is_weekend() const;
  Month month_of() const;
  std::chrono::sys_days days() const { return days_; }

  Date plus_days(int count) const { return Date(days_ + std::chrono::days(count)); }
  /// Same day of the month, or the month's last day where there is none (Civil Code art. 202).
  Date plus_months(int count) const;
  Date plus_years(int count) const { return plus_months(12 * count); }

  std::string to_text() const;

  auto operator<=>(const Date&) const = default;

 private:
  static constexpr std::chrono::sys_days kFirst{std::chrono::year{1800} / std::chrono::January / 1};
  static constexpr std::chrono::sys_days kLast{std::chrono::year{9999} / std::chrono::December / 31};

  std::chrono::year_month_day ymd() const { return std::chrono::year_month_day(days_); }
  std::chrono::sys_days days_{};
};

/// Days from `from` to `to`; negative when `to` is earlier.
inline int days_between(Date from, Date to) { return static_cast<int>((to.days() - from.days()).count()); }

/// Completed years of age on a date; a birthday counts from its day on (regulation P-04, Civil Code art. 1259).
int age_on(Date birth, Date on);

/// A calendar month, the unit of benefits. Text form: "2019-08".
class Month {
 public:
  Month() = default;
  static std::optional<Month> of(int year, int month);
  static std::optional<Month> parse(std::string_view text);

  int year() const { return index_ / 12; }
  int month() const { return index_ % 12 + 1; }
  /// Trips an assertion outside the years of Date.
  Month plus(int months) const;
  Date first_day() const;
  Date last_day() const;
  int index() const { return index_; }
  std::string to_text() const;

  auto operator<=>(const Month&) const = default;

 private:
  friend class Date;
  explicit Month(int index) : index_(index) {}
  int index_ = 1970 * 12;
};

/// Half-open: from `from` up to but not including `until`; without `until` it is open-ended.
struct Period {
  Date from;
  std::optional<Date> until = std::nullopt;

  bool contains(Date date) const { return from <= date && (!until || date < *until); }
  bool operator==(const Period&) const = default;
};

/// A point in time, microseconds since 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t microseconds = 0;

  /// The date in China at this instant.
  Date china_date() const;
  /// "2019-08-01T09:30:00.000000Z"
  std::string to_text() const;
  Instant plus_seconds(std::int64_t seconds) const { return Instant{microseconds + seconds * 1'000'000}; }

  auto operator<=>(const Instant&) const = default;
};

}  // namespace jiuzhu
