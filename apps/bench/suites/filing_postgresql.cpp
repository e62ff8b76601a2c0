// Applications filed over HTTP, beside pgbench with the same statements in the same transactions on the same
// PostgreSQL. Both databases are twins, and the two take turns, so that both meet the same machine.

#include <algorithm>
#include <map>

#include "baseline/pgbench.hpp"
#include "harness/postgresql.hpp"
#include "suites/filing_load.hpp"
#include "suites/filing_script.hpp"
#include "suites/suites.hpp"

namespace jiuzhu::bench {
namespace {

constexpr double kRatioLeast = 0.6;
constexpr double kServerMemoryMostMib = 512;
// Thirty-two clients that queue for one lock can be slower than eight, and eight is what the program opens: pgbench is
// measured with both, and the ratio is taken to the better one.
constexpr int kProgramConnections = 8;
constexpr const char* kTwin = "filing_pgbench";

struct Rounds {
  std::vector<double> http;
  std::vector<double> pgbench;
  std::vector<double> pgbench_few;
  std::vector<double> ratio;
  std::vector<double> p95_ms;
  std::vector<double> http_cpu_ms;     // program and PostgreSQL, for one filing
  std::vector<double> pgbench_cpu_ms;  // pgbench and PostgreSQL, for one transaction
};

class FilingOnPostgresql {
 public:
  explicit FilingOnPostgresql(Bench& bench)
      : bench_(bench), settings_(bench.settings), installation_(settings_, DatabaseKind::postgresql, "filing") {}

  void run() {
    bench_.report.progress("capturing the statements of one filing");
    script_ = capture_filing(settings_, bodies_);
    bench_.report.progress("filling two twin databases");
    fill();
    script_ = with_session_of(std::move(script_), postgresql_address(settings_, kTwin));
    const RunningServer server(installation_);
    for (const std::size_t county_count : {1U, 4U}) {
      desks_[county_count] = filing_desks(server.port(), settings_.connections, county_count);
    }
    for (const auto& [county_count, desks] : desks_) run_filing_load(bodies_, desks, county_count, 1);  // warm-up
    checkpoint(settings_);
    for (int round = 0; round < settings_.rounds; ++round) {
      for (const std::size_t county_count : {1U, 4U}) measure(server, round, county_count);
    }
    report(server);
  }

 private:
  /// Plans made for empty tables would favour whoever comes second.
  void fill() {
    const OneTimePasswords passwords = create_filing_users(installation_);
    {
      const RunningServer server(installation_);
      activate_filing_users(server.port(), passwords);
      const auto desks = filing_desks(server.port(), 8, 4);
      run_filing_load(bodies_, desks, 4, 3);
    }
    copy_postgresql_database(settings_, installation_.name(), kTwin);
    vacuum_analyze(settings_, installation_.name());
    vacuum_analyze(settings_, kTwin);
  }

  void measure(const RunningServer& server, int round, std::size_t county_count) {
    // Who goes first changes from round to round.
    double http = 0;
    if (round % 2 == 0) http = measure_http(server, county_count);
    const double as_many = measure_pgbench(county_count, settings_.connections);
    const double few = measure_pgbench(county_count, kProgramConnections);
    if (round % 2 == 1) http = measure_http(server, county_count);
    Rounds& rounds = rounds_[county_count];
    rounds.http.push_back(http);
    rounds.pgbench.push_back(as_many);
    rounds.pgbench_few.push_back(few);
    rounds.ratio.push_back(http / std::max(as_many, few));
  }

