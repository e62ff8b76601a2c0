// Support that kin outside the household owe: UR-1999/2-2, DB-2012/16-1-4, DB-2021/13-1-4; duties by CC-2020/1059 ff.
// and ML-2001/20 ff. Neither "has kin, therefore refused" nor "kin are ignored" (regulation K14, K15): the duty is
// resolved, the local formula applied, and only what goes beyond recorded payments is added.

#include "engines/policy/workings.hpp"

namespace jiuzhu::policy {
namespace {

struct Assessed {
  std::optional<Rational> yuan;  // per month and supported person
  Observations observations;
};

/// Children and those equal to them (CC-2020/1071, 1072, 1111; ML-2001/25 to 27).
bool is_child(ObligorRelation relation) {
  return relation == ObligorRelation::child || relation == ObligorRelation::adopted_child ||
         relation == ObligorRelation::stepchild;
}

bool is_parent(ObligorRelation relation) {
  return relation == ObligorRelation::parent || relation == ObligorRelation::adoptive_parent ||
         relation == ObligorRelation::stepparent;
}

Slots obligor_slots(const Workings& workings, const ObligorFacts& obligor, const MemberState& supported) {
  Slots slots = supported.slots;
  slots.set_symbol(Slot::obligor_relation, obligor.relation);
  if (obligor.birth_date) {
    const int age = age_on(*obligor.birth_date, workings.facts.date);
    slots.set(Slot::obligor_age, age);
    slots.set(Slot::obligor_adult, age >= 18);
  }
  slots.set(Slot::obligor_deceased, obligor.deceased);
  slots.set(Slot::obligor_unavailable, obligor.unavailable.value_or(false));
  slots.set(Slot::raised, obligor.raised);
  if (obligor.household_size) slots.set(Slot::obligor_household_size, *obligor.household_size);
  if (obligor.household_size && obligor.household_income_month) {
    slots.set(Slot::obligor_per_capita,
              Rational::of(obligor.household_income_month->in_fen(), 100LL * *obligor.household_size));
  }
  if (obligor.persons_supported) slots.set(Slot::persons_supported, *obligor.persons_supported);
  const auto sharing = std::ranges::count_if(workings.facts.obligors, [&](const ObligorFacts& other) {
    return other.supports == obligor.supports && is_child(other.relation) == is_child(obligor.relation) &&
           !other.deceased;
  });
  slots.set(Slot::sharing, obligor.sharing.value_or(std::max(1, static_cast<int>(sharing))));
  slots.set(Slot::obligor_property_within_rule, obligor.property_within_rule);
  slots.set(Slot::obligor_able, obligor.able);
  return slots;
}

Assessed by_formula(Workings& workings, const Slots& slots) {
  const LocalName name = workings.facts.programme == Programme::urban ? LocalName::obligor_formula_urban
                                                                      : LocalName::obligor_formula_rural;
  workings.use(name);
  const std::string* chosen = workings.rules.local.get<std::string>(name);
  const ObligorFormula* formula = chosen ? workings.rulebook.formula(*chosen) : nullptr;
  if (!formula) return {};
  Assessed assessed;
  const Value value = formula->amount.evaluate(slots, &assessed.observations);
  // A contribution is an amount that somebody can be asked to pay: whole fen, rounded down (law/issues.md no. 11).
  if (value.known) assessed.yuan = std::max(Rational(0), value.number);
  return assessed;
}

/// Dead, away, found unable, or unable by the formula.
Truth is_dead_or_unable(Workings& workings, const ObligorFacts& obligor) {
  if (obligor.deceased || obligor.unavailable.value_or(false)) return Truth::yes;
  if (obligor.able) return truth_of(!*obligor.able);
  const MemberState* supported = workings.member(obligor.supports);
  const Assessed assessed = by_formula(workings, obligor_slots(workings, obligor, *supported));
  return assessed.yuan ? truth_of(assessed.yuan->is_zero()) : Truth::unknown;
}

/// The climb to the next generation (regulation B-05; CC-2020/1074, 1075): the nearer kin of the same person must all
/// be dead or unable. Nobody listed means nobody looked, which is unknown.
Truth nearer_kin(Workings& workings, const ObligorFacts& obligor) {
  if (obligor.nearer_kin_dead_or_unable) return truth_of(*obligor.nearer_kin_dead_or_unable);
  const bool through_children = obligor.relation == ObligorRelation::grandchild;
  Truth all = Truth::yes;
  bool any = false;
  for (const ObligorFacts& other : workings.facts.obligors) {
    if (other.supports != obligor.supports) continue;
    if (through_children ? !is_child(other.relation) : !is_parent(other.relation)) continue;
    any = true;
    all = both(all, is_dead_or_unable(workings, other));
  }
  return any ? all : Truth::unknown;
}

RuleMatch duty_of(const Rules& rules, const Slots& slots) {
  Rules owes;
  RuleMatch free_of_duty;
  for (const Rule& rule : rules) {
    Observations observations;
    const Truth holds = rule.when ? rule.when->holds(slots, &observations) : Truth::yes;
    if (rule.then == RuleOutcome::owes_nothing && holds == Truth::yes) return {&rule, Truth::no, observations};
  }
  RuleMatch best;
  for (const Rule& rule : rules) {
    if (rule.then != RuleOutcome::owes) continue;
    Observations observations;
    const Truth holds = rule.when ? rule.when->holds(slots, &observations) : Truth::yes;
    if (holds == Truth::yes) return {&rule, holds, std::move(observations)};
    if (holds == Truth::unknown && !best.rule) best = {&rule, holds, std::move(observations)};
  }
  return best;
}

std::int64_t recorded_payments(const Workings& workings, const ObligorFacts& obligor) {
  Money sum;
  for (std::size_t i = 0; i < workings.facts.incomes.size(); ++i) {
    const IncomeFacts& income = workings.facts.incomes[i];
    if (income.from_obligor != obligor.key) continue;
    if (workings.decision.incomes[i].counted != Truth::yes) continue;
    sum += workings.decision.incomes[i].amount_month;
  }
  return sum.in_fen();
}

struct Share {
  ScaledRange fen;  // a month
  Basis basis;
};

/// DB-2022/1-1: what siblings or persons of 60 and more pay for an adult, jobless, severely disabled person may be left
/// out; how much is local.
void disregard(Workings& workings, const Slots& slots, Share& share) {
  const RuleMatch match = first_match(workings.rules.pack->section(Section::obligor_adjustments), slots);
  if (!match.rule) return;
  const Rational* part = workings.rules.local.get<Rational>(LocalName::keep_disregard_share);
  workings.use(LocalName::keep_disregard_share);
  const std::int64_t kept = part ? (Rational(share.fen.most) * (Rational(1) - *part)).floor() : 0;
  share.fen.least = std::min(share.fen.least, kept);
  if (part && match.holds == Truth::yes) share.fen.most = kept;
  share.basis = workings.basis_of(*match.rule, match.observations);
}

void add_obligor(Workings& workings, std::size_t index) {
  const ObligorFacts& obligor = workings.facts.obligors[index];
  const RulePack& pack = *workings.rules.pack;
  const MemberState& supported = *workings.member(obligor.supports);
  ObligorFinding finding{.key = obligor.key, .label = obligor.label, .supports = obligor.supports};
  const std::string pointer = "/obligors/" + std::to_string(index);
  Slots slots = obligor_slots(workings, obligor, supported);
  slots.set(Slot::nearer_kin_dead_or_unable, nearer_kin(workings, obligor));
  const RuleMatch duty = duty_of(pack.section(Section::duties), slots);
  finding.owes = both(supported.counted, duty.holds);
  finding.basis =
      duty.rule ? workings.basis_of(*duty.rule, duty.observations) : workings.basis_of(pack.step(Step::no_duty));
  if (supported.counted == Truth::no) finding.basis = workings.basis_of(pack.step(Step::income_of_non_member));
  if (finding.owes == Truth::no) {
    finding.assessed_month = Money();
    finding.added_month = Money();
    workings.trace("obligors", pointer, finding.basis, "no", duty.observations);
    workings.decision.obligors.push_back(std::move(finding));
    return;
  }
  Share share{.basis = finding.basis};
  Assessed assessed = by_formula(workings, slots);
  if (obligor.able == false) assessed = {.yuan = Rational(0)};
  Observations observations = duty.observations;
  observations.missing.insert(observations.missing.end(), assessed.observations.missing.begin(),
                              assessed.observations.missing.end());
  if (assessed.yuan) {
    const std::int64_t fen = (*assessed.yuan * Rational(100)).floor();
    share.fen.add(finding.owes, fen);
    disregard(workings, slots, share);
  } else {
    share.fen.unbounded = true;
  }
  if (obligor.property_within_rule == false) {
    share.fen.unbounded = true;
    share.basis = workings.basis_of(pack.step(Step::obligor_property));
  }
  const std::int64_t recorded = recorded_payments(workings, obligor);
  const std::int64_t least = std::max<std::int64_t>(0, share.fen.least - recorded);
  const std::int64_t most = std::max<std::int64_t>(0, share.fen.most - recorded);
  workings.obligor_support.least += least * workings.month_divisor();
  workings.obligor_support.most += most * workings.month_divisor();
  workings.obligor_support.unbounded = workings.obligor_support.unbounded || share.fen.unbounded;
  if (!share.fen.unbounded && share.fen.least == share.fen.most) {
    finding.assessed_month = Money::fen(share.fen.least);
    finding.added_month = Money::fen(least);
  }
  const bool is_open = share.fen.unbounded || least != most;
  finding.basis = share.basis;
  const Basis income_law =
      workings.basis_of(pack.step(workings.facts.programme == Programme::urban ? Step::obligor_support_urban
                                                                               : Step::obligor_support_rural),
                        observations);
  finding.basis.missing = income_law.missing;
  for (const std::string& article : income_law.articles) {
    auto& articles = finding.basis.articles;
    if (std::ranges::find(articles, article) == articles.end()) articles.push_back(article);
  }
  workings.trace("obligors", pointer, finding.basis, is_open ? "unknown" : name_of(finding.owes), observations);
  if (is_open) workings.open_question(finding.basis.reason, finding.basis.missing);
  workings.decision.obligors.push_back(std::move(finding));
}

}  // namespace

void add_obligors(Workings& workings) {
  for (std::size_t i = 0; i < workings.facts.obligors.size(); ++i) add_obligor(workings, i);
  const ScaledRange& support = workings.obligor_support;
  workings.income.least += support.least;
  workings.income.most += support.most;
  workings.income.unbounded = workings.income.unbounded || support.unbounded;
}

}  // namespace jiuzhu::policy
