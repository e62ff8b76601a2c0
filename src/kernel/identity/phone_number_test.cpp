#include "kernel/identity/phone_number.hpp"

#include <gtest/gtest.h>

#include "kernel/identity/secret_test.hpp"

namespace jiuzhu {
namespace {

static_assert(SecretByType<PhoneNumber>);

TEST(PhoneNumber, BringsEveryWayOfWritingToOneForm) {
  struct Case {
    const char* text;
    PhoneKind kind;
    const char* revealed;
    const char* masked;
  };
  using enum PhoneKind;
  for (const Case& c : {
           Case{"13812340017", mobile, "13812340017", "138****0017"},
           Case{" 138 1234 0017 ", mobile, "13812340017", "138****0017"},
           Case{"138-1234-0017", mobile, "13812340017", "138****0017"},
           Case{"+86 138 1234 0017", mobile, "13812340017", "138****0017"},
           Case{"0086-13812340017", mobile, "13812340017", "138****0017"},
           Case{"8613812340017", mobile, "13812340017", "138****0017"},
           Case{"１９９１２３４００１７", mobile, "19912340017", "199****0017"},
           Case{"0353-2034567", landline, "0353-2034567", "0353-****567"},
           Case{"03532034567", landline, "0353-2034567", "0353-****567"},
           Case{"(0353) 203 4567", landline, "0353-2034567", "0353-****567"},
           Case{"（0353）2034567", landline, "0353-2034567", "0353-****567"},
           Case{"+86 353 2034567", landline, "0353-2034567", "0353-****567"},
           Case{"+86 10 62345678", landline, "010-62345678", "010-*****678"},
           Case{"010-62345678", landline, "010-62345678", "010-*****678"},
           Case{"021 62345678", landline, "021-62345678", "021-*****678"},
           Case{"0351-62345678", landline, "0351-62345678", "0351-*****678"},
           Case{"0353-2034567-801", landline, "0353-2034567-801", "0353-****567"},
           Case{"0353-2034-567", landline, "0353-2034567", "0353-****567"},
       }) {
    const Result<PhoneNumber> number = PhoneNumber::parse(c.text);
    ASSERT_TRUE(number) << c.text;
    EXPECT_EQ(number->kind(), c.kind) << c.text;
    EXPECT_EQ(number->reveal(), c.revealed) << c.text;
    EXPECT_EQ(number->masked(), c.masked) << c.text;
    EXPECT_TRUE(PhoneNumber::parse(number->reveal()).value() == *number) << c.text;
  }
}

TEST(PhoneNumber, RefusesWithDistinctKeys) {
  struct Case {
    const char* text;
    const char* key;
  };
  for (const Case& c : {
           Case{"1381234001七", "phone_number.characters"}, Case{"13812340017/13912340017", "phone_number.characters"},
           Case{"none", "phone_number.characters"}, Case{"", "phone_number.form"},
           Case{"1381234001", "phone_number.form"}, Case{"138123400170", "phone_number.form"},
           Case{"12812340017", "phone_number.form"}, Case{"2034567", "phone_number.form"},  // no area code
           Case{"0353-1034567", "phone_number.form"},  // local numbers start with 2 to 9
           Case{"0353-203456", "phone_number.form"}, Case{"0353-203456789", "phone_number.form"},
           Case{"0353-2034567-8011234", "phone_number.form"},
           Case{"0113-2034567", "phone_number.form"},    // no such area
           Case{"001-2125550123", "phone_number.form"},  // abroad
       }) {
    const Result<PhoneNumber> number = PhoneNumber::parse(c.text);
    ASSERT_FALSE(number) << c.text;
    EXPECT_EQ(number.error().key, c.key) << c.text;
    EXPECT_TRUE(number.error().params.empty()) << c.text;
  }
}

}  // namespace
}  // namespace jiuzhu
