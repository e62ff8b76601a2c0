#include "modules/cases/road.hpp"

#include <CLI/CLI.hpp>
#include <iostream>

#include "commands.hpp"

namespace jiuzhu {

void add_road(CLI::App& app) {
  app.add_subcommand("road", "print the map of an application's states (docs/road.md)")->callback([] {
    std::cout << cases::draw_road();
  });
}

}  // namespace jiuzhu
