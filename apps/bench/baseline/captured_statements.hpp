#pragma once
// What the program really sends to PostgreSQL for one request, read from the server's log (log_statement=all), so that
// the baselines repeat exactly that and follow the program when it changes.

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/bench.hpp"

namespace jiuzhu::bench {

struct CapturedStatement {
  std::string sql;                                          // with $1, $2, …
  std::vector<std::optional<std::string>> parameters = {};  // as the log prints them; nothing for null
};

/// Every statement that was executed while `act` ran, in order, `begin` and `commit` included. Nobody else may use the
/// server meanwhile. The program must be connected to logging_address().
std::vector<CapturedStatement> capture_statements(const Settings& settings, const std::function<void()>& act);

/// The connection string that makes the server log everything this connection sends.
std::string logging_address(const std::string& address);

/// The columns of "insert into TABLE (a, b) values (…)" in the order of its parameters; nothing for other statements.
struct InsertShape {
  std::string table;
  std::vector<std::string> columns;
};
std::optional<InsertShape> insert_shape(const std::string& sql);

/// The statement with every $n replaced by what `replacement(n)` gives; n counts from 1.
std::string with_parameters(const std::string& sql, const std::function<std::string(std::size_t)>& replacement);

}  // namespace jiuzhu::bench
