// Household property: DB-2012/17, DB-2021/14. National lists say what is property and what is exempt; limits are local
// (SA-2014/10-2). An asset that no limit speaks of goes to a person; owning something refuses nobody by itself.

#include "engines/policy/workings.hpp"

namespace jiuzhu::policy {
namespace {

struct AssetState {
  const PropertyFacts* facts = nullptr;
  Slots slots;
  Truth counted = Truth::unknown;
  bool is_limited = false;
};

AssetState judge_asset(Workings& workings, std::size_t index) {
  const PropertyFacts& facts = workings.facts.property[index];
  AssetState asset{.facts = &facts, .slots = workings.household};
  asset.slots.set_symbol(Slot::asset_class, facts.asset_class);
  asset.slots.set_symbol(Slot::asset_use, facts.use);
  if (facts.area_square_metres) asset.slots.set(Slot::asset_area, *facts.area_square_metres);
  const RuleMatch exemption = first_match(workings.rules.pack->section(Section::property), asset.slots);
  const Truth owner = workings.owner_counted(facts.member);
  workings.use_of(exemption.observations);
  asset.counted = both(owner, opposite(exemption.holds));
  Basis basis = exemption.rule ? workings.basis_of(*exemption.rule, exemption.observations)
                               : workings.basis_of(workings.rules.pack->step(Step::property));
  if (owner == Truth::no) basis = workings.basis_of(workings.rules.pack->step(Step::income_of_non_member));
  workings.trace("property", "/property/" + std::to_string(index), basis, name_of(asset.counted),
                 exemption.observations);
  if (asset.counted == Truth::unknown) workings.open_question(basis.reason, basis.missing);
  workings.decision.property.push_back({static_cast<int>(index), facts.asset_class, asset.counted, std::move(basis)});
  return asset;
}

std::optional<Rational> measure_of(const PropertyFacts& asset, Measure measure) {
  switch (measure) {
    case Measure::count: return Rational(1);
    case Measure::value: return asset.value ? std::optional(Rational::of(asset.value->in_fen(), 100)) : std::nullopt;
    case Measure::area:
      return asset.area_square_metres ? std::optional(Rational(*asset.area_square_metres)) : std::nullopt;
  }
  return std::nullopt;
}

LimitState measure_against(const PropertyLimit& limit, std::vector<AssetState>& assets) {
  LimitState state{.limit = &limit};
  for (AssetState& asset : assets) {
    if (asset.counted == Truth::no || limit.select.holds(asset.slots) == Truth::no) continue;
    asset.is_limited = true;
    const auto amount = measure_of(*asset.facts, limit.measure);
    if (!amount) {
      state.unbounded = true;
      continue;
    }
    state.most = state.most + *amount;
    if (asset.counted == Truth::yes && limit.select.holds(asset.slots) == Truth::yes) {
      state.least = state.least + *amount;
    }
  }
  return state;
}

Truth exceeds(const LimitState& state, const Value& limit) {
  if (!limit.known) return Truth::unknown;
  if (state.least > limit.number) return Truth::yes;
  return state.unbounded || state.most > limit.number ? Truth::unknown : Truth::no;
}

/// Whether the household stays within this limit.
Truth judge_limit(Workings& workings, const LimitState& state) {
  Observations observations;
  const PropertyLimit& rule = *state.limit;
  const Value limit = rule.limit.evaluate(workings.household, &observations);
  const bool has_nothing = !state.unbounded && state.most.is_zero();
  const Truth exceeded = has_nothing ? Truth::no : exceeds(state, limit);
  const LocalValue* source = workings.use(LocalName::property_limits);
  PropertyLimitFinding finding{
      .limit_name = rule.id,
      .measured = state.unbounded || state.least != state.most ? "unknown" : state.least.to_text(),
      .limit = limit.to_text(),
      .exceeded = exceeded,
      .consequence = rule.consequence,
      .basis = {
          .rule = "local/" + rule.id, .reason = rule.text, .articles = rule.articles, .status = source->use.status}};
  for (const Slot slot : observations.missing) finding.basis.missing.emplace_back(word_of(slot).name);
  workings.trace("property_limits", "", finding.basis, name_of(exceeded), observations);
  const bool is_open =
      exceeded == Truth::unknown || (exceeded == Truth::yes && rule.consequence == Consequence::review);
  if (is_open) workings.open_question(finding.basis.reason, finding.basis.missing);
  if (!has_nothing) workings.decision.property_limits.push_back(std::move(finding));
  if (exceeded == Truth::no) return Truth::yes;
  return is_open ? Truth::unknown : Truth::no;
}

}  // namespace

void check_property(Workings& workings) {
  std::vector<AssetState> assets;
  for (std::size_t i = 0; i < workings.facts.property.size(); ++i) assets.push_back(judge_asset(workings, i));
  Truth within = Truth::yes;
  if (const auto* limits = workings.rules.local.get<std::vector<PropertyLimit>>(LocalName::property_limits)) {
    for (const PropertyLimit& limit : *limits) {
      workings.limits.push_back(measure_against(limit, assets));
      within = both(within, judge_limit(workings, workings.limits.back()));
    }
  }
  for (const AssetState& asset : assets) {
    if (asset.counted == Truth::no || asset.is_limited) continue;
    const Basis basis = workings.basis_of(workings.rules.pack->step(Step::property_without_limit));
    workings.open_question(basis.reason, {std::string(name_of(asset.facts->asset_class))});
    workings.property_open = true;
    within = both(within, Truth::unknown);
  }
  workings.property_within = within;
  workings.decision.figures.property_within_rule = within;
}

}  // namespace jiuzhu::policy
