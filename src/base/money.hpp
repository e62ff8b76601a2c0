#pragma once
// Money is integer fen (1 yuan = 100 fen). Comparisons cross-multiply instead of dividing; a division needs a named
// rounding, which comes from policy data (regulation F-02, F-03). Overflow is a bug and trips an assertion.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/assert.hpp"

namespace jiuzhu {

/// How a result is brought to a multiple of `unit_fen`.
enum class RoundingMode { exact, up, down, nearest };

struct Rounding {
  std::int64_t unit_fen = 1;
  RoundingMode mode = RoundingMode::exact;

  bool operator==(const Rounding&) const = default;
};

class Money {
 public:
  constexpr Money() = default;
  static constexpr Money fen(std::int64_t amount) { return Money(amount); }
  static constexpr Money yuan(std::int64_t amount) {
    std::int64_t in_fen = 0;
    JZ_ASSERT(!__builtin_mul_overflow(amount, std::int64_t{100}, &in_fen));
    return Money(in_fen);
  }
  /// Accepts "650", "650.5", "650.00", "-3.20": yuan with at most two decimals, at most 15 digits before the point.
  static std::optional<Money> parse(std::string_view text);

  constexpr std::int64_t in_fen() const { return fen_; }
  constexpr bool is_negative() const { return fen_ < 0; }
  /// "650.00"
  std::string to_text() const;

  Money operator+(Money other) const;
  Money operator-(Money other) const;
  Money operator*(std::int64_t factor) const;
  Money& operator+=(Money other) { return *this = *this + other; }
  Money& operator-=(Money other) { return *this = *this - other; }
  auto operator<=>(const Money&) const = default;

 private:
  constexpr explicit Money(std::int64_t amount) : fen_(amount) {}
  std::int64_t fen_ = 0;
};

/// amount * numerator / denominator, rounded once. denominator > 0. RoundingMode::exact rounds down to whole fen:
/// a fraction of a fen cannot be paid. "Down" is towards the smaller amount, also below zero; "nearest" sends a half
/// up.
Money multiply_divide(Money amount, std::int64_t numerator, std::int64_t denominator, Rounding rounding);

/// True when a/a_divisor < b/b_divisor, exactly. Divisors > 0.
bool is_less_per(Money a, std::int64_t a_divisor, Money b, std::int64_t b_divisor);

}  // namespace jiuzhu
