#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <sstream>

#include "commands.hpp"
#include "modules/regions/region_directory.hpp"
#include "platform/embedded/embedded.hpp"

namespace jiuzhu {
namespace {

std::string read_places(const std::string& path) {
  if (path.empty()) return std::string(embedded::find(embedded::policy(), "regions/140000.csv").value_or(""));
  std::stringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace

void add_regions(CLI::App& app, Settings& settings) {
  CLI::App* command = app.add_subcommand("regions", "the dictionary of places, from province to village");
  command->require_subcommand(1);
  CLI::App* import = command->add_subcommand("import", "bring the dictionary to a CSV file (code,name,parent)");
  auto path = std::make_shared<std::string>();
  import
      ->add_option("file", *path,
                   "made by tools/regions/export.mjs; any part of the country or all of it. Without a file: 山西省, "
                   "which is part of the program")
      ->check(CLI::ExistingFile);
  import->callback([&settings, path] {
    const auto program = open_or_exit(settings, SchemaCheck::must_be_current);
    const auto report =
        value_or_exit(regions::import_regions(program->database(), read_places(*path), program->clock().today()),
                      program->messages());
    std::cout << report.rows << " rows: " << report.added << " added, " << report.renamed << " renamed, "
              << report.ended << " ended\n";
  });
}

}  // namespace jiuzhu
