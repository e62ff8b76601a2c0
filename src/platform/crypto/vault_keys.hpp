#pragma once
// The key file behind the vault: private to this folder.
//
//   jiuzhu-vault-1
//   index <64 hex digits>          root of all lookup keys, never changes
//   key 2 <64 hex digits>          newest master key first
//   key 1 <64 hex digits>
//   check <64 hex digits>          SM3 of everything above: a truncated copy would otherwise lose old keys unnoticed
//
// Whoever has this file and the database has every citizen number: it lives outside the database and its backups.

#include <array>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace jiuzhu {

using VaultSecret = std::array<std::uint8_t, 32>;

struct VaultKeys {
  struct Master {
    std::uint8_t version = 0;
    VaultSecret secret{};
  };

  VaultSecret index_root{};
  std::vector<Master> masters;  // newest first, at least one

  VaultKeys() = default;
  VaultKeys(const VaultKeys&) = default;
  VaultKeys& operator=(const VaultKeys&) = default;
  /// Wipes the secrets from memory.
  ~VaultKeys();

  const Master* find(std::uint8_t version) const;
  const Master& newest() const { return masters.front(); }
};

/// Refuses with "vault.key_file_missing", "vault.key_file_mode", "vault.key_file_owner", "vault.key_file_damaged".
Result<VaultKeys> read_vault_keys(const std::filesystem::path& path);

/// Makes a new file with one master key. Refuses with "vault.key_file_exists".
Result<VaultKeys> create_vault_keys(const std::filesystem::path& path, Random& random);

/// Puts a new master key in front, whole or not at all: a crash leaves the old file. Two processes at once take turns.
/// Refuses like read_vault_keys, and with "vault.versions_exhausted" after version 255.
Result<VaultKeys> rotate_vault_keys(const std::filesystem::path& path, Random& random);

}  // namespace jiuzhu
