#pragma once
// Each function adds one command to the command line. The callbacks throw Exit with the code to end with.

#include <memory>
#include <optional>
#include <span>

#include "program.hpp"

namespace CLI {
class App;
}

namespace jiuzhu {

struct Exit {
  int code;
};

/// Opens the program or reports why not and exits.
std::unique_ptr<Program> open_or_exit(const Settings& settings, SchemaCheck check);

/// The value, or a report and an exit.
template <class T>
T value_or_exit(Result<T> result, const Messages& messages);
void done_or_exit(const Status& status, const Messages& messages);
[[noreturn]] void exit_with(const Error& error, const Messages& messages);

template <class T>
T value_or_exit(Result<T> result, const Messages& messages) {
  if (!result) exit_with(result.error(), messages);
  return std::move(*result);
}

void add_serve(CLI::App& app, Settings& settings);
void add_migrate(CLI::App& app, Settings& settings);
void add_user(CLI::App& app, Settings& settings);
void add_audit(CLI::App& app, Settings& settings);
void add_openapi(CLI::App& app, Settings& settings);
void add_road(CLI::App& app);
void add_sieve(CLI::App& app);
/// `assess` and `policy` need no settings, no data folder and no database, and read their own words. Nothing for
/// others.
std::optional<int> run_plain_command(std::span<char* const> words);
void add_regions(CLI::App& app, Settings& settings);
void add_demo(CLI::App& app, Settings& settings);
void add_demo_city(CLI::App& app);
void add_import(CLI::App& app, Settings& settings);
void add_export(CLI::App& app, Settings& settings);
void add_backup(CLI::App& app, Settings& settings);
void add_restore(CLI::App& app, Settings& settings);
void add_doctor(CLI::App& app, Settings& settings);
void add_keys(CLI::App& app, Settings& settings);

}  // namespace jiuzhu
