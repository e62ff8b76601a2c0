// Compiles the rules of one region, programme and date into the tables of the columnar kernel.

#include <numeric>

#include "base/assert.hpp"
#include "engines/policy/columns.hpp"
#include "engines/policy/workings.hpp"

namespace jiuzhu::policy {
namespace {

static_assert(enumerator_count<IncomeKind>() <= 32, "kinds are bits of a 32-bit mask");

std::int64_t whole(Wide value) {
  JZ_ASSERT(value >= 0 && value < (Wide{1} << 62U));
  return static_cast<std::int64_t>(value);
}

ColumnLimit compile_limit(const PropertyLimit& rule, const Slots& household) {
  ColumnLimit compiled{.consequence = rule.consequence};
  for (std::size_t severe = 0; severe < 2; ++severe) {
    for (std::size_t persons = 0; persons <= kColumnPersonsMost; ++persons) {
      Slots slots = household;
      slots.set(Slot::severe_member, severe == 1);
      slots.set(Slot::persons, static_cast<int>(persons));
      const Value limit = rule.limit.evaluate(slots);
      // Measures are whole: v > 10.5 is v > 10. A limit that does not follow from these two words keeps rows outside.
      const Rational scale = rule.measure == Measure::value ? Rational(100) : Rational(1);
      compiled.limit[severe][persons] = limit.known ? (limit.number * scale).floor() : INT64_MAX;
    }
  }
  return compiled;
}

void compile_kinds(ColumnContext& context, const RulesInForce& rules, const Slots& household) {
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<IncomeKind>>([&](auto kind) {
    const std::uint32_t bit = 1U << static_cast<std::uint32_t>(kind.value);
    const Truth treatment = income_treatment(rules, kind.value, household);
    if (treatment == Truth::yes) context.counted_kinds |= bit;
    if (treatment == Truth::unknown) context.open_kinds |= bit;
  });
}

void compile_amount(ColumnContext& context, const LocalParameters& local, const Slots& household) {
  const BenefitRounding rounding = benefit_rounding(local);
  context.rounding_unit = rounding.rounding.unit_fen;
  context.rounding_mode = rounding.rounding.mode;
  context.rounding_level = rounding.level;
  std::vector<std::optional<Rational>> uplifts_fen;
  if (const auto* uplifts = local.get<std::vector<Uplift>>(LocalName::uplifts)) {
    for (const Uplift& uplift : *uplifts) {
      const Value amount = uplift.amount.evaluate(household);
      uplifts_fen.push_back(amount.known ? std::optional(amount.number * Rational(100)) : std::nullopt);
    }
  }
  std::int64_t divisor = context.month_divisor;
  for (const auto& fen : uplifts_fen) {
    if (fen) divisor = std::lcm(divisor, whole(fen->denominator()));
  }
  context.amount_divisor = divisor;
  context.gap_factor = divisor / context.month_divisor;
  for (const auto& fen : uplifts_fen) {
    if (!fen) {
      context.uplift_parts.push_back(-1);
      context.uplift_rounded.push_back(0);
      continue;
    }
    context.uplift_parts.push_back(whole(fen->numerator() * (divisor / fen->denominator())));
    const Money amount = Money::fen(whole(fen->numerator()));
    context.uplift_rounded.push_back(multiply_divide(amount, 1, whole(fen->denominator()), rounding.rounding).in_fen());
  }
  // The largest product of the kernel: a full gap of the largest household, over a year.
  whole(Wide{context.standard_scaled} * kColumnPersonsMost * context.gap_factor * 24);
}

Result<ColumnContext> compile(const ColumnKey& key, const Rulebook& rulebook) {
  // A household without content brings the same refusals, for the same reasons, as a real one.
  HouseholdFacts facts{.region = key.region, .programme = key.programme, .date = key.date};
  facts.members.push_back({.key = "m1", .relation = Relation::self, .birth_date = key.date});
  JZ_TRY(const Workings workings, begin_workings(facts, rulebook));
  const Slots household = household_slots(workings.rules, key.programme, workings.standard_year_fen);
  ColumnContext context{.standard_scaled = workings.standard_year_fen * workings.period_months,
                        .month_divisor = workings.month_divisor()};
  compile_kinds(context, workings.rules, household);
  if (const auto* limits = workings.rules.local.get<std::vector<PropertyLimit>>(LocalName::property_limits)) {
    for (const PropertyLimit& limit : *limits) context.limits.push_back(compile_limit(limit, household));
  }
  compile_amount(context, workings.rules.local, household);
  return context;
}

}  // namespace

Result<ColumnPlan> make_column_plan(std::span<const ColumnKey> keys, const Rulebook& rulebook) {
  ColumnPlan plan;
  for (const ColumnKey& key : keys) {
    JZ_TRY(ColumnContext context, compile(key, rulebook));
    plan.push_back(std::move(context));
  }
  return plan;
}

}  // namespace jiuzhu::policy
