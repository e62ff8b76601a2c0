#pragma once
// For tests of the engine: the real policy/ folder, and households made at random within what facts may say.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engines/policy/assess.hpp"
#include "kernel/policy_files/policy_files.hpp"

namespace jiuzhu::policy {

/// policy/ as it stands in the source tree.
inline const Rulebook& test_rulebook() {
  static const std::shared_ptr<const Rulebook> kRulebook = [] {
    const auto files = read_policy_folder(JIUZHU_SOURCE_DIR "/policy");
    if (!files) throw std::runtime_error(files.error().key);
    auto rulebook = load_rulebook(*files);
    if (!rulebook) throw std::runtime_error(rulebook.error().fields.at(0).pointer + rulebook.error().fields.at(0).key);
    return *rulebook;
  }();
  return *kRulebook;
}

inline Date day(const char* text) {
  const auto date = Date::parse(text);
  if (!date) throw std::runtime_error(text);
  return *date;
}

inline Decision must_assess(const HouseholdFacts& facts) {
  auto decision = assess(facts, test_rulebook());
  if (!decision) throw std::runtime_error(decision.error().key);
  return std::move(*decision);
}

namespace random_facts {

inline int below(int bound) { return *rc::gen::resize(100, rc::gen::inRange(0, bound)); }
inline bool one_in(int count) { return below(count) == 0; }
template <class T>
T pick(std::initializer_list<T> values) {
  return *(values.begin() + below(static_cast<int>(values.size())));
}
template <class E>
E pick_enum() {
  return static_cast<E>(below(static_cast<int>(enumerator_count<E>())));
}
inline Money amount(int yuan_most) { return Money::fen(below(yuan_most * 100)); }
inline std::optional<bool> maybe() {
  if (one_in(8)) return std::nullopt;
  return one_in(2);
}

inline MemberFacts member(int number, const HouseholdFacts& facts) {
  MemberFacts member{.key = "m" + std::to_string(number)};
  member.relation =
      number == 0 ? Relation::self
      : number == 1 && one_in(2)
          ? Relation::spouse
          : pick({Relation::child, Relation::child, Relation::parent, Relation::sibling, Relation::other});
  member.birth_date = facts.date.plus_days(-below(30'000));
  if (!one_in(15)) {
    member.registration = RegistrationFacts{.region = one_in(12) ? "140105" : facts.region,
                                            .registration_class = facts.programme == Programme::urban
                                                                      ? RegistrationClass::non_agricultural
                                                                      : RegistrationClass::agricultural};
  }
  if (!one_in(5)) member.common_residence_since = member.birth_date;
  if (one_in(3)) member.labour_capacity = pick_enum<LabourCapacity>();
  if (!one_in(4)) member.lives_independently = one_in(3);
  member.legal_duty =
      member.relation == Relation::sibling || member.relation == Relation::other ? maybe() : std::nullopt;
  member.serious_illness = one_in(10);
  member.employed = maybe();
  if (one_in(6)) member.disability = DisabilityFacts{pick_enum<DisabilityClass>(), 1 + below(4)};
  if (one_in(6)) member.study = StudyFacts{pick_enum<StudyLevel>(), maybe()};
  if (one_in(12)) member.states.push_back({pick_enum<PersonState>(), member.birth_date, std::nullopt});
  return member;
}

inline std::optional<std::string> owner(const HouseholdFacts& facts) {
  if (one_in(5)) return std::nullopt;
  return facts.members[static_cast<std::size_t>(below(static_cast<int>(facts.members.size())))].key;
}

inline void add_income(HouseholdFacts& facts) {
  IncomeFacts income{.kind = pick_enum<IncomeKind>(), .member = owner(facts)};
  if (one_in(2)) income.kind = pick({IncomeKind::wages, IncomeKind::farming, IncomeKind::retirement_pension});
  income.period = pick_enum<IncomePeriod>();
  income.amount = amount(income.period == IncomePeriod::month ? 900 : 9'000);
  if (income.period == IncomePeriod::once) income.received_on = facts.date.plus_days(-below(500));
  if (income.period == IncomePeriod::month && one_in(4)) income.until = facts.date.month_of().plus(-below(14));
  facts.incomes.push_back(income);
}

inline void add_obligor(HouseholdFacts& facts, int number) {
  ObligorFacts obligor{.key = "o" + std::to_string(number), .supports = facts.members.front().key};
  obligor.relation = pick_enum<ObligorRelation>();
  if (one_in(2)) obligor.relation = ObligorRelation::child;
  obligor.birth_date = facts.date.plus_days(-(5'000 + below(20'000)));
  obligor.deceased = one_in(8);
  if (!one_in(8)) {
    obligor.household_size = 1 + below(5);
    obligor.household_income_month = amount(6'000);
    obligor.persons_supported = 1 + below(3);
  }
  obligor.raised = maybe();
  facts.obligors.push_back(obligor);
}

}  // namespace random_facts

/// Small and large, settled and open, before and after every change of law.
inline HouseholdFacts random_household() {
  using namespace random_facts;
  HouseholdFacts facts;
  facts.region = pick({"140302", "140303", "140311", "140321", "140322"});
  facts.programme = one_in(2) ? Programme::urban : Programme::rural;
  facts.date = day(pick({"2019-01-01", "2019-08-01", "2020-12-31", "2021-01-01", "2021-06-30", "2021-07-01",
                         "2022-10-19", "2022-10-20", "2025-12-31", "2026-01-01"}))
                   .plus_days(below(40));
  const int members = 1 + below(5);
  for (int i = 0; i < members; ++i) facts.members.push_back(member(i, facts));
  for (int i = below(4); i > 0; --i) add_income(facts);
  for (int i = below(3); i > 0; --i) {
    facts.deductions.push_back({.kind = pick_enum<DeductionKind>(), .member = owner(facts), .amount = amount(300)});
  }
  for (int i = one_in(2) ? below(3) : 0; i > 0; --i) {
    PropertyFacts asset{.asset_class = pick_enum<AssetClass>(), .member = owner(facts), .use = pick_enum<AssetUse>()};
    if (one_in(2)) asset.asset_class = AssetClass::deposit;
    if (!one_in(6)) asset.value = amount(one_in(2) ? 10'000 : 120'000);
    facts.property.push_back(asset);
  }
  for (int i = one_in(3) ? 1 + below(2) : 0; i > 0; --i) add_obligor(facts, i);
  return facts;
}

}  // namespace jiuzhu::policy
