// The amount: standard * persons - income, exactly, rounded once by the local parameter (regulation F-01 to F-03), with
// extra support for the old, the young, the severely disabled and the seriously ill (DB-2012/28, DB-2021/27, F-06).

#include "base/assert.hpp"
#include "engines/policy/workings.hpp"

namespace jiuzhu::policy {
namespace {

Money round_fen(const Rational& fen, const Rounding& rounding) {
  JZ_ASSERT(fen.numerator() <= INT64_MAX && fen.denominator() <= INT64_MAX);
  return multiply_divide(Money::fen(static_cast<std::int64_t>(fen.numerator())), 1,
                         static_cast<std::int64_t>(fen.denominator()), rounding);
}

}  // namespace

BenefitRounding benefit_rounding(const LocalParameters& local) {
  return {.rounding = {.unit_fen = local.get<Money>(LocalName::rounding_unit)->in_fen(),
                       .mode = *local.get<RoundingMode>(LocalName::rounding_mode)},
          .level = *local.get<RoundingLevel>(LocalName::rounding_level)};
}

Money benefit_month(std::int64_t gap, std::int64_t divisor, int persons, const std::vector<Rational>& uplifts_fen,
                    const BenefitRounding& rounding) {
  const Rational month = Rational::of(gap, divisor);
  if (rounding.level == RoundingLevel::person) {
    Money total = round_fen(month / Rational(persons), rounding.rounding) * persons;
    for (const Rational& uplift : uplifts_fen) total += round_fen(uplift, rounding.rounding);
    return total;
  }
  Rational total = month;
  for (const Rational& uplift : uplifts_fen) total = total + uplift;
  if (rounding.level == RoundingLevel::household) return round_fen(total, rounding.rounding);
  return multiply_divide(round_fen(total * Rational(12), rounding.rounding), 1, 12, Rounding{});
}

std::vector<Rational> uplifts_of(Workings& workings, const MemberState& member, std::vector<UpliftFinding>* findings,
                                 std::vector<std::size_t>* granted_indexes) {
  std::vector<Rational> granted;
  std::vector<std::size_t> indexes;
  if (member.counted != Truth::yes) return granted;
  const LocalValue* source = workings.use(LocalName::uplifts);
  if (!source) return granted;
  const auto& uplifts = std::get<std::vector<Uplift>>(source->content);
  workings.use(LocalName::uplift_stacking);
  const UpliftStacking* stacking = workings.rules.local.get<UpliftStacking>(LocalName::uplift_stacking);
  const bool highest_only = !stacking || *stacking == UpliftStacking::highest_only;
  for (std::size_t i = 0; i < uplifts.size(); ++i) {
    Observations observations;
    const Truth holds = uplifts[i].when.holds(member.slots, &observations);
    const Value amount = uplifts[i].amount.evaluate(member.slots);
    if (holds == Truth::no || !amount.known) continue;
    const Rational fen = amount.number * Rational(100);
    if (holds == Truth::yes && highest_only && !granted.empty()) {
      // The first of two equal ones stands.
      if (fen > granted.front()) {
        granted.front() = fen;
        indexes.front() = i;
      }
    } else if (holds == Truth::yes) {
      granted.push_back(fen);
      indexes.push_back(i);
    } else if (findings) {
      Basis basis{.rule = "local/" + uplifts[i].id,
                  .reason = uplifts[i].text,
                  .articles = uplifts[i].articles,
                  .status = source->use.status};
      for (const Slot slot : observations.missing) basis.missing.emplace_back(word_of(slot).name);
      findings->push_back({member.facts->key, Truth::unknown, Money::fen(fen.floor()), std::move(basis)});
    }
  }
  for (std::size_t i = 0; findings && i < indexes.size(); ++i) {
    const Uplift& uplift = uplifts[indexes[i]];
    findings->push_back({member.facts->key,
                         Truth::yes,
                         Money::fen(granted[i].floor()),
                         {.rule = "local/" + uplift.id,
                          .reason = uplift.text,
                          .articles = uplift.articles,
                          .status = source->use.status}});
  }
  if (granted_indexes) *granted_indexes = std::move(indexes);
  return granted;
}

}  // namespace jiuzhu::policy
