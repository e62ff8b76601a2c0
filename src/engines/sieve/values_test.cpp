#include "engines/sieve/values.hpp"

#include <gtest/gtest.h>

#include <string_view>

#include "base/date.hpp"

namespace jiuzhu::sieve {
namespace {

TEST(Values, ReadYuanAsFen) {
  EXPECT_EQ(parse_fen("0"), 0);
  EXPECT_EQ(parse_fen("86000"), 8'600'000);
  EXPECT_EQ(parse_fen("86000.5"), 8'600'050);
  EXPECT_EQ(parse_fen("-3.20"), -320);
  EXPECT_EQ(parse_fen("+007.01"), 701);
  EXPECT_EQ(parse_fen("100.5000"), 10'050);
  EXPECT_EQ(parse_fen("9999999999999.99"), 999'999'999'999'999);
}

TEST(Values, RefuseWhatIsNoAmount) {
  for (const std::string_view text : {"", "-", ".", ".5", "5.", "1.234", "1.2300x", "1,000", "1e3", "0x1", " 1", "１",
                                      "12345678901234", "1-", "--1", "1.-2"}) {
    EXPECT_EQ(parse_fen(text), std::nullopt) << text;
  }
}

TEST(Values, ReadFourDecimals) {
  EXPECT_EQ(parse_ten_thousandths("120.55"), 1'205'500);
  EXPECT_EQ(parse_ten_thousandths("-0.0001"), -1);
  EXPECT_EQ(parse_ten_thousandths("1.00001"), std::nullopt);
}

TEST(Values, ReadDaysAndMonths) {
  const auto days = [](int year, int month, int day) {
    return static_cast<std::int32_t>(Date::of(year, month, day)->days().time_since_epoch().count());
  };
  for (const std::string_view text :
       {"2025-06-30", "20250630", "2025/6/30", "2025/06/30", "2025-06-30 12:00:00", "2025-06-30T12:00:00"}) {
    const auto day = parse_day(text);
    ASSERT_TRUE(day) << text;
    EXPECT_EQ(day->days, days(2025, 6, 30)) << text;
    EXPECT_FALSE(day->is_month) << text;
  }
  for (const std::string_view text : {"2025-06", "2025/6", "202506"}) {
    const auto month = parse_day(text);
    ASSERT_TRUE(month) << text;
    EXPECT_EQ(month->days, days(2025, 6, 1));
    EXPECT_TRUE(month->is_month);
  }
  for (const std::string_view text : {"", "2025", "20256", "2025-02-29", "2025-13-01", "2025-06/30", "25-06-30",
                                      "2025-06-", "2025-06-301", "2025.06.30", "1799-01-01", "2025063", "x"}) {
    EXPECT_FALSE(parse_day(text)) << text;
  }
}

}  // namespace
}  // namespace jiuzhu::sieve
