#include "platform/files/memory_file.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace jiuzhu {

MemoryFile::MemoryFile(std::string_view bytes) : descriptor_(::memfd_create("people", MFD_CLOEXEC)) {
  if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), "memfd_create");
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const int problem = errno;
      ::close(descriptor_);
      throw std::system_error(problem, std::generic_category(), "write to memory");
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

MemoryFile::~MemoryFile() { ::close(descriptor_); }

std::string MemoryFile::path() const { return std::string("/proc/self/fd/").append(std::to_string(descriptor_)); }

}  // namespace jiuzhu
