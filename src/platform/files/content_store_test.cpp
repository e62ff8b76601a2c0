#include "platform/files/content_store.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <thread>

#include "platform/files/test_workbook.hpp"

namespace jiuzhu {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes bytes_of(std::string_view text) { return {text.begin(), text.end()}; }
Bytes jpeg(std::string_view rest) { return bytes_of("\xFF\xD8\xFF\xE0" + std::string(rest)); }

std::size_t files_below(const std::filesystem::path& root) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) count += entry.is_regular_file();
  return count;
}

class ContentStoreTest : public testing::Test {
 protected:
  TemporaryFolder folder_;
  ContentStore store_{folder_ / "content", 1000};
};

TEST_F(ContentStoreTest, KeepsContentsUnderTheirDigest) {
  const Bytes bytes = jpeg("photo");
  const auto stored = store_.put(bytes);
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->digest, sm3(bytes));
  EXPECT_EQ(stored->type, ContentType::jpeg);
  EXPECT_EQ(stored->size, bytes.size());
  EXPECT_EQ(store_.get(stored->digest).value(), bytes);
  const std::string hex = stored->digest.to_text();
  const auto path = folder_.path() / "content" / hex.substr(0, 2) / hex.substr(2, 2) / hex;
  struct stat status{};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(store_.put(bytes).value(), *stored);
  EXPECT_EQ(files_below(folder_.path()), 1U) << "equal contents once, no drafts";
}

TEST_F(ContentStoreTest, TellsTypesByContents) {
  EXPECT_EQ(sniff_content(jpeg("")), ContentType::jpeg);
  EXPECT_EQ(sniff_content(bytes_of("\x89PNG\r\n\x1A\n...")), ContentType::png);
  EXPECT_EQ(sniff_content(bytes_of("%PDF-1.5\n")), ContentType::pdf);
  for (const std::string_view text : {"", "\xFF\xD8", "\x89PNG", " %PDF-1.5", "<svg xmlns='x'><script/></svg>",
                                      "GIF89a", "<html>", "PK\x03\x04", "MZ", "RIFF....WEBP", "BM"}) {
    EXPECT_FALSE(sniff_content(bytes_of(text))) << text;
  }
  EXPECT_EQ(media_type_of(ContentType::png), "image/png");
}

TEST_F(ContentStoreTest, RefusesWrongContents) {
  EXPECT_EQ(store_.put({}).error().key, "content.empty");
  EXPECT_EQ(store_.put(bytes_of("<html>")).error().key, "content.type_refused");
  EXPECT_EQ(store_.put(jpeg(std::string(996, 'x')))->size, 1000U);
  EXPECT_EQ(store_.put(jpeg(std::string(997, 'x'))).error().key, "content.too_large");
  EXPECT_EQ(files_below(folder_.path()), 1U);
}

TEST_F(ContentStoreTest, NoticesMissingAndDamagedContents) {
  EXPECT_EQ(store_.get(sm3("nothing")).error().key, "content.not_found");
  const Bytes bytes = jpeg("photo");
  const auto stored = store_.put(bytes).value();
  const std::string hex = stored.digest.to_text();
  const auto path = folder_.path() / "content" / hex.substr(0, 2) / hex.substr(2, 2) / hex;
  write_file(path, std::string(bytes.begin(), bytes.end() - 1) + "x");
  EXPECT_EQ(store_.get(stored.digest).error().key, "content.damaged");
  ASSERT_TRUE(store_.put(bytes)) << "storing again mends it";
  EXPECT_EQ(store_.get(stored.digest).value(), bytes);
  write_file(path, "cut");
  EXPECT_EQ(store_.get(stored.digest).error().key, "content.damaged");
  ASSERT_TRUE(store_.put(bytes));
  EXPECT_EQ(store_.get(stored.digest).value(), bytes);
}

TEST_F(ContentStoreTest, Removes) {
  const auto stored = store_.put(jpeg("photo")).value();
  EXPECT_TRUE(store_.contains(stored.digest));
  EXPECT_TRUE(store_.remove(stored.digest));
  EXPECT_FALSE(store_.contains(stored.digest));
  EXPECT_FALSE(store_.remove(stored.digest));
}

TEST_F(ContentStoreTest, ServesManyThreads) {
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        for (int j = 0; j < 20; ++j) EXPECT_TRUE(store_.put(jpeg(std::to_string(j))));
      });
    }
  }
  EXPECT_EQ(files_below(folder_.path()), 20U);
}

}  // namespace
}  // namespace jiuzhu
