#include "engines/sieve/feed.hpp"

#include <gtest/gtest.h>

#include "engines/sieve/test_files.hpp"

namespace jiuzhu::sieve {
namespace {

class FeedOfAChangingFile : public testing::Test {
 protected:
  FeedOfAChangingFile() {
    for (int i = 0; i < 2'000; ++i) rows_ += "11010519491231002X,7\n";
    folder_.write("d.csv", rows_);
    auto opened = open_feed(folder_.path() / "d.csv", 0, {}, false,
                            {.kernels = &kernels(Instructions::automatic), .window_bytes = 64});
    EXPECT_TRUE(opened);
    feed_ = std::move(opened->feed);
    EXPECT_TRUE(*feed_->next(window_));
  }

  std::string rows_;
  TestFolder folder_;
  Window window_;
  std::unique_ptr<Feed> feed_;
};

TEST_F(FeedOfAChangingFile, RefusesToReadBehindItsEnd) {
  folder_.write("d.csv", rows_.substr(0, 70));
  Result<bool> next = true;
  while (next && *next) next = feed_->next(window_);
  ASSERT_FALSE(next);
  EXPECT_EQ(next.error().key, "sieve.file_changed");
}

TEST_F(FeedOfAChangingFile, NoticesInTheEndThatItGrewOrWasWrittenTo) {
  ASSERT_TRUE(feed_->check_unchanged());
  folder_.write("d.csv", rows_ + "x");
  ASSERT_FALSE(feed_->check_unchanged());
  EXPECT_EQ(feed_->check_unchanged().error().key, "sieve.file_changed");
}

}  // namespace
}  // namespace jiuzhu::sieve
