#pragma once
// Law as values: rules, the packs that carry them, and the composition in force on a date. Everything here is immutable
// once loaded and may be read from any thread.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engines/policy/expression.hpp"
#include "engines/policy/facts.hpp"
#include "engines/policy/procedure.hpp"

namespace jiuzhu::policy {

/// One document of law in the register policy/instruments.yaml.
struct Instrument {
  std::string id;
  std::string title;  // official, Chinese
  std::string title_en;
  std::string number;
  std::optional<Date> issued;
  std::optional<Date> effective;
  std::optional<Date> repealed;
  std::string source;
  Verification status = Verification::from_memory;
  bool in_sections = false;  // cited as 一、(一) rather than 第一条
};

enum class Section : std::uint8_t {
  member_inclusions,
  member_exclusions,
  registration,
  incomes,
  deductions,
  property,
  duties,
  obligor_adjustments,
  single_person
};
BOOST_DESCRIBE_ENUM(Section, member_inclusions, member_exclusions, registration, incomes, deductions, property, duties,
                    obligor_adjustments, single_person)

enum class RuleOutcome : std::uint8_t {
  counted,    // a member; an income; a deduction
  excluded,   // not a member; not income
  refused,    // no deduction; no registration
  fulfilled,  // registration
  local,      // the law leaves it to local rules: a local parameter decides
  review,     // the law leaves it to a person
  exempt,     // an asset
  owes,       // an obligor
  owes_nothing,
  disregard,  // what an obligor pays is left out, by the local share
  may_apply   // a single person
};
BOOST_DESCRIBE_ENUM(RuleOutcome, counted, excluded, refused, fulfilled, local, review, exempt, owes, owes_nothing,
                    disregard, may_apply)

/// Deductions reduce the income of their class, or all income.
enum class IncomeClass : std::uint8_t { all, wages, business, property, transfer };
BOOST_DESCRIBE_ENUM(IncomeClass, all, wages, business, property, transfer)

struct Rule {
  std::string id;
  std::string pack;
  BilingualText text;  // the reason as a reader of the decision sees it
  std::vector<std::string> articles;
  Verification status = Verification::from_memory;
  std::optional<Expression> when;  // always when absent
  RuleOutcome then = RuleOutcome::review;
  std::vector<IncomeKind> income_kinds;
  std::vector<DeductionKind> deduction_kinds;
  IncomeClass income_class = IncomeClass::all;
};

using Rules = std::vector<Rule>;

/// What the engine itself does and therefore must be able to cite; each pack composition has all of them.
enum class Step : std::uint8_t {
  not_a_listed_member,
  other_member_of_single_application,
  eligibility,
  amount,
  first_month,
  uplift,
  property,
  property_without_limit,
  obligor_support_urban,
  obligor_support_rural,
  obligor_property,
  no_duty,
  household_only,  // single-person application while the household qualifies
  no_single_route,
  income_of_non_member,
  income_outside_period,
  no_member
};
BOOST_DESCRIBE_ENUM(Step, not_a_listed_member, other_member_of_single_application, eligibility, amount, first_month,
                    uplift, property, property_without_limit, obligor_support_urban, obligor_support_rural,
                    obligor_property, no_duty, household_only, no_single_route, income_of_non_member,
                    income_outside_period, no_member)

/// One file of policy/packs/. An overlay changes the base in force: a rule or value of the same name replaces.
struct PackSource {
  std::string id;
  BilingualText title;
  std::string instrument;
  bool is_overlay = false;
  Period valid;
  std::map<Section, Rules> rules;
  std::map<Step, Rule> steps;
  ProcedureValues procedure;
  std::optional<Sourced<Rational>> marginal_multiple;
};

struct PackUse {
  std::string id;
  BilingualText title;
  Date valid_from;
};
BOOST_DESCRIBE_STRUCT(PackUse, (), (id, title, valid_from))

/// All national and provincial rules in force on the days of `valid`.
struct RulePack {
  Period valid;
  std::vector<PackUse> packs;  // base first
  std::map<Section, Rules> rules;
  std::map<Step, Rule> steps;
  Procedure procedure;
  ProcedureValues procedure_values;
  std::optional<Sourced<Rational>> marginal_multiple;  // of the standard; absent where the law knows no such family

  const Rules& section(Section section) const;
  const Rule& step(Step step) const { return steps.at(step); }
};

/// Builds what is in force on each stretch of days. Refuses with "policy.…" and field errors whose pointer is
/// "pack/name" when bases overlap, an overlay has no base, a step is missing or a procedural value is malformed.
Result<std::vector<std::shared_ptr<const RulePack>>> compose(const std::vector<PackSource>& sources);

}  // namespace jiuzhu::policy
