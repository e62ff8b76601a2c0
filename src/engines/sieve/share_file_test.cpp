#include "engines/sieve/share_file.hpp"

#include <gtest/gtest.h>

#include "engines/sieve/sieve.hpp"
#include "engines/sieve/test_files.hpp"

namespace jiuzhu::sieve {
namespace {

constexpr std::string_view kRunFile = R"(
as_of: 2025-06-30
people: {files: people.csv, columns: {household: household, person: person, name: name, number: id}}
sources:
  deposits: {files: d.csv, columns: {number: id}, measures: {deposits: {sum: balance, type: money}}}
rules: {DEPOSIT: {when: deposits > 0, result: exceeds}}
outputs: {households: o.csv, statistics: s.json}
)";

class ShareFile : public testing::Test {
 protected:
  ShareFile() {
    folder_.write("people.csv", "household,person,name,id\nH1,P1,赵明远,140399197203150115\n");
    std::string rows = "id,balance\n";
    for (int i = 0; i < 2'000; ++i) rows += "140399197203150115,0.01\n";
    folder_.write("d.csv", rows);
    share(0);
    share(1);
  }

  std::string path(std::uint32_t index) const { return folder_.path() / std::to_string(index); }
  void share(std::uint32_t index) {
    const Status status =
        run_share(folder_.plan(std::string(kRunFile)), kOptions, {.index = index, .count = 2}, path(index));
    ASSERT_TRUE(status) << status.error().key;
  }
  std::string refusal_of(const std::vector<std::string>& paths) {
    const auto summary = merge(folder_.plan(std::string(kRunFile)), {.threads = 1}, paths);
    EXPECT_FALSE(folder_.has("o.csv"));
    return summary ? "" : summary.error().key;
  }

  const Options kOptions{.threads = 1, .window_bytes = 1024};
  TestFolder folder_;
};

TEST_F(ShareFile, JoinsToWhatOneRunWouldHaveFound) {
  const auto summary = merge(folder_.plan(std::string(kRunFile)), {.threads = 1}, {path(1), path(0)});
  ASSERT_TRUE(summary) << summary.error().key;
  EXPECT_EQ(summary->sources[0].counts.matched, 2'000U);
  EXPECT_NE(folder_.read("o.csv").find("H1,exceeds,DEPOSIT:exceeds,,1,0,20.00"), std::string::npos);
}

TEST_F(ShareFile, MissesNone) {
  EXPECT_EQ(refusal_of({path(0)}), "sieve.shares_missing");
  EXPECT_EQ(refusal_of({path(0), path(0)}), "sieve.share_twice");
  EXPECT_EQ(refusal_of({path(0), path(2)}), "sieve.file_unreadable");
}

TEST_F(ShareFile, IsOfOneRun) {
  folder_.write("people.csv", "household,person,name,id\nH2,P1,赵明远,140399197408220244\n");
  EXPECT_EQ(refusal_of({path(0), path(1)}), "sieve.share_of_another_run");
}

TEST_F(ShareFile, NoticesAnotherRegister) {
  folder_.write("d.csv", "id,balance\n140399197203150115,5\n");
  share(1);
  EXPECT_EQ(refusal_of({path(0), path(1)}), "sieve.file_changed");
}

TEST_F(ShareFile, NoticesARegisterThatWasEmptyForOne) {
  std::string text(kRunFile);
  text.replace(text.find("files: d.csv, columns: {number: id}"), 35,
               "files: d.csv, header: false, columns: {number: 1}");
  text.replace(text.find("sum: balance"), 12, "sum: 2");
  const Plan plan = folder_.plan(text);
  folder_.write("d.csv", "140399197203150115,5\n");
  ASSERT_TRUE(run_share(plan, kOptions, {.index = 1, .count = 2}, path(1)));
  folder_.write("d.csv", "");
  ASSERT_TRUE(run_share(plan, kOptions, {.index = 0, .count = 2}, path(0)));
  const auto summary = merge(plan, {.threads = 1}, {path(0), path(1)});
  ASSERT_FALSE(summary);
  EXPECT_EQ(summary.error().key, "sieve.file_changed");
}

TEST_F(ShareFile, NoticesOtherPeopleByTheirNames) {
  folder_.write("d.csv", "id,name,balance\n140399197203150115,赵明远,5\n");
  std::string text(kRunFile);
  text.replace(text.find("{number: id}"), 12, "{number: id, name: name}");
  const Plan plan = folder_.plan(text);
  for (const std::uint32_t index : {0U, 1U}) {
    ASSERT_TRUE(run_share(plan, kOptions, {.index = index, .count = 2}, path(index)));
  }
  folder_.write("people.csv", "household,person,name,id\nH1,P1,赵名远,140399197203150115\n");
  const auto summary = merge(plan, {.threads = 1}, {path(0), path(1)});
  ASSERT_FALSE(summary);
  EXPECT_EQ(summary.error().key, "sieve.share_of_another_run");
}

TEST_F(ShareFile, NoticesAnotherRegisterOfTheSameSize) {
  std::string rows = folder_.read("d.csv");
  rows[rows.find("0.01") + 3] = '2';
  folder_.write("d.csv", rows);
  share(1);
  EXPECT_EQ(refusal_of({path(0), path(1)}), "sieve.file_changed");
}

TEST_F(ShareFile, NoticesDamage) {
  const std::string bytes = folder_.read("1");
  for (const std::size_t at : {std::size_t{0}, bytes.size() / 2, bytes.size() - 1}) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    folder_.write("1", damaged);
    EXPECT_NE(refusal_of({path(0), path(1)}), "") << at;
  }
  for (const std::size_t size : {std::size_t{0}, std::size_t{30}, bytes.size() - 1}) {
    folder_.write("1", bytes.substr(0, size));
    EXPECT_EQ(refusal_of({path(0), path(1)}), "sieve.share_unreadable") << size;
  }
  folder_.write("1", bytes + "x");
  EXPECT_EQ(refusal_of({path(0), path(1)}), "sieve.share_unreadable");
}

}  // namespace
}  // namespace jiuzhu::sieve
