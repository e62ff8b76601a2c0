// The monthly work of a county with 131,072 benefits: taking the roster over, lists at any depth, a payment run, a new
// standard, a list as a file. One server does it all, so its memory at the end is that of the whole.

#include <array>
#include <ctime>
#include <fstream>
#include <thread>

#include "harness/desk.hpp"
#include "harness/installation.hpp"
#include "harness/timing.hpp"
#include "suites/county_roster.hpp"
#include "suites/suites.hpp"

namespace jiuzhu::bench {
namespace {

using http::Method;

constexpr int kHouseholds = 131'072;
constexpr int kSmallRoster = 1000;
constexpr int kListRounds = 3;
constexpr double kMemoryMostMib = 512;

std::string text_at(const json::Value& value, const char* name) { return *value.find(name)->as_text(); }
std::int64_t count_at(const json::Value& value, const char* name) { return *value.find(name)->as_int(); }

class County {
 public:
  County(Bench& bench, DatabaseKind kind)
      : bench_(bench),
        installation_(bench.settings, kind, kind == DatabaseKind::sqlite ? "county_sqlite" : "county_postgresql") {}

  void run() {
    make_accounts();
    const RunningServer server(installation_);
    for (const auto& [login, password] : passwords_) change_one_time_password(server.port(), login, password);
    Desk officer(server.port(), "officer", kPassword);
    Desk approver(server.port(), "approver", kPassword);
    Desk funds(server.port(), "funds", kPassword);
    const auto remember_memory = [&](const char* after) {
      bench_.report.raw(std::string("memory after ") + after,
                        json::Value().set("peak_mib", number(server.usage().peak_memory_mib)));
    };
    take_over(officer, approver);
    remember_memory("the roster");
    take_over_small_rosters();
    walk_list(officer);
    prepare_payments(funds, approver);
    remember_memory("the payment run");
    change_standard(officer, approver);
    remember_memory("the standard");
    export_list(officer);
    bench_.report.add({.name = "server memory, most",
                       .value = server.usage().peak_memory_mib,
                       .unit = "MiB",
                       .limit = at_most(kMemoryMostMib)});
  }

 private:
  void make_accounts() {
    for (const auto& [login, role] :
         {std::pair{"officer", "county_case_officer"}, {"approver", "county_approver"}, {"funds", "funds_officer"}}) {
      passwords_.emplace_back(login, installation_.create_user(login, role, "140302"));
    }
  }

  /// Checked and applied by the server's own jobs, as from the page.
  void take_over(Desk& officer, Desk& approver) {
    bench_.report.progress("taking over 131,072 households");
    const std::string csv = roster_of(0, kHouseholds);
    json::Value import = officer.upload("/roster/imports", "roster.csv", csv);
    const std::string path = "/roster/imports/140302/" + text_at(import, "id");
    const double checked = seconds_of([&] { import = wait_until(officer, path, "checked"); });
    const double applied = seconds_of([&] {
      approver.act(Method::post, path + "/application",
                   json::Value().set("extent", "all_or_nothing").set("payable_from", month_before(this_month())));
      import = wait_until(officer, path, "applied");
    });
    require(count_at(import, "applied_count") == kHouseholds, "the whole roster is taken over");
    require(count_at(import, "by_person_count") == 0, "all amounts are the rules'");
    add("roster of 131,072 households checked", checked, "s");
    add("roster of 131,072 households applied", applied, "s");
  }

