// Households to rows. All questions of fact are answered by work_out(), as in assess().

#include <map>
#include <optional>

#include "base/assert.hpp"
#include "engines/policy/columns.hpp"
#include "engines/policy/workings.hpp"

namespace jiuzhu::policy {
namespace {

struct Row {
  std::uint8_t persons = 0;
  std::uint8_t flags = 0;
  std::array<std::int64_t, enumerator_count<IncomeKind>()> incomes{};
  std::int64_t obligor_support = 0;
  std::int64_t deducted = 0;
  std::vector<std::int64_t> measures;
  std::vector<std::uint8_t> uplift_counts;
};

bool is_settled(const Workings& workings) {
  const Slots& household = workings.household;
  return workings.persons_least == workings.persons_most && workings.persons_least >= 1 &&
         workings.persons_most <= kColumnPersonsMost && workings.registration != Truth::unknown &&
         workings.obligor_support.is_exact() && workings.deducted.is_exact() && !workings.property_open &&
         household[Slot::severe_member].known;
}

bool fill_incomes(const Workings& workings, const ColumnContext& context, Row& row) {
  for (std::size_t i = 0; i < workings.income_states.size(); ++i) {
    const auto kind = static_cast<std::size_t>(workings.facts.incomes[i].kind);
    const IncomeState& state = workings.income_states[i];
    if (state.owner == Truth::no) continue;
    if (state.owner == Truth::unknown || (context.open_kinds & (1U << kind)) != 0) return false;
    row.incomes.at(kind) += state.scaled;
  }
  return true;
}

bool fill_measures(const Workings& workings, const ColumnContext& context, Row& row) {
  for (std::size_t i = 0; i < workings.limits.size(); ++i) {
    const LimitState& limit = workings.limits[i];
    if (limit.unbounded || limit.least != limit.most) return false;
    const Rational measure = limit.least * (limit.limit->measure == Measure::value ? Rational(100) : Rational(1));
    JZ_ASSERT(measure.denominator() == 1);
    row.measures.push_back(measure.floor());
    const std::size_t severe = row.flags & kRowSevereMember;
    if (!measure.is_zero() && context.limits[i].limit[severe][row.persons] == INT64_MAX) return false;
  }
  return true;
}

bool fill_uplifts(Workings& workings, const ColumnContext& context, Row& row) {
  row.uplift_counts.assign(context.uplift_parts.size(), 0);
  for (const MemberState& member : workings.members) {
    std::vector<std::size_t> granted;
    uplifts_of(workings, member, nullptr, &granted);
    for (const std::size_t index : granted) {
      if (context.uplift_parts[index] < 0) return false;
      ++row.uplift_counts[index];
    }
  }
  return true;
}

/// Nothing when the household does not fit the columns.
std::optional<Row> row_of(Workings& workings, const ColumnContext& context) {
  work_out(workings);
  if (!is_settled(workings)) return std::nullopt;
  Row row{.persons = static_cast<std::uint8_t>(workings.persons_least),
          .obligor_support = workings.obligor_support.least,
          .deducted = workings.deducted.least};
  if (workings.household[Slot::severe_member].truth) row.flags |= kRowSevereMember;
  if (workings.registration == Truth::yes) row.flags |= kRowRegistered;
  const bool fits = fill_incomes(workings, context, row) && fill_measures(workings, context, row) &&
                    fill_uplifts(workings, context, row);
  return fits ? std::optional(std::move(row)) : std::nullopt;
}

/// A column stays empty until something else than zero comes.
template <class T>
void put(std::vector<T>& column, std::size_t row, T value) {
  if (value == 0 && column.empty()) return;
  column.resize(row, 0);
  column.push_back(value);
}

template <class T>
void put(std::vector<std::vector<T>>& columns, std::size_t index, std::size_t row, T value) {
  if (columns.size() <= index) columns.resize(index + 1);
  put(columns[index], row, value);
}

void append(HouseholdColumns& columns, std::uint16_t context, const Row& row) {
  const std::size_t index = columns.size();
  for (std::size_t kind = 0; kind < row.incomes.size(); ++kind) put(columns.incomes[kind], index, row.incomes[kind]);
  put(columns.obligor_support, index, row.obligor_support);
  put(columns.deducted, index, row.deducted);
  for (std::size_t i = 0; i < row.measures.size(); ++i) put(columns.measures, i, index, row.measures[i]);
  for (std::size_t i = 0; i < row.uplift_counts.size(); ++i) put(columns.uplift_counts, i, index, row.uplift_counts[i]);
  columns.context.push_back(context);
  columns.persons.push_back(row.persons);
  columns.flags.push_back(row.flags);
}

/// Columns that were begun must reach the last row.
void complete(HouseholdColumns& columns) {
  const auto fill = [&](auto& column) {
    if (!column.empty()) column.resize(columns.size(), 0);
  };
  for (auto& column : columns.incomes) fill(column);
  fill(columns.obligor_support);
  fill(columns.deducted);
  for (auto& column : columns.measures) fill(column);
  for (auto& column : columns.uplift_counts) fill(column);
}

}  // namespace

ColumnBatch to_columns(std::span<const HouseholdFacts> households, const Rulebook& rulebook) {
  ColumnBatch batch;
  std::map<ColumnKey, std::size_t> known;
  for (std::size_t i = 0; i < households.size(); ++i) {
    const HouseholdFacts& facts = households[i];
    const ColumnKey key{facts.region, facts.programme, facts.date};
    auto workings = begin_workings(facts, rulebook);
    bool fits = workings.has_value() && facts.unit == ApplicationUnit::household && facts.overrides.empty();
    auto found = known.find(key);
    if (fits && found == known.end() && batch.plan.size() < UINT16_MAX) {
      auto plan = make_column_plan(std::span(&key, 1), rulebook);
      JZ_ASSERT(plan.has_value());  // begin_workings has just found the same rules
      batch.plan.push_back(std::move(plan->front()));
      batch.keys.push_back(key);
      found = known.emplace(key, batch.plan.size() - 1).first;
    }
    const auto row = fits && found != known.end() ? row_of(*workings, batch.plan[found->second]) : std::nullopt;
    if (!row) {
      batch.outside.push_back(i);
      continue;
    }
    append(batch.columns, static_cast<std::uint16_t>(found->second), *row);
    batch.source.push_back(i);
  }
  complete(batch.columns);
  return batch;
}

std::vector<Result<BriefDecision>> assess_many(std::span<const HouseholdFacts> households, const Rulebook& rulebook) {
  const ColumnBatch batch = to_columns(households, rulebook);
  std::vector<Result<BriefDecision>> results(households.size(), BriefDecision{});
  std::vector<Outcome> outcomes(batch.columns.size());
  std::vector<std::int64_t> amounts(batch.columns.size());
  assess_columns(batch.plan, batch.columns, {outcomes, amounts});
  for (std::size_t row = 0; row < batch.source.size(); ++row) {
    results[batch.source[row]] = BriefDecision{outcomes[row], Money::fen(amounts[row])};
  }
  for (const std::size_t index : batch.outside) {
    const auto decision = assess(households[index], rulebook);
    if (decision) {
      results[index] = BriefDecision{decision->outcome, decision->amount_month.value_or(Money())};
    } else {
      results[index] = std::unexpected(decision.error());
    }
  }
  return results;
}

}  // namespace jiuzhu::policy
