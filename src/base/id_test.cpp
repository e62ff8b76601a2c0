#include "base/id.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <type_traits>

namespace jiuzhu {
namespace {

using PersonId = Id<struct PersonTag>;
using CaseId = Id<struct CaseTag>;
static_assert(!std::is_convertible_v<PersonId, CaseId> && !std::is_constructible_v<PersonId, CaseId>,
              "an id of one kind must not pass for another");
static_assert(!std::is_convertible_v<Uuid, PersonId>);

using Bits = std::array<std::uint8_t, 10>;

/// Milliseconds fit the 48 bits of the format until the year 10889.
rc::Gen<Instant> any_instant() {
  return rc::gen::map(rc::gen::inRange<std::int64_t>(0, 253'402'300'799'999'999),
                      [](std::int64_t microseconds) { return Instant{microseconds}; });
}

TEST(Uuid, WritesTheExampleOfTheStandard) {
  // RFC 9562 A.6: Unix time 0x017F22E279B0, rand_a CC3, rand_b 18C4DC0C0C07398F.
  const Bits random{0x7C, 0xC3, 0x98, 0xC4, 0xDC, 0x0C, 0x0C, 0x07, 0x39, 0x8F};
  const Uuid uuid = Uuid::version_7(Instant{0x017F22E279B0 * 1000}, random);
  EXPECT_EQ(uuid.to_text(), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
}

TEST(Uuid, RefusesEverythingButTheCanonicalForm) {
  EXPECT_TRUE(Uuid::parse("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"));
  EXPECT_EQ(Uuid::parse("017F22E2-79B0-7CC3-98C4-DC0C0C07398F"), Uuid::parse("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"));
  for (const char* text : {"", "017f22e279b07cc398c4dc0c0c07398f", "{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}",
                           "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
                           "017f22e2_79b0-7cc3-98c4-dc0c0c07398f", "017f22e27-9b0-7cc3-98c4-dc0c0c07398f",
                           "017f22e2-79b0-7cc3-98c4--c0c0c07398f"}) {
    EXPECT_FALSE(Uuid::parse(text)) << text;
  }
}

TEST(Uuid, NilIsTheDefault) {
  EXPECT_TRUE(Uuid().is_nil());
  EXPECT_EQ(Uuid().to_text(), "00000000-0000-0000-0000-000000000000");
  EXPECT_TRUE(PersonId().is_nil());
  EXPECT_FALSE(Uuid::version_7(Instant{}, {}).is_nil());
}

RC_GTEST_PROP(Uuid, TextReadsBackAndNamesVersionAndVariant, ()) {
  const Uuid uuid = Uuid::version_7(*any_instant(), *rc::gen::arbitrary<Bits>());
  const std::string text = uuid.to_text();
  RC_ASSERT(Uuid::parse(text) == uuid);
  RC_ASSERT(text[14] == '7');
  RC_ASSERT(std::string_view("89ab").contains(text[19]));
  RC_ASSERT(PersonId::parse(text) == PersonId(uuid));
}

RC_GTEST_PROP(Uuid, SortsByMillisecondAsBytesAndAsText, ()) {
  const Instant earlier = *any_instant();
  const Instant later = earlier.plus_seconds(*rc::gen::inRange(1, 1'000'000));
  const Uuid first = Uuid::version_7(earlier, *rc::gen::arbitrary<Bits>());
  const Uuid second = Uuid::version_7(later, *rc::gen::arbitrary<Bits>());
  RC_ASSERT(first < second);
  RC_ASSERT(first.to_text() < second.to_text());
}

TEST(Uuid, KeepsSeventyFourRandomBits) {
  // Every bit of the random bytes but the six of version and variant must reach the identifier.
  const Uuid zero = Uuid::version_7(Instant{}, {});
  int bits = 0;
  for (std::size_t byte = 0; byte < 10; ++byte) {
    for (int bit = 0; bit < 8; ++bit) {
      Bits random{};
      random[byte] = static_cast<std::uint8_t>(1 << bit);
      if (Uuid::version_7(Instant{}, random) != zero) ++bits;
    }
  }
  EXPECT_EQ(bits, 74);
}

}  // namespace
}  // namespace jiuzhu
