#pragma once
// A file that has a path, for what reads files, but lies in memory only: what must not touch a disk.

#include <string>
#include <string_view>

namespace jiuzhu {

/// Failures of the system are exceptions (std::system_error).
class MemoryFile {
 public:
  /// With these contents.
  explicit MemoryFile(std::string_view bytes);
  ~MemoryFile();
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  /// Good while the file lives, in this process only.
  std::string path() const;

 private:
  int descriptor_ = -1;
};

}  // namespace jiuzhu
