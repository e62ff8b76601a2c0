#include "engines/policy/assess.hpp"

#include <algorithm>
#include <set>

#include "engines/policy/test_policy.hpp"

// Single rules are in policy/cases; here is what must hold for every household.
namespace jiuzhu::policy {
namespace {

/// At most: each is shown rounded down.
Money uplifts_of(const Decision& decision) {
  Money sum;
  for (const UpliftFinding& uplift : decision.uplifts) {
    if (uplift.granted == Truth::yes) sum += uplift.amount_month + Money::fen(1);
  }
  return sum;
}

/// From bad to good for the household.
int rank_of(Outcome outcome) { return outcome == Outcome::not_eligible ? 0 : outcome == Outcome::review ? 1 : 2; }

RC_GTEST_PROP(Assess, MoreIncomeNeverHelps, ()) {
  HouseholdFacts facts = random_household();
  const Decision before = must_assess(facts);
  facts.incomes.push_back({.kind = IncomeKind::wages,
                           .member = random_facts::owner(facts),
                           .amount = random_facts::amount(2'000),
                           .period = IncomePeriod::month});
  const Decision after = must_assess(facts);
  RC_ASSERT(rank_of(after.outcome) <= rank_of(before.outcome));
  if (before.amount_month && after.amount_month) RC_ASSERT(*after.amount_month <= *before.amount_month);
}

RC_GTEST_PROP(Assess, AmountNeverExceedsStandardsAndUplifts, ()) {
  const Decision decision = must_assess(random_household());
  RC_PRE(decision.outcome == Outcome::eligible);
  const std::int64_t standard_year = decision.figures.standard_year ? decision.figures.standard_year->in_fen()
                                                                    : decision.figures.standard_month.in_fen() * 12;
  const Rational most = Rational::of(standard_year, 12) * Rational(decision.figures.persons_least) +
                        Rational(uplifts_of(decision).in_fen());
  RC_ASSERT(Rational(decision.amount_month->in_fen()) <= most);
  RC_ASSERT(!decision.amount_month->is_negative());
}

RC_GTEST_PROP(Assess, IncomeThatIsLeftOutChangesNothing, ()) {
  HouseholdFacts facts = random_household();
  const Decision before = must_assess(facts);
  const bool is_2021 = facts.date >= day("2021-07-01");
  facts.incomes.push_back({.kind = is_2021 ? random_facts::pick({IncomeKind::social_relief, IncomeKind::scholarship,
                                                                 IncomeKind::preferential_pension})
                                           : IncomeKind::preferential_pension,
                           .member = facts.members.front().key,
                           .amount = random_facts::amount(9'000),
                           .period = IncomePeriod::month});
  const Decision after = must_assess(facts);
  RC_ASSERT(after.outcome == before.outcome);
  RC_ASSERT(after.amount_month == before.amount_month);
}

RC_GTEST_PROP(Assess, OrderOfTheFactsDoesNotMatter, ()) {
  HouseholdFacts facts = random_household();
  const Decision before = must_assess(facts);
  std::ranges::reverse(facts.members);
  std::ranges::reverse(facts.incomes);
  std::ranges::reverse(facts.deductions);
  std::ranges::reverse(facts.property);
  std::ranges::reverse(facts.obligors);
  const Decision after = must_assess(facts);
  RC_ASSERT(after.outcome == before.outcome);
  RC_ASSERT(after.amount_month == before.amount_month);
}

RC_GTEST_PROP(Assess, ReviewAlwaysSaysWhatIsOpen, ()) {
  const Decision decision = must_assess(random_household());
  RC_ASSERT((decision.outcome == Outcome::review) == !decision.open_questions.empty());
  RC_ASSERT(decision.amount_month.has_value() == (decision.outcome == Outcome::eligible));
  RC_ASSERT(!decision.reasons.empty());
  RC_ASSERT(!decision.law.empty());
}

/// The citation must be of a text that was in force on the day, anywhere in the decision.
RC_GTEST_PROP(Assess, CitesOnlyLawInForceOnTheDay, ()) {
  const Decision decision = must_assess(random_household());
  std::set<std::string> cited(decision.law.begin(), decision.law.end());
  for (const TraceStep& step : decision.trace) cited.insert(step.articles.begin(), step.articles.end());
  for (const std::string& article : cited) {
    const Instrument& instrument = decision.wording->instruments.at(article.substr(0, article.find('/')));
    RC_ASSERT(!instrument.effective || *instrument.effective <= decision.date);
    RC_ASSERT(!instrument.repealed || decision.date < *instrument.repealed);
  }
}

/// Giving a missing fact may settle an open question but never turns a settled result around.
RC_GTEST_PROP(Assess, SettledResultsDoNotDependOnMissingFacts, ()) {
  HouseholdFacts facts = random_household();
  const Decision before = must_assess(facts);
  RC_PRE(before.outcome != Outcome::review);
  for (MemberFacts& member : facts.members) {
    // A capacity to work that is known already says whether somebody can live independently.
    const bool is_open = !member.labour_capacity || member.labour_capacity == LabourCapacity::partial;
    if (is_open && !member.lives_independently) member.lives_independently = random_facts::one_in(2);
    if (!member.common_residence_since) member.common_residence_since = member.birth_date;
    if (!member.employed) member.employed = random_facts::one_in(2);
  }
  for (PropertyFacts& asset : facts.property) {
    if (!asset.value) asset.value = random_facts::amount(100'000);
  }
  for (ObligorFacts& obligor : facts.obligors) {
    if (!obligor.household_size) obligor.household_size = 2;
    if (!obligor.household_income_month) obligor.household_income_month = random_facts::amount(5'000);
    if (!obligor.persons_supported) obligor.persons_supported = 1;
  }
  const Decision after = must_assess(facts);
  RC_ASSERT(after.outcome == before.outcome);
}

RC_GTEST_PROP(Assess, EveryDecisionCanBePrintedInBothLanguages, ()) {
  const Decision decision = must_assess(random_household());
  for (const Language language : {Language::zh, Language::en}) {
    for (const std::string& paragraph : explain(decision, language)) {
      RC_ASSERT(!paragraph.empty());
      RC_ASSERT(paragraph.find('{') == std::string::npos);
      // Words of the engine must not leak into prose.
      RC_ASSERT(paragraph.find("_") == std::string::npos);
    }
  }
}

HouseholdFacts simple_household() {
  HouseholdFacts facts{.region = "140302", .programme = Programme::urban, .date = day("2020-03-02")};
  facts.members.push_back({.key = "m1",
                           .relation = Relation::self,
                           .birth_date = day("1970-01-01"),
                           .registration = RegistrationFacts{"140302", RegistrationClass::non_agricultural, {}}});
  return facts;
}

TEST(Assess, ReportsEveryContradictionAtOnce) {
  HouseholdFacts facts = simple_household();
  facts.region = "14030";
  facts.approved_on = day("2020-01-01");
  auto refused = assess(facts, test_rulebook());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().key, "facts.invalid");
  EXPECT_EQ(refused.error().fields.size(), 2U);
  facts = simple_household();
  facts.members.push_back({.key = "m2", .relation = Relation::child, .relative_to = "m3", .birth_date = facts.date});
  facts.members.push_back({.key = "m3", .relation = Relation::spouse, .relative_to = "m2", .birth_date = facts.date});
  refused = assess(facts, test_rulebook());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fields[0].key, "facts.relation_circle");
}

TEST(Assess, RecordsTheVersionsOfParameters) {
  const Decision decision = must_assess(simple_household());
  const auto standard = std::ranges::find(decision.parameters, "standard_urban_month", &ParameterUse::name);
  ASSERT_NE(standard, decision.parameters.end());
  EXPECT_EQ(standard->value, "590.00");
  EXPECT_EQ(standard->valid_from, day("2020-01-01"));
  EXPECT_EQ(standard->status, Verification::demonstration);
  EXPECT_FALSE(decision.hypothetical);
}

TEST(Assess, RefusesOverridesThatDoNotFit) {
  HouseholdFacts facts = simple_household();
  facts.overrides = {{"standard_urban_month", "700.00"},
                     {"standard", "1"},
                     {"rounding_mode", "sideways"},
                     {"uplifts", "none"},
                     {"obligor_formula_urban", "unheard_of"}};
  const auto refused = assess(facts, test_rulebook());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().key, "policy.override");
  EXPECT_EQ(refused.error().fields.size(), 4U);
}

TEST(Assess, TracesTheConditionsOfARule) {
  const Decision decision = must_assess(simple_household());
  const auto step = std::ranges::find(decision.trace, "DB-2012/applicant", &TraceStep::rule);
  ASSERT_NE(step, decision.trace.end());
  EXPECT_EQ(step->subject, "/members/0");
  EXPECT_EQ(step->result, "yes");
  ASSERT_FALSE(step->conditions.empty());
  EXPECT_EQ(step->conditions[0].condition, "relation == self");
}

TEST(Wording, CitesArticlesAsOfficialsDo) {
  const auto words = test_rulebook().wording();
  EXPECT_EQ(words->cite("DB-2012/5-1-2", Language::zh), "《最低生活保障审核审批办法（试行）》第五条第一款第（二）项");
  EXPECT_EQ(words->cite("CC-2020/1067-2", Language::zh), "《中华人民共和国民法典》第一千零六十七条第二款");
  EXPECT_EQ(words->cite("DB-2022/1-1", Language::zh),
            "《关于进一步做好最低生活保障等社会救助兜底工作的通知》第一部分第（一）项");
  EXPECT_EQ(words->cite("DB-2021/13-2-3", Language::en),
            "Measures for Review and Confirmation of the Minimum Living Guarantee art. 13(2)(3)");
}

TEST(Wording, WritesChineseNumbers) {
  EXPECT_EQ(chinese_number(0), "零");
  EXPECT_EQ(chinese_number(10), "十");
  EXPECT_EQ(chinese_number(12), "十二");
  EXPECT_EQ(chinese_number(20), "二十");
  EXPECT_EQ(chinese_number(105), "一百零五");
  EXPECT_EQ(chinese_number(110), "一百一十");
  EXPECT_EQ(chinese_number(1005), "一千零五");
  EXPECT_EQ(chinese_number(1084), "一千零八十四");
}

}  // namespace
}  // namespace jiuzhu::policy
