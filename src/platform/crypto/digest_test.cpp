#include "platform/crypto/digest.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

namespace jiuzhu {
namespace {

TEST(Digest, MatchesTheExamplesOfTheStandard) {
  // GB/T 32905-2016, appendix A.1 and A.2.
  EXPECT_EQ(sm3("abc").to_text(), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
  std::string text;
  for (int i = 0; i < 16; ++i) text += "abcd";
  EXPECT_EQ(sm3(text).to_text(), "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
}

TEST(Digest, OfPiecesIsTheDigestOfTheWhole) {
  Sm3 hasher;
  hasher.add("a");
  hasher.add(std::vector<std::uint8_t>{'b', 'c'});
  EXPECT_EQ(hasher.finish(), sm3("abc"));
  hasher.add("abc");
  EXPECT_EQ(hasher.finish(), sm3("abc"));
}

TEST(Digest, KeyedMatchesGbt15852) {
  // GB/T 15852.2-2012, appendix B; OpenSSL 3.0 computes the same.
  std::vector<std::uint8_t> key(32);
  std::iota(key.begin(), key.end(), std::uint8_t{1});
  const std::string half = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
  EXPECT_EQ(hmac_sm3(key, half + half).to_text(), "ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a");
  key[0] = 2;
  EXPECT_NE(hmac_sm3(key, half + half).to_text(), "ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a");
}

TEST(Digest, TextFormIsReadBackAndRefusesOthers) {
  const Digest digest = sm3("abc");
  EXPECT_EQ(Digest::parse(digest.to_text()), digest);
  EXPECT_FALSE(Digest::parse(digest.to_text().substr(1)));
  EXPECT_FALSE(Digest::parse(digest.to_text() + "0"));
  EXPECT_FALSE(Digest::parse("g" + digest.to_text().substr(1)));
  EXPECT_FALSE(digest == Digest());
}

}  // namespace
}  // namespace jiuzhu
