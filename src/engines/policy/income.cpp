// What counts as income and what is deducted: DB-2012/16, DB-2021/13. The tables are in the packs; where they say
// `local`, the local lists decide, and without a local list a person does.

#include "base/assert.hpp"
#include "engines/policy/workings.hpp"

namespace jiuzhu::policy {
namespace {

/// The income period: the W calendar months before the month of the date (regulation B-02; law/issues.md no. 7).
struct Window {
  Month first;
  Month last;

  bool contains(Month month) const { return first <= month && month <= last; }
};

Window window_of(const Workings& workings) {
  const Month month = workings.facts.date.month_of();
  return {month.plus(-static_cast<int>(workings.period_months)), month.plus(-1)};
}

struct Dated {
  Money amount;
  IncomePeriod period;
  std::optional<Month> from;
  std::optional<Month> until;
  std::optional<Date> on;
};

/// Twelve times the fen that fall into the income period.
std::int64_t scaled_amount(const Workings& workings, const Dated& item) {
  const Window window = window_of(workings);
  const std::int64_t fen = item.amount.in_fen();
  switch (item.period) {
    case IncomePeriod::month: {
      const Month first = item.from && *item.from > window.first ? *item.from : window.first;
      const Month last = item.until && *item.until < window.last ? *item.until : window.last;
      const int months = last.index() - first.index() + 1;
      return months <= 0 ? 0 : fen * 12 * months;
    }
    case IncomePeriod::year: return fen * workings.period_months;
    case IncomePeriod::once: return window.contains(item.on->month_of()) ? fen * 12 : 0;
  }
  return 0;
}

/// A `local` rule by the local list: listed, not listed, or nobody decided.
template <class Kind>
Truth listed_locally(const LocalParameters& local, LocalName list, Kind kind) {
  const auto* kinds = local.get<std::vector<Kind>>(list);
  if (!kinds) return Truth::unknown;
  return truth_of(std::ranges::find(*kinds, kind) != kinds->end());
}

/// Says in the reason what the local list says.
void cite_local_list(Workings& workings, const Rule& rule, LocalName list, Truth listed, Basis& basis) {
  if (rule.then != RuleOutcome::local) return;
  const LocalValue* value = workings.use(list);
  if (!value || listed == Truth::unknown) return;
  const Phrase phrase = listed == Truth::yes ? Phrase::listed_locally : Phrase::not_listed_locally;
  const Wording& words = *workings.decision.wording;
  basis.reason.zh += words.say(phrase, Language::zh, {{"list", value->use.title.zh}});
  basis.reason.en += words.say(phrase, Language::en, {{"list", value->use.title.en}});
}

template <class Kind>
RuleMatch rule_for(const Rules& rules, std::vector<Kind> Rule::* kinds, Kind kind, const Slots& slots) {
  for (const Rule& rule : rules) {
    if (std::ranges::find(rule.*kinds, kind) == (rule.*kinds).end()) continue;
    Observations observations;
    const Truth holds = rule.when ? rule.when->holds(slots, &observations) : Truth::yes;
    if (holds != Truth::no) return {&rule, holds, std::move(observations)};
  }
  return {};
}

const Slots& slots_of(const Workings& workings, const std::optional<std::string>& key) {
  const MemberState* owner = key ? workings.member(*key) : nullptr;
  return owner ? owner->slots : workings.household;
}

Truth deduction_treatment(const Workings& workings, const RuleMatch& match, DeductionKind kind) {
  if (!match.rule) return Truth::no;
  if (match.holds != Truth::yes) return Truth::unknown;
  switch (match.rule->then) {
    case RuleOutcome::counted: return Truth::yes;
    case RuleOutcome::refused: return Truth::no;
    case RuleOutcome::local: return listed_locally(workings.rules.local, LocalName::local_deductions, kind);
    case RuleOutcome::excluded:
    case RuleOutcome::fulfilled:
    case RuleOutcome::review:
    case RuleOutcome::exempt:
    case RuleOutcome::owes:
    case RuleOutcome::owes_nothing:
    case RuleOutcome::disregard:
    case RuleOutcome::may_apply: break;
  }
  return Truth::unknown;
}

void add_income(Workings& workings, std::size_t index) {
  const IncomeFacts& income = workings.facts.incomes[index];
  const RulePack& pack = *workings.rules.pack;
  const std::int64_t scaled =
      scaled_amount(workings, {income.amount, income.period, income.from, income.until, income.received_on});
  const Rule* rule = nullptr;
  Observations observations;
  const Truth treatment =
      income_treatment(workings.rules, income.kind, slots_of(workings, income.member), &rule, &observations);
  const Truth owner = workings.owner_counted(income.member);
  const Truth counted = both(owner, treatment);
  Basis basis = rule ? workings.basis_of(*rule, observations) : Basis{};
  if (rule) cite_local_list(workings, *rule, LocalName::local_income_exclusions, opposite(treatment), basis);
  if (owner == Truth::no) basis = workings.basis_of(pack.step(Step::income_of_non_member));
  if (owner != Truth::no && scaled == 0 && !(income.amount == Money())) {
    basis = workings.basis_of(pack.step(Step::income_outside_period));
  }
  workings.income_states.push_back({scaled, owner});
  const IncomeClass income_class = rule ? rule->income_class : IncomeClass::all;
  workings.income_by_class.at(static_cast<std::size_t>(income_class)).add(counted, scaled);
  workings.trace("incomes", "/incomes/" + std::to_string(index), basis, name_of(counted), observations);
  if (counted == Truth::unknown && scaled != 0) workings.open_question(basis.reason, basis.missing);
  workings.decision.incomes.push_back(
      {static_cast<int>(index), income.kind, income.member, counted, workings.month_share(scaled), std::move(basis)});
}

}  // namespace

Truth income_treatment(const RulesInForce& rules, IncomeKind kind, const Slots& slots, const Rule** rule,
                       Observations* observations) {
  RuleMatch match = rule_for(rules.pack->section(Section::incomes), &Rule::income_kinds, kind, slots);
  if (rule) *rule = match.rule;
  if (observations) *observations = std::move(match.observations);
  if (!match.rule || match.holds != Truth::yes) return Truth::unknown;
  switch (match.rule->then) {
    case RuleOutcome::counted: return Truth::yes;
    case RuleOutcome::excluded: return Truth::no;
    case RuleOutcome::local: return opposite(listed_locally(rules.local, LocalName::local_income_exclusions, kind));
    case RuleOutcome::refused:
    case RuleOutcome::fulfilled:
    case RuleOutcome::review:
    case RuleOutcome::exempt:
    case RuleOutcome::owes:
    case RuleOutcome::owes_nothing:
    case RuleOutcome::disregard:
    case RuleOutcome::may_apply: break;
  }
  return Truth::unknown;
}

void add_incomes(Workings& workings) {
  workings.use(LocalName::income_period_months);
  for (std::size_t i = 0; i < workings.facts.incomes.size(); ++i) add_income(workings, i);
  for (const ScaledRange& range : workings.income_by_class) {
    workings.income.least += range.least;
    workings.income.most += range.most;
  }
}

void add_deductions(Workings& workings) {
  std::array<ScaledRange, enumerator_count<IncomeClass>()> wanted;
  for (std::size_t i = 0; i < workings.facts.deductions.size(); ++i) {
    const DeductionFacts& deduction = workings.facts.deductions[i];
    const std::int64_t scaled = scaled_amount(
        workings, {deduction.amount, deduction.period, deduction.from, deduction.until, deduction.paid_on});
    const RuleMatch match = rule_for(workings.rules.pack->section(Section::deductions), &Rule::deduction_kinds,
                                     deduction.kind, slots_of(workings, deduction.member));
    const Truth treatment = deduction_treatment(workings, match, deduction.kind);
    const Truth counted = both(workings.owner_counted(deduction.member), treatment);
    Basis basis = match.rule ? workings.basis_of(*match.rule, match.observations) : Basis{};
    if (match.rule) cite_local_list(workings, *match.rule, LocalName::local_deductions, treatment, basis);
    const IncomeClass against = match.rule ? match.rule->income_class : IncomeClass::all;
    wanted.at(static_cast<std::size_t>(against)).add(counted, scaled);
    workings.trace("deductions", "/deductions/" + std::to_string(i), basis, name_of(counted), match.observations);
    if (counted == Truth::unknown && scaled != 0) workings.open_question(basis.reason, basis.missing);
    workings.decision.deductions.push_back({static_cast<int>(i), deduction.kind, deduction.member, counted,
                                            workings.month_share(scaled), std::move(basis)});
  }
  // A cost reduces the income it belongs to, not below nothing (law/issues.md no. 9). The least deduction goes with the
  // most income and the other way round, so that the range stays a safe one.
  ScaledRange total;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (static_cast<IncomeClass>(i) == IncomeClass::all) continue;
    const ScaledRange& income = workings.income_by_class.at(i);
    total.least += std::min(wanted.at(i).least, income.most);
    total.most += std::min(wanted.at(i).most, income.least);
  }
  const ScaledRange& overall = wanted.at(static_cast<std::size_t>(IncomeClass::all));
  total.least += overall.least;
  total.most += overall.most;
  ScaledRange& income = workings.income;
  income.least = std::max<std::int64_t>(0, income.least - total.most);
  income.most = std::max<std::int64_t>(0, income.most - total.least);
  workings.deducted = total;
  JZ_ASSERT(income.least <= income.most);
}

}  // namespace jiuzhu::policy
