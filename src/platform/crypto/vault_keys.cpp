#include "platform/crypto/vault_keys.hpp"

#include <botan/hex.h>
#include <botan/mem_ops.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <system_error>

#include "base/text.hpp"
#include "platform/crypto/digest.hpp"

namespace jiuzhu {
namespace {

constexpr std::string_view kHeading = "jiuzhu-vault-1";
constexpr std::size_t kFileSizeMax = 65536;  // 255 keys need 19 kB

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

class Descriptor {
 public:
  explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
  ~Descriptor() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return descriptor_; }
  bool is_open() const { return descriptor_ >= 0; }

 private:
  int descriptor_;
};

std::filesystem::path folder_of(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

std::string render(const VaultKeys& keys) {
  std::string text(kHeading);
  text += "\nindex " + Botan::hex_encode(keys.index_root.data(), keys.index_root.size(), false) + "\n";
  for (const auto& master : keys.masters) {
    text += "key " + std::to_string(master.version) + " " +
            Botan::hex_encode(master.secret.data(), master.secret.size(), false) + "\n";
  }
  text += "check " + sm3(text).to_text() + "\n";
  return text;
}

std::optional<VaultSecret> parse_secret(std::string_view hex) {
  const auto digest = Digest::parse(hex);  // the same 32 bytes in the same text form
  if (!digest) return std::nullopt;
  VaultSecret secret{};
  std::copy(digest->bytes().begin(), digest->bytes().end(), secret.begin());
  return secret;
}

std::optional<VaultKeys::Master> parse_master(std::string_view line) {
  if (!line.starts_with("key ")) return std::nullopt;
  line.remove_prefix(4);
  const std::size_t blank = line.find(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  VaultKeys::Master master;
  const char* end = line.data() + blank;
  const auto [stop, problem] = std::from_chars(line.data(), end, master.version);
  const auto secret = parse_secret(line.substr(blank + 1));
  if (problem != std::errc{} || stop != end || master.version == 0 || !secret) return std::nullopt;
  master.secret = *secret;
  return master;
}

std::optional<VaultKeys> parse(std::string_view text) {
  const std::size_t check_at = text.rfind("check ");
  if (check_at == std::string_view::npos || !text.ends_with('\n')) return std::nullopt;
  const auto check = Digest::parse(text.substr(check_at + 6, text.size() - check_at - 7));
  if (!check || *check != sm3(text.substr(0, check_at))) return std::nullopt;
  const auto lines = split(text.substr(0, check_at), '\n');
  if (lines.size() < 4 || lines[0] != kHeading || !lines[1].starts_with("index ")) return std::nullopt;
  const auto index_root = parse_secret(lines[1].substr(6));
  if (!index_root) return std::nullopt;
  VaultKeys keys;
  keys.index_root = *index_root;
  for (std::size_t i = 2; i + 1 < lines.size(); ++i) {
    const auto master = parse_master(lines[i]);
    if (!master) return std::nullopt;
    if (!keys.masters.empty() && master->version >= keys.masters.back().version) return std::nullopt;
    keys.masters.push_back(*master);
  }
  return keys;
}

std::string read_all(const Descriptor& file) {
  std::string text;
  char buffer[4096];
  for (;;) {
    const ssize_t got = ::read(file.get(), buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("read vault key file");
    if (got == 0 || text.size() > kFileSizeMax) break;
    text.append(buffer, static_cast<std::size_t>(got));
  }
  Botan::secure_scrub_memory(buffer, sizeof buffer);
  return text;
}

void write_and_sync(const Descriptor& file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file.get(), text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write vault key file");
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(file.get()) != 0) fail("fsync vault key file");
}

VaultKeys::Master new_master(std::uint8_t version, Random& random) {
  VaultKeys::Master master;
  master.version = version;
  random.fill(master.secret);
  return master;
}

}  // namespace

VaultKeys::~VaultKeys() {
  Botan::secure_scrub_memory(index_root.data(), index_root.size());
  for (auto& master : masters) Botan::secure_scrub_memory(master.secret.data(), master.secret.size());
}

const VaultKeys::Master* VaultKeys::find(std::uint8_t version) const {
  for (const auto& master : masters) {
    if (master.version == version) return &master;
  }
  return nullptr;
}

Result<VaultKeys> read_vault_keys(const std::filesystem::path& path) {
  const MessageParams where{{"path", path.string()}};
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) {
    if (errno == ENOENT) return refuse(ErrorCode::unavailable, "vault.key_file_missing", where);
    fail("open vault key file");
  }
  // The mode is asked of the open descriptor, so that the file cannot be exchanged between the check and the read.
  struct stat status{};
  if (::fstat(file.get(), &status) != 0) fail("fstat vault key file");
  if (!S_ISREG(status.st_mode)) return refuse(ErrorCode::unavailable, "vault.key_file_damaged", where);
  if ((status.st_mode & 0077U) != 0) return refuse(ErrorCode::unavailable, "vault.key_file_mode", where);
  if (status.st_uid != 0 && status.st_uid != ::geteuid()) {
    return refuse(ErrorCode::unavailable, "vault.key_file_owner", where);
  }
  std::string text = read_all(file);
  auto keys = parse(text);
  Botan::secure_scrub_memory(text.data(), text.size());
  if (!keys) return refuse(ErrorCode::unavailable, "vault.key_file_damaged", where);
  return *keys;
}

Result<VaultKeys> create_vault_keys(const std::filesystem::path& path, Random& random) {
  VaultKeys keys;
  random.fill(keys.index_root);
  keys.masters.push_back(new_master(1, random));
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file.is_open()) {
    if (errno == EEXIST) return refuse(ErrorCode::conflict, "vault.key_file_exists", {{"path", path.string()}});
    fail("create vault key file");
  }
  if (::fchmod(file.get(), 0600) != 0) fail("fchmod vault key file");  // whatever the umask says
  write_and_sync(file, render(keys));
  const Descriptor folder(::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.is_open() || ::fsync(folder.get()) != 0) fail("fsync vault folder");
  return keys;
}

Result<VaultKeys> rotate_vault_keys(const std::filesystem::path& path, Random& random) {
  // The folder is the lock: it leaves nothing behind, and a crash lets go of it.
  const Descriptor folder(::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.is_open() || ::flock(folder.get(), LOCK_EX) != 0) fail("lock vault folder");
  JZ_TRY(VaultKeys keys, read_vault_keys(path));
  if (keys.newest().version == 255) return refuse(ErrorCode::conflict, "vault.versions_exhausted");
  keys.masters.insert(keys.masters.begin(), new_master(static_cast<std::uint8_t>(keys.newest().version + 1), random));

  std::filesystem::path draft = path;
  draft += ".new";
  const Descriptor file(::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (!file.is_open()) fail("create vault key file draft");
  if (::fchmod(file.get(), 0600) != 0) fail("fchmod vault key file");
  write_and_sync(file, render(keys));
  if (::rename(draft.c_str(), path.c_str()) != 0) fail("rename vault key file");
  if (::fsync(folder.get()) != 0) fail("fsync vault folder");
  return keys;
}

}  // namespace jiuzhu
