#pragma once
// Attachments (photos of papers, scans) are stored under the SM3 digest of their contents: <root>/ab/cd/abcd…. The
// client's name and its claim of a type are not looked at: nothing from outside ever becomes part of a path, and the
// type is told by the contents. Equal contents are stored once. Any thread and several processes may use one folder.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "platform/crypto/digest.hpp"

namespace jiuzhu {

enum class ContentType { jpeg, png, pdf };

/// By the first bytes; nothing for every other kind of file, among them SVG and HTML, which can carry scripts.
std::optional<ContentType> sniff_content(std::span<const std::uint8_t> bytes);

/// "image/jpeg", "image/png", "application/pdf".
std::string_view media_type_of(ContentType type);

struct StoredContent {
  Digest digest;
  ContentType type = ContentType::jpeg;
  std::uint64_t size = 0;  // bytes

  bool operator==(const StoredContent&) const = default;
};

class ContentStore {
 public:
  /// Makes the folder (mode 0700) if it is not there; its parent must exist. `bytes_max` is for one attachment.
  explicit ContentStore(std::filesystem::path root, std::uint64_t bytes_max = 20U << 20);

  /// Returns when the contents are safely on the disk (mode 0600). Refuses with "content.empty", "content.too_large"
  /// {max_mib} and "content.type_refused".
  Result<StoredContent> put(std::span<const std::uint8_t> bytes) const;
  /// Refuses with "content.not_found", and with "content.damaged" when the bytes no longer have this digest.
  Result<std::vector<std::uint8_t>> get(const Digest& digest) const;
  bool contains(const Digest& digest) const;
  /// When the last record that names it is gone. True when it was there.
  bool remove(const Digest& digest) const;

 private:
  std::filesystem::path path_of(const Digest& digest) const;

  std::filesystem::path root_;
  std::uint64_t bytes_max_;
};

}  // namespace jiuzhu
