#include <CLI/CLI.hpp>
#include <iostream>

#include "installation.hpp"
#include "modules/operations/reseal.hpp"
#include "stored_columns.hpp"

namespace jiuzhu {
namespace {

void rotate(const Settings& settings) {
  const auto program = open_existing_or_exit(settings);
  done_or_exit(program->vault().rotate(program->random()), program->messages());
  std::cout << program->messages().text(terminal_language(), "keys.rotated",
                                        {{"version", std::to_string(program->vault().current_version())},
                                         {"path", settings.key_file_path()}})
            << '\n';
}

void reseal(const Settings& settings) {
  const auto program = open_existing_or_exit(settings);
  const Messages& messages = program->messages();
  const Language language = terminal_language();
  const auto report = value_or_exit(operations::reseal(program->surroundings(), sealed_columns(),
                                                       [&](std::int64_t done, std::int64_t total) {
                                                         std::cerr << messages.text(language, "keys.resealing",
                                                                                    {{"done", std::to_string(done)},
                                                                                     {"total", std::to_string(total)}})
                                                                   << std::endl;
                                                       }),
                                    messages);
  std::int64_t total = 0;
  for (const auto& [column, count] : report.resealed) {
    std::cout << column << ' ' << count << '\n';
    total += count;
  }
  std::cout << messages.text(language, "keys.resealed",
                             {{"count", std::to_string(total)},
                              {"meanwhile", std::to_string(report.written_meanwhile)},
                              {"version", std::to_string(report.version)}})
            << '\n';
  if (report.unreadable == 0) return;
  std::cerr << messages.text(language, "keys.unreadable", {{"count", std::to_string(report.unreadable)}}) << '\n';
  throw Exit{kRefused};
}

}  // namespace

void add_keys(CLI::App& app, Settings& settings) {
  CLI::App* command = app.add_subcommand("keys", "the key file that seals personal identifiers");
  command->require_subcommand(1);
  command->add_subcommand("rotate", "add a new key, used from now on; the older ones still open")
      ->callback([&settings] { rotate(settings); });
  command->add_subcommand("reseal", "seal everything under the newest key; may be broken off and run again")
      ->callback([&settings] { reseal(settings); });
}

}  // namespace jiuzhu
