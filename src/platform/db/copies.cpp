#include "platform/db/copies.hpp"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <libpq-fe.h>

#include <memory>

#include "platform/db/child_process.hpp"

namespace jiuzhu::db {
namespace {

constexpr Statement kSqliteTables{"copies.sqlite_tables",
                                  "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' "
                                  "escape '\\' order by name"};
// The default schema's tables keep their plain names, the others say where they are.
constexpr Statement kPostgresqlTables{
    "copies.postgresql_tables",
    "select case when table_schema = current_schema() then table_name::text "
    "else table_schema::text || '.' || table_name::text end as name from information_schema.tables "
    "where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE' order by 1"};
constexpr Statement kIntegrity{"copies.integrity", "pragma integrity_check(1)"};
constexpr Statement kExport{"copies.export_snapshot", "select pg_export_snapshot()"};
constexpr Statement kCollation{"copies.collation",
                               "select datcollate from pg_database where datname = current_database()"};

/// The database's whole address for the tools, apart from what must not be seen in the list of processes.
struct ToolAddress {
  std::string words;
  std::vector<std::pair<std::string, std::string>> environment;
};

Result<ToolAddress> tool_address(const std::string& address) {
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(PQconninfoParse(address.c_str(), nullptr),
                                                                             &PQconninfoFree);
  if (!options) return refuse(ErrorCode::invalid_input, "database.address_unknown");
  ToolAddress result;
  for (const PQconninfoOption* option = options.get(); option->keyword; ++option) {
    if (!option->val) continue;
    const std::string_view keyword = option->keyword;
    if (keyword == "password") {
      result.environment.emplace_back("PGPASSWORD", option->val);
      continue;
    }
    std::string quoted;
    for (const char* c = option->val; *c; ++c) {
      if (*c == '\'' || *c == '\\') quoted += '\\';
      quoted += *c;
    }
    result.words += std::string(result.words.empty() ? "" : " ") + option->keyword + "='" + quoted + "'";
  }
  return result;
}

/// The tools quote rows in the lines after the first, and rows are personal data: only their own first line is kept.
std::string first_line_of(const std::string& tool, const std::string& errors) {
  const std::size_t start = errors.find(tool + ":");
  if (start == std::string::npos) return "?";
  return errors.substr(start, errors.find('\n', start) - start);
}

Status run_tool(const std::string& tool, const std::string& address, std::vector<std::string> words) {
  JZ_TRY(const ToolAddress to, tool_address(address));
  words.insert(words.begin(), {tool, "--no-password", "--no-owner", "--no-privileges", "--dbname=" + to.words});
  const ChildExit exit = run_child(words, to.environment);
  // Debian's wrapper is found even where the client itself is not installed, and says so.
  if (!exit.was_found || exit.errors.find("postgresql-client-") != std::string::npos) {
    return refuse(ErrorCode::unavailable, "database.tool_missing", {{"tool", tool}});
  }
  if (exit.code != 0) {
    return refuse(ErrorCode::unavailable, "database.tool_failed",
                  {{"tool", tool}, {"reason", first_line_of(tool, exit.errors)}});
  }
  return {};
}

}  // namespace

std::filesystem::path sqlite_file_of(const std::string& address) { return address.substr(7); }

Status copy_sqlite(const std::filesystem::path& source, const std::filesystem::path& copy) {
  try {
    SQLite::Database from(source.string(), SQLite::OPEN_READONLY, 10'000);
    SQLite::Database to(copy.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    SQLite::Backup backup(to, from);
    // All pages in one step: it reads one snapshot, beside which writers go on. In several steps every commit of
    // another process would make it start again, and under load it would never end.
    backup.executeStep(-1);
  } catch (const SQLite::Exception& error) {
    return refuse(ErrorCode::unavailable, "database.not_copied", {{"reason", error.getErrorStr()}});
  }
  return {};
}

std::string export_snapshot(Transaction& tx) { return tx.get<std::string>(kExport); }

Status dump_postgresql(const std::string& address, const std::string& snapshot, const std::filesystem::path& dump) {
  return run_tool("pg_dump", address, {"--format=custom", "--snapshot=" + snapshot, "--file=" + dump.string()});
}

Status load_postgresql(const std::string& address, const std::filesystem::path& dump) {
  return run_tool("pg_restore", address, {"--exit-on-error", "--single-transaction", dump.string()});
}

std::vector<std::string> table_names(Transaction& tx, Dialect dialect) {
  return tx.select<std::string>(dialect == Dialect::sqlite ? kSqliteTables : kPostgresqlTables);
}

std::int64_t count_rows(Transaction& tx, const std::string& table) {
  // The name comes from the database's own list of tables; only a name that would need quoting is a stranger's.
  std::string quoted = "\"";
  for (const char c : table) quoted += c == '.' ? std::string("\".\"") : std::string(1, c);
  return tx.get<std::int64_t>({"copies.count_rows", "select count(*) from " + quoted + "\""});
}

std::optional<std::string> find_damage(Transaction& tx) {
  const auto found = tx.select<std::string>(kIntegrity);
  if (found.size() == 1 && found.front() == "ok") return std::nullopt;
  return found.empty() ? "?" : found.front();
}

std::string collation_of(Transaction& tx) { return tx.get<std::string>(kCollation); }

}  // namespace jiuzhu::db
