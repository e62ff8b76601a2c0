#pragma once
// Copies of whole databases, for backup and restore. SQLite is copied by its own online backup; PostgreSQL by its own
// pg_dump and pg_restore, called without a shell, with the password in their environment and not among their words.
// Nothing here needs the server to stop.

#include <filesystem>
#include <string>
#include <vector>

#include "platform/db/database.hpp"

namespace jiuzhu::db {

/// By the form of an address alone. Refuses with "database.address_unknown".
Result<Dialect> dialect_of(const std::string& address);

/// Where an SQLite database lies; for "sqlite:" addresses only.
std::filesystem::path sqlite_file_of(const std::string& address);

/// One moment's state, whoever writes meanwhile; `copy` must not exist. Refuses with "database.not_copied" {reason}.
Status copy_sqlite(const std::filesystem::path& source, const std::filesystem::path& copy);

/// The moment a transaction of read() sees, for others to see the same. PostgreSQL only.
std::string export_snapshot(Transaction& tx);

/// What `snapshot` sees, in pg_dump's custom format. Refuses with "database.tool_missing" {tool} and
/// "database.tool_failed" {tool, reason}.
Status dump_postgresql(const std::string& address, const std::string& snapshot, const std::filesystem::path& dump);

/// Into an empty database, all or nothing. Refuses like dump_postgresql.
Status load_postgresql(const std::string& address, const std::filesystem::path& dump);

/// All tables that are not the database's own, sorted by name; on PostgreSQL of every schema.
std::vector<std::string> table_names(Transaction& tx, Dialect dialect);

std::int64_t count_rows(Transaction& tx, const std::string& table);

/// What is wrong with the file of an SQLite database, or nothing. Reads all of it.
std::optional<std::string> find_damage(Transaction& tx);

/// How PostgreSQL sorts this database: "C".
std::string collation_of(Transaction& tx);

}  // namespace jiuzhu::db
