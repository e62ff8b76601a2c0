#include "engines/sieve/values.hpp"

#include <array>

#include "base/date.hpp"

namespace jiuzhu::sieve {
namespace {

constexpr std::size_t kWholeDigitsMost = 13;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<std::int64_t> parse_fixed(std::string_view text, std::size_t decimals_most) {
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.remove_prefix(1);
  std::int64_t value = 0;
  std::size_t at = 0;
  for (; at < text.size() && is_digit(text[at]); ++at) {
    if (at == kWholeDigitsMost) return std::nullopt;
    value = value * 10 + (text[at] - '0');
  }
  if (at == 0) return std::nullopt;
  std::size_t decimals = 0;
  if (at < text.size() && text[at] == '.') {
    for (++at; at < text.size() && is_digit(text[at]) && decimals < decimals_most; ++at, ++decimals) {
      value = value * 10 + (text[at] - '0');
    }
    if (decimals == 0) return std::nullopt;
    while (at < text.size() && text[at] == '0') ++at;  // as databases write them: 100.0000
  }
  if (at != text.size()) return std::nullopt;
  for (; decimals < decimals_most; ++decimals) value *= 10;
  return is_negative ? -value : value;
}

/// A number of so many digits at the front, which is taken off.
std::optional<int> take_number(std::string_view& text, std::size_t digits_least, std::size_t digits_most) {
  int value = 0;
  std::size_t at = 0;
  for (; at < text.size() && at < digits_most && is_digit(text[at]); ++at) value = value * 10 + (text[at] - '0');
  if (at < digits_least) return std::nullopt;
  text.remove_prefix(at);
  return value;
}

std::optional<DayOrMonth> day_of(int year, int month, int day) {
  const std::optional<Date> date = Date::of(year, month, day);
  if (!date) return std::nullopt;
  return DayOrMonth{.days = static_cast<std::int32_t>(date->days().time_since_epoch().count())};
}

}  // namespace

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::optional<std::int64_t> parse_fen(std::string_view text) { return parse_fixed(text, 2); }

std::optional<std::int64_t> parse_ten_thousandths(std::string_view text) { return parse_fixed(text, 4); }

std::optional<DayOrMonth> parse_day(std::string_view text) {
  const std::optional<int> year = take_number(text, 4, 4);
  if (!year || text.empty()) return std::nullopt;
  const char between = text.front();
  const bool is_compact = is_digit(between);
  if (!is_compact && between != '-' && between != '/') return std::nullopt;
  if (!is_compact) text.remove_prefix(1);
  const std::optional<int> month = take_number(text, is_compact ? 2 : 1, 2);
  if (!month) return std::nullopt;
  if (text.empty()) {
    std::optional<DayOrMonth> first = day_of(*year, *month, 1);
    if (first) first->is_month = true;
    return first;
  }
  if (!is_compact) {
    if (text.empty() || text.front() != between) return std::nullopt;
    text.remove_prefix(1);
  }
  const std::optional<int> day = take_number(text, is_compact ? 2 : 1, 2);
  if (!day || !(text.empty() || text.front() == ' ' || text.front() == 'T')) return std::nullopt;
  return day_of(*year, *month, *day);
}

}  // namespace jiuzhu::sieve
