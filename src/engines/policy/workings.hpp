#pragma once
// Private to the engine: the intermediate figures of one assessment, and the steps that fill them. The columnar path
// starts from the same figures, so that both paths share every question of fact and differ only in arithmetic.
//
// Scaled amounts: fen times twelve, summed over the income period of W months. A household's monthly income is
// scaled / (12 W) fen; the yearly standard per person (rural as published, urban times twelve) times W times persons is
// in the same unit, so that the comparison of DB-2012/4-2 needs no division.

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engines/policy/assess.hpp"
#include "engines/policy/decision.hpp"

namespace jiuzhu::policy {

/// An amount between what is certain and what is possible.
struct ScaledRange {
  std::int64_t least = 0;
  std::int64_t most = 0;
  bool unbounded = false;  // `most` is not known

  void add(Truth counted, std::int64_t amount) {
    if (counted == Truth::yes) least += amount;
    if (counted != Truth::no) most += amount;
  }
  bool is_exact() const { return !unbounded && least == most; }
};

struct MemberState {
  const MemberFacts* facts = nullptr;
  Slots slots;
  Truth listed = Truth::unknown;  // some inclusion applies, whatever the exclusions say
  Truth counted = Truth::unknown;
};

/// What one income item comes to in the income period, and whether its owner is a member.
struct IncomeState {
  std::int64_t scaled = 0;
  Truth owner = Truth::unknown;
};

/// One measure against one local limit.
struct LimitState {
  const PropertyLimit* limit = nullptr;
  Rational least;
  Rational most;
  bool unbounded = false;
};

struct Workings {
  const HouseholdFacts& facts;
  const Rulebook& rulebook;
  RulesInForce rules;
  Decision decision;

  Slots household;
  std::vector<MemberState> members;
  std::int64_t period_months = 12;
  std::int64_t standard_year_fen = 0;
  int persons_least = 0;
  int persons_most = 0;
  std::vector<IncomeState> income_states;  // by index in the facts
  std::array<ScaledRange, enumerator_count<IncomeClass>()> income_by_class;
  ScaledRange obligor_support;
  ScaledRange deducted;  // capped by what it is deducted from
  ScaledRange income;    // all of it
  std::vector<LimitState> limits;
  bool property_open = false;  // an asset without limit, or of unknown standing
  Truth registration = Truth::unknown;
  Truth below_standard = Truth::unknown;
  Truth property_within = Truth::unknown;

  const MemberState* member(const std::string& key) const {
    for (const MemberState& state : members) {
      if (state.facts->key == key) return &state;
    }
    return nullptr;
  }
  /// yes for an item of the household as a whole.
  Truth owner_counted(const std::optional<std::string>& key) const;
  bool is_single() const { return facts.unit == ApplicationUnit::single_person; }
  std::int64_t month_divisor() const { return 12 * period_months; }
  Money month_share(std::int64_t scaled) const;

  /// The parameter, recorded as used.
  const LocalValue* use(LocalName name);
  void use_of(const Observations& observations);
  Basis basis_of(const Rule& rule, const Observations& observations = {}) const;
  void trace(std::string step, std::string subject, const Basis& basis, std::string_view result,
             const Observations& observations = {});
  void open_question(const BilingualText& reason, const std::vector<std::string>& missing);
};

/// A rule that fits, or nearly: the first that holds, else the first that may hold.
struct RuleMatch {
  const Rule* rule = nullptr;
  Truth holds = Truth::no;
  Observations observations;
};
RuleMatch first_match(const Rules& rules, const Slots& slots);
/// The rules are tried in order and the first that may hold ends the search.
RuleMatch ordered_match(const Rules& rules, const Slots& slots);

/// The household slots that follow from region, programme and date alone.
Slots household_slots(const RulesInForce& rules, Programme programme, std::int64_t standard_year_fen);

Result<Workings> begin_workings(const HouseholdFacts& facts, const Rulebook& rulebook);
void resolve_members(Workings& workings);
void check_registration(Workings& workings);
void add_incomes(Workings& workings);
void add_obligors(Workings& workings);
void add_deductions(Workings& workings);
void check_property(Workings& workings);
/// Everything up to the three conditions.
void work_out(Workings& workings);

/// yes: counts; no: does not; unknown: a person decides. `slots` of the owner, or of the household.
Truth income_treatment(const RulesInForce& rules, IncomeKind kind, const Slots& slots, const Rule** rule = nullptr,
                       Observations* observations = nullptr);

Truth compare_income(const ScaledRange& income, std::int64_t threshold_least, std::int64_t threshold_most);

struct BenefitRounding {
  Rounding rounding;
  RoundingLevel level = RoundingLevel::household;
};
/// gap / divisor fen a month, plus the uplifts in fen, rounded as the parameter says. gap >= 0, divisor > 0.
Money benefit_month(std::int64_t gap, std::int64_t divisor, int persons, const std::vector<Rational>& uplifts_fen,
                    const BenefitRounding& rounding);
BenefitRounding benefit_rounding(const LocalParameters& local);
/// The person's uplifts that are granted, in fen a month, after the stacking rule. `findings` may be null.
std::vector<Rational> uplifts_of(Workings& workings, const MemberState& member, std::vector<UpliftFinding>* findings,
                                 std::vector<std::size_t>* granted_indexes = nullptr);

}  // namespace jiuzhu::policy
