#include "engines/policy/columns.hpp"

#include "base/assert.hpp"
#include "engines/policy/test_policy.hpp"

namespace jiuzhu::policy {
namespace {

/// A household about which nothing is open, so that most of them fit the columns.
HouseholdFacts settled_household() {
  using namespace random_facts;
  HouseholdFacts facts = random_household();
  for (MemberFacts& member : facts.members) {
    member.registration = RegistrationFacts{
        facts.region,
        facts.programme == Programme::urban ? RegistrationClass::non_agricultural : RegistrationClass::agricultural,
        {}};
    member.lives_independently = one_in(2);
    member.legal_duty = one_in(2);
    member.common_residence_since = member.birth_date;
    member.states.clear();
    if (member.study) member.study->full_time = one_in(2);
  }
  for (IncomeFacts& income : facts.incomes) {
    if (income.kind == IncomeKind::other_income || income.kind == IncomeKind::imputed_wage ||
        income.kind == IncomeKind::inheritance) {
      income.kind = IncomeKind::gift;
    }
  }
  for (PropertyFacts& asset : facts.property) {
    asset.asset_class =
        pick({AssetClass::deposit, AssetClass::vehicle, AssetClass::house, AssetClass::commercial_premises});
    asset.value = asset.value.value_or(amount(30'000));
  }
  for (ObligorFacts& obligor : facts.obligors) {
    obligor.relation = ObligorRelation::child;
    obligor.household_size = 1 + below(4);
    obligor.household_income_month = amount(6'000);
    obligor.persons_supported = 1 + below(3);
  }
  return facts;
}

BriefDecision one_by_one(const HouseholdFacts& facts) {
  const Decision decision = must_assess(facts);
  return {decision.outcome, decision.amount_month.value_or(Money())};
}

void check_same(const std::vector<HouseholdFacts>& households, const Rulebook& rulebook) {
  const auto many = assess_many(households, rulebook);
  RC_ASSERT(many.size() == households.size());
  for (std::size_t i = 0; i < households.size(); ++i) {
    RC_ASSERT(many[i].has_value());
    const auto decision = assess(households[i], rulebook);
    RC_ASSERT(decision.has_value());
    RC_ASSERT(many[i]->outcome == decision->outcome);
    RC_ASSERT(many[i]->amount_month == decision->amount_month.value_or(Money()));
  }
}

RC_GTEST_PROP(Columns, AgreeWithOneByOneForAnyHousehold, ()) {
  std::vector<HouseholdFacts> households;
  for (int i = 0; i < 20; ++i) households.push_back(random_household());
  check_same(households, test_rulebook());
}

RC_GTEST_PROP(Columns, AgreeWithOneByOneForSettledHouseholds, ()) {
  std::vector<HouseholdFacts> households;
  for (int i = 0; i < 20; ++i) households.push_back(settled_household());
  check_same(households, test_rulebook());
}

/// The same under every rounding, by a local folder laid over the real one.
RC_GTEST_PROP(Columns, AgreeUnderEveryRounding, ()) {
  using random_facts::pick;
  const auto value = [](const char* name, const std::string& text) {
    return "parameter: " + std::string(name) +
           "\ntitle: {zh: 甲, en: a}\nvalues:\n  - {region: '000000', from: 2012-12-12, value: '" + text +
           "', status: demonstration, reference: {zh: 甲, en: a}}\n";
  };
  auto files = read_policy_folder(JIUZHU_SOURCE_DIR "/policy");
  RC_ASSERT(files.has_value());
  (*files)["local/rounding_mode.yaml"] = value("rounding_mode", pick<std::string>({"exact", "up", "down", "nearest"}));
  (*files)["local/rounding_level.yaml"] = value("rounding_level", pick<std::string>({"household", "person", "year"}));
  (*files)["local/rounding_unit.yaml"] = value("rounding_unit", pick<std::string>({"0.01", "0.10", "1.00", "10.00"}));
  (*files)["local/income_period_months.yaml"] = value("income_period_months", pick<std::string>({"1", "6", "12"}));
  (*files)["local/uplift_stacking.yaml"] = value("uplift_stacking", pick<std::string>({"highest_only", "stack"}));
  const auto rulebook = load_rulebook(*files);
  RC_ASSERT(rulebook.has_value());
  std::vector<HouseholdFacts> households;
  for (int i = 0; i < 10; ++i) households.push_back(settled_household());
  check_same(households, **rulebook);
}

RC_GTEST_PROP(Columns, TakeMostSettledHouseholds, ()) {
  std::vector<HouseholdFacts> households;
  for (int i = 0; i < 50; ++i) households.push_back(settled_household());
  const ColumnBatch batch = to_columns(households, test_rulebook());
  RC_ASSERT(batch.source.size() + batch.outside.size() == households.size());
  RC_ASSERT(batch.source.size() >= 25U);
}

TEST(Columns, FollowANewStandardWithoutNewFacts) {
  HouseholdFacts facts{.region = "140302", .programme = Programme::urban, .date = day("2020-12-31")};
  for (const char* key : {"m1", "m2"}) {
    facts.members.push_back({.key = key,
                             .relation = facts.members.empty() ? Relation::self : Relation::spouse,
                             .birth_date = day("1975-01-01"),
                             .registration = RegistrationFacts{"140302", RegistrationClass::non_agricultural, {}}});
  }
  facts.incomes.push_back({.kind = IncomeKind::wages, .member = "m1", .amount = Money::yuan(500)});
  ColumnBatch batch = to_columns(std::span(&facts, 1), test_rulebook());
  ASSERT_EQ(batch.source.size(), 1U);
  batch.keys[0].date = day("2021-01-01");
  const auto plan = make_column_plan(batch.keys, test_rulebook());
  ASSERT_TRUE(plan);
  std::vector<Outcome> outcome(1);
  std::vector<std::int64_t> amount(1);
  assess_columns(*plan, batch.columns, {outcome, amount});
  facts.date = day("2021-01-01");
  EXPECT_EQ((BriefDecision{outcome[0], Money::fen(amount[0])}), one_by_one(facts));
  EXPECT_EQ(amount[0], 78'000);
}

TEST(Columns, LeaveMalformedHouseholdsToTheirOwnRefusal) {
  std::vector<HouseholdFacts> households(2);
  households[1] = {.region = "140302", .programme = Programme::urban, .date = day("2001-01-01")};
  households[1].members.push_back({.key = "m1", .relation = Relation::self, .birth_date = day("1975-01-01")});
  const auto results = assess_many(households, test_rulebook());
  ASSERT_FALSE(results[0]);
  EXPECT_EQ(results[0].error().key, "facts.invalid");
  ASSERT_FALSE(results[1]);
  EXPECT_EQ(results[1].error().key, "policy.no_rules_for_date");
}

TEST(Columns, RefuseColumnsOfUnequalLength) {
  HouseholdColumns rows{.context = {0}, .persons = {1}, .flags = {}};
  std::vector<Outcome> outcome(1);
  std::vector<std::int64_t> amount(1);
  EXPECT_THROW(assess_columns(ColumnPlan(1), rows, {outcome, amount}), InvariantError);
}

}  // namespace
}  // namespace jiuzhu::policy
