// Applications filed over HTTP on SQLite, beside a plain sqlite3 loop with the same statements and the same pragmas on
// a copy of the same file. SQLite has one writer at a time, so the loop has one connection: more would only queue.

#include "baseline/raw_sqlite.hpp"
#include "suites/filing_load.hpp"
#include "suites/filing_script.hpp"
#include "suites/suites.hpp"

namespace jiuzhu::bench {
namespace {

constexpr double kRatioLeast = 0.6;
constexpr double kServerMemoryMostMib = 512;

class FilingOnSqlite {
 public:
  explicit FilingOnSqlite(Bench& bench)
      : bench_(bench), settings_(bench.settings), installation_(settings_, DatabaseKind::sqlite, "filing_sqlite") {}

  void run() {
    bench_.report.progress("capturing the statements of one filing");
    const TransactionScript script = capture_filing(settings_, bodies_);
    bench_.report.progress("filling two twin files");
    fill();
    const auto& place = filing_places().front();
    RawSqlite raw(twin(), with_session_of(script, "sqlite:" + twin().string()), place.county, place.village);
    const RunningServer server(installation_);
    const auto desks = filing_desks(server.port(), settings_.connections, 1);
    run_filing_load(bodies_, desks, 1, 1);  // warm-up
    std::vector<double> http;
    std::vector<double> loop;
    std::vector<double> ratio;
    std::vector<double> p95;
    for (int round = 0; round < settings_.rounds; ++round) {
      if (round % 2 == 0) loop.push_back(measure_raw(raw));
      const double cpu_before = server.usage().cpu_seconds;
      const LoadResult load = run_filing_load(bodies_, desks, 1, settings_.seconds);
      http.push_back(load.per_second());
      p95.push_back(load.latency_ms.p95);
      bench_.report.raw("http",
                        json::Value()
                            .set("per_second", number(load.per_second()))
                            .set("median_ms", number(load.latency_ms.median))
                            .set("p95_ms", number(load.latency_ms.p95))
                            .set("p99_ms", number(load.latency_ms.p99))
                            .set("generator_cpus", number(load.generator_cpu_seconds / load.seconds))
                            .set("server_cpus", number((server.usage().cpu_seconds - cpu_before) / load.seconds)));
      if (round % 2 == 1) loop.push_back(measure_raw(raw));
      ratio.push_back(http.back() / loop.back());
    }
    add("filed over HTTP, one county", "/s", http);
    add("filing takes, p95", "ms", p95);
    add("plain sqlite3 loop", "/s", loop);
    add("ratio to the plain loop", "", ratio, at_least(kRatioLeast));
    bench_.report.add({.name = "server memory, most",
                       .value = server.usage().peak_memory_mib,
                       .unit = "MiB",
                       .limit = at_most(kServerMemoryMostMib)});
    bench_.report.progress("verifying the audit chain of what was filed");
    installation_.command({"audit", "verify"});
  }

 private:
  std::filesystem::path twin() const { return settings_.folder / "filing_raw.db"; }

  void fill() {
    const OneTimePasswords passwords = create_filing_users(installation_);
    {
      const RunningServer server(installation_);
      activate_filing_users(server.port(), passwords);
      run_filing_load(bodies_, filing_desks(server.port(), 8, 4), 4, 3);
    }
    // The last connection that closes moves the write-ahead log into the file, so the file alone is the database.
    std::filesystem::copy_file(installation_.folder() / "jiuzhu.db", twin());
  }

  double measure_raw(RawSqlite& raw) {
    const RawSqliteResult result = raw.run(settings_.seconds);
    bench_.report.raw("plain loop",
                      json::Value().set("per_second", number(result.per_second)).set("cpus", number(result.cpu_share)));
    return result.per_second;
  }

  void add(const char* name, const char* unit, const std::vector<double>& values, std::optional<Limit> limit = {}) {
    const Spread spread = spread_of(values);
    bench_.report.add({.name = name, .value = spread.median, .unit = unit, .limit = limit, .note = note_of(spread)});
  }

  Bench& bench_;
  const Settings& settings_;
  Installation installation_;
  FilingBodies bodies_;
};

}  // namespace

void run_filing_on_sqlite(Bench& bench) { FilingOnSqlite(bench).run(); }

}  // namespace jiuzhu::bench
