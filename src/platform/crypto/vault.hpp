#pragma once
// Sealing of personal identifiers (citizen number, account number, phone) at rest: Personal Information Protection Law
// art. 51, Data Security Law art. 27, GB/T 39786. A stolen database without the key file shows none of them.
//
// A sealed value is  version (1 byte) | nonce (12) | SM4-GCM ciphertext | tag (16). The associated data are the version
// and the caller's `context`, e.g. "person.citizen_number": a sealed value copied into another column does not open.
// A context may carry the record's id behind the column's name to bind the value to its row as well.
//
// A lookup index is HMAC-SM3 under a key that HKDF-SM3 derives per context, so equal numbers in different columns do
// not show as equal. Index keys come from a root of their own and stay the same when master keys rotate: unlike a
// sealed value, an index does not say which key made it, so during a change every lookup would have to ask under both
// keys and every unique constraint would be blind to half the rows. The price: a leaked key file needs a new vault and
// a new index of all records, not a rotation.
//
// Any thread may call any function. A server that meets a key version it does not know reads the file again, so a
// rotation by a command does not need a restart.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "platform/crypto/digest.hpp"

namespace jiuzhu {

class Vault {
 public:
  /// The file must be readable by its owner alone (0600 or 0400), the owner being this process's user or root.
  /// Refuses with "vault.key_file_missing", "vault.key_file_mode", "vault.key_file_owner", "vault.key_file_damaged".
  static Result<Vault> open(const std::filesystem::path& key_file);
  /// Makes the key file (mode 0600). Refuses with "vault.key_file_exists": overwriting keys destroys all records.
  static Result<Vault> create(const std::filesystem::path& key_file, Random& random);

  ~Vault();
  Vault(Vault&&) noexcept;
  Vault& operator=(Vault&&) noexcept;

  /// Never the same bytes twice. The nonce comes from the operating system and cannot be injected: one repeated nonce
  /// would break the key.
  std::vector<std::uint8_t> seal(std::string_view plaintext, std::string_view context) const;
  /// Refuses with "vault.key_version_unknown" when the file has no such key, and with "vault.sealed_damaged" when the
  /// bytes were changed, the context is another one, or another vault sealed them.
  Result<std::string> open(std::span<const std::uint8_t> sealed, std::string_view context) const;
  /// For finding equal values: deterministic per vault and context, and stable over rotations. Normalise first
  /// ("x" and "X" of a citizen number are different texts).
  Digest index(std::string_view plaintext, std::string_view context) const;

  /// Adds a master key, used from now on; older ones still open. Refuses with "vault.versions_exhausted" after 255 and
  /// like open().
  Status rotate(Random& random);
  /// False when an older key sealed it: a command then opens and seals it again.
  bool is_current(std::span<const std::uint8_t> sealed) const;
  int current_version() const;

 private:
  struct State;
  explicit Vault(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace jiuzhu
