#include "engines/sieve/number_key.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "kernel/identity/citizen_number.hpp"

namespace jiuzhu::sieve {
namespace {

TEST(NumberKey, ReadsWhatRegistersWrite) {
  constexpr NumberKey kKey = 14039919720315011;
  const std::string digits = "14039919720315011";
  const std::string number = digits + citizen_number_check_character(digits);
  for (const std::string& text :
       {number, " " + number, number + "\t ", "\u3000" + number + "\u3000", "\uFEFF" + number}) {
    EXPECT_EQ(parse_number(text).key, kKey) << text;
  }
}

TEST(NumberKey, ReadsBothFormsOfX) {
  const std::string digits = "14039919720315000";
  std::string with_x;
  for (char last = '0'; last <= '9' && with_x.empty(); ++last) {
    std::string candidate = digits;
    candidate.back() = last;
    if (citizen_number_check_character(candidate) == 'X') with_x = candidate;
  }
  ASSERT_FALSE(with_x.empty());
  const NumberKey key = std::stoull(with_x);
  for (const std::string last : {"X", "x", "Ｘ", "ｘ"}) EXPECT_EQ(parse_number(with_x + last).key, key) << last;
}

TEST(NumberKey, ReadsFullWidthDigits) {
  std::string wide;
  const std::string digits = "14039919720315011";
  for (const char digit : digits + citizen_number_check_character(digits)) {
    wide += "\xEF\xBC";
    wide += static_cast<char>(digit - '0' + 0x90);
  }
  EXPECT_EQ(parse_number(wide).key, 14039919720315011U);
}

TEST(NumberKey, MakesEighteenOutOfFifteen) { EXPECT_EQ(parse_number("140399660701079").key, 14039919660701079U); }

TEST(NumberKey, SaysWhatIsWrong) {
  struct Case {
    std::string text;
    Malformed problem;
  };
  for (const Case& one : std::initializer_list<Case>{{"", Malformed::empty},
                                                     {" \u3000", Malformed::empty},
                                                     {"无", Malformed::length},
                                                     {"14039919881", Malformed::length},
                                                     {"1403991972031501156", Malformed::length},
                                                     {"14039966070107X", Malformed::character},
                                                     {"1403991972 0315011", Malformed::character},
                                                     {"-4039919720315011X", Malformed::character},
                                                     {"140399197203150110", Malformed::check_digit},
                                                     {"\xFF", Malformed::character}}) {
    const ParsedNumber parsed = parse_number(one.text);
    EXPECT_EQ(parsed.key, kNoKey) << one.text;
    EXPECT_EQ(parsed.problem, one.problem) << one.text;
  }
}

RC_GTEST_PROP(NumberKeyProperty, AgreesWithTheNumbersOfOurOwnPeople, ()) {
  const std::string digits =
      std::to_string(*rc::gen::inRange<NumberKey>(10'000'000'000'000'000, 99'999'999'999'999'999));
  const char last = *rc::gen::elementOf(std::string("0123456789X"));
  const ParsedNumber parsed = parse_number(digits + last);
  RC_ASSERT((parsed.key != kNoKey) == (last == citizen_number_check_character(digits)));
  if (parsed.key != kNoKey) RC_ASSERT(std::to_string(parsed.key) == digits);
}

}  // namespace
}  // namespace jiuzhu::sieve
