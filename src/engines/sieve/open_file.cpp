#include "engines/sieve/open_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

namespace jiuzhu::sieve {
namespace {

std::string name_of(const std::string& path) { return std::filesystem::path(path).filename(); }

std::unexpected<Error> refuse_unreadable(const std::string& path, int error) {
  return refuse(ErrorCode::invalid_input, "sieve.file_unreadable",
                {{"file", name_of(path)}, {"problem", std::generic_category().message(error)}});
}

std::unexpected<Error> refuse_changed(const std::string& path) {
  return refuse(ErrorCode::conflict, "sieve.file_changed", {{"file", name_of(path)}});
}

}  // namespace

Result<OpenFile> OpenFile::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return refuse_unreadable(path, errno);
  auto was = fingerprint(descriptor, path);
  if (!was) {
    ::close(descriptor);
    return refuse(was.error());
  }
  return OpenFile(path, descriptor, *was);
}

OpenFile::~OpenFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

OpenFile::OpenFile(OpenFile&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)), was_(other.was_) {}

OpenFile& OpenFile::operator=(OpenFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(descriptor_, other.descriptor_);
  std::swap(was_, other.was_);
  return *this;
}

Result<OpenFile::Fingerprint> OpenFile::fingerprint(int descriptor, const std::string& path) {
  struct stat now{};
  if (::fstat(descriptor, &now) != 0) return refuse_unreadable(path, errno);
  if (!S_ISREG(now.st_mode)) return refuse_unreadable(path, S_ISDIR(now.st_mode) ? EISDIR : ESPIPE);
  return Fingerprint{.size = static_cast<std::uint64_t>(now.st_size),
                     .modified_ns = std::int64_t{now.st_mtim.tv_sec} * 1'000'000'000 + now.st_mtim.tv_nsec};
}

Status OpenFile::read(char* room, std::size_t bytes, std::uint64_t offset) const {
  while (bytes > 0) {
    const ssize_t read = ::pread(descriptor_, room, bytes, static_cast<off_t>(offset));
    if (read == 0) return refuse_changed(path_);
    if (read < 0) {
      if (errno == EINTR) continue;
      return refuse_unreadable(path_, errno);
    }
    room += read;
    bytes -= static_cast<std::size_t>(read);
    offset += static_cast<std::uint64_t>(read);
  }
  return {};
}

Status OpenFile::check_unchanged() const {
  JZ_TRY(const Fingerprint now, fingerprint(descriptor_, path_));
  if (now != was_) return refuse_changed(path_);
  return {};
}

}  // namespace jiuzhu::sieve
