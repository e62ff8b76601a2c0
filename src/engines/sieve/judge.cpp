#include "engines/sieve/judge.hpp"

#include <algorithm>

namespace jiuzhu::sieve {
namespace {

constexpr int kOne = 10'000;
constexpr int kOfFen = 100;

Wide in_ten_thousandths(Wide value, ValueType type, bool is_plain) {
  if (is_plain) return value * kOne;
  switch (type) {
    case ValueType::money: return value * kOfFen;
    case ValueType::decimal: return value;
    case ValueType::date: return value * kOne;
    case ValueType::text: return value;
  }
  return value;
}

}  // namespace

Judge::Judge(const Plan& plan, const People& people, const Tally& tally) : plan_(plan), people_(people), tally_(tally) {
  for (const Source& source : plan.sources) {
    for (const Measure& measure : source.measures) {
      types_.push_back(measure.type);
      is_plain_.push_back(measure.aggregate == Aggregate::count || measure.aggregate == Aggregate::distinct);
    }
  }
  const int first_measure = figure_count(plan) - static_cast<int>(types_.size());
  for (const Rule& rule : plan.rules) {
    const auto asks_for_people = [&](const Condition& condition) {
      return std::ranges::any_of(condition.uses(), [&](int place) { return place < first_measure; });
    };
    if (asks_for_people(rule.when) || (rule.unless && asks_for_people(*rule.unless))) are_alike_without_rows_ = false;
  }
  if (!are_alike_without_rows_) return;
  const Tally nothing(plan, 1);
  std::vector<Figure> figures(static_cast<std::size_t>(figure_count(plan)));
  for (std::size_t i = 0; i < types_.size(); ++i) {
    const auto value = nothing.value(0, static_cast<std::uint16_t>(i), Rows::all);
    if (value) figures[static_cast<std::size_t>(first_measure) + i] = Figure::of(0);
  }
  for (std::size_t i = 0; i < plan.rules.size(); ++i) {
    if (applies(plan.rules[i], figures)) without_rows_.push_back({.rule = i, .result = plan.rules[i].result});
  }
}

bool Judge::applies(const Rule& rule, const std::vector<Figure>& figures) const {
  return rule.when.holds(figures) && !(rule.unless && rule.unless->holds(figures));
}

void Judge::fill(std::vector<Figure>& figures, HouseholdIndex household, Rows rows) const {
  figures.clear();
  const Wide members = people_.members(household);
  const Wide obligors = people_.obligors(household);
  for (const Wide count : {members, obligors, members + obligors}) figures.push_back(Figure::of(count * kOne));
  for (std::size_t i = 0; i < plan_.people.attributes.size(); ++i) {
    figures.push_back(Figure::of(Wide{people_.attribute(household, i)} * kOne));
  }
  for (std::size_t i = 0; i < types_.size(); ++i) {
    const bool is_text = types_[i] == ValueType::text && !is_plain_[i];
    const auto value = is_text ? std::nullopt : tally_.value(household, static_cast<std::uint16_t>(i), rows);
    figures.push_back(value ? Figure::of(in_ten_thousandths(*value, types_[i], is_plain_[i])) : Figure{});
  }
}

void Judge::judge(HouseholdIndex household, Judgement& judgement) const {
  judgement.applied.clear();
  if (are_alike_without_rows_ && tally_.is_untouched(household)) {
    if (without_rows_.empty()) return;
    judgement.applied = without_rows_;
    return fill(judgement.figures, household, Rows::all);
  }
  fill(judgement.figures, household, Rows::all);
  const bool has_other_names = tally_.has_other_names(household);
  if (has_other_names) fill(judgement.same_name, household, Rows::same_name);
  for (std::size_t i = 0; i < plan_.rules.size(); ++i) {
    const Rule& rule = plan_.rules[i];
    const bool with = applies(rule, judgement.figures);
    const bool without = has_other_names ? applies(rule, judgement.same_name) : with;
    if (!with && !without) continue;
    const RuleResult result = with && without ? rule.result : std::min(rule.result, RuleResult::clue);
    judgement.applied.push_back({.rule = i, .result = result});
  }
}

RuleResult gravest(const std::vector<Applied>& applied) {
  return std::ranges::max(applied, {}, &Applied::result).result;
}

}  // namespace jiuzhu::sieve
