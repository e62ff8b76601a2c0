// Measures the program against limits and against the plainest thing that does the same work; `make bench` calls it.
//   tools/with-postgresql build/bench [SUITE…]
// Exit code 0 when every limit holds, 1 when one is missed, 3 when something broke.

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <thread>

#include "base/text.hpp"
#include "harness/bench.hpp"
#include "suites/suites.hpp"

namespace jiuzhu::bench {
namespace {

constexpr std::array kSuites{
    Suite{"assessment", "a million households as columns", run_assessment_columns},
    Suite{"filing-postgresql", "applications over HTTP beside pgbench", run_filing_on_postgresql},
    Suite{"filing-sqlite", "applications over HTTP beside a plain sqlite3 loop", run_filing_on_sqlite},
    Suite{"county-sqlite", "the work of a county with 131,072 benefits", run_county_on_sqlite},
    Suite{"county-postgresql", "the same", run_county_on_postgresql},
};

std::string first_line_with(const char* file, const std::string& start) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(start)) return std::string(trim(line.substr(std::min(line.size(), line.find(':') + 1))));
  }
  return {};
}

std::string now_text() {
  const std::time_t now = std::time(nullptr);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&now));
  return text.data();
}

/// What the figures depend on; part of every run's head.
std::string machine() {
  std::string load;
  std::getline(std::ifstream("/proc/loadavg"), load);
  return std::to_string(std::thread::hardware_concurrency()) + " processors (" +
         first_line_with("/proc/cpuinfo", "model name") + "), memory " + first_line_with("/proc/meminfo", "MemTotal") +
         ", g++ " __VERSION__ ", load before: " + load;
}

/// Removed with everything in it at the end.
class ThrowAwayFolder {
 public:
  ThrowAwayFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "jiuzhu-bench.XXXXXX").string();
    if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
    path_ = pattern;
  }
  ~ThrowAwayFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ThrowAwayFolder(const ThrowAwayFolder&) = delete;
  ThrowAwayFolder& operator=(const ThrowAwayFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

std::string from_environment(const char* name) {
  const char* value = std::getenv(name);
  if (!value) throw std::runtime_error(std::string(name) + " is not set; run through tools/with-postgresql");
  return value;
}

int run(const std::vector<std::string>& wanted, Settings settings, const std::filesystem::path& raw_file) {
  const ThrowAwayFolder folder;
  settings.folder = folder.path();
  settings.postgresql = from_environment("JIUZHU_TEST_POSTGRESQL");
  settings.postgresql_log = from_environment("JIUZHU_TEST_POSTGRESQL_LOG");
  const std::string started = now_text();
  Bench bench{settings, Report(raw_file, started)};
  bench.report.raw("machine", json::Value()
                                  .set("machine", machine())
                                  .set("rounds", settings.rounds)
                                  .set("seconds", number(settings.seconds))
                                  .set("connections", settings.connections));
  std::cout << started << "\n" << machine() << "\n" << std::flush;
  for (const Suite& suite : kSuites) {
    if (!wanted.empty() && std::ranges::find(wanted, suite.name) == wanted.end()) continue;
    bench.report.begin_suite(suite.name);
    suite.run(bench);
  }
  bench.report.print(std::cout);
  const bool do_all_hold = bench.report.do_all_limits_hold();
  std::cout << "\n"
            << (do_all_hold ? "every limit holds" : "a limit is missed") << "; raw figures: " << raw_file.string()
            << "\n";
  return do_all_hold ? 0 : 1;
}

}  // namespace
}  // namespace jiuzhu::bench

int main(int argc, char** argv) {
  using namespace jiuzhu::bench;
  CLI::App app("measures jiuzhu against its limits; needs tools/with-postgresql around it");
  const std::filesystem::path here = std::filesystem::absolute(argv[0]).parent_path();
  Settings settings{.program = here / "jiuzhu"};
  std::filesystem::path raw_file = here / "bench.jsonl";
  std::vector<std::string> wanted;
  std::vector<std::string> names;
  std::string described = "suites to run, all when absent:";
  for (const Suite& suite : kSuites) {
    names.emplace_back(suite.name);
    described += std::string("\n") + suite.name + ": " + suite.measures;
  }
  app.add_option("suites", wanted, described)->check(CLI::IsMember(names));
  app.add_option("--program", settings.program, "the jiuzhu to measure")->check(CLI::ExistingFile);
  app.add_option("--rounds", settings.rounds, "how often each pair is measured")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_option("--seconds", settings.seconds, "length of one measurement under load")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
  app.add_option("--connections", settings.connections, "HTTP connections, and clients of pgbench")
      ->check(CLI::Range(1, 150))
      ->capture_default_str();
  app.add_option("--raw", raw_file, "file that raw figures are appended to, as JSON lines")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  try {
    return run(wanted, settings, raw_file);
  } catch (const std::exception& error) {
    std::cerr << "bench: " << error.what() << std::endl;
    return 3;
  }
}
