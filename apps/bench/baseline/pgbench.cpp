#include "baseline/pgbench.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <stdexcept>
#include <thread>

#include "base/text.hpp"
#include "harness/child_process.hpp"
#include "harness/postgresql.hpp"

namespace jiuzhu::bench {
namespace {

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
      return value ? ":" + constant(*value) : std::string("null");
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

double number_after(const std::string& output, const std::string& words) {
  const auto at = output.find(words);
  if (at == std::string::npos) throw std::runtime_error("pgbench printed no \"" + words + "\":\n" + output);
  return std::stod(output.substr(at + words.size()));
}

}  // namespace

PgbenchResult run_pgbench(const Settings& settings, const TransactionScript& script, const PgbenchRun& run) {
  const PgbenchScript pgbench(script, run.places);
  const auto file = settings.folder / "filing.pgbench";
  std::ofstream(file) << pgbench.text();
  const unsigned threads = std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::string> command{"pgbench",
                                   "--no-vacuum",
                                   "--protocol=prepared",
                                   "--client=" + std::to_string(run.connections),
                                   "--jobs=" + std::to_string(threads),
                                   "--time=" + std::to_string(run.seconds),
                                   "--file=" + file.string(),
                                   "--define=n=" + std::to_string(run.first_id)};
  for (const std::string& constant : pgbench.constants()) command.push_back("--define=" + constant);
  command.push_back(postgresql_address(settings, run.database));
  const double cpu_before = ended_children_cpu_seconds();
  const std::string output = output_of(command, settings.folder / "pgbench.errors");
  if (number_after(output, "number of failed transactions: ") > 0) {
    throw std::runtime_error("pgbench's transactions failed:\n" + output);
  }
  return {.per_second = number_after(output, "tps = "),
          .latency_average_ms = number_after(output, "latency average = "),
          .count = static_cast<std::int64_t>(number_after(output, "number of transactions actually processed: ")),
          .generator_cpu_seconds = ended_children_cpu_seconds() - cpu_before};
}

}  // namespace jiuzhu::bench
