#include "platform/crypto/vault.hpp"

#include <botan/kdf.h>
#include <botan/mem_ops.h>
#include <sys/stat.h>

#include <algorithm>
#include <mutex>
#include <system_error>

#include "platform/crypto/random.hpp"
#include "platform/crypto/sm4_gcm.hpp"
#include "platform/crypto/vault_keys.hpp"

namespace jiuzhu {
namespace {

/// HKDF with SM3 (RFC 5869), without salt: the input keys are uniformly random already.
Botan::secure_vector<std::uint8_t> derive(const VaultSecret& secret, std::size_t size, const std::string& label) {
  const auto hkdf = Botan::KDF::create_or_throw("HKDF(HMAC(SM3))");
  return hkdf->derive_key(size, secret.data(), secret.size(), std::string(), label);
}

struct SealingKey {
  std::uint8_t version = 0;
  Botan::secure_vector<std::uint8_t> bytes;

  std::span<const std::uint8_t, kSm4KeySize> span() const {
    return std::span<const std::uint8_t, kSm4KeySize>(bytes.data(), kSm4KeySize);
  }
};

/// An immutable snapshot, exchanged whole on rotation.
struct KeyRing {
  VaultSecret index_root{};
  std::vector<SealingKey> sealing;  // newest first

  explicit KeyRing(const VaultKeys& keys) : index_root(keys.index_root) {
    for (const auto& master : keys.masters) {
      sealing.push_back({master.version, derive(master.secret, kSm4KeySize, "jiuzhu vault seal")});
    }
  }
  KeyRing(const KeyRing&) = delete;
  KeyRing& operator=(const KeyRing&) = delete;
  ~KeyRing() { Botan::secure_scrub_memory(index_root.data(), index_root.size()); }

  const SealingKey* find(std::uint8_t version) const {
    for (const auto& key : sealing) {
      if (key.version == version) return &key;
    }
    return nullptr;
  }
};

/// Tells one written version of a file from the next: each is a new file that was renamed into place, and the time
/// alone is too coarse. All zero for a missing file, which the reader then refuses by its key.
struct FileIdentity {
  std::uint64_t inode = 0;
  std::int64_t seconds = 0;
  std::int64_t nanoseconds = 0;

  bool operator==(const FileIdentity&) const = default;
};

FileIdentity identity_of(const std::filesystem::path& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) return {};
  return {status.st_ino, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

std::vector<std::uint8_t> associated_bytes(std::uint8_t version, std::string_view context) {
  // Sized at once: g++ 12 warns wrongly (array-bounds) about a one-byte vector that grows.
  std::vector<std::uint8_t> bytes(1 + context.size(), version);
  std::copy(context.begin(), context.end(), bytes.begin() + 1);
  return bytes;
}

}  // namespace

struct Vault::State {
  std::filesystem::path path;
  std::mutex mutex;
  std::shared_ptr<const KeyRing> ring;  // guarded by mutex
  FileIdentity read_from;               // guarded by mutex

  std::shared_ptr<const KeyRing> snapshot() {
    const std::scoped_lock lock(mutex);
    return ring;
  }

  void exchange(const VaultKeys& keys, FileIdentity file) {
    auto fresh = std::make_shared<const KeyRing>(keys);
    const std::scoped_lock lock(mutex);
    ring = std::move(fresh);
    read_from = file;
  }

  /// True when the file had changed and was read. An unknown version byte alone must not make us read again and again:
  /// it may come from damaged records. A file that cannot be read now, or that is another vault's, changes nothing:
  /// what is sealed under a stranger's key would be lost when the mistake is put right.
  bool read_again() {
    const FileIdentity file = identity_of(path);
    {
      const std::scoped_lock lock(mutex);
      if (file == read_from) return false;
    }
    try {
      const auto keys = read_vault_keys(path);
      if (!keys || keys->index_root != snapshot()->index_root) return false;
      exchange(*keys, file);
      return true;
    } catch (const std::system_error&) {
      return false;
    }
  }
};

Vault::Vault(std::unique_ptr<State> state) : state_(std::move(state)) {}
Vault::~Vault() = default;
Vault::Vault(Vault&&) noexcept = default;
Vault& Vault::operator=(Vault&&) noexcept = default;

Result<Vault> Vault::open(const std::filesystem::path& key_file) {
  auto state = std::make_unique<State>();
  state->path = key_file;
  const FileIdentity file = identity_of(key_file);
  JZ_TRY(const VaultKeys keys, read_vault_keys(key_file));
  state->exchange(keys, file);
  return Vault(std::move(state));
}

Result<Vault> Vault::create(const std::filesystem::path& key_file, Random& random) {
  JZ_TRY(const VaultKeys keys, create_vault_keys(key_file, random));
  return open(key_file);
}

std::vector<std::uint8_t> Vault::seal(std::string_view plaintext, std::string_view context) const {
  // A look at the file costs a microsecond, as much as sealing: a running server follows a rotation at once, so that
  // sealing everything again under the new key comes to an end.
  state_->read_again();
  const auto ring = state_->snapshot();
  const SealingKey& key = ring->sealing.front();
  std::array<std::uint8_t, kGcmNonceSize> nonce{};
  SystemRandom().fill(nonce);
  const auto ciphertext = sm4_gcm_seal(key.span(), nonce, associated_bytes(key.version, context),
                                       {reinterpret_cast<const std::uint8_t*>(plaintext.data()), plaintext.size()});
  std::vector<std::uint8_t> sealed;
  sealed.reserve(1 + nonce.size() + ciphertext.size());
  sealed.push_back(key.version);
  sealed.insert(sealed.end(), nonce.begin(), nonce.end());
  sealed.insert(sealed.end(), ciphertext.begin(), ciphertext.end());
  return sealed;
}

Result<std::string> Vault::open(std::span<const std::uint8_t> sealed, std::string_view context) const {
  if (sealed.size() < 1 + kGcmNonceSize + kGcmTagSize) return refuse(ErrorCode::unavailable, "vault.sealed_damaged");
  const std::uint8_t version = sealed[0];
  auto ring = state_->snapshot();
  if (ring->find(version) == nullptr && state_->read_again()) ring = state_->snapshot();
  const SealingKey* key = ring->find(version);
  if (key == nullptr) {
    return refuse(ErrorCode::unavailable, "vault.key_version_unknown", {{"version", std::to_string(version)}});
  }
  const auto plaintext = sm4_gcm_open(key->span(), sealed.subspan<1, kGcmNonceSize>(),
                                      associated_bytes(version, context), sealed.subspan(1 + kGcmNonceSize));
  if (!plaintext) return refuse(ErrorCode::unavailable, "vault.sealed_damaged");
  return std::string(plaintext->begin(), plaintext->end());
}

Digest Vault::index(std::string_view plaintext, std::string_view context) const {
  const auto ring = state_->snapshot();
  const auto key = derive(ring->index_root, Digest::kSize, "jiuzhu vault index " + std::string(context));
  return hmac_sm3(key, plaintext);
}

Status Vault::rotate(Random& random) {
  JZ_TRY(const VaultKeys keys, rotate_vault_keys(state_->path, random));
  state_->exchange(keys, FileIdentity{});  // a later rotation elsewhere still counts as a change
  return {};
}

bool Vault::is_current(std::span<const std::uint8_t> sealed) const {
  return !sealed.empty() && sealed[0] == state_->snapshot()->sealing.front().version;
}

int Vault::current_version() const { return state_->snapshot()->sealing.front().version; }

}  // namespace jiuzhu
