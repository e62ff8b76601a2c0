// How fast the columnar kernel is on a million households, beside two ways of going one by one: assess() with its full
// trace, and a plain loop over rows with the same arithmetic and no rules. No database, no clock in the measured code.

#include <functional>
#include <stdexcept>
#include <vector>

#include "engines/policy/columns.hpp"
#include "harness/timing.hpp"
#include "kernel/policy_files/policy_files.hpp"
#include "suites/suites.hpp"

namespace jiuzhu::bench {
namespace {

using namespace policy;

constexpr std::size_t kDistinct = 5'000;
constexpr std::size_t kHouseholds = 1'000'000;
constexpr double kKernelMostSeconds = 0.10;

/// Two persons, one or two incomes, some savings; the same every time.
std::vector<HouseholdFacts> two_person_households() {
  std::vector<HouseholdFacts> households;
  std::uint32_t state = 12345;
  const auto next = [&](std::uint32_t bound) {
    state = state * 1664525U + 1013904223U;
    return (state >> 8U) % bound;
  };
  const char* const regions[] = {"140302", "140303", "140311", "140321", "140322"};
  const Date date = *Date::of(2020, 3, 2);
  for (std::size_t i = 0; i < kDistinct; ++i) {
    const bool is_urban = next(2) == 0;
    HouseholdFacts facts{
        .region = regions[next(5)], .programme = is_urban ? Programme::urban : Programme::rural, .date = date};
    for (const auto& [key, relation] : {std::pair{"m1", Relation::self}, std::pair{"m2", Relation::spouse}}) {
      facts.members.push_back(
          {.key = key,
           .relation = relation,
           .birth_date = date.plus_days(-7'300 - static_cast<int>(next(20'000))),
           .registration = RegistrationFacts{.region = facts.region,
                                             .registration_class = is_urban ? RegistrationClass::non_agricultural
                                                                            : RegistrationClass::agricultural}});
    }
    facts.incomes.push_back({.kind = is_urban ? IncomeKind::wages : IncomeKind::farming,
                             .member = "m1",
                             .amount = Money::fen(next(150'000))});
    if (next(2) == 0) {
      facts.incomes.push_back(
          {.kind = IncomeKind::preferential_pension, .member = "m2", .amount = Money::fen(next(50'000))});
    }
    if (next(3) == 0) {
      facts.property.push_back(
          {.asset_class = AssetClass::deposit, .member = "m1", .value = Money::fen(next(6'000'000))});
    }
    households.push_back(std::move(facts));
  }
  return households;
}

template <class T>
void tile(std::vector<T>& column, std::size_t size) {
  if (column.empty()) return;
  const std::size_t distinct = column.size();
  column.resize(size);
  for (std::size_t i = distinct; i < size; ++i) column[i] = column[i % distinct];
}

void tile_all(HouseholdColumns& columns, std::size_t size) {
  tile(columns.context, size);
  tile(columns.persons, size);
  tile(columns.flags, size);
  for (auto& column : columns.incomes) tile(column, size);
  tile(columns.obligor_support, size);
  tile(columns.deducted, size);
  for (auto& column : columns.measures) tile(column, size);
  for (auto& column : columns.uplift_counts) tile(column, size);
}

Spread spread_of_seconds(int rounds, const std::function<void()>& run) {
  std::vector<double> times;
  for (int i = 0; i < rounds; ++i) times.push_back(seconds_of(run));
  return spread_of(std::move(times));
}

/// One row with everything beside each other, as a program without columns would keep it.
struct PlainRow {
  std::int64_t standard_scaled;
  std::int64_t divisor;
  std::int64_t income;
  std::int64_t deposit;
  std::int64_t deposit_limit;
  std::int64_t uplift_fen;
  int persons;
};

std::vector<PlainRow> plain_rows(const ColumnBatch& batch, const std::vector<Decision>& decisions) {
  std::vector<PlainRow> rows(kHouseholds);
  for (std::size_t i = 0; i < kHouseholds; ++i) {
    const ColumnContext& rules = batch.plan[batch.columns.context[i]];
    std::int64_t uplift = 0;
    for (const UpliftFinding& finding : decisions[i % kDistinct].uplifts) uplift += finding.amount_month.in_fen();
    const auto column = [&](const auto& values) { return values.empty() ? 0 : values[i]; };
    rows[i] = {rules.standard_scaled,
               rules.month_divisor,
               column(batch.columns.incomes[static_cast<std::size_t>(IncomeKind::wages)]) +
                   column(batch.columns.incomes[static_cast<std::size_t>(IncomeKind::farming)]),
               batch.columns.measures.empty() ? 0 : column(batch.columns.measures[0]),
               rules.limits[0].limit[0][batch.columns.persons[i]],
               uplift,
               batch.columns.persons[i]};
  }
  return rows;
}

void run_plain_loop(const std::vector<PlainRow>& rows, std::vector<std::int64_t>& amounts) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const PlainRow& row = rows[i];
    const std::int64_t gap = row.standard_scaled * row.persons - row.income;
    amounts[i] = gap > 0 && row.deposit <= row.deposit_limit ? gap / row.divisor + row.uplift_fen : 0;
  }
}

}  // namespace

void run_assessment_columns(Bench& bench) {
  const auto rulebook = load_rulebook(embedded_policy_files());
  if (!rulebook) throw std::runtime_error("the policy files do not load");
  bench.report.progress("assessing one by one");
  const std::vector<HouseholdFacts> households = two_person_households();
  std::vector<Decision> decisions;
  const Spread one_by_one = spread_of_seconds(3, [&] {
    decisions.clear();
    for (const HouseholdFacts& facts : households) decisions.push_back(*assess(facts, **rulebook));
  });
  ColumnBatch batch = to_columns(households, **rulebook);
  const Spread convert = spread_of_seconds(3, [&] { batch = to_columns(households, **rulebook); });
  if (!batch.outside.empty()) throw std::runtime_error("some households are outside the columns");
  bench.report.progress("assessing a million as columns");
  tile_all(batch.columns, kHouseholds);
  std::vector<Outcome> outcome(kHouseholds);
  std::vector<std::int64_t> amount(kHouseholds);
  const Spread kernel = spread_of_seconds(15, [&] { assess_columns(batch.plan, batch.columns, {outcome, amount}); });
  const std::vector<PlainRow> rows = plain_rows(batch, decisions);
  std::vector<std::int64_t> plain(kHouseholds);
  const Spread plain_loop = spread_of_seconds(15, [&] { run_plain_loop(rows, plain); });

  std::size_t wrong = 0;
  for (std::size_t i = 0; i < kHouseholds; ++i) {
    const Decision& decision = decisions[i % kDistinct];
    wrong += outcome[i] != decision.outcome || amount[i] != decision.amount_month.value_or(Money()).in_fen() ? 1 : 0;
  }
  constexpr double kScale = static_cast<double>(kHouseholds) / static_cast<double>(kDistinct);
  const std::string scaled = "measured on " + std::to_string(kDistinct) + ", scaled";
  bench.report.add({.name = "kernel on columns, 1,000,000 households",
                    .value = kernel.median,
                    .unit = "s",
                    .limit = at_most(kKernelMostSeconds),
                    .note = note_of(kernel)});
  bench.report.add({.name = "plain loop over rows, arithmetic only",
                    .value = plain_loop.median,
                    .unit = "s",
                    .note = note_of(plain_loop)});
  bench.report.add(
      {.name = "assess() one by one, full trace", .value = one_by_one.median * kScale, .unit = "s", .note = scaled});
  bench.report.add(
      {.name = "filling the columns from facts", .value = convert.median * kScale, .unit = "s", .note = scaled});
  bench.report.add({.name = "households whose result differs from one by one",
                    .value = static_cast<double>(wrong),
                    .limit = at_most(0)});
}

}  // namespace jiuzhu::bench
