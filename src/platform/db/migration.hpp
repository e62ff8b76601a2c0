#pragma once
// Forward-only schema changes. Files are named <year>..<sequence>_<verb>_<noun>.sql, sorted by name over all modules,
// and never edited once released: a digest is kept and compared. A file named ….sqlite.sql or ….postgresql.sql is for
// that database alone: how tables lie there, never what they hold.

#include <string>
#include <vector>

#include "platform/db/database.hpp"

namespace jiuzhu::db {

struct Migration {
  std::string name;
  std::string script;
};

struct MigrationReport {
  std::vector<std::string> applied;  // names, in order
  int already_applied = 0;
};

/// Applies what is missing, each in one transaction; safe to run from several programs at once. Refuses with
/// "migration.changed" or "migration.unknown" (the database is newer than this program); param name.
Result<MigrationReport> migrate(Database& database, std::vector<Migration> migrations, Instant now);

/// Names that migrate() would apply, in order.
std::vector<std::string> missing_migrations(Database& database, const std::vector<Migration>& migrations);

}  // namespace jiuzhu::db
