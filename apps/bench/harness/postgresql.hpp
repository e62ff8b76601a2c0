#pragma once
// The throw-away PostgreSQL of tools/with-postgresql, seen by its owner.

#include <string>
#include <vector>

#include "harness/bench.hpp"

namespace jiuzhu::bench {

/// The connection string of one database of the throw-away server.
std::string postgresql_address(const Settings& settings, const std::string& database);

void create_postgresql_database(const Settings& settings, const std::string& name);
/// A twin with the same content; nobody may be connected to `original`.
void copy_postgresql_database(const Settings& settings, const std::string& original, const std::string& copy);
/// Statistics as autovacuum would keep them, so that no plan was made for empty tables.
void vacuum_analyze(const Settings& settings, const std::string& database);
/// A checkpoint now, so that none falls into a measurement by chance.
void checkpoint(const Settings& settings);

/// Processor time of all its processes so far: under load by others it says more than the clock does.
double postgresql_cpu_seconds(const Settings& settings);

/// The types of a statement's parameters ("text", "bigint", "bytea"), as the server infers them.
std::vector<std::vector<std::string>> parameter_types(const Settings& settings, const std::string& database,
                                                      const std::vector<std::string>& statements);

}  // namespace jiuzhu::bench
