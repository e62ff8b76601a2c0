#include "platform/files/content_store.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <fstream>
#include <system_error>

#include "platform/files/draft_file.hpp"

namespace jiuzhu {
namespace {

void make_private_folder(const std::filesystem::path& path) {
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
    throw std::system_error(errno, std::generic_category(), "make content folder");
  }
}

std::string_view as_text(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

std::optional<ContentType> sniff_content(std::span<const std::uint8_t> bytes) {
  const std::string_view text = as_text(bytes);
  if (text.starts_with("\xFF\xD8\xFF")) return ContentType::jpeg;
  if (text.starts_with("\x89PNG\r\n\x1A\n")) return ContentType::png;
  if (text.starts_with("%PDF-")) return ContentType::pdf;
  return std::nullopt;
}

std::string_view media_type_of(ContentType type) {
  switch (type) {
    case ContentType::jpeg: return "image/jpeg";
    case ContentType::png: return "image/png";
    case ContentType::pdf: return "application/pdf";
  }
  return "";
}

ContentStore::ContentStore(std::filesystem::path root, std::uint64_t bytes_max)
    : root_(std::move(root)), bytes_max_(bytes_max) {
  make_private_folder(root_);
}

Result<StoredContent> ContentStore::put(std::span<const std::uint8_t> bytes) const {
  if (bytes.empty()) return refuse(ErrorCode::invalid_input, "content.empty");
  if (bytes.size() > bytes_max_) {
    return refuse(ErrorCode::too_large, "content.too_large", {{"max_mib", std::to_string(bytes_max_ >> 20)}});
  }
  const auto type = sniff_content(bytes);
  if (!type) return refuse(ErrorCode::invalid_input, "content.type_refused");
  const StoredContent stored{.digest = sm3(bytes), .type = *type, .size = bytes.size()};
  const std::filesystem::path path = path_of(stored.digest);
  if (get(stored.digest)) return stored;  // a damaged file gives way to the right one
  make_private_folder(path.parent_path().parent_path());
  make_private_folder(path.parent_path());
  DraftFile draft(path);
  draft.write(as_text(bytes));
  draft.publish();
  return stored;
}

Result<std::vector<std::uint8_t>> ContentStore::get(const Digest& digest) const {
  std::ifstream file(path_of(digest), std::ios::binary);
  if (!file) return refuse(ErrorCode::not_found, "content.not_found");
  const std::vector<char> read{std::istreambuf_iterator<char>(file), {}};
  std::vector<std::uint8_t> bytes(read.begin(), read.end());
  if (sm3(bytes) != digest) return refuse(ErrorCode::unavailable, "content.damaged");
  return bytes;
}

bool ContentStore::contains(const Digest& digest) const { return std::filesystem::exists(path_of(digest)); }

bool ContentStore::remove(const Digest& digest) const { return std::filesystem::remove(path_of(digest)); }

std::filesystem::path ContentStore::path_of(const Digest& digest) const {
  const std::string hex = digest.to_text();
  return root_ / hex.substr(0, 2) / hex.substr(2, 2) / hex;
}

}  // namespace jiuzhu
