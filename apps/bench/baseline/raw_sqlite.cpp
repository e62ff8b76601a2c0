#include "baseline/raw_sqlite.hpp"

#include <sqlite3.h>

#include <array>
#include <random>
#include <stdexcept>

#include "harness/child_process.hpp"
#include "harness/timing.hpp"

namespace jiuzhu::bench {
namespace {

/// "\x0a1b" of PostgreSQL's log.
std::string bytes_of(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 2; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  }
  return bytes;
}

/// The same act in SQLite's words; everything else is the same text on both databases.
std::string sqlite_text(const std::string& sql) {
  if (sql == "begin") return "begin immediate";
  if (sql.starts_with("begin isolation level")) return "begin deferred";
  return with_parameters(sql, [](std::size_t n) { return "?" + std::to_string(n); });
}

}  // namespace

struct RawSqlite::Connection {
  Connection(const std::filesystem::path& file, TransactionScript transaction, std::string own_county,
             std::string own_village)
      : script(std::move(transaction)), county(std::move(own_county)), village(std::move(own_village)) {
    check(sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr));
    // Those of src/platform/db/sqlite.cpp.
    for (const char* pragma : {"pragma journal_mode=wal", "pragma synchronous=full", "pragma foreign_keys=on",
                               "pragma cache_size=-16000", "pragma temp_store=memory"}) {
      check(sqlite3_exec(database, pragma, nullptr, nullptr, nullptr));
    }
    for (const ScriptStatement& statement : script.statements) {
      const std::string text = sqlite_text(statement.sql);
      sqlite3_stmt* one = nullptr;
      check(sqlite3_prepare_v3(database, text.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &one, nullptr));
      prepared.push_back(one);
      auto& constants = bytes.emplace_back();
      for (std::size_t i = 0; i < statement.parameters.size(); ++i) {
        const auto* constant = std::get_if<Constant>(&statement.parameters[i]);
        const bool is_bytes = constant && constant->value && statement.types.at(i) == "bytea";
        constants.push_back(is_bytes ? bytes_of(*constant->value) : "");
      }
    }
    returned.resize(script.statements.size());
  }
  ~Connection() {
    for (sqlite3_stmt* one : prepared) sqlite3_finalize(one);
    sqlite3_close(database);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void check(int code) const {
    if (code != SQLITE_OK && code != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(database));
  }

  void text(sqlite3_stmt* statement, int index, const std::string& value) const {
    check(sqlite3_bind_text(statement, index, value.data(), static_cast<int>(value.size()), SQLITE_STATIC));
  }

  void bind(std::size_t number) {
    sqlite3_stmt* const statement = prepared[number];
    const ScriptStatement& described = script.statements[number];
    for (std::size_t i = 0; i < described.parameters.size(); ++i) {
      const int index = static_cast<int>(i) + 1;
      if (const auto* place = std::get_if<Place>(&described.parameters[i])) {
        switch (place->variable) {
          case Variable::county: text(statement, index, county); break;
          case Variable::village: text(statement, index, village); break;
          case Variable::fresh_id: text(statement, index, id); break;
          case Variable::fresh_text: text(statement, index, fresh[place->index]); break;
          case Variable::returned: check(sqlite3_bind_int64(statement, index, returned[place->index])); break;
        }
        continue;
      }
      const auto& value = std::get<Constant>(described.parameters[i]).value;
      if (!value) {
        check(sqlite3_bind_null(statement, index));
      } else if (described.types[i] == "bigint") {
        check(sqlite3_bind_int64(statement, index, std::stoll(*value)));
      } else if (described.types[i] == "bytea") {
        const std::string& content = bytes[number][i];
        check(sqlite3_bind_blob(statement, index, content.data(), static_cast<int>(content.size()), SQLITE_STATIC));
      } else {
        text(statement, index, *value);
      }
    }
  }

  void run_once() {
    id = std::to_string(next_id++);
    fresh.resize(script.fresh_text_count);
    for (std::string& one : fresh) {
      // As long as the program's index, 64 hexadecimal digits.
      one.clear();
      for (int part = 0; part < 4; ++part) {
        std::array<char, 17> digits{};
        std::snprintf(digits.data(), digits.size(), "%016llx", static_cast<unsigned long long>(random()));
        one += digits.data();
      }
    }
    for (std::size_t number = 0; number < prepared.size(); ++number) {
      bind(number);
      int code = SQLITE_ROW;
      while ((code = sqlite3_step(prepared[number])) == SQLITE_ROW) {
        if (script.statements[number].gives_returned) returned[number] = sqlite3_column_int64(prepared[number], 0);
      }
      check(code);
      check(sqlite3_reset(prepared[number]));
    }
  }

  sqlite3* database = nullptr;
  TransactionScript script;
  std::string county;
  std::string village;
  std::vector<sqlite3_stmt*> prepared;
  std::vector<std::vector<std::string>> bytes;  // decoded constants, by statement and parameter
  std::vector<std::int64_t> returned;
  std::vector<std::string> fresh;
  std::string id;
  std::int64_t next_id = 1'000'000'000'000'000'000;
  std::mt19937_64 random{20260101};
};

RawSqlite::RawSqlite(const std::filesystem::path& file, TransactionScript script, std::string county,
                     std::string village)
    : connection_(std::make_unique<Connection>(file, std::move(script), std::move(county), std::move(village))) {}

RawSqlite::~RawSqlite() = default;

RawSqliteResult RawSqlite::run(double seconds) {
  const double cpu_before = own_cpu_seconds();
  const Stopwatch stopwatch;
  std::size_t count = 0;
  for (; stopwatch.seconds() < seconds; ++count) connection_->run_once();
  const double taken = stopwatch.seconds();
  return {.per_second = static_cast<double>(count) / taken, .cpu_share = (own_cpu_seconds() - cpu_before) / taken};
}

}  // namespace jiuzhu::bench
