#include <CLI/CLI.hpp>
#include <iostream>

#include "commands.hpp"

namespace jiuzhu {

void add_migrate(CLI::App& app, Settings& settings) {
  CLI::App* command = app.add_subcommand("migrate", "bring the database to this program's schema (forward only)");
  auto only_list = std::make_shared<bool>(false);
  command->add_flag("--list", *only_list, "only list what is missing");
  command->callback([&settings, only_list] {
    const auto program = open_or_exit(settings, SchemaCheck::may_be_old);
    if (*only_list) {
      for (const std::string& name : db::missing_migrations(program->database(), all_migrations())) {
        std::cout << name << '\n';
      }
      return;
    }
    const auto report =
        value_or_exit(db::migrate(program->database(), all_migrations(), program->clock().now()), program->messages());
    for (const std::string& name : report.applied) std::cout << "applied " << name << '\n';
    std::cout << report.applied.size() << " applied, " << report.already_applied << " already there\n";
  });
}

}  // namespace jiuzhu
