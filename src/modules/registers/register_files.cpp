#include "modules/registers/register_files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <system_error>

#include "platform/crypto/digest.hpp"

namespace jiuzhu::registers {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 20;

void make_private_folder(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
}

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

/// Closes whatever happens.
class Descriptor {
 public:
  explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
  ~Descriptor() { ::close(descriptor_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

}  // namespace

std::filesystem::path RegisterFiles::path_of(const std::string& county, DeliveryId id) const {
  return folder_ / county / id.to_text();
}

void RegisterFiles::write(const std::string& county, DeliveryId id, std::int64_t offset, std::string_view bytes) const {
  make_private_folder(folder_);
  make_private_folder(folder_ / county);
  // Only its beginning makes a file: one that was erased meanwhile does not come back with a hole.
  const int flags = O_WRONLY | O_CLOEXEC | (offset == 0 ? O_CREAT : 0);
  const int opened = ::open(path_of(county, id).c_str(), flags, S_IRUSR | S_IWUSR);
  if (opened < 0) fail("open a delivery");
  const Descriptor file(opened);
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(file.get(), bytes.data(), bytes.size(), offset);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write a delivery");
    bytes.remove_prefix(static_cast<std::size_t>(written));
    offset += written;
  }
  if (::fdatasync(file.get()) != 0) fail("write a delivery");
}

bool RegisterFiles::has(const std::string& county, DeliveryId id) const {
  return std::filesystem::exists(path_of(county, id));
}

void RegisterFiles::remove(const std::string& county, DeliveryId id) const {
  std::error_code gone;
  std::filesystem::remove(path_of(county, id), gone);
}

std::vector<DeliveryId> RegisterFiles::all() const {
  std::vector<DeliveryId> ids;
  if (!std::filesystem::exists(folder_)) return ids;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_)) {
    if (!entry.is_regular_file()) continue;
    if (const auto id = DeliveryId::parse(entry.path().filename().string())) ids.push_back(*id);
  }
  return ids;
}

void RegisterFiles::remove_any(DeliveryId id) const {
  for (const auto& county : std::filesystem::directory_iterator(folder_)) {
    if (county.is_directory()) remove(county.path().filename(), id);
  }
}

Result<std::string> RegisterFiles::digest_of(const std::string& county, DeliveryId id,
                                             const std::function<Status(std::int64_t)>& advance) const {
  std::ifstream file(path_of(county, id), std::ios::binary);
  if (!file) return refuse(ErrorCode::not_found, "registers.contents_gone");
  Sm3 digest;
  std::string piece(kPiece, '\0');
  std::int64_t done = 0;
  while (file) {
    file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const auto count = static_cast<std::size_t>(file.gcount());
    digest.add(std::string_view(piece).substr(0, count));
    done += static_cast<std::int64_t>(count);
    JZ_TRY_VOID(advance(done));
  }
  return digest.finish().to_text();
}

std::filesystem::path RegisterFiles::temporary_folder() const {
  make_private_folder(folder_);
  return folder_;
}

}  // namespace jiuzhu::registers
