#include "platform/crypto/random.hpp"

#include <gtest/gtest.h>

#include <array>
#include <set>

#include "base/seeded_random.hpp"

namespace jiuzhu {
namespace {

TEST(Random, OfTheSystemDoesNotRepeat) {
  SystemRandom random;
  std::set<std::array<std::uint8_t, 16>> seen;
  for (int i = 0; i < 1000; ++i) {
    std::array<std::uint8_t, 16> bytes{};
    random.fill(bytes);
    seen.insert(bytes);
  }
  EXPECT_EQ(seen.size(), 1000U);
}

TEST(Random, OfASeedRepeatsExactly) {
  // SplitMix64 from seed 1234567: the published first value of the reference program is 6457827717110365317.
  std::array<std::uint8_t, 8> bytes{};
  SeededRandom(1234567).fill(bytes);
  std::uint64_t value = 0;
  for (std::size_t i = 8; i-- > 0;) value = value << 8U | bytes[i];
  EXPECT_EQ(value, 6457827717110365317U);
  std::array<std::uint8_t, 8> other{};
  SeededRandom(7654321).fill(other);
  EXPECT_NE(bytes, other);
}

}  // namespace
}  // namespace jiuzhu
