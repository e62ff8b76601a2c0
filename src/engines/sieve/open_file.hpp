#pragma once
// A file that must not change while it is read. Any thread.

#include <cstdint>
#include <string>

#include "base/result.hpp"

namespace jiuzhu::sieve {

class OpenFile {
 public:
  /// Refuses with "sieve.file_unreadable" {file, problem}.
  static Result<OpenFile> open(const std::string& path);
  ~OpenFile();
  OpenFile(OpenFile&& other) noexcept;
  OpenFile& operator=(OpenFile&& other) noexcept;

  const std::string& path() const { return path_; }
  std::uint64_t size() const { return was_.size; }
  /// Exactly so many bytes. Refuses with "sieve.file_changed" where the file has become shorter, and with
  /// "sieve.file_unreadable".
  Status read(char* room, std::size_t bytes, std::uint64_t offset) const;
  /// Refuses with "sieve.file_changed" {file} when it was written to since.
  Status check_unchanged() const;

 private:
  struct Fingerprint {
    std::uint64_t size = 0;
    std::int64_t modified_ns = 0;
    bool operator==(const Fingerprint&) const = default;
  };

  OpenFile(std::string path, int descriptor, Fingerprint was)
      : path_(std::move(path)), descriptor_(descriptor), was_(was) {}
  static Result<Fingerprint> fingerprint(int descriptor, const std::string& path);

  std::string path_;
  int descriptor_ = -1;
  Fingerprint was_;
};

}  // namespace jiuzhu::sieve
