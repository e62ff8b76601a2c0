#pragma once
// A file that is gone with the process, however that ends: it has a place on the disk, and no name from its first byte
// on.

#include <filesystem>
#include <string>
#include <string_view>

namespace jiuzhu {

/// Failures of the file system are exceptions (std::system_error). One thread at a time.
class NamelessFile {
 public:
  /// In the file system of this folder, which must exist. Readable by this user only.
  explicit NamelessFile(const std::filesystem::path& folder);
  ~NamelessFile();
  NamelessFile(const NamelessFile&) = delete;
  NamelessFile& operator=(const NamelessFile&) = delete;

  void write(std::string_view bytes);
  /// For what reads files; good while this lives, in this process only.
  std::string path() const;

 private:
  int descriptor_ = -1;
};

}  // namespace jiuzhu
