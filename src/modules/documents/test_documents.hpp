#pragma once
// For tests: a folder of attachments that goes with the test, and contents to put there.

#include <unistd.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "modules/documents/document_service.hpp"

namespace jiuzhu::test {

/// Begins like a JPEG; equal texts are equal contents.
inline std::vector<std::uint8_t> photo_of(std::string_view text) {
  std::string bytes = "\xFF\xD8\xFF\xE0";
  bytes += text;
  return {bytes.begin(), bytes.end()};
}

class TestAttachments {
 public:
  TestAttachments() {
    std::string pattern = (std::filesystem::temp_directory_path() / "jiuzhu-attachments-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~TestAttachments() { std::filesystem::remove_all(folder_); }
  TestAttachments(const TestAttachments&) = delete;
  TestAttachments& operator=(const TestAttachments&) = delete;

  documents::Attachments attachments() const { return documents::Attachments(folder_ / "attachments"); }

  /// Files that lie there, drafts included.
  std::vector<std::filesystem::path> files() const {
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_)) {
      if (entry.is_regular_file()) found.push_back(entry.path());
    }
    return found;
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace jiuzhu::test
