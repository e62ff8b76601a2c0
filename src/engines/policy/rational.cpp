#include "engines/policy/rational.hpp"

#include "base/assert.hpp"

namespace jiuzhu::policy {
namespace {

Wide times(Wide a, Wide b) {
  Wide product = 0;
  JZ_ASSERT(!__builtin_mul_overflow(a, b, &product));
  return product;
}

Wide plus(Wide a, Wide b) {
  Wide sum = 0;
  JZ_ASSERT(!__builtin_add_overflow(a, b, &sum));
  return sum;
}

Wide common_divisor(Wide a, Wide b) {
  if (a < 0) a = -a;
  while (b != 0) {
    const Wide rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

std::string digits_of(Wide value) {
  if (value == 0) return "0";
  const bool negative = value < 0;
  std::string reversed;
  for (Wide rest = negative ? -value : value; rest != 0; rest /= 10) {
    reversed += static_cast<char>('0' + static_cast<int>(rest % 10));
  }
  if (negative) reversed += '-';
  return {reversed.rbegin(), reversed.rend()};
}

}  // namespace

Rational Rational::of(Wide numerator, Wide denominator) {
  JZ_ASSERT(denominator != 0);
  if (denominator < 0) {
    numerator = -numerator;
    denominator = -denominator;
  }
  const Wide divisor = common_divisor(numerator, denominator);
  Rational value;
  value.numerator_ = numerator / divisor;
  value.denominator_ = denominator / divisor;
  return value;
}

std::optional<Rational> Rational::parse(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction = point == std::string_view::npos ? "" : text.substr(point + 1);
  if (whole.empty() || whole.size() > 12 || fraction.size() > 12) return std::nullopt;
  if (point != std::string_view::npos && fraction.empty()) return std::nullopt;
  Wide numerator = 0;
  Wide denominator = 1;
  for (char c : whole) {
    if (c < '0' || c > '9') return std::nullopt;
    numerator = numerator * 10 + (c - '0');
  }
  for (char c : fraction) {
    if (c < '0' || c > '9') return std::nullopt;
    numerator = numerator * 10 + (c - '0');
    denominator *= 10;
  }
  return of(negative ? -numerator : numerator, denominator);
}

std::int64_t Rational::floor() const {
  Wide quotient = numerator_ / denominator_;
  if (numerator_ % denominator_ != 0 && numerator_ < 0) --quotient;
  JZ_ASSERT(quotient >= INT64_MIN && quotient <= INT64_MAX);
  return static_cast<std::int64_t>(quotient);
}

std::string Rational::to_text() const {
  Wide scale = 1;
  for (int places = 0; places <= 6; ++places, scale *= 10) {
    if (scale % denominator_ != 0) continue;
    std::string digits = digits_of(times(numerator_, scale / denominator_));
    if (places == 0) return digits;
    const bool negative = digits.front() == '-';
    if (negative) digits.erase(0, 1);
    const std::size_t fraction = static_cast<std::size_t>(places);
    if (digits.size() <= fraction) digits.insert(0, fraction + 1 - digits.size(), '0');
    digits.insert(digits.size() - fraction, ".");
    return negative ? "-" + digits : digits;
  }
  return digits_of(numerator_) + "/" + digits_of(denominator_);
}

Rational Rational::operator+(const Rational& other) const {
  return of(plus(times(numerator_, other.denominator_), times(other.numerator_, denominator_)),
            times(denominator_, other.denominator_));
}

Rational Rational::operator-(const Rational& other) const {
  return of(plus(times(numerator_, other.denominator_), -times(other.numerator_, denominator_)),
            times(denominator_, other.denominator_));
}

Rational Rational::operator*(const Rational& other) const {
  return of(times(numerator_, other.numerator_), times(denominator_, other.denominator_));
}

Rational Rational::operator/(const Rational& other) const {
  return of(times(numerator_, other.denominator_), times(denominator_, other.numerator_));
}

std::strong_ordering Rational::operator<=>(const Rational& other) const {
  return times(numerator_, other.denominator_) <=> times(other.numerator_, denominator_);
}

}  // namespace jiuzhu::policy
