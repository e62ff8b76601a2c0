#include "base/money.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace jiuzhu {
namespace {

__extension__ using Wide = __int128;

/// Values of every magnitude, with the ends of the range: rapidcheck's own integers stay small.
rc::Gen<std::int64_t> any_int64() {
  return rc::gen::oneOf(rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<std::int64_t>()),
                        rc::gen::element<std::int64_t>(INT64_MIN, INT64_MIN + 1, -1, 0, 1, INT64_MAX - 1, INT64_MAX),
                        rc::gen::map(rc::gen::tuple(rc::gen::arbitrary<std::int64_t>(), rc::gen::inRange(0, 63)),
                                     [](const std::tuple<std::int64_t, int>& shifted) {
                                       return static_cast<std::int64_t>(static_cast<std::uint64_t>(std::get<0>(shifted))
                                                                        << std::get<1>(shifted));
                                     }));
}

rc::Gen<std::int64_t> positive_int64() {
  return rc::gen::map(any_int64(), [](std::int64_t value) {
    return value > 0 ? value : value == 0 || value == INT64_MIN ? INT64_MAX : -value;
  });
}

bool fits(Wide value) { return value >= INT64_MIN && value <= INT64_MAX; }

/// Adds two decimal numbers digit by digit: the reference for texts knows nothing of binary numbers.
std::string decimal_sum(std::string a, std::string b) {
  while (a.size() < b.size()) a.insert(0, "0");
  while (b.size() < a.size()) b.insert(0, "0");
  int carry = 0;
  for (std::size_t i = a.size(); i-- > 0;) {
    const int digit = (a[i] - '0') + (b[i] - '0') + carry;
    a[i] = static_cast<char>('0' + digit % 10);
    carry = digit / 10;
  }
  if (carry > 0) a.insert(0, "1");
  a.erase(0, std::min(a.find_first_not_of('0'), a.size() - 1));
  return a;
}

