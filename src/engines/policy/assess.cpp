// From the three conditions (registration, income, property: DB-2012/4, SA-2014/9) to the result, the amount
// (DB-2012/27, SA-2014/12) and the first month (DB-2012/29-2, DB-2021/21).

#include "engines/policy/assess.hpp"

#include "base/assert.hpp"
#include "engines/policy/workings.hpp"

namespace jiuzhu::policy {
namespace {

struct HouseholdResult {
  Truth eligible = Truth::unknown;
  Truth marginal = Truth::no;
};

/// 边缘家庭 (DB-2021/8-2): not eligible, income per head below the multiple of the standard, property within the rule.
HouseholdResult judge_household(const Workings& workings, MarginalFinding& finding) {
  HouseholdResult result;
  const Truth conditions = both(workings.registration, workings.property_within);
  result.eligible = both(conditions, workings.below_standard);
  const auto& multiple = workings.rules.pack->marginal_multiple;
  finding.defined = multiple.has_value();
  if (!multiple) return result;
  const Rational per_person =
      Rational::of(workings.standard_year_fen, 1) * Rational(workings.period_months) * multiple->value;
  // income < q/d per person and person  <=>  income * d < q * persons
  const auto denominator = static_cast<std::int64_t>(per_person.denominator());
  const auto numerator = static_cast<std::int64_t>(per_person.numerator());
  ScaledRange income = workings.income;
  income.least *= denominator;
  income.most *= denominator;
  const Truth low = compare_income(income, numerator * workings.persons_least, numerator * workings.persons_most);
  result.marginal = both(both(conditions, low), opposite(result.eligible));
  finding.marginal = result.marginal;
  finding.multiple = multiple->value.to_text();
  finding.articles = multiple->articles;
  return result;
}

/// Every adult who might apply alone, for advice; or the applicant, for a single-person application.
std::vector<SinglePersonFinding> find_single_routes(Workings& workings, const HouseholdResult& household) {
  std::vector<SinglePersonFinding> findings;
  for (std::size_t i = 0; i < workings.members.size(); ++i) {
    MemberState& state = workings.members[i];
    state.slots.set(Slot::marginal_family, household.marginal);
    state.slots.set(Slot::household_eligible, household.eligible);
    const RuleMatch match = first_match(workings.rules.pack->section(Section::single_person), state.slots);
    if (match.holds == Truth::no) continue;
    workings.use_of(match.observations);
    Basis basis = workings.basis_of(*match.rule, match.observations);
    workings.trace("single_person", "/members/" + std::to_string(i), basis, name_of(match.holds), match.observations);
    findings.push_back({state.facts->key, state.facts->label, match.holds, std::move(basis)});
  }
  return findings;
}

void fill_figures(Workings& workings) {
  Figures& figures = workings.decision.figures;
  figures.persons_least = workings.persons_least;
  figures.persons_most = workings.persons_most;
  figures.income_month_least = workings.month_share(workings.income.least);
  if (!workings.income.unbounded) figures.income_month_most = workings.month_share(workings.income.most);
  if (workings.persons_most > 0) {
    figures.income_per_capita_month = multiply_divide(Money::fen(workings.income.least), 1,
                                                      workings.month_divisor() * workings.persons_most, Rounding{});
  }
  figures.below_standard = workings.below_standard;
}

bool is_determined(const Workings& workings) {
  return workings.persons_least == workings.persons_most && workings.income.is_exact();
}

void fill_amount(Workings& workings) {
  Decision& decision = workings.decision;
  std::vector<Rational> uplifts;
  for (const MemberState& member : workings.members) {
    const auto granted = uplifts_of(workings, member, &decision.uplifts);
    uplifts.insert(uplifts.end(), granted.begin(), granted.end());
  }
  const std::int64_t threshold = workings.standard_year_fen * workings.period_months * workings.persons_least;
  decision.amount_month = benefit_month(threshold - workings.income.least, workings.month_divisor(),
                                        workings.persons_least, uplifts, benefit_rounding(workings.rules.local));
  const Date approved = workings.facts.approved_on.value_or(workings.facts.date);
  decision.first_month = approved.month_of().plus(workings.rules.pack->procedure.first_month_after_approval);
  for (const Step step : {Step::amount, Step::first_month}) {
    const Basis basis = workings.basis_of(workings.rules.pack->step(step));
    workings.trace(std::string(name_of(step)), "", basis,
                   step == Step::amount ? decision.amount_month->to_text() : decision.first_month->to_text());
  }
}

void add_reason(Decision& decision, const Basis& basis) {
  decision.reasons.push_back(basis.reason);
  for (const std::string& article : basis.articles) {
    if (std::ranges::find(decision.law, article) == decision.law.end()) decision.law.push_back(article);
  }
}

/// The conditions that failed, or all that are met.
void fill_reasons(Workings& workings, Truth eligible, const Basis& route) {
  Decision& decision = workings.decision;
  const RulePack& pack = *workings.rules.pack;
  const bool refusing = eligible == Truth::no;
  const auto wanted = [&](Truth condition) { return !refusing || condition == Truth::no; };
  if (workings.is_single() && !route.rule.empty()) add_reason(decision, route);
  if (wanted(workings.registration)) add_reason(decision, decision.registration);
  if (workings.persons_most == 0) {
    add_reason(decision, workings.basis_of(pack.step(Step::no_member)));
  } else if (wanted(workings.below_standard)) {
    add_reason(decision, workings.basis_of(pack.step(Step::eligibility)));
  }
  if (wanted(workings.property_within)) {
    add_reason(decision, workings.basis_of(pack.step(Step::property)));
    for (const PropertyLimitFinding& limit : decision.property_limits) {
      if (limit.exceeded == Truth::yes) add_reason(decision, limit.basis);
    }
  }
  if (eligible == Truth::yes) add_reason(decision, workings.basis_of(pack.step(Step::amount)));
}

void conclude(Workings& workings, Truth eligible, const Basis& route) {
  Decision& decision = workings.decision;
  fill_figures(workings);
  const Basis step = workings.basis_of(workings.rules.pack->step(Step::eligibility));
  workings.trace("eligibility", "", step, name_of(eligible));
  if (workings.persons_most == 0) eligible = Truth::no;
  if (eligible == Truth::no) {
    decision.outcome = Outcome::not_eligible;
    decision.open_questions.clear();  // whatever is open cannot change the result
  } else if (eligible == Truth::yes && is_determined(workings)) {
    decision.outcome = Outcome::eligible;
    decision.open_questions.clear();
    fill_amount(workings);
  } else {
    decision.outcome = Outcome::review;
    if (decision.open_questions.empty()) workings.open_question(step.reason, {});
  }
  fill_reasons(workings, eligible, route);
}

Decision assess_household(Workings& workings) {
  work_out(workings);
  const HouseholdResult result = judge_household(workings, workings.decision.marginal_family);
  workings.decision.single_person = find_single_routes(workings, result);
  conclude(workings, result.eligible, {});
  return std::move(workings.decision);
}

/// The household is assessed first, because the routes for one person depend on it; then the person alone.
Result<Decision> assess_single_person(const HouseholdFacts& facts, const Rulebook& rulebook, Workings& person) {
  HouseholdFacts whole = facts;
  whole.unit = ApplicationUnit::household;
  JZ_TRY(Workings household, begin_workings(whole, rulebook));
  work_out(household);
  const HouseholdResult result = judge_household(household, household.decision.marginal_family);
  auto routes = find_single_routes(household, result);
  work_out(person);
  Decision& decision = person.decision;
  decision.marginal_family = household.decision.marginal_family;
  const auto applicant = std::ranges::find(facts.members, Relation::self, &MemberFacts::relation);
  const auto route = std::ranges::find(routes, applicant->key, &SinglePersonFinding::key);
  Truth may_apply = route == routes.end() ? Truth::no : route->may_apply;
  Basis basis = route == routes.end() ? person.basis_of(person.rules.pack->step(Step::no_single_route)) : route->basis;
  if (may_apply == Truth::no && result.eligible != Truth::no) {
    // DB-2022/1-1 and regulation K03: a household that qualifies is not to be split, and its member not to be refused.
    may_apply = Truth::unknown;
    basis = person.basis_of(person.rules.pack->step(Step::household_only));
  }
  if (may_apply == Truth::unknown) person.open_question(basis.reason, basis.missing);
  decision.single_person = {{applicant->key, applicant->label, may_apply, basis}};
  person.trace("single_person", "", basis, name_of(may_apply));
  const Truth conditions = both(person.registration, both(person.below_standard, person.property_within));
  conclude(person, both(may_apply, conditions), basis);
  return std::move(decision);
}

}  // namespace

Result<Decision> assess(const HouseholdFacts& facts, const Rulebook& rulebook) {
  JZ_TRY(Workings workings, begin_workings(facts, rulebook));
  if (facts.unit == ApplicationUnit::single_person) return assess_single_person(facts, rulebook, workings);
  return assess_household(workings);
}

}  // namespace jiuzhu::policy
