#include "harness/postgresql.hpp"

#include <stdexcept>

#include "base/text.hpp"
#include "harness/child_process.hpp"
#include "platform/db/database.hpp"

namespace jiuzhu::bench {
namespace {

/// Outside any transaction, which `create database` and `vacuum` insist on.
void psql(const Settings& settings, const std::string& database, const std::string& sql) {
  output_of({"psql", "--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--command", sql,
             postgresql_address(settings, database)},
            settings.folder / "psql.errors");
}

}  // namespace

std::string postgresql_address(const Settings& settings, const std::string& database) {
  // Of a repeated keyword the last one counts.
  return settings.postgresql + " dbname=" + database;
}

void create_postgresql_database(const Settings& settings, const std::string& name) {
  psql(settings, "postgres", "create database " + name);
}

void copy_postgresql_database(const Settings& settings, const std::string& original, const std::string& copy) {
  psql(settings, "postgres", "create database " + copy + " template " + original);
}

void vacuum_analyze(const Settings& settings, const std::string& database) {
  psql(settings, database, "vacuum analyze");
}

void checkpoint(const Settings& settings) { psql(settings, "postgres", "checkpoint"); }

std::vector<std::vector<std::string>> parameter_types(const Settings& settings, const std::string& database,
                                                      const std::vector<std::string>& statements) {
  auto opened = db::Database::open(postgresql_address(settings, database), {.connection_count = 1});
  if (!opened) throw std::runtime_error("PostgreSQL does not answer");
  return (*opened)->read([&](db::Transaction& tx) {
    std::vector<std::vector<std::string>> all;
    for (std::size_t i = 0; i < statements.size(); ++i) {
      const std::string name = "bench_" + std::to_string(i);
      const std::string preparation = "prepare " + name + " as " + statements[i];
      tx.execute({"bench.prepare", preparation});
      const auto types = tx.get<std::string>(
          {"bench.parameter_types",
           "select array_to_string(parameter_types::text[], ' ') from pg_prepared_statements where name = ?"},
          name);
      auto& own = all.emplace_back();
      for (const std::string_view type : split(types, ' ')) {
        if (!type.empty()) own.emplace_back(type);
      }
    }
    return all;
  });
}

}  // namespace jiuzhu::bench
