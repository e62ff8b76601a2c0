#include "platform/files/nameless_file.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <fstream>
#include <iterator>
#include <system_error>

namespace jiuzhu {
namespace {

TEST(NamelessFile, IsReadByItsPathAndLeavesNothing) {
  const auto folder = std::filesystem::temp_directory_path() / ("nameless-" + std::to_string(::getpid()));
  std::filesystem::create_directory(folder);
  {
    NamelessFile file(folder);
    file.write("身份证号,");
    file.write("姓名\n");
    EXPECT_TRUE(std::filesystem::is_empty(folder)) << "a kill leaves nothing behind";
    EXPECT_EQ(std::filesystem::file_size(file.path()), std::string_view("身份证号,姓名\n").size());
    for (int twice = 0; twice < 2; ++twice) {
      std::ifstream reader(file.path());
      EXPECT_EQ(std::string(std::istreambuf_iterator<char>(reader), {}), "身份证号,姓名\n");
    }
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder));
  std::filesystem::remove(folder);
  EXPECT_THROW(NamelessFile{folder}, std::system_error);
}

}  // namespace
}  // namespace jiuzhu