  double measure_http(const RunningServer& server, std::size_t county_count) {
    Rounds& rounds = rounds_[county_count];
    const double server_before = server.usage().cpu_seconds;
    const double postgresql_before = postgresql_cpu_seconds(settings_);
    const LoadResult load = run_filing_load(bodies_, desks_[county_count], county_count, settings_.seconds);
    const double server_cpu = server.usage().cpu_seconds - server_before;
    const double postgresql_cpu = postgresql_cpu_seconds(settings_) - postgresql_before;
    const auto count = static_cast<double>(load.count);
    rounds.p95_ms.push_back(load.latency_ms.p95);
    rounds.http_cpu_ms.push_back((server_cpu + postgresql_cpu) * 1000 / count);
    bench_.report.raw("http", json::Value()
                                  .set("counties", county_count)
                                  .set("per_second", number(load.per_second()))
                                  .set("median_ms", number(load.latency_ms.median))
                                  .set("p95_ms", number(load.latency_ms.p95))
                                  .set("p99_ms", number(load.latency_ms.p99))
                                  .set("generator_cpu_ms_each", number(load.generator_cpu_seconds * 1000 / count))
                                  .set("server_cpu_ms_each", number(server_cpu * 1000 / count))
                                  .set("postgresql_cpu_ms_each", number(postgresql_cpu * 1000 / count))
                                  .set("generator_cpus", number(load.generator_cpu_seconds / load.seconds)));
    return load.per_second();
  }

  double measure_pgbench(std::size_t county_count, int connections) {
    const auto& all = filing_places();
    const PgbenchResult result =
        run_pgbench(settings_, script_,
                    {.database = kTwin,
                     .places = {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(county_count)},
                     .connections = connections,
                     .seconds = std::max(2, static_cast<int>(settings_.seconds + 0.5)),
                     .first_id = (pgbench_runs_++ + 1) * 1'000'000'000'000});
    rounds_[county_count].pgbench_cpu_ms.push_back(result.generator_cpu_ms + result.postgresql_cpu_ms);
    bench_.report.raw("pgbench", json::Value()
                                     .set("counties", county_count)
                                     .set("clients", connections)
                                     .set("per_second", number(result.per_second))
                                     .set("generator_cpu_ms_each", number(result.generator_cpu_ms))
                                     .set("postgresql_cpu_ms_each", number(result.postgresql_cpu_ms))
                                     .set("generator_cpus", number(result.generator_cpus)));
    return result.per_second;
  }

  void report(const RunningServer& server) {
    for (const auto& [county_count, rounds] : rounds_) {
      const std::string where = county_count == 1 ? "one county" : std::to_string(county_count) + " counties";
      add("filed over HTTP, " + where, "/s", rounds.http);
      add("pgbench, " + std::to_string(settings_.connections) + " clients, " + where, "/s", rounds.pgbench);
      add("pgbench, " + std::to_string(kProgramConnections) + " clients, " + where, "/s", rounds.pgbench_few);
      add("ratio to the better pgbench, " + where, "", rounds.ratio, at_least(kRatioLeast));
      add("a filing takes, p95, " + where, "ms", rounds.p95_ms);
      add("processor time: program and PostgreSQL, " + where, "ms", rounds.http_cpu_ms);
      add("processor time: pgbench and PostgreSQL, " + where, "ms", rounds.pgbench_cpu_ms);
    }
    bench_.report.add({.name = "server memory, most",
                       .value = server.usage().peak_memory_mib,
                       .unit = "MiB",
                       .limit = at_most(kServerMemoryMostMib)});
    bench_.report.progress("verifying the audit chains of what was filed");
    installation_.command({"audit", "verify"});
  }

  void add(std::string name, const char* unit, const std::vector<double>& values, std::optional<Limit> limit = {}) {
    const Spread spread = spread_of(values);
    bench_.report.add(
        {.name = std::move(name), .value = spread.median, .unit = unit, .limit = limit, .note = note_of(spread)});
  }

  Bench& bench_;
  const Settings& settings_;
  Installation installation_;
  FilingBodies bodies_;
  TransactionScript script_;
  std::map<std::size_t, std::vector<std::unique_ptr<Desk>>> desks_;  // by number of counties
  std::map<std::size_t, Rounds> rounds_;
  std::int64_t pgbench_runs_ = 0;
};

}  // namespace

void run_filing_on_postgresql(Bench& bench) { FilingOnPostgresql(bench).run(); }

}  // namespace jiuzhu::bench
