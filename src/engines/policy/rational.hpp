#pragma once
// Exact fractions for the rules' arithmetic: 0.1 + 0.2 is 0.3, and a third stays a third until the one rounding that
// policy data names. Facts are bounded (facts.cpp), so an overflow is a bug and trips an assertion.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jiuzhu::policy {

__extension__ using Wide = __int128;  // an extension that -Wpedantic names

class Rational {
 public:
  Rational() = default;
  Rational(std::int64_t value) : numerator_(value) {}
  /// denominator != 0.
  static Rational of(Wide numerator, Wide denominator);
  /// "12", "0.25", "-3.5"; at most 12 digits on each side of the point.
  static std::optional<Rational> parse(std::string_view text);

  Wide numerator() const { return numerator_; }
  Wide denominator() const { return denominator_; }  // > 0, in lowest terms
  bool is_zero() const { return numerator_ == 0; }
  /// The largest integer not above.
  std::int64_t floor() const;
  /// A decimal where one exists within six places, otherwise "1/3".
  std::string to_text() const;

  Rational operator+(const Rational& other) const;
  Rational operator-(const Rational& other) const;
  Rational operator*(const Rational& other) const;
  /// other is not zero.
  Rational operator/(const Rational& other) const;
  bool operator==(const Rational&) const = default;
  std::strong_ordering operator<=>(const Rational& other) const;

 private:
  Wide numerator_ = 0;
  Wide denominator_ = 1;
};

}  // namespace jiuzhu::policy
