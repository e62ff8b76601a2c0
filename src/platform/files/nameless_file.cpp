#include "platform/files/nameless_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace jiuzhu {
namespace {

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

}  // namespace

NamelessFile::NamelessFile(const std::filesystem::path& folder) {
  // Not every file system makes files without a name, but every one takes the name away.
  std::string pattern = (folder / ".nameless-XXXXXX").string();
  descriptor_ = ::mkostemp(pattern.data(), O_CLOEXEC);  // mode 0600
  if (descriptor_ < 0) fail("create nameless file");
  if (::unlink(pattern.c_str()) != 0) {
    ::close(descriptor_);
    fail("take the name of a file away");
  }
}

NamelessFile::~NamelessFile() { ::close(descriptor_); }

void NamelessFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write nameless file");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::string NamelessFile::path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

}  // namespace jiuzhu
