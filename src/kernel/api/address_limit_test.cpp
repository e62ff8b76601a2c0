#include "kernel/api/address_limit.hpp"

#include <gtest/gtest.h>

namespace jiuzhu::api {
namespace {

constexpr Instant kNoon{1'564'718'400'000'000};

TEST(AddressLimit, CountsEveryAddressByItself) {
  AddressLimit limit(3, 60);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(limit.wait_of("192.0.2.1", kNoon), 0);
  EXPECT_EQ(limit.wait_of("192.0.2.1", kNoon.plus_seconds(10)), 51);
  EXPECT_EQ(limit.wait_of("192.0.2.2", kNoon.plus_seconds(10)), 0);
}

TEST(AddressLimit, StartsAfreshWhenTheWindowIsOver) {
  AddressLimit limit(1, 60);
  EXPECT_EQ(limit.wait_of("192.0.2.1", kNoon), 0);
  EXPECT_GT(limit.wait_of("192.0.2.1", kNoon.plus_seconds(59)), 0);
  EXPECT_EQ(limit.wait_of("192.0.2.1", kNoon.plus_seconds(60)), 0);
  EXPECT_GT(limit.wait_of("192.0.2.1", kNoon.plus_seconds(61)), 0);
}

TEST(AddressLimit, TakesAHouseholdsIpv6NetworkAsOneAddress) {
  AddressLimit limit(1, 60);
  EXPECT_EQ(limit.wait_of("2001:db8:1:2::1", kNoon), 0);
  EXPECT_GT(limit.wait_of("2001:db8:1:2:ffff::9", kNoon), 0);
  EXPECT_EQ(limit.wait_of("2001:db8:1:3::1", kNoon), 0);
  EXPECT_EQ(limit.wait_of("::ffff:192.0.2.1", kNoon), 0);
  EXPECT_EQ(limit.wait_of("::ffff:192.0.2.2", kNoon), 0);
}

}  // namespace
}  // namespace jiuzhu::api
