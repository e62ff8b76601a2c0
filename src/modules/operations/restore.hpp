#pragma once
// Puts the archive of a backup into an empty place. Everything is checked before anything is put there: the manifest's
// authentication code, the digest of every part, that the key file opens the data, that this program knows the schema.
// Then the schema is brought to this program's, and the audit chains are recomputed.

#include <optional>

#include "base/clock.hpp"
#include "modules/operations/backup.hpp"

namespace jiuzhu::operations {

struct RestoreWish {
  std::filesystem::path archive;
  std::optional<std::filesystem::path> keys_from;  // a kept copy of the key file, to be put in its place
};

struct RestoreReport {
  std::string made_at;
  std::int64_t rows = 0;
  std::int64_t attachments = 0;
  std::vector<std::string> migrated;
  AuditReport audit;
  bool heads_match = true;  // the audit chains end where the manifest says
};

/// Refuses with "restore.…", "archive.…", "vault.…", "database.…" and "migration.…".
Result<RestoreReport> restore(const Places& places, const std::vector<db::Migration>& migrations, const Clock& clock,
                              const RestoreWish& wish, const Progress& progress);

}  // namespace jiuzhu::operations