  json::Value wait_until(Desk& desk, const std::string& path, const std::string& state) {
    for (;;) {
      json::Value import = desk.act(Method::get, path);
      const std::string now = text_at(import, "state");
      if (now == state) return import;
      require(now == "checking" || now == "applying", "the import goes on: " + now);
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }

  /// By the command, beside the server and into the full county; the start of the program is part of it.
  void take_over_small_rosters() {
    bench_.report.progress("taking over rosters of 1,000 households");
    std::vector<double> seconds;
    for (int round = 0; round < bench_.settings.rounds; ++round) {
      const auto file = installation_.folder() / ("small" + std::to_string(round) + ".csv");
      std::ofstream(file) << roster_of(kHouseholds + round * kSmallRoster, kSmallRoster);
      seconds.push_back(seconds_of(
          [&] { installation_.command({"import", "roster", file, "--login", "officer", "--approver", "approver"}); }));
      bench_.report.raw("small roster", json::Value().set("seconds", number(seconds.back())));
    }
    const Spread spread = spread_of(seconds);
    bench_.report.add({.name = "roster of 1,000 households, checked and applied",
                       .value = spread.median,
                       .unit = "s",
                       .limit = at_most(1),
                       .note = note_of(spread)});
    households_ = kHouseholds + bench_.settings.rounds * kSmallRoster;
  }

  /// Every page from the first to the last, so that depth has its share.
  void walk_list(Desk& officer) {
    bench_.report.progress("walking the list of benefits");
    std::vector<double> all;
    std::vector<double> deep;
    for (int round = 0; round < kListRounds; ++round) {
      std::string after;
      std::vector<double> pages;
      for (;;) {
        json::Value page;
        pages.push_back(1000 * seconds_of([&] {
                          page = officer.act(Method::get, "/awards" + (after.empty() ? "" : "?after=" + after));
                        }));
        const json::Value* next = page.find("next");
        if (!next || next->is_null()) break;
        after = *next->as_text();
      }
      require(static_cast<int>(pages.size()) >= households_ / 50, "the list has every benefit");
      all.insert(all.end(), pages.begin(), pages.end());
      deep.insert(deep.end(), pages.end() - static_cast<std::ptrdiff_t>(pages.size() / 10), pages.end());
    }
    const Spread spread = spread_of(all);
    add("page of the list of benefits, p95 at any depth", spread.p95, "ms", at_most(50), note_of(spread));
    add("the same among the last tenth of the pages", spread_of(deep).p95, "ms", at_most(50));
  }

  /// The first month after taking over brings every benefit into the payments' books; the second is one of many.
  void prepare_payments(Desk& funds, Desk& approver) {
    bench_.report.progress("preparing the payment runs of two months");
    const double first = prepare_payment(funds, approver, month_before(this_month()), kHouseholds);
    add("first payment run after taking over created", first, "s", at_most(5));
    add("monthly payment run created", prepare_payment(funds, approver, this_month(), households_), "s", at_most(5));
  }

  double prepare_payment(Desk& funds, Desk& approver, const std::string& month, int households) {
    json::Value run;
    const std::string base = "/counties/140302/payment-runs";
    const double seconds = seconds_of([&] {
      run = funds.act(Method::post, base, json::Value().set("programme", "urban_minimum_living").set("month", month));
    });
    require(count_at(run, "item_count") == households, "every household is paid");
    approver.act(Method::post, base + "/" + text_at(run, "id") + "/approval");
    return seconds;
  }

  void change_standard(Desk& officer, Desk& approver) {
    bench_.report.progress("working out a new standard");
    approver.act(Method::post, "/counties/140302/standards",
                 json::Value()
                     .set("programme", "urban_minimum_living")
                     .set("amount", "780.00")
                     .set("valid_from", this_month())
                     .set("document", "new standard of the benchmark"));
    json::Value change;
    const std::string base = "/counties/140302/standard-changes";
    const double worked_out = seconds_of([&] {
      change = officer.act(Method::post, base,
                           json::Value().set("programme", "urban_minimum_living").set("from_month", this_month()));
    });
    require(count_at(change, "raised_count") == households_, "every amount is raised");
    const double applied =
        seconds_of([&] { officer.act(Method::post, base + "/" + text_at(change, "id") + "/application"); });
    add("new standard worked out for all", worked_out, "s");
    add("new standard applied to all", applied, "s");
    add("new standard, both together", worked_out + applied, "s", at_most(10));
  }

  void export_list(Desk& officer) {
    bench_.report.progress("exporting the list of benefits");
    http::Reply reply;
    const double seconds = seconds_of([&] { reply = officer.send(Method::post, "/awards/export", "{}"); });
    require(reply.status == 200 && reply.body.starts_with("PK"), "the list is an XLSX file");
    add("list of benefits exported to XLSX", seconds, "s", at_most(15));
  }

  static std::string this_month() {
    const std::time_t now = std::time(nullptr) + 8 * 3600;  // China has no other time
    std::array<char, 16> text{};
    std::strftime(text.data(), text.size(), "%Y-%m", std::gmtime(&now));
    return text.data();
  }

  static std::string month_before(const std::string& month) {
    const int year = std::stoi(month.substr(0, 4));
    const int number = std::stoi(month.substr(5));
    if (number == 1) return std::to_string(year - 1) + "-12";
    const std::string before = std::to_string(number - 1);
    return std::to_string(year) + (before.size() == 1 ? "-0" : "-") + before;
  }

  static void require(bool holds, const std::string& what) {
    if (!holds) throw std::runtime_error("does not hold: " + what);
  }

  void add(const char* name, double value, const char* unit, std::optional<Limit> limit = {}, std::string note = {}) {
    bench_.report.raw(name, json::Value().set("value", number(value)));
    bench_.report.add({.name = name, .value = value, .unit = unit, .limit = limit, .note = std::move(note)});
  }

  Bench& bench_;
  Installation installation_;
  std::vector<std::pair<std::string, std::string>> passwords_;
  int households_ = 0;
};

}  // namespace

void run_county_on_sqlite(Bench& bench) { County(bench, DatabaseKind::sqlite).run(); }
void run_county_on_postgresql(Bench& bench) { County(bench, DatabaseKind::postgresql).run(); }

}  // namespace jiuzhu::bench
