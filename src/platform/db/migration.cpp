#include "platform/db/migration.hpp"

#include <algorithm>
#include <set>

#include "platform/db/applied_migrations.hpp"
#include "platform/db/sql_text.hpp"

namespace jiuzhu::db {
namespace {

constexpr Statement kCreateTable{"migration.create_table",
                                 "create table if not exists schema_migration ("
                                 "name text primary key, digest text not null, applied_at bigint not null)"};
constexpr Statement kList{"migration.list", "select name, digest from schema_migration order by name"};
constexpr Statement kRecord{"migration.record",
                            "insert into schema_migration (name, digest, applied_at) values (?, ?, ?)"};
// Two programs that start together must not apply the same file twice. SQLite's single writer needs no lock.
constexpr Statement kLock{"migration.lock", "select count(*) from (select pg_advisory_xact_lock(4026531841)) as held"};

/// FNV-1a; it only notices an edited file, it protects nothing.
std::string digest_of(std::string_view script) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (char c : script) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return std::to_string(hash);
}

bool is_for(const Migration& migration, Dialect dialect) {
  if (migration.name.ends_with(".sqlite")) return dialect == Dialect::sqlite;
  if (migration.name.ends_with(".postgresql")) return dialect == Dialect::postgresql;
  return true;
}

Result<std::set<std::string>> read_applied(Transaction& tx, const std::vector<Migration>& migrations) {
  const auto applied = tx.select<AppliedMigration>(kList);
  JZ_TRY_VOID(check_applied(applied, migrations));
  std::set<std::string> names;
  for (const AppliedMigration& one : applied) names.insert(one.name);
  return names;
}

}  // namespace

Result<MigrationReport> migrate(Database& database, std::vector<Migration> migrations, Instant now) {
  std::sort(migrations.begin(), migrations.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  JZ_TRY_VOID(database.write([](Transaction& tx) -> Status {
    tx.execute(kCreateTable);
    return {};
  }));
  MigrationReport report;
  for (const Migration& migration : migrations) {
    if (!is_for(migration, database.dialect())) continue;
    JZ_TRY(const bool is_new, database.write([&](Transaction& tx) -> Result<bool> {
      if (database.dialect() == Dialect::postgresql) tx.get<std::int64_t>(kLock);
      JZ_TRY(const auto applied, read_applied(tx, migrations));
      if (applied.contains(migration.name)) return false;
      const auto statements = split_statements(migration.script);
      for (const std::string& statement : statements) tx.execute({migration.name, statement});
      tx.execute(kRecord, migration.name, digest_of(migration.script), now);
      return true;
    }));
    if (is_new) {
      report.applied.push_back(migration.name);
    } else {
      ++report.already_applied;
    }
  }
  return report;
}

std::vector<AppliedMigration> applied_migrations(Transaction& tx) { return tx.select<AppliedMigration>(kList); }

std::vector<AppliedMigration> applied_migrations(Database& database) {
  try {
    return database.read([](Transaction& tx) { return applied_migrations(tx); });
  } catch (const DatabaseError& error) {
    // No table yet: nothing was ever applied. Whatever else is wrong must not pass for that.
    if (error.kind() != ErrorKind::other) throw;
    return {};
  }
}

Status check_applied(const std::vector<AppliedMigration>& applied, const std::vector<Migration>& migrations) {
  for (const auto& [name, digest] : applied) {
    const auto known =
        std::find_if(migrations.begin(), migrations.end(), [&](const Migration& m) { return m.name == name; });
    if (known == migrations.end()) return refuse(ErrorCode::unavailable, "migration.unknown", {{"name", name}});
    if (digest_of(known->script) != digest)
      return refuse(ErrorCode::unavailable, "migration.changed", {{"name", name}});
  }
  return {};
}

std::vector<std::string> missing_migrations(Database& database, const std::vector<Migration>& migrations) {
  const auto applied = applied_migrations(database);
  std::vector<std::string> missing;
  for (const Migration& migration : migrations) {
    const bool is_applied =
        std::any_of(applied.begin(), applied.end(), [&](const auto& one) { return one.name == migration.name; });
    if (!is_applied && is_for(migration, database.dialect())) missing.push_back(migration.name);
  }
  std::sort(missing.begin(), missing.end());
  return missing;
}

}  // namespace jiuzhu::db
