#include "kernel/identity/disability_certificate.hpp"

#include "base/assert.hpp"
#include "base/text.hpp"

namespace jiuzhu {
namespace {

constexpr std::size_t kLength = 20;

bool is_class(char c) { return c >= '1' && c <= '7'; }
bool is_grade(char c) { return c >= '1' && c <= '4'; }

}  // namespace

Result<DisabilityCertificate> DisabilityCertificate::parse(std::string_view text, Date today) {
  const std::string narrow = to_half_width(text);
  const std::string_view number = trim(narrow);
  if (number.size() != kLength) return refuse(ErrorCode::invalid_input, "disability_certificate.length");
  JZ_TRY(CitizenNumber holder, CitizenNumber::parse(number.substr(0, 18), today));
  if (!is_class(number[18])) return refuse(ErrorCode::invalid_input, "disability_certificate.class");
  if (!is_grade(number[19])) return refuse(ErrorCode::invalid_input, "disability_certificate.grade");
  return DisabilityCertificate(std::move(holder), static_cast<DisabilityClass>(number[18] - '0'), number[19] - '0');
}

DisabilityCertificate DisabilityCertificate::restore(std::string_view stored) {
  JZ_ASSERT(stored.size() == kLength && is_class(stored[18]) && is_grade(stored[19]));
  return {CitizenNumber::restore(stored.substr(0, 18)), static_cast<DisabilityClass>(stored[18] - '0'),
          stored[19] - '0'};
}

std::string DisabilityCertificate::reveal() const {
  std::string number = holder_.reveal();
  number += static_cast<char>('0' + static_cast<int>(class_));
  number += static_cast<char>('0' + grade_);
  return number;
}

}  // namespace jiuzhu
