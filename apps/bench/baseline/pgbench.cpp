#include "baseline/pgbench.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "base/text.hpp"
#include "harness/child_process.hpp"
#include "harness/postgresql.hpp"
#include "harness/timing.hpp"

namespace jiuzhu::bench {
namespace {

// Its connections are new in every run, while the program's are kept: until each has read the catalogue and prepared
// its statements, nothing is counted.
constexpr int kWarmUpSeconds = 2;

/// pgbench has no text expressions, only numbers: an id and a citizen's index become texts of digits. Constants are
/// variables set on the command line, so that they travel as parameters, as the program's do.
class PgbenchScript {
 public:
  PgbenchScript(const TransactionScript& script, const std::vector<PlacePair>& places) {
    text_ += "\\set n :n + 1\n\\set fresh_id :n * 1000 + :client_id\n";
    text_ += "\\set county " + choose(places, &PlacePair::county) + "\n";
    text_ += "\\set village " + choose(places, &PlacePair::village) + "\n";
    for (std::size_t i = 0; i < script.fresh_text_count; ++i) {
      text_ += "\\set fresh_text_" + std::to_string(i) + " random(1000000000000000000, 9223372036854775807)\n";
    }
    for (std::size_t i = 0; i < script.statements.size(); ++i) add(i, script);
  }

  const std::string& text() const { return text_; }
  /// "name=value" for -D.
  std::vector<std::string> constants() const {
    std::vector<std::string> all;
    for (const auto& [value, name] : names_) all.push_back(name + "=" + value);
    return all;
  }

 private:
  static std::string choose(const std::vector<PlacePair>& places, std::string PlacePair::* part) {
    if (places.size() == 1) return places[0].*part;
    std::string text = "case";
    for (std::size_t i = 0; i < places.size(); ++i) {
      text += " when mod(:client_id, " + std::to_string(places.size()) + ") = " + std::to_string(i) + " then " +
              places[i].*part;
    }
    return text + " end";
  }

  void add(std::size_t number, const TransactionScript& script) {
    const ScriptStatement& statement = script.statements[number];
    text_ += with_parameters(statement.sql, [&](std::size_t n) {
      const auto& parameter = statement.parameters.at(n - 1);
      if (const auto* place = std::get_if<Place>(&parameter)) return variable(*place, script);
      const auto& value = std::get<Constant>(parameter).value;
      if (!value) return std::string("null");
      return value->empty() ? "''" : ":" + constant(*value);  // -D takes no empty value
    });
    text_ += statement.gives_returned ? " \\gset r" + std::to_string(number) + "_\n" : ";\n";
  }

  static std::string variable(const Place& place, const TransactionScript& script) {
    switch (place.variable) {
      case Variable::county: return ":county";
      case Variable::village: return ":village";
      case Variable::fresh_id: return ":fresh_id";
      case Variable::fresh_text: return ":fresh_text_" + std::to_string(place.index);
      case Variable::returned: break;
    }
    return ":r" + std::to_string(place.index) + "_" + first_column_of(script.statements[place.index].sql);
  }

  static std::string first_column_of(const std::string& sql) {
    constexpr std::string_view kReturning = " returning ";
    const auto at = sql.find(kReturning);
    if (at == std::string::npos) throw std::runtime_error("this statement returns nothing: " + sql);
    const std::string rest = sql.substr(at + kReturning.size());
    return std::string(trim(rest.substr(0, rest.find(','))));
  }

  std::string constant(const std::string& value) {
    return names_.try_emplace(value, "c" + std::to_string(names_.size())).first->second;
  }

  std::string text_;
  std::map<std::string, std::string> names_;
};

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

double number_after(const std::string& output, const std::string& words) {
  const auto at = output.find(words);
  if (at == std::string::npos) throw std::runtime_error("pgbench printed no \"" + words + "\":\n" + output);
  return std::stod(output.substr(at + words.size()));
}

/// The mean of "progress: 4.0 s, 512.3 tps, lat …", each over its own interval, without those of the warm-up.
double rate_after_warm_up(const std::string& progress) {
  std::istringstream lines(progress);
  double count = 0;
  double last = 0;
  double warm = 0;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("progress: ")) continue;
    const double time = number_after(line, "progress: ");
    const double rate = number_after(line, " s, ");
    if (time < kWarmUpSeconds + 0.5) {
      warm = time;
    } else {
      count += rate * (time - last);
    }
    last = time;
  }
  if (last <= warm) throw std::runtime_error("pgbench reported no progress after its warm-up:\n" + progress);
  return count / (last - warm);
}

}  // namespace

PgbenchResult run_pgbench(const Settings& settings, const TransactionScript& script, const PgbenchRun& run) {
  const PgbenchScript pgbench(script, run.places);
  const auto file = settings.folder / "filing_script";
  const auto progress = settings.folder / ("pgbench_progress_" + std::to_string(run.first_id));
  std::ofstream(file) << pgbench.text();
  const unsigned threads = std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::string> command{"pgbench",
                                   "--no-vacuum",
                                   "--protocol=prepared",
                                   "--client=" + std::to_string(run.connections),
                                   "--jobs=" + std::to_string(threads),
                                   "--time=" + std::to_string(kWarmUpSeconds + run.seconds),
                                   "--progress=1",
                                   "--file=" + file.string(),
                                   "--define=n=" + std::to_string(run.first_id)};
  for (const std::string& constant : pgbench.constants()) command.push_back("--define=" + constant);
  command.push_back(postgresql_address(settings, run.database));
  ChildProcess child(command, progress);
  std::this_thread::sleep_for(std::chrono::seconds(kWarmUpSeconds));
  const Stopwatch stopwatch;
  const double generator_before = child.usage().cpu_seconds;
  const double postgresql_before = postgresql_cpu_seconds(settings);
  std::this_thread::sleep_for(std::chrono::milliseconds(1000 * run.seconds - 300));
  const double seconds = stopwatch.seconds();
  const double generator_cpus = (child.usage().cpu_seconds - generator_before) / seconds;
  const double postgresql_cpus = (postgresql_cpu_seconds(settings) - postgresql_before) / seconds;
  const std::string output = child.read_all();
  if (child.wait() != 0 || number_after(output, "number of failed transactions: ") > 0) {
    throw std::runtime_error("pgbench's transactions failed:\n" + output + text_of(progress));
  }
  const double per_second = rate_after_warm_up(text_of(progress));
  return {.per_second = per_second,
          .generator_cpus = generator_cpus,
          .generator_cpu_ms = generator_cpus * 1000 / per_second,
          .postgresql_cpu_ms = postgresql_cpus * 1000 / per_second};
}

}  // namespace jiuzhu::bench
