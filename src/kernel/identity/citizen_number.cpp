#include "kernel/identity/citizen_number.hpp"

#include <optional>

#include "base/assert.hpp"
#include "base/text.hpp"

namespace jiuzhu {
namespace {

constexpr std::size_t kLength = 18;
constexpr std::size_t kFirstGenerationLength = 15;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text) {
  for (const char c : text) {
    if (!is_digit(c)) return false;
  }
  return true;
}

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

/// `digits` has 18 characters.
std::optional<Date> birth_date_in(std::string_view digits) {
  return Date::of(number(digits.substr(6, 4)), number(digits.substr(10, 2)), number(digits.substr(12, 2)));
}

bool has_form(std::string_view digits) {
  return digits.size() == kLength && all_digits(digits.substr(0, 17)) && (is_digit(digits[17]) || digits[17] == 'X');
}

}  // namespace

char citizen_number_check_character(std::string_view digits) {
  constexpr int kWeights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  JZ_ASSERT(digits.size() >= 17);
  int sum = 0;
  for (std::size_t i = 0; i < 17; ++i) {
    JZ_ASSERT(is_digit(digits[i]));
    sum += (digits[i] - '0') * kWeights[i];
  }
  return "10X98765432"[sum % 11];
}

Result<CitizenNumber> CitizenNumber::parse(std::string_view text, Date today) {
  const std::string narrow = to_half_width(text);
  std::string digits(trim(narrow));
  if (!digits.empty() && digits.back() == 'x') digits.back() = 'X';
  if (digits.size() == kFirstGenerationLength) {
    if (!all_digits(digits)) return refuse(ErrorCode::invalid_input, "citizen_number.characters");
    digits.insert(6, "19");
    digits += citizen_number_check_character(digits);
  }
  if (digits.size() != kLength) return refuse(ErrorCode::invalid_input, "citizen_number.length");
  if (!has_form(digits)) return refuse(ErrorCode::invalid_input, "citizen_number.characters");
  const std::optional<Date> birth_date = birth_date_in(digits);
  if (!birth_date) return refuse(ErrorCode::invalid_input, "citizen_number.date_impossible");
  if (*birth_date > today) return refuse(ErrorCode::invalid_input, "citizen_number.date_future");
  if (digits[17] != citizen_number_check_character(digits)) {
    return refuse(ErrorCode::invalid_input, "citizen_number.check_digit");
  }
  return CitizenNumber(std::move(digits));
}

CitizenNumber CitizenNumber::restore(std::string_view stored) {
  JZ_ASSERT(has_form(stored));
  JZ_ASSERT(birth_date_in(stored).has_value());
  JZ_ASSERT(stored[17] == citizen_number_check_character(stored));
  return CitizenNumber(std::string(stored));
}

Date CitizenNumber::birth_date() const { return birth_date_in(digits_).value(); }

Sex CitizenNumber::sex() const { return (digits_[16] - '0') % 2 == 1 ? Sex::male : Sex::female; }

std::string CitizenNumber::masked() const {
  std::string text = digits_;
  return text.replace(6, 8, 8, '*');
}

}  // namespace jiuzhu
