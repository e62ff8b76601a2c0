#include "modules/assessment/assess_command.hpp"

#include <CLI/CLI.hpp>
#include <iostream>

#include "commands.hpp"

namespace jiuzhu {
namespace {

using Run = std::function<int(const std::vector<std::string>&)>;

/// A command that reads its own words, --help among them: it is also used without the rest of the program.
void add_plain(CLI::App& app, const char* name, const char* description, Run run) {
  CLI::App* command = app.add_subcommand(name, description);
  command->set_help_flag();
  command->prefix_command();
  command->callback([command, run = std::move(run)] {
    if (const int code = run(command->remaining()); code != kDone) throw Exit{code};
  });
}

}  // namespace

void add_assess(CLI::App& app) {
  add_plain(app, "assess", "judge households by the rules of their date (JSON in, decision out)",
            [](const auto& args) { return assessment::run_assess(args, std::cin, std::cout, std::cerr); });
  add_plain(app, "policy", "list, show and check the law as data",
            [](const auto& args) { return assessment::run_policy(args, std::cout, std::cerr); });
}

}  // namespace jiuzhu
