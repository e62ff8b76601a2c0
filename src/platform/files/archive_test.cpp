#include "platform/files/archive.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "platform/files/test_workbook.hpp"

namespace jiuzhu {
namespace {

class ArchiveTest : public testing::Test {
 protected:
  std::filesystem::path file() const { return folder_ / "made.zip"; }
  void write(const std::string& name, const std::string& text) const { std::ofstream(folder_ / name) << text; }
  Status make(const std::string& photo) {
    write("photo", photo);
    ArchiveWriter writer(file());
    writer.add_text("manifest.json", "{}");
    writer.add_file("attachments/photo", folder_ / "photo", Packing::as_it_is);
    return writer.finish([&](double share) { last_share_ = share; });
  }

  TemporaryFolder folder_;
  double last_share_ = 0;
};

TEST_F(ArchiveTest, GivesBackWhatWasPutIn) {
  const std::string photo(700'000, 'x');
  ASSERT_TRUE(make(photo));
  EXPECT_GT(last_share_, 0.9);
  struct stat status{};
  ASSERT_EQ(::stat(file().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);

  const auto reader = ArchiveReader::open(file());
  ASSERT_TRUE(reader);
  ASSERT_EQ(reader->entries().size(), 2U);
  EXPECT_EQ(reader->entries()[1].name, "attachments/photo");
  EXPECT_EQ(reader->entries()[1].size, photo.size());
  EXPECT_EQ(reader->read_text("manifest.json", 10).value(), "{}");
  EXPECT_EQ(reader->extract("attachments/photo", photo.size(), folder_ / "out").value(), sm3(photo));
  EXPECT_EQ(std::filesystem::file_size(folder_ / "out"), photo.size());
}

TEST_F(ArchiveTest, NeverWritesMoreThanWasPromised) {
  ASSERT_TRUE(make(std::string(5000, 'x')));
  const auto reader = ArchiveReader::open(file());
  ASSERT_TRUE(reader);
  EXPECT_EQ(reader->extract("attachments/photo", 4999, folder_ / "out").error().key, "archive.entry_damaged");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out"));
  EXPECT_EQ(reader->read_text("manifest.json", 1).error().key, "archive.entry_damaged");
  EXPECT_EQ(reader->read_text("nothing", 1).error().key, "archive.entry_missing");
}

TEST_F(ArchiveTest, RefusesToOverwriteAndToGoOnWithoutAFile) {
  write("made.zip", "something else");
  EXPECT_EQ(make("x").error().key, "archive.not_written");
  std::filesystem::remove(file());
  ArchiveWriter writer(file());
  writer.add_file("gone", folder_ / "gone", Packing::squeezed);
  EXPECT_EQ(writer.finish([](double) {}).error().key, "archive.not_written");
  EXPECT_FALSE(std::filesystem::exists(file()));
}

TEST_F(ArchiveTest, RefusesWhatIsNoArchiveOrWasChanged) {
  write("text.zip", "PK no");
  EXPECT_EQ(ArchiveReader::open(folder_ / "text.zip").error().key, "archive.unreadable");
  EXPECT_EQ(ArchiveReader::open(folder_ / "missing.zip").error().key, "archive.unreadable");
  ASSERT_TRUE(make(std::string(5000, 'x')));
  {
    std::fstream changed(file(), std::ios::in | std::ios::out | std::ios::binary);
    changed.seekp(2000);
    changed.put('y');
  }
  const auto reader = ArchiveReader::open(file());
  ASSERT_TRUE(reader);
  EXPECT_EQ(reader->extract("attachments/photo", 5000, folder_ / "out").error().key, "archive.entry_damaged");
}

}  // namespace
}  // namespace jiuzhu
