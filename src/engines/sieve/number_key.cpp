#include "engines/sieve/number_key.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"

namespace jiuzhu::sieve {
namespace {

constexpr std::size_t kLength = 18;
constexpr std::size_t kDigits = 17;
constexpr std::size_t kOldLength = 15;
constexpr std::size_t kPrefix = 6;
constexpr std::array<int, kDigits> kWeights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

NumberKey appended(NumberKey key, std::string_view digits) {
  for (const char digit : digits) key = key * 10 + static_cast<NumberKey>(digit - '0');
  return key;
}

char check_character(std::string_view digits) {
  int sum = 0;
  for (std::size_t i = 0; i < kDigits; ++i) sum += (digits[i] - '0') * kWeights[i];
  return "10X98765432"[sum % 11];
}

ParsedNumber parse_narrow(std::string_view text) {
  if (text.empty()) return {.problem = Malformed::empty};
  if (text.size() == kOldLength) {
    if (!std::ranges::all_of(text, is_digit)) return {.problem = Malformed::character};
    const NumberKey prefix = appended(0, text.substr(0, kPrefix));
    return {.key = appended(appended(prefix, "19"), text.substr(kPrefix))};
  }
  if (text.size() != kLength) return {.problem = Malformed::length};
  const std::string_view digits = text.substr(0, kDigits);
  const char last = text[kDigits] == 'x' ? 'X' : text[kDigits];
  if (!std::ranges::all_of(digits, is_digit) || !(is_digit(last) || last == 'X')) {
    return {.problem = Malformed::character};
  }
  if (last != check_character(digits)) return {.problem = Malformed::check_digit};
  return {.key = appended(0, digits)};
}

}  // namespace

ParsedNumber parse_number(std::string_view text) {
  if (std::ranges::all_of(text, is_ascii)) return parse_narrow(trim(text));
  if (!is_clean_utf8(text)) return {.problem = Malformed::character};
  const std::string narrow = to_half_width(text);
  return parse_narrow(trim(narrow));
}

}  // namespace jiuzhu::sieve
