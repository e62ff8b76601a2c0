#include "platform/log/log.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "platform/json/value.hpp"

namespace jiuzhu::log {
namespace {

struct SealedNumber {
  operator std::string() const { return "110101199003070011"; }
  operator std::string_view() const { return "110101199003070011"; }
  operator int() const { return 7; }
};
static_assert(!std::is_constructible_v<Value, SealedNumber>);
static_assert(!std::is_constructible_v<Value, double>);
static_assert(!std::is_constructible_v<Value, void*>);
static_assert(std::is_convertible_v<std::string, Value>);
static_assert(std::is_convertible_v<unsigned long, Value>);

template <class Action>
std::string stderr_of(Action action) {
  testing::internal::CaptureStderr();
  action();
  return testing::internal::GetCapturedStderr();
}

TEST(Log, WritesOneJsonLineAnEvent) {
  const std::string name = "township";
  const auto line =
      stderr_of([&] { info("case.accepted", {{"case", "c1"}, {"by", name}, {"days", 7}, {"first", true}}); });
  ASSERT_EQ(line.back(), '\n');
  const auto event = json::parse(line);
  ASSERT_TRUE(event) << line;
  EXPECT_EQ(*event->find("level")->as_text(), "info");
  EXPECT_EQ(*event->find("event")->as_text(), "case.accepted");
  EXPECT_EQ(*event->find("case")->as_text(), "c1");
  EXPECT_EQ(*event->find("by")->as_text(), "township");
  EXPECT_EQ(*event->find("days")->as_int(), 7);
  EXPECT_TRUE(*event->find("first")->as_bool());
  EXPECT_EQ(event->find("time")->as_text()->size(), std::string_view("2019-08-01T08:00:00.000000Z").size());
}

TEST(Log, ValuesCannotForgeALineOrBreakIt) {
  const auto line =
      stderr_of([] { error("upload.failed", {{"what", "a\"\n{\"event\":\"x\"}\\ 救 {} %v"}, {"raw", "\xFF\x01"}}); });
  EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
  const auto event = json::parse(line);
  ASSERT_TRUE(event) << line;
  EXPECT_EQ(*event->find("what")->as_text(), "a\"\n{\"event\":\"x\"}\\ 救 {} %v");
  EXPECT_EQ(*event->find("raw")->as_text(), "?\x01");
}

TEST(Log, DropsEventsBelowTheLevel) {
  EXPECT_EQ(stderr_of([] { debug("quiet"); }), "");
  set_level(Level::warn);
  EXPECT_EQ(stderr_of([] { info("quiet"); }), "");
  EXPECT_NE(stderr_of([] { warn("loud"); }), "");
  set_level(Level::debug);
  EXPECT_NE(stderr_of([] { debug("loud"); }), "");
  set_level(Level::info);
}

TEST(Log, LinesOfManyThreadsStayWhole) {
  const auto lines = stderr_of([] {
    std::vector<std::jthread> threads;
    for (int number = 0; number < 4; ++number) {
      threads.emplace_back([number] {
        for (int turn = 0; turn < 200; ++turn) info("turn", {{"thread", number}, {"turn", turn}});
      });
    }
  });
  std::size_t begin = 0, count = 0;
  while (begin < lines.size()) {
    const auto end = lines.find('\n', begin);
    ASSERT_NE(end, std::string::npos);
    ASSERT_TRUE(json::parse(lines.substr(begin, end - begin)));
    begin = end + 1;
    ++count;
  }
  EXPECT_EQ(count, 800u);
}

}  // namespace
}  // namespace jiuzhu::log
