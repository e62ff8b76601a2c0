#pragma once
// What every suite is given, and what a suite is. To add one: write suites/<name>.cpp, declare its function in
// suites/suites.hpp, name it in the table of main.cpp.

#include <filesystem>
#include <string>
#include <vector>

#include "harness/report.hpp"

namespace jiuzhu::bench {

struct Settings {
  std::filesystem::path program;  // build/jiuzhu
  std::filesystem::path folder;   // throw-away; removed at the end
  std::string postgresql = {};    // of tools/with-postgresql, "host=… user=… dbname=postgres"
  std::filesystem::path postgresql_log = {};
  int rounds = 5;
  double seconds = 5;  // of one measurement under load
  int connections = 32;
};

struct Bench {
  Settings settings;
  Report report;
};

struct Suite {
  const char* name;
  const char* measures;
  void (*run)(Bench&);
};

}  // namespace jiuzhu::bench
