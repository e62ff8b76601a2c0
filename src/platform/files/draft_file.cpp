#include "platform/files/draft_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "base/assert.hpp"

namespace jiuzhu {
namespace {

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

std::filesystem::path folder_of(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

void sync_folder(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) fail("open folder");
  const int result = ::fsync(descriptor);
  ::close(descriptor);
  if (result != 0) fail("fsync folder");
}

}  // namespace

DraftFile::DraftFile(std::filesystem::path target) : target_(std::move(target)) {
  std::string pattern = (folder_of(target_) / ".draft-XXXXXX").string();
  descriptor_ = ::mkostemp(pattern.data(), O_CLOEXEC);  // mode 0600
  if (descriptor_ < 0) fail("create draft file");
  draft_ = pattern;
}

DraftFile::~DraftFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!draft_.empty()) ::unlink(draft_.c_str());
}

void DraftFile::write(std::string_view bytes) {
  JZ_ASSERT(descriptor_ >= 0);
  is_settled_ = false;
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write draft file");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void DraftFile::settle() {
  JZ_ASSERT(descriptor_ >= 0);
  if (::fsync(descriptor_) != 0) fail("fsync draft file");
  is_settled_ = true;
}

void DraftFile::publish() {
  JZ_ASSERT(descriptor_ >= 0);
  if (!is_settled_) settle();
  move_into_place(draft_, target_);
  draft_.clear();
  ::close(std::exchange(descriptor_, -1));
}

void move_into_place(const std::filesystem::path& draft, const std::filesystem::path& target) {
  if (::rename(draft.c_str(), target.c_str()) != 0) fail("rename draft file");
  sync_folder(folder_of(target));
}

}  // namespace jiuzhu
