#pragma once
// What the engine found about one household, with everything needed to explain it years later: each person, income,
// deduction, obligor and asset with the rule that decided it, the figures, the parameter versions, and the trace.
// A decision is advice to the officer who decides; it is not the administrative act.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engines/policy/local_parameters.hpp"
#include "engines/policy/rules.hpp"
#include "engines/policy/wording.hpp"

namespace jiuzhu::policy {

/// `review`: the law leaves it to a person, or facts are missing that could change the result.
enum class Outcome : std::uint8_t { eligible, not_eligible, review };
BOOST_DESCRIBE_ENUM(Outcome, eligible, not_eligible, review)

/// The rule behind a finding. `missing` names the facts that nobody established.
struct Basis {
  std::string rule;  // "DB-2012/spouse"
  BilingualText reason;
  std::vector<std::string> articles;
  Verification status = Verification::design;
  std::vector<std::string> missing;
};
BOOST_DESCRIBE_STRUCT(Basis, (), (rule, reason, articles, status, missing))

struct MemberFinding {
  std::string key;
  std::optional<std::string> label;
  Relation relation = Relation::other;
  Truth counted = Truth::unknown;
  Basis basis;
};
BOOST_DESCRIBE_STRUCT(MemberFinding, (), (key, label, relation, counted, basis))

struct IncomeFinding {
  int index = 0;  // in the facts
  IncomeKind kind = IncomeKind::other_income;
  std::optional<std::string> member;
  Truth counted = Truth::unknown;
  Money amount_month;  // its share of one month, rounded down for display
  Basis basis;
};
BOOST_DESCRIBE_STRUCT(IncomeFinding, (), (index, kind, member, counted, amount_month, basis))

struct DeductionFinding {
  int index = 0;
  DeductionKind kind = DeductionKind::job_cost;
  std::optional<std::string> member;
  Truth counted = Truth::unknown;
  Money amount_month;
  Basis basis;
};
BOOST_DESCRIBE_STRUCT(DeductionFinding, (), (index, kind, member, counted, amount_month, basis))

struct ObligorFinding {
  std::string key;
  std::optional<std::string> label;
  std::string supports;
  Truth owes = Truth::unknown;
  std::optional<Money> assessed_month;  // by the local formula, whole fen; absent when not determined
  std::optional<Money> added_month;     // beyond what the obligor is recorded as paying
  Basis basis;
};
BOOST_DESCRIBE_STRUCT(ObligorFinding, (), (key, label, supports, owes, assessed_month, added_month, basis))

struct PropertyFinding {
  int index = 0;
  AssetClass asset_class = AssetClass::other_asset;
  Truth counted = Truth::unknown;  // no: exempt, or not a member's
  Basis basis;
};
BOOST_DESCRIBE_STRUCT(PropertyFinding, (), (index, asset_class, counted, basis))

struct PropertyLimitFinding {
  std::string limit_name;
  std::string measured;  // yuan, pieces or square metres; "unknown" when not determined
  std::string limit;
  Truth exceeded = Truth::unknown;
  Consequence consequence = Consequence::review;
  Basis basis;
};
BOOST_DESCRIBE_STRUCT(PropertyLimitFinding, (), (limit_name, measured, limit, exceeded, consequence, basis))

/// Amounts are rounded down for display; the comparison itself is exact and multiplies instead of dividing.
struct Figures {
  int persons_least = 0;
  int persons_most = 0;
  Money standard_month;                    // per person
  std::optional<Money> standard_year;      // rural
  Money income_month_least;                // of the household
  std::optional<Money> income_month_most;  // absent when it cannot be bounded
  Money income_per_capita_month;           // of the least income and the most persons
  Truth below_standard = Truth::unknown;
  Truth property_within_rule = Truth::unknown;
  Truth registration_fulfilled = Truth::unknown;
};
BOOST_DESCRIBE_STRUCT(Figures, (),
                      (persons_least, persons_most, standard_month, standard_year, income_month_least,
                       income_month_most, income_per_capita_month, below_standard, property_within_rule,
                       registration_fulfilled))

/// 边缘家庭. `defined` is false where the law in force knows no such family.
struct MarginalFinding {
  bool defined = false;
  Truth marginal = Truth::no;
  std::optional<std::string> multiple;  // of the standard
  std::vector<std::string> articles;
};
BOOST_DESCRIBE_STRUCT(MarginalFinding, (), (defined, marginal, multiple, articles))

/// Whether one person may apply alone (单人户), and by which rule.
struct SinglePersonFinding {
  std::string key;
  std::optional<std::string> label;
  Truth may_apply = Truth::unknown;
  Basis basis;
};
BOOST_DESCRIBE_STRUCT(SinglePersonFinding, (), (key, label, may_apply, basis))

struct UpliftFinding {
  std::string key;  // the member
  Truth granted = Truth::no;
  Money amount_month;  // rounded down for display; the sum is exact and rounded once
  Basis basis;
};
BOOST_DESCRIBE_STRUCT(UpliftFinding, (), (key, granted, amount_month, basis))

struct TraceCondition {
  std::string condition;
  std::string value;
};
BOOST_DESCRIBE_STRUCT(TraceCondition, (), (condition, value))

struct TraceStep {
  std::string step;     // "member_inclusions", "incomes", "eligibility", …
  std::string subject;  // JSON pointer into the facts; empty for the household
  std::string rule;
  std::string result;
  std::vector<std::string> articles;
  std::vector<TraceCondition> conditions;
};
BOOST_DESCRIBE_STRUCT(TraceStep, (), (step, subject, rule, result, articles, conditions))

struct Decision {
  std::optional<std::string> reference;
  std::string region;
  Programme programme = Programme::urban;
  ApplicationUnit unit = ApplicationUnit::household;
  Date date;
  Outcome outcome = Outcome::review;
  std::optional<Money> amount_month;  // only when eligible
  std::optional<Month> first_month;
  bool hypothetical = false;                  // a parameter was set by hand
  std::vector<BilingualText> reasons;         // what decided the outcome, most decisive first
  std::vector<BilingualText> open_questions;  // what a person has to settle; always there when the outcome is review
  std::vector<std::string> law;               // the articles behind `reasons`
  std::vector<MemberFinding> members;
  Basis registration;
  std::vector<IncomeFinding> incomes;
  std::vector<DeductionFinding> deductions;
  std::vector<ObligorFinding> obligors;
  std::vector<PropertyFinding> property;
  std::vector<PropertyLimitFinding> property_limits;
  Figures figures;
  MarginalFinding marginal_family;
  std::vector<SinglePersonFinding> single_person;
  std::vector<UpliftFinding> uplifts;
  std::vector<PackUse> packs;
  std::vector<ParameterUse> parameters;
  std::vector<TraceStep> trace;

  std::shared_ptr<const Wording> wording;  // not part of the JSON form
};
BOOST_DESCRIBE_STRUCT(Decision, (),
                      (reference, region, programme, unit, date, outcome, amount_month, first_month, hypothetical,
                       reasons, open_questions, law, members, registration, incomes, deductions, obligors, property,
                       property_limits, figures, marginal_family, single_person, uplifts, packs, parameters, trace))

}  // namespace jiuzhu::policy
