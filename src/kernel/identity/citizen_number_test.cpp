#include "kernel/identity/citizen_number.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "kernel/identity/secret_test.hpp"

namespace jiuzhu {
namespace {

static_assert(SecretByType<CitizenNumber>);
static_assert(!SecretByType<std::string> && Streamable<int>, "the check itself must be able to fail");

Date date(std::string_view text) { return Date::parse(text).value(); }
const Date kToday = date("2019-09-02");

/// ISO 7064 MOD 11-2 by its recursive definition, which knows no weights.
char check_by_recursion(std::string_view digits) {
  int product = 0;
  for (const char c : digits.substr(0, 17)) product = (product + (c - '0')) * 2 % 11;
  const int check = (12 - product) % 11;
  return check == 10 ? 'X' : static_cast<char>('0' + check);
}

std::string with_check(std::string digits) { return digits + check_by_recursion(digits); }

std::string key_of(const Result<CitizenNumber>& result) { return result ? "accepted" : result.error().key; }

/// A valid number of an invented citizen.
rc::Gen<std::string> any_number() {
  const int days = days_between(date("1900-01-01"), kToday) + 1;
  return rc::gen::map(
      rc::gen::resize(rc::kNominalSize, rc::gen::pair(rc::gen::inRange(0, days), rc::gen::inRange(0, 1000))),
      [](const std::pair<int, int>& parts) {
        std::string birth = date("1900-01-01").plus_days(parts.first).to_text();
        std::erase(birth, '-');
        return with_check("140399" + birth + std::to_string(1000 + parts.second).substr(1));
      });
}

TEST(CitizenNumber, AcceptsKnownNumbers) {
  // The standard's own sample, and two of the regulation digest's vectors.
  for (const char* text : {"11010519491231002X", "140302190001010017", "140321190006300020"}) {
    EXPECT_EQ(key_of(CitizenNumber::parse(text, kToday)), "accepted") << text;
  }
}

TEST(CitizenNumber, ReadsBirthSexAndRegion) {
  const CitizenNumber number = CitizenNumber::parse(with_check("14039919540302001"), kToday).value();
  EXPECT_EQ(number.birth_date(), date("1954-03-02"));
  EXPECT_EQ(number.sex(), Sex::male);
  EXPECT_EQ(number.region_prefix(), "140399");
  EXPECT_EQ(CitizenNumber::parse(with_check("14039919540302002"), kToday).value().sex(), Sex::female);
  EXPECT_EQ(CitizenNumber::parse(with_check("14039919540302010"), kToday).value().sex(), Sex::female);
}

TEST(CitizenNumber, ForgivesHowItWasTyped) {
  const std::string number = "11010519491231002X";
  for (const char* text : {"11010519491231002x", "  11010519491231002X\r\n", "　１１０１０５１９４９１２３１００２ｘ　",
                           "\xEF\xBB\xBF"
                           "11010519491231002X"}) {
    EXPECT_EQ(CitizenNumber::parse(text, kToday).value().reveal(), number) << text;
  }
}

TEST(CitizenNumber, BringsFifteenDigitsToEighteen) {
  EXPECT_EQ(CitizenNumber::parse("140399540302001", kToday).value().reveal(), with_check("14039919540302001"));
  EXPECT_EQ(CitizenNumber::parse("110105491231002", kToday).value().reveal(), "11010519491231002X");
  EXPECT_EQ(key_of(CitizenNumber::parse("14039954030200X", kToday)), "citizen_number.characters");
  EXPECT_EQ(key_of(CitizenNumber::parse("140399541302001", kToday)), "citizen_number.date_impossible");
}

TEST(CitizenNumber, RefusesWithDistinctKeys) {
  struct Case {
    std::string text;
    const char* key;
  };
  for (const Case& c : {
           Case{"", "citizen_number.length"},
           Case{"   ", "citizen_number.length"},
           Case{"1403991954030200", "citizen_number.length"},
           Case{"1403991954030200111", "citizen_number.length"},
           Case{"14039919540302001 1", "citizen_number.length"},
           Case{"14039919540302O011", "citizen_number.characters"},
           Case{"1403991954030200XX", "citizen_number.characters"},
           Case{"14039919540302001A", "citizen_number.characters"},
           Case{"-40399195403020011", "citizen_number.characters"},
           Case{std::string("1403991954030200\0001", 18), "citizen_number.characters"},
           Case{with_check("14039919540230001"), "citizen_number.date_impossible"},
           Case{with_check("14039919000229001"), "citizen_number.date_impossible"},
           Case{with_check("14039919541301001"), "citizen_number.date_impossible"},
           Case{with_check("14039919540100001"), "citizen_number.date_impossible"},
           Case{with_check("14039900000101001"), "citizen_number.date_impossible"},
           Case{with_check("14039920190903001"), "citizen_number.date_future"},
           Case{with_check("14039921000101001"), "citizen_number.date_future"},
           Case{"140302190001010018", "citizen_number.check_digit"},
           Case{"110105194912310021", "citizen_number.check_digit"},
       }) {
    const Result<CitizenNumber> result = CitizenNumber::parse(c.text, kToday);
    EXPECT_EQ(key_of(result), c.key) << c.text;
    // Refusals are logged: nothing of the number may be in them.
    ASSERT_FALSE(result) << c.text;
    EXPECT_TRUE(result.error().params.empty() && result.error().fields.empty());
  }
}

TEST(CitizenNumber, AcceptsWhoWasBornToday) {
  EXPECT_EQ(key_of(CitizenNumber::parse(with_check("14039920190902001"), kToday)), "accepted");
}

TEST(CitizenNumber, AcceptsUnknownAndAbolishedRegions) {
  for (const char* region : {"140399", "142601", "510200", "999999", "830000", "000000"}) {
    EXPECT_EQ(key_of(CitizenNumber::parse(with_check(region + std::string("19540302001")), kToday)), "accepted");
  }
}

RC_GTEST_PROP(CitizenNumber, CheckCharacterFollowsTheStandard, ()) {
  const std::string digits = *rc::gen::container<std::string>(17, rc::gen::inRange('0', static_cast<char>('9' + 1)));
  RC_ASSERT(citizen_number_check_character(digits) == check_by_recursion(digits));
}

RC_GTEST_PROP(CitizenNumber, AnyOneWrongCharacterIsNoticed, ()) {
  const std::string number = *any_number();
  std::string wrong = number;
  wrong[*rc::gen::inRange<std::size_t>(0, 18)] = *rc::gen::inRange('0', static_cast<char>('9' + 1));
  RC_PRE(wrong != number);
  RC_ASSERT(CitizenNumber::parse(number, kToday).has_value());
  RC_ASSERT(!CitizenNumber::parse(wrong, kToday).has_value());
}

RC_GTEST_PROP(CitizenNumber, SwappedNeighboursAreNoticed, ()) {
  const std::string number = *any_number();
  std::string wrong = number;
  const std::size_t at = *rc::gen::inRange<std::size_t>(0, 17);
  std::swap(wrong[at], wrong[at + 1]);
  RC_PRE(wrong != number);
  RC_ASSERT(!CitizenNumber::parse(wrong, kToday).has_value());
}

RC_GTEST_PROP(CitizenNumber, MaskKeepsSixAndFourAndHidesTheBirthDate, ()) {
  const std::string number = *any_number();
  const std::string masked = CitizenNumber::parse(number, kToday).value().masked();
  RC_ASSERT(masked == number.substr(0, 6) + "********" + number.substr(14));
}

RC_GTEST_PROP(CitizenNumber, RestoresWhatItRevealed, ()) {
  const CitizenNumber number = CitizenNumber::parse(*any_number(), kToday).value();
  RC_ASSERT((CitizenNumber::restore(number.reveal()) == number));
}

TEST(CitizenNumber, RestoreTripsOnAnythingParseWouldNotStore) {
  for (const char* text : {"", "11010519491231002x", "110105491231002", "140302190001010018", " 11010519491231002X"}) {
    EXPECT_THROW(CitizenNumber::restore(text), InvariantError) << text;
  }
  EXPECT_THROW(CitizenNumber::restore(with_check("14039919540230001")), InvariantError);
}

TEST(CitizenNumber, TestFailuresDoNotPrintIt) {
  const CitizenNumber number = CitizenNumber::parse("11010519491231002X", kToday).value();
  EXPECT_EQ(testing::PrintToString(number).find("1101"), std::string::npos);
}

}  // namespace
}  // namespace jiuzhu
