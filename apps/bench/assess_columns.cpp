// How fast the columnar kernel is, beside two ways of going one by one: assess() with its full trace, and a plain loop
// over rows with the same arithmetic and no rules. Prints medians; no database, no clock in the measured code.
//   bench-assess-columns [households, 1000000 when absent]

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <vector>

#include "engines/policy/columns.hpp"
#include "kernel/policy_files/policy_files.hpp"

namespace {

using namespace jiuzhu;
using namespace jiuzhu::policy;

constexpr std::size_t kDistinct = 5'000;

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

double median_seconds(int rounds, const std::function<void()>& run) {
  std::vector<double> times;
  for (int i = 0; i < rounds; ++i) {
    const auto start = std::chrono::steady_clock::now();
    run();
    times.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  std::ranges::sort(times);
  return times[times.size() / 2];
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

}  // namespace

int main(int argc, char** argv) {
  const std::size_t size = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
  const auto rulebook = load_rulebook(embedded_policy_files());
  if (!rulebook || size < kDistinct) {
    std::fprintf(stderr, "the policy files do not load, or fewer than %zu households were asked for\n", kDistinct);
    return 3;
  }
  const std::vector<HouseholdFacts> households = two_person_households();
  std::vector<Decision> decisions;
  const double one_by_one = median_seconds(3, [&] {
    decisions.clear();
    for (const HouseholdFacts& facts : households) decisions.push_back(*assess(facts, **rulebook));
  });
  ColumnBatch batch = to_columns(households, **rulebook);
  const double convert = median_seconds(3, [&] { batch = to_columns(households, **rulebook); });
  if (!batch.outside.empty()) {
    std::fprintf(stderr, "%zu households are outside the columns\n", batch.outside.size());
    return 1;
  }
  tile_all(batch.columns, size);
  std::vector<Outcome> outcome(size);
  std::vector<std::int64_t> amount(size);
  const double kernel = median_seconds(15, [&] { assess_columns(batch.plan, batch.columns, {outcome, amount}); });

  std::vector<PlainRow> rows(size);
  for (std::size_t i = 0; i < size; ++i) {
    const ColumnContext& rules = batch.plan[batch.columns.context[i]];
    const Decision& decision = decisions[i % kDistinct];
    std::int64_t uplift = 0;
    for (const UpliftFinding& finding : decision.uplifts) uplift += finding.amount_month.in_fen();
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
  std::vector<std::int64_t> plain(size);
  const double plain_loop = median_seconds(15, [&] {
    for (std::size_t i = 0; i < size; ++i) {
      const PlainRow& row = rows[i];
      const std::int64_t gap = row.standard_scaled * row.persons - row.income;
      plain[i] = gap > 0 && row.deposit <= row.deposit_limit ? gap / row.divisor + row.uplift_fen : 0;
    }
  });

  std::size_t wrong = 0;
  std::size_t eligible = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const Decision& decision = decisions[i % kDistinct];
    eligible += outcome[i] == Outcome::eligible ? 1 : 0;
    wrong += outcome[i] != decision.outcome || amount[i] != decision.amount_month.value_or(Money()).in_fen() ? 1 : 0;
  }
  const double scale = static_cast<double>(size) / static_cast<double>(kDistinct);
  std::printf("households                 %zu, eligible %zu, different from one by one %zu\n", size, eligible, wrong);
  std::printf("kernel, columns            %.4f s  (%.1f ns a household)\n", kernel,
              kernel * 1e9 / static_cast<double>(size));
  std::printf("plain loop over rows       %.4f s  (arithmetic only)\n", plain_loop);
  std::printf("assess() one by one        %.1f s  (full trace; measured on %zu, scaled)\n", one_by_one * scale,
              kDistinct);
  std::printf("filling the columns        %.1f s  (measured on %zu, scaled)\n", convert * scale, kDistinct);
  return wrong == 0 ? 0 : 1;
}
