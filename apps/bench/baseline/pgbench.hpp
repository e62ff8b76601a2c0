#pragma once
// PostgreSQL's own load generator (-M prepared) on a transaction script.

#include <filesystem>
#include <string>
#include <vector>

#include "baseline/transaction_script.hpp"
#include "harness/bench.hpp"

namespace jiuzhu::bench {

struct PlacePair {
  std::string county;
  std::string village;
};

struct PgbenchResult {
  double per_second = 0;
  double generator_cpus = 0;     // processors that pgbench itself kept busy
  double generator_cpu_ms = 0;   // of pgbench, for one transaction
  double postgresql_cpu_ms = 0;  // of the server, for one transaction
};

struct PgbenchRun {
  std::string database;           // name of the database of the throw-away server
  std::vector<PlacePair> places;  // clients take them in turn
  int connections = 32;
  int seconds = 5;
  std::int64_t first_id = 0;  // ids of one run must not meet those of another
};

PgbenchResult run_pgbench(const Settings& settings, const TransactionScript& script, const PgbenchRun& run);

}  // namespace jiuzhu::bench
