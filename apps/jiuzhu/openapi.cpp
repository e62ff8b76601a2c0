#include <CLI/CLI.hpp>
#include <iostream>

#include "commands.hpp"
#include "web_api.hpp"

namespace jiuzhu {

void add_openapi(CLI::App& app, Settings& settings) {
  CLI::App* command = app.add_subcommand("openapi", "print the OpenAPI document of the HTTP API");
  command->callback([&settings] {
    const auto program = open_or_exit(settings, SchemaCheck::may_be_old);
    std::cout << json::print_pretty(WebApi(*program).openapi_document());
  });
}

}  // namespace jiuzhu
