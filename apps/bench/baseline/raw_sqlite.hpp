#pragma once
// The plainest loop that SQLite allows: one connection, one thread, statements prepared once, the pragmas of the
// program, nothing but sqlite3_bind, sqlite3_step and sqlite3_reset.

#include <cstdint>
#include <filesystem>
#include <memory>

#include "baseline/transaction_script.hpp"

namespace jiuzhu::bench {

struct RawSqliteResult {
  double per_second = 0;
  double cpu_share = 0;
};

class RawSqlite {
 public:
  /// `file` holds the program's schema.
  RawSqlite(const std::filesystem::path& file, TransactionScript script, std::string county, std::string village);
  ~RawSqlite();
  RawSqlite(const RawSqlite&) = delete;
  RawSqlite& operator=(const RawSqlite&) = delete;

  RawSqliteResult run(double seconds);

 private:
  struct Connection;
  std::unique_ptr<Connection> connection_;
};

}  // namespace jiuzhu::bench
