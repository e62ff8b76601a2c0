#include "engines/policy/workings.hpp"

#include "base/assert.hpp"

namespace jiuzhu::policy {
namespace {

/// Parameters that are also words of the conditions.
constexpr std::array<std::pair<LocalName, Slot>, 7> kParameterSlots{
    {{LocalName::exclude_conscripts, Slot::exclude_conscripts},
     {LocalName::exclude_drug_treatment, Slot::exclude_drug_treatment},
     {LocalName::exclude_missing, Slot::exclude_missing},
     {LocalName::exclude_serving_outside_prison, Slot::exclude_serving_outside_prison},
     {LocalName::exclude_destitute_recipients, Slot::exclude_destitute_recipients},
     {LocalName::exempt_necessities, Slot::exempt_necessities},
     {LocalName::residence_permit_applications, Slot::residence_permit_applications}}};

/// A what-if value from the facts stands in for the register's.
Status apply_overrides(Workings& workings) {
  std::vector<FieldError> problems;
  for (std::size_t i = 0; i < workings.facts.overrides.size(); ++i) {
    const ParameterOverride& override = workings.facts.overrides[i];
    const std::string pointer = "/overrides/" + std::to_string(i);
    const auto name = enum_named<LocalName>(override.name);
    if (!name || is_table(*name)) {
      problems.push_back({pointer + "/name", "policy.override_name"});
      continue;
    }
    auto content = parse_local(*name, override.value);
    const std::string* formula = content ? std::get_if<std::string>(&*content) : nullptr;
    if (!content || (formula && !workings.rulebook.formula(*formula))) {
      problems.push_back({pointer + "/value", "policy.override_value"});
      continue;
    }
    LocalValue value{.use = {.name = override.name,
                             .value = override.value,
                             .region = workings.facts.region,
                             .valid_from = workings.facts.date,
                             .status = Verification::override_value},
                     .content = std::move(*content)};
    if (const LocalValue* replaced = workings.rules.local.find(*name)) value.use.title = replaced->use.title;
    workings.rules.local.put(*name, std::make_shared<const LocalValue>(std::move(value)));
    workings.decision.hypothetical = true;
  }
  if (problems.empty()) return {};
  return refuse(Error{.code = ErrorCode::invalid_input, .key = "policy.override", .fields = std::move(problems)});
}

Status require(const Workings& workings, LocalName name) {
  if (workings.rules.local.find(name)) return {};
  return refuse(ErrorCode::refused_by_rule, "policy.no_value_for_date",
                {{"name", std::string(name_of(name))},
                 {"region", workings.facts.region},
                 {"date", workings.facts.date.to_text()}});
}

}  // namespace

Truth Workings::owner_counted(const std::optional<std::string>& key) const {
  if (!key) {
    // What belongs to the household as a whole is nobody's alone.
    return is_single() ? Truth::unknown : Truth::yes;
  }
  const MemberState* owner = member(*key);
  return owner ? owner->counted : Truth::unknown;
}

Money Workings::month_share(std::int64_t scaled) const {
  return multiply_divide(Money::fen(scaled), 1, month_divisor(), Rounding{});
}

const LocalValue* Workings::use(LocalName name) {
  const LocalValue* value = rules.local.find(name);
  if (value) {
    const bool known =
        std::ranges::any_of(decision.parameters, [&](const ParameterUse& use) { return use.name == value->use.name; });
    if (!known) decision.parameters.push_back(value->use);
  }
  return value;
}

void Workings::use_of(const Observations& observations) {
  for (const Slot slot : observations.used) {
    for (const auto& [name, parameter] : kParameterSlots) {
      if (parameter == slot) use(name);
    }
    if (slot == Slot::long_common_residence_months) use(LocalName::long_common_residence_months);
  }
}

Basis Workings::basis_of(const Rule& rule, const Observations& observations) const {
  Basis basis{.rule = rule.pack + "/" + rule.id, .reason = rule.text, .articles = rule.articles, .status = rule.status};
  for (const Slot slot : observations.missing) {
    const std::string name(word_of(slot).name);
    if (std::ranges::find(basis.missing, name) == basis.missing.end()) basis.missing.push_back(name);
  }
  return basis;
}

void Workings::trace(std::string step, std::string subject, const Basis& basis, std::string_view result,
                     const Observations& observations) {
  TraceStep entry{.step = std::move(step),
                  .subject = std::move(subject),
                  .rule = basis.rule,
                  .result = std::string(result),
                  .articles = basis.articles};
  for (const Observation& seen : observations.conditions) entry.conditions.push_back({seen.condition, seen.value});
  decision.trace.push_back(std::move(entry));
}

void Workings::open_question(const BilingualText& reason, const std::vector<std::string>& missing) {
  BilingualText question = reason;
  for (const std::string& name : missing) {
    const Wording& words = *decision.wording;
    question.zh += words.say(Phrase::missing_fact, Language::zh, {{"fact", words.term(name, Language::zh)}});
    question.en += words.say(Phrase::missing_fact, Language::en, {{"fact", words.term(name, Language::en)}});
  }
  auto& questions = decision.open_questions;
  if (std::ranges::find(questions, question) == questions.end()) questions.push_back(std::move(question));
}

RuleMatch first_match(const Rules& rules, const Slots& slots) {
  RuleMatch best;
  for (const Rule& rule : rules) {
    Observations observations;
    const Truth holds = rule.when ? rule.when->holds(slots, &observations) : Truth::yes;
    if (holds == Truth::yes) return {&rule, holds, std::move(observations)};
    if (holds == Truth::unknown && best.holds == Truth::no) best = {&rule, holds, std::move(observations)};
  }
  return best;
}

RuleMatch ordered_match(const Rules& rules, const Slots& slots) {
  for (const Rule& rule : rules) {
    Observations observations;
    const Truth holds = rule.when ? rule.when->holds(slots, &observations) : Truth::yes;
    if (holds != Truth::no) return {&rule, holds, std::move(observations)};
  }
  return {};
}

Slots household_slots(const RulesInForce& rules, Programme programme, std::int64_t standard_year_fen) {
  Slots slots;
  slots.set_symbol(Slot::programme, programme);
  slots.set(Slot::standard_month, Rational::of(standard_year_fen, 1200));
  for (const auto& [name, slot] : kParameterSlots) {
    if (const bool* flag = rules.local.get<bool>(name)) slots.set(slot, *flag);
  }
  if (const Rational* months = rules.local.get<Rational>(LocalName::long_common_residence_months)) {
    slots.set(Slot::long_common_residence_months, *months);
  }
  return slots;
}

Result<Workings> begin_workings(const HouseholdFacts& facts, const Rulebook& rulebook) {
  if (auto problems = problems_of(facts); !problems.empty()) {
    return refuse(Error{.code = ErrorCode::invalid_input, .key = "facts.invalid", .fields = std::move(problems)});
  }
  Workings workings{.facts = facts, .rulebook = rulebook};
  JZ_TRY(workings.rules, rulebook.rules_on(facts.region, facts.date));
  Decision& decision = workings.decision;
  decision.reference = facts.reference;
  decision.region = facts.region;
  decision.programme = facts.programme;
  decision.unit = facts.unit;
  decision.date = facts.date;
  decision.packs = workings.rules.pack->packs;
  decision.wording = rulebook.wording();
  JZ_TRY_VOID(apply_overrides(workings));
  const bool is_urban = facts.programme == Programme::urban;
  const LocalName standard = is_urban ? LocalName::standard_urban_month : LocalName::standard_rural_year;
  for (const LocalName name : {standard, LocalName::income_period_months, LocalName::rounding_mode,
                               LocalName::rounding_unit, LocalName::rounding_level}) {
    JZ_TRY_VOID(require(workings, name));
    workings.use(name);
  }
  workings.standard_year_fen = workings.rules.local.get<Money>(standard)->in_fen() * (is_urban ? 12 : 1);
  workings.period_months = workings.rules.local.get<Rational>(LocalName::income_period_months)->floor();
  decision.figures.standard_month = Money::fen(workings.standard_year_fen / 12);
  if (!is_urban) decision.figures.standard_year = Money::fen(workings.standard_year_fen);
  workings.household = household_slots(workings.rules, facts.programme, workings.standard_year_fen);
  workings.household.set(Slot::hardship_family, facts.hardship_family);
  workings.household.set(Slot::single_application, workings.is_single());
  return workings;
}

Truth compare_income(const ScaledRange& income, std::int64_t threshold_least, std::int64_t threshold_most) {
  if (!income.unbounded && income.most < threshold_least) return Truth::yes;
  return income.least >= threshold_most ? Truth::no : Truth::unknown;
}

void work_out(Workings& workings) {
  resolve_members(workings);
  check_registration(workings);
  add_incomes(workings);
  add_obligors(workings);
  add_deductions(workings);
  check_property(workings);
  const std::int64_t per_person = workings.standard_year_fen * workings.period_months;
  workings.below_standard =
      compare_income(workings.income, per_person * workings.persons_least, per_person * workings.persons_most);
}

}  // namespace jiuzhu::policy
