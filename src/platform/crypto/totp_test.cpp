#include "platform/crypto/totp.hpp"

#include <gtest/gtest.h>

#include "base/seeded_random.hpp"

namespace jiuzhu {
namespace {

// RFC 6238, appendix B: the ASCII text 12345678901234567890.
constexpr std::string_view kSecret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

Instant at(std::int64_t seconds) { return Instant{seconds * 1'000'000}; }

TEST(Totp, MatchesRfc6238) {
  // The appendix lists eight digits; six are their end.
  const std::pair<std::int64_t, const char*> cases[] = {{59, "287082"},         {1111111109, "081804"},
                                                        {1111111111, "050471"}, {1234567890, "005924"},
                                                        {2000000000, "279037"}, {20000000000, "353130"}};
  for (const auto& [seconds, code] : cases) {
    EXPECT_EQ(totp_code(kSecret, at(seconds)), code) << seconds;
    EXPECT_EQ(verify_totp(kSecret, code, at(seconds)), static_cast<std::uint64_t>(seconds / 30)) << seconds;
  }
}

TEST(Totp, AcceptsOneStepEitherWayAndTellsWhich) {
  const std::string code = *totp_code(kSecret, at(1111111110));
  const std::uint64_t counter = 1111111110 / 30;
  EXPECT_EQ(verify_totp(kSecret, code, at(1111111110 - 30)), counter);
  EXPECT_EQ(verify_totp(kSecret, code, at(1111111110 + 59)), counter);
  EXPECT_EQ(verify_totp(kSecret, code, at(1111111110 - 31)), std::nullopt);
  EXPECT_EQ(verify_totp(kSecret, code, at(1111111110 + 60)), std::nullopt);
}

TEST(Totp, RefusesWrongCodesAndSecrets) {
  EXPECT_FALSE(verify_totp(kSecret, "287083", at(59)));
  EXPECT_FALSE(verify_totp(kSecret, "28708", at(59)));
  EXPECT_FALSE(verify_totp(kSecret, "94287082", at(59)));
  EXPECT_FALSE(verify_totp(kSecret, "", at(59)));
  EXPECT_FALSE(verify_totp("not base 32!", "287082", at(59)));
  EXPECT_FALSE(verify_totp("", "287082", at(59)));
  EXPECT_FALSE(verify_totp(kSecret, "287082", at(-59)));
  EXPECT_TRUE(verify_totp("gezdgnbvgy3tqojqgezdgnbvgy3tqojq", "287082", at(59)));
  EXPECT_TRUE(verify_totp(kSecret, *totp_code(kSecret, at(0)), at(0)));
}

TEST(Totp, MakesSecretsThatWork) {
  SeededRandom random(7);
  const std::string secret = make_totp_secret(random);
  EXPECT_EQ(secret.size(), 32U);
  EXPECT_NE(make_totp_secret(random), secret);
  EXPECT_TRUE(verify_totp(secret, *totp_code(secret, at(1000)), at(1000)));
}

TEST(Totp, UriCarriesTheLabelEncoded) {
  EXPECT_EQ(totp_uri("ABC", {.issuer = "救助", .account = "li:4@x"}),
            "otpauth://totp/%E6%95%91%E5%8A%A9:li%3A4%40x?secret=ABC&issuer=%E6%95%91%E5%8A%A9"
            "&algorithm=SHA1&digits=6&period=30");
}

}  // namespace
}  // namespace jiuzhu
