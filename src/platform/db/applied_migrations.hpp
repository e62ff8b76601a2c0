#pragma once
// What a database says about the schema changes it has had.

#include <string>
#include <vector>

#include "platform/db/migration.hpp"

namespace jiuzhu::db {

/// With the digest of its script.
struct AppliedMigration {
  std::string name;
  std::string digest;
};
BOOST_DESCRIBE_STRUCT(AppliedMigration, (), (name, digest))

/// By name, of a database that was migrated before.
std::vector<AppliedMigration> applied_migrations(Transaction& tx);
/// Empty where nothing was ever migrated.
std::vector<AppliedMigration> applied_migrations(Database& database);

/// Whether this program knows all of them in the same wording. Refuses like migrate().
Status check_applied(const std::vector<AppliedMigration>& applied, const std::vector<Migration>& migrations);

}  // namespace jiuzhu::db
