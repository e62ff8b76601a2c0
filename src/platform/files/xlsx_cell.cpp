#include "platform/files/xlsx_cell.hpp"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <optional>

#include "base/date.hpp"

namespace jiuzhu {
namespace {

std::optional<double> parse_double(std::string_view text) {
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

/// The first section of a format code without quoted text, escaped characters, fill characters and [..] other than
/// elapsed time; lower case.
std::string bare_format(std::string_view code) {
  std::string bare;
  for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    if (code[i] == '"') {
      const std::size_t end = code.find('"', i + 1);
      if (end == std::string_view::npos) break;
      i = end;
    } else if (code[i] == '\\' || code[i] == '_' || code[i] == '*') {
      ++i;
    } else if (code[i] == '[') {
      const std::size_t end = code.find(']', i);
      if (end == std::string_view::npos) break;
      const std::string_view inside = code.substr(i + 1, end - i - 1);
      if (!inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos) bare += 'h';
      i = end;
    } else {
      bare += code[i] >= 'A' && code[i] <= 'Z' ? static_cast<char>(code[i] - 'A' + 'a') : code[i];
    }
  }
  return bare;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// The value of "_xHHHH_" at `at`, or nothing.
std::optional<unsigned> escape_at(std::string_view text, std::size_t at) {
  if (at + 7 > text.size() || text[at] != '_' || text[at + 1] != 'x' || text[at + 6] != '_') return std::nullopt;
  unsigned value = 0;
  for (std::size_t i = at + 2; i < at + 6; ++i) {
    const int digit = hex_value(text[i]);
    if (digit < 0) return std::nullopt;
    value = value * 16 + static_cast<unsigned>(digit);
  }
  return value;
}

}  // namespace

bool is_date_format(unsigned id, std::string_view code) {
  if (code.empty()) {
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
  }
  const std::string bare = bare_format(code);
  if (bare.find("general") != std::string::npos) return false;
  return bare.find_first_of("ydhms") != std::string::npos;
}

std::expected<std::string, const char*> render_serial_date(std::string_view stored, DateSystem system) {
  const auto value = parse_double(stored);
  if (!value) return std::unexpected("xlsx.cell_unreadable");
  if (*value < 0 || *value >= 2958466) return std::unexpected("xlsx.date_invalid");
  int day = static_cast<int>(*value);
  int seconds = static_cast<int>(std::lround((*value - day) * 86400));
  if (seconds == 86400) {
    ++day;
    seconds = 0;
  }
  char time[40];
  std::snprintf(time, sizeof time, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  // Below 1 there is no day: a time alone. In the 1904 system day 0 is 1904-01-01.
  if (system == DateSystem::from_1900 && day == 0) return std::string(time);
  // Excel's 1900 is a leap year for the sake of old files: day 60 does not exist, later ones are one too many.
  if (system == DateSystem::from_1900 && day == 60) return std::unexpected("xlsx.date_invalid");
  const Date origin = system == DateSystem::from_1904 ? *Date::of(1904, 1, 1) : *Date::of(1899, 12, day < 60 ? 31 : 30);
  // The last second of 9999 may have been rounded up, and the 1904 system counts four years further.
  if (day > days_between(origin, *Date::of(9999, 12, 31))) return std::unexpected("xlsx.date_invalid");
  const Date date = origin.plus_days(day);
  return seconds == 0 ? date.to_text() : date.to_text() + " " + time;
}

std::expected<std::string, const char*> render_number(std::string_view stored) {
  const auto value = parse_double(stored);
  if (!value) return std::unexpected("xlsx.cell_unreadable");
  if (std::fabs(*value) >= 1e15) return std::unexpected("xlsx.number_too_long");
  if (*value == 0) return "0";
  // "d.dddddddddddddde±xx": digits and exponent apart, then the point is put where it belongs.
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%.14e", std::fabs(*value));
  const std::string_view text(buffer);
  const std::size_t e = text.find('e');
  std::string digits = std::string(text.substr(0, 1)) + std::string(text.substr(2, e - 2));
  int exponent = 0;
  const char* exponent_text = buffer + e + (buffer[e + 1] == '+' ? 2 : 1);
  std::from_chars(exponent_text, buffer + text.size(), exponent);
  if (exponent < -30) return "0";  // a remainder of arithmetic, not an amount
  digits.erase(digits.find_last_not_of('0') + 1);
  std::string rendered = *value < 0 ? "-" : "";
  if (exponent < 0) return rendered + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  const auto whole = static_cast<std::size_t>(exponent) + 1;
  if (digits.size() <= whole) return rendered + digits + std::string(whole - digits.size(), '0');
  return rendered + digits.substr(0, whole) + "." + digits.substr(whole);
}

std::string unescape_text(std::string text) {
  std::size_t at = text.find("_x");
  if (at == std::string::npos) return text;
  std::string plain = text.substr(0, at);
  while (at < text.size()) {
    const auto value = escape_at(text, at);
    if (value && *value > 0 && *value < 0x80) {
      plain += static_cast<char>(*value);
      at += 7;
    } else {
      plain += text[at++];
    }
  }
  return plain;
}

}  // namespace jiuzhu
