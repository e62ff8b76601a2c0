#include "engines/sieve/spool.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace jiuzhu::sieve {
namespace {

std::vector<std::string> merged(Spool& spool) {
  std::vector<std::string> all;
  spool.merge([&](std::string_view record) { all.emplace_back(record); });
  return all;
}

RC_GTEST_PROP(SpoolProperty, GivesBackEverythingInOrder,
              (std::vector<std::string> one, std::vector<std::string> other)) {
  Spool spool(std::filesystem::temp_directory_path(), 16);  // so that nearly every record makes a file
  Spool::Writer first(spool);
  Spool::Writer second(spool);
  for (const std::string& record : one) first.add(record);
  for (const std::string& record : other) second.add(record);
  first.finish();
  second.finish();
  std::vector<std::string> expected = one;
  std::ranges::copy(other, std::back_inserter(expected));
  std::ranges::sort(expected);
  RC_ASSERT(merged(spool) == expected);
}

TEST(Spool, TakesRecordsThatAreLongerThanItsBuffers) {
  Spool spool(std::filesystem::temp_directory_path(), 1000);
  Spool::Writer writer(spool);
  const std::string large(300'000, 'b');
  for (const std::string& record : {std::string("c"), large, std::string("a"), std::string()}) writer.add(record);
  writer.finish();
  EXPECT_EQ(merged(spool), (std::vector<std::string>{"", "a", large, "c"}));
}

TEST(Spool, MakesMoreRunsThanAProcessMayOpenFiles) {
  Spool spool(std::filesystem::temp_directory_path(), 8);
  Spool::Writer writer(spool);
  constexpr int kRecords = 5'000;
  for (int i = 0; i < kRecords; ++i) writer.add(std::to_string(1'000'000 + i * 7919 % kRecords));
  writer.finish();
  const std::vector<std::string> all = merged(spool);
  ASSERT_EQ(all.size(), static_cast<std::size_t>(kRecords));
  EXPECT_TRUE(std::ranges::is_sorted(all));
  EXPECT_EQ(all.back(), std::to_string(1'000'000 + kRecords - 1));
}

TEST(Spool, SaysWhenThereIsNoRoomForItsFile) {
  Spool spool("/nowhere", 8);
  Spool::Writer writer(spool);
  writer.add("0123456789");
  EXPECT_THROW(writer.add("0123456789"), std::system_error);
}

TEST(Spool, SortsNumbersAsBytes) {
  std::string small;
  std::string large;
  append_big_endian(small, 255, 4);
  append_big_endian(large, 256, 4);
  EXPECT_LT(small, large);
  std::string record;
  append_big_endian(record, 70'000, 4);
  append_text(record, "文本");
  std::string_view rest = record;
  EXPECT_EQ(take_big_endian(rest, 4), 70'000U);
  EXPECT_EQ(take_text(rest), "文本");
  EXPECT_TRUE(rest.empty());
}

}  // namespace
}  // namespace jiuzhu::sieve
