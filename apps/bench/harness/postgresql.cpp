#include "harness/postgresql.hpp"

#include <filesystem>
#include <fstream>
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
            settings.folder / "psql_errors");
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

double postgresql_cpu_seconds(const Settings& settings) {
  // The postmaster's own time includes that of backends that have ended; those that live are its children.
  std::ifstream file(settings.postgresql_log.parent_path() / "data" / "postmaster.pid");
  pid_t postmaster = 0;
  file >> postmaster;
  double seconds = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string name = entry.path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    const ProcessTimes times = times_of(std::stoi(name));
    if (std::stoi(name) == postmaster) seconds += times.own_seconds + times.ended_children_seconds;
    if (times.parent == postmaster) seconds += times.own_seconds;
  }
  return seconds;
}

std::vector<std::vector<std::string>> parameter_types(const Settings& settings, const std::string& database,
                                                      const std::vector<std::string>& statements) {
  auto opened = db::Database::open(postgresql_address(settings, database), {.connection_count = 1});
  if (!opened) throw std::runtime_error("PostgreSQL does not answer");
  return (*opened)->read([&](db::Transaction& tx) {
    std::vector<std::vector<std::string>> all;
    for (std::size_t i = 0; i < statements.size(); ++i) {
      auto& own = all.emplace_back();
      if (statements[i].find('$') == std::string::npos) continue;  // begin and commit cannot be prepared
      const std::string name = "bench_" + std::to_string(i);
      const std::string preparation = "prepare " + name + " as " + statements[i];
      tx.execute({"bench.prepare", preparation});
      const auto types = tx.get<std::string>(
          {"bench.parameter_types",
           "select array_to_string(parameter_types::text[], ' ') from pg_prepared_statements where name = ?"},
          name);
      for (const std::string_view type : split(types, ' ')) {
        if (!type.empty()) own.emplace_back(type);
      }
    }
    return all;
  });
}

}  // namespace jiuzhu::bench