TEST(Money, ParsesYuanWithAtMostTwoDecimals) {
  struct Case {
    const char* text;
    std::int64_t fen;
  };
  for (const Case& c :
       {Case{"650", 65'000}, Case{"650.5", 65'050}, Case{"650.00", 65'000}, Case{"-3.20", -320}, Case{"0", 0},
        Case{"-0", 0}, Case{"0.01", 1}, Case{"007", 700}, Case{"999999999999999.99", 99'999'999'999'999'999}}) {
    EXPECT_EQ(Money::parse(c.text), Money::fen(c.fen)) << c.text;
  }
  for (const char* text : {"", "-", ".", ".5", "5.", "+5", "1,000", "1.234", "1.2.3", " 1", "1 ", "1e3", "--1", "1.-2",
                           "１", "1000000000000000"}) {
    EXPECT_FALSE(Money::parse(text)) << text;
  }
}

TEST(Money, WritesTwoDecimals) {
  EXPECT_EQ(Money::yuan(650).to_text(), "650.00");
  EXPECT_EQ(Money::fen(5).to_text(), "0.05");
  EXPECT_EQ(Money::fen(-5).to_text(), "-0.05");
  EXPECT_EQ(Money::fen(INT64_MIN).to_text(), "-92233720368547758.08");
  EXPECT_EQ(Money::fen(INT64_MAX).to_text(), "92233720368547758.07");
}

RC_GTEST_PROP(Money, TextReadsBackWithinFifteenDigits, ()) {
  constexpr std::int64_t kLimit = 100'000'000'000'000'000;
  const Money amount = Money::fen(*any_int64() % kLimit);
  RC_ASSERT(Money::parse(amount.to_text()) == amount);
}

RC_GTEST_PROP(Money, AddsLikeDecimalTextWithoutAPoint, ()) {
  const std::int64_t a = *positive_int64() / 4;
  const std::int64_t b = *positive_int64() / 4;
  std::string sum = (Money::fen(a) + Money::fen(b)).to_text();
  std::erase(sum, '.');
  sum.erase(0, std::min(sum.find_first_not_of('0'), sum.size() - 1));
  RC_ASSERT(sum == decimal_sum(std::to_string(a), std::to_string(b)));
}

RC_GTEST_PROP(Money, ArithmeticIsExactOrTrips, ()) {
  const std::int64_t a = *any_int64();
  const std::int64_t b = *any_int64();
  const auto agrees = [](Wide expected, auto compute) {
    if (fits(expected)) {
      RC_ASSERT(compute() == Money::fen(static_cast<std::int64_t>(expected)));
    } else {
      RC_ASSERT_THROWS_AS(compute(), InvariantError);
    }
  };
  agrees(static_cast<Wide>(a) + b, [&] { return Money::fen(a) + Money::fen(b); });
  agrees(static_cast<Wide>(a) - b, [&] { return Money::fen(a) - Money::fen(b); });
  agrees(static_cast<Wide>(a) * b, [&] { return Money::fen(a) * b; });
  agrees(static_cast<Wide>(a) * 100, [&] { return Money::yuan(a); });
}

TEST(Money, RoundsOnceByName) {
  struct Case {
    std::int64_t amount, numerator, denominator, unit;
    RoundingMode mode;
    std::int64_t expected;
  };
  for (const Case& c : {
           Case{10'000, 1, 3, 1, RoundingMode::exact, 3'333},
           Case{10'000, 1, 3, 100, RoundingMode::exact, 3'333},  // exact ignores the unit
           Case{10'000, 1, 3, 100, RoundingMode::down, 3'300}, Case{10'000, 1, 3, 100, RoundingMode::up, 3'400},
           Case{10'000, 1, 3, 100, RoundingMode::nearest, 3'300}, Case{10'000, 2, 3, 100, RoundingMode::nearest, 6'700},
           Case{5'000, 1, 100, 100, RoundingMode::nearest, 100},  // half a yuan goes up
           Case{5'000, 1, 100, 100, RoundingMode::down, 0},
           Case{30'000, 1, 3, 100, RoundingMode::up, 10'000},  // nothing to round
           Case{-10'000, 1, 3, 100, RoundingMode::down, -3'400}, Case{-10'000, 1, 3, 100, RoundingMode::up, -3'300},
           Case{-50, 1, 1, 100, RoundingMode::nearest, 0},  // half a yuan goes up
       }) {
    const Money result = multiply_divide(Money::fen(c.amount), c.numerator, c.denominator, {c.unit, c.mode});
    EXPECT_EQ(result.in_fen(), c.expected) << c.amount << '*' << c.numerator << '/' << c.denominator;
  }
  // The largest product there is: it fits 128 bits, twice it would not.
  constexpr Rounding kNearest{.unit_fen = 1, .mode = RoundingMode::nearest};
  EXPECT_THROW(multiply_divide(Money::fen(INT64_MIN), INT64_MIN, INT64_MAX, kNearest), InvariantError);
  EXPECT_EQ(multiply_divide(Money::fen(INT64_MIN), INT64_MAX, INT64_MAX, kNearest), Money::fen(INT64_MIN));
  EXPECT_THROW(multiply_divide(Money::yuan(1), 1, 0, {}), InvariantError);
  EXPECT_THROW(multiply_divide(Money::yuan(1), 1, -1, {}), InvariantError);
  EXPECT_THROW(multiply_divide(Money::yuan(1), 1, 1, {.unit_fen = 0, .mode = RoundingMode::up}), InvariantError);
}

/// States what rounding means by inequalities instead of computing it again.
RC_GTEST_PROP(Money, RoundedResultIsTheRightNeighbour, ()) {
  const std::int64_t amount = *any_int64();
  const std::int64_t numerator = *any_int64() / 65'536;
  const std::int64_t denominator = *positive_int64() / 65'536 + 1;
  const std::int64_t unit = *rc::gen::inRange<std::int64_t>(1, 10'001);
  const auto mode = *rc::gen::element(RoundingMode::exact, RoundingMode::up, RoundingMode::down, RoundingMode::nearest);
  const std::int64_t step = mode == RoundingMode::exact ? 1 : unit;
  const Wide exact = static_cast<Wide>(amount) * numerator;  // in fen, times the denominator
  RC_PRE(fits(exact / denominator + 2 * step) && fits(exact / denominator - 2 * step));

  const std::int64_t result = multiply_divide(Money::fen(amount), numerator, denominator, {unit, mode}).in_fen();
  const Wide error = exact - static_cast<Wide>(result) * denominator;
  const Wide whole_step = static_cast<Wide>(step) * denominator;
  RC_ASSERT(result % step == 0);
  switch (mode) {
    case RoundingMode::exact:
    case RoundingMode::down: RC_ASSERT(error >= 0 && error < whole_step); break;
    case RoundingMode::up: RC_ASSERT(error <= 0 && error > -whole_step); break;
    case RoundingMode::nearest: RC_ASSERT(2 * error >= -whole_step && 2 * error < whole_step); break;
  }
}

RC_GTEST_PROP(Money, ComparesPerHeadWithoutDividing, ()) {
  const std::int64_t a = *any_int64();
  const std::int64_t b = *any_int64();
  const std::int64_t a_heads = *positive_int64();
  const std::int64_t b_heads = *positive_int64();
  const bool is_less = is_less_per(Money::fen(a), a_heads, Money::fen(b), b_heads);
  RC_ASSERT(!(is_less && is_less_per(Money::fen(b), b_heads, Money::fen(a), a_heads)));
  // The integer parts decide wherever they differ; only then is the remainder needed.
  const auto floor_of = [](std::int64_t value, std::int64_t by) { return value / by - (value % by < 0 ? 1 : 0); };
  if (floor_of(a, a_heads) != floor_of(b, b_heads)) RC_ASSERT(is_less == (floor_of(a, a_heads) < floor_of(b, b_heads)));
}

TEST(Money, ComparesPerHeadExactly) {
  EXPECT_TRUE(is_less_per(Money::fen(100), 3, Money::fen(34), 1));
  EXPECT_FALSE(is_less_per(Money::fen(100), 3, Money::fen(33), 1));
  EXPECT_FALSE(is_less_per(Money::fen(100), 3, Money::fen(200), 6));
  EXPECT_THROW(is_less_per(Money::fen(1), 0, Money::fen(1), 1), InvariantError);
}

}  // namespace
}  // namespace jiuzhu
