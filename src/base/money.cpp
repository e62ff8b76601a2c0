#include "base/money.hpp"

#include <cstdio>

#include "base/assert.hpp"

namespace jiuzhu {
namespace {

// __int128 is an extension that -Wpedantic names; products of two 64-bit amounts need it.
__extension__ using Wide = __int128;

Wide floor_divide(Wide numerator, Wide denominator) {
  const Wide quotient = numerator / denominator;
  return (numerator % denominator != 0 && (numerator < 0) != (denominator < 0)) ? quotient - 1 : quotient;
}

std::int64_t narrow(Wide value) {
  JZ_ASSERT(value >= INT64_MIN && value <= INT64_MAX);
  return static_cast<std::int64_t>(value);
}

}  // namespace

std::optional<Money> Money::parse(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  std::string_view fraction = point == std::string_view::npos ? "" : text.substr(point + 1);
  if (whole.empty() || whole.size() > 15 || fraction.size() > 2) return std::nullopt;
  if (point != std::string_view::npos && fraction.empty()) return std::nullopt;
  std::int64_t value = 0;
  for (char c : whole) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  for (std::size_t i = 0; i < 2; ++i) {
    const char c = i < fraction.size() ? fraction[i] : '0';
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return Money::fen(negative ? -value : value);
}

std::string Money::to_text() const {
  const std::uint64_t magnitude = fen_ < 0 ? ~static_cast<std::uint64_t>(fen_) + 1 : static_cast<std::uint64_t>(fen_);
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%s%llu.%02llu", fen_ < 0 ? "-" : "",
                static_cast<unsigned long long>(magnitude / 100), static_cast<unsigned long long>(magnitude % 100));
  return buffer;
}

Money Money::operator+(Money other) const {
  std::int64_t sum = 0;
  JZ_ASSERT(!__builtin_add_overflow(fen_, other.fen_, &sum));
  return Money(sum);
}

Money Money::operator-(Money other) const {
  std::int64_t difference = 0;
  JZ_ASSERT(!__builtin_sub_overflow(fen_, other.fen_, &difference));
  return Money(difference);
}

Money Money::operator*(std::int64_t factor) const {
  std::int64_t product = 0;
  JZ_ASSERT(!__builtin_mul_overflow(fen_, factor, &product));
  return Money(product);
}

Money multiply_divide(Money amount, std::int64_t numerator, std::int64_t denominator, Rounding rounding) {
  JZ_ASSERT(denominator > 0);
  JZ_ASSERT(rounding.unit_fen > 0);
  const Wide product = static_cast<Wide>(amount.in_fen()) * numerator;
  const std::int64_t unit_size = rounding.mode == RoundingMode::exact ? 1 : rounding.unit_fen;
  const Wide divisor = static_cast<Wide>(denominator) * unit_size;
  Wide units = 0;
  switch (rounding.mode) {
    case RoundingMode::exact:
    case RoundingMode::down: units = floor_divide(product, divisor); break;
    case RoundingMode::up: units = -floor_divide(-product, divisor); break;
    case RoundingMode::nearest: {
      // Compares the remainder with what is missing: doubling the product could leave 128 bits.
      units = floor_divide(product, divisor);
      const Wide remainder = product - units * divisor;
      if (remainder >= divisor - remainder) ++units;
      break;
    }
  }
  return Money::fen(narrow(units * unit_size));
}

bool is_less_per(Money a, std::int64_t a_divisor, Money b, std::int64_t b_divisor) {
  JZ_ASSERT(a_divisor > 0 && b_divisor > 0);
  return static_cast<Wide>(a.in_fen()) * b_divisor < static_cast<Wide>(b.in_fen()) * a_divisor;
}

}  // namespace jiuzhu
