#include "engines/policy/procedure.hpp"

#include "engines/policy/test_policy.hpp"

namespace jiuzhu::policy {
namespace {

Procedure procedure(const char* date) { return test_rulebook().procedure_on("140302", day(date)).value(); }

TEST(Procedure, HasTheRulesOf2012) {
  const Procedure rules = procedure("2019-07-31");
  EXPECT_EQ(rules.publicity_rounds, 2);
  EXPECT_EQ(rules.publicity_rounds.articles, (std::vector<std::string>{"DB-2012/25", "DB-2012/29-1"}));
  EXPECT_EQ(rules.publicity_rounds.status, Verification::verified);
  EXPECT_EQ(rules.publicity_days, 7);
  EXPECT_EQ(*rules.appraisal, AppraisalRule::always);
  EXPECT_EQ(*rules.appraisal_delegates_share, Rational::of(2, 3));
  EXPECT_EQ(rules.investigation_working_days.value, 10);
  EXPECT_EQ(rules.appraisal_working_days.value, 5);
  EXPECT_EQ(rules.county_opinion_working_days, 5);
  EXPECT_EQ(rules.decision_working_days_after_publicity.value, 3);
  EXPECT_EQ(rules.decision_working_days_after_objection.value, 20);
  EXPECT_EQ(rules.refusal_notice_days, 3);
  EXPECT_EQ(*rules.refusal_notice_unit, DayUnit::calendar_days);
  EXPECT_EQ(rules.sample_ratio.value, Rational::of(3, 10));
  EXPECT_FALSE(rules.tiers_allowed);
  EXPECT_EQ(rules.review_months_unstable_urban, 1);
  EXPECT_EQ(rules.payment_day, 10);
}

TEST(Procedure, HasTheNoticeOnTop) {
  const Procedure rules = procedure("2019-08-01");
  EXPECT_EQ(rules.review_months_no_change, 12);
  EXPECT_EQ(rules.review_months_little_change, 6);
  EXPECT_EQ(rules.review_months_unstable_urban, 3);
  EXPECT_EQ(rules.review_months_unstable_urban.pack, "SX-2019");
  EXPECT_TRUE(rules.verification_required);
  EXPECT_EQ(rules.village_report_day.value, 20);
  EXPECT_EQ(rules.publicity_rounds, 2);
}

TEST(Procedure, HasTheRulesOf2021) {
  const Procedure rules = procedure("2021-07-01");
  EXPECT_EQ(rules.publicity_rounds, 1);
  EXPECT_EQ(*rules.appraisal, AppraisalRule::on_objection);
  EXPECT_EQ(rules.sample_ratio.value, std::nullopt);
  EXPECT_TRUE(rules.visit_kin_filed);
  EXPECT_EQ(rules.county_opinion_working_days, 10);
  EXPECT_EQ(*rules.refusal_notice_unit, DayUnit::working_days);
  EXPECT_EQ(rules.overall_days_rural.value, 30);
  EXPECT_EQ(rules.overall_extended_working_days.value, 45);
  EXPECT_EQ(rules.overall_delegated_working_days.value, std::nullopt);
  EXPECT_TRUE(rules.tiers_allowed);
  EXPECT_EQ(rules.review_months_little_change, 12);
  EXPECT_EQ(rules.review_months_unstable_rural, 6);
  EXPECT_TRUE(rules.verification_required);
}

TEST(Procedure, HasTheNoticeOf2022) {
  const Procedure rules = procedure("2022-10-20");
  EXPECT_EQ(rules.overall_delegated_working_days.value, 20);
  EXPECT_EQ(rules.gradual_exit_months_most.value, 6);
  EXPECT_EQ(rules.death_review_months.value, 3);
}

TEST(Procedure, JudgesKinByRelationCodeAndDate) {
  const Procedure before = procedure("2019-07-31");
  const Procedure after = procedure("2019-08-01");
  for (const char* core : {"10", "20", "31", "41", "51", "61", "73"}) {
    EXPECT_EQ(before.kin_outcome(core), KinOutcome::filed) << core;
    EXPECT_EQ(after.kin_outcome(core), KinOutcome::filed) << core;
  }
  for (const char* extended : {"28", "38", "53", "81", "88", "91", "92", "93", "72"}) {
    EXPECT_EQ(before.kin_outcome(extended), KinOutcome::note) << extended;
    EXPECT_EQ(after.kin_outcome(extended), KinOutcome::filed) << extended;
  }
  EXPECT_EQ(after.kin_outcome("82"), KinOutcome::clarify);
  EXPECT_EQ(after.kin_outcome("47"), KinOutcome::none);
  EXPECT_EQ(after.kin_outcome("98"), KinOutcome::none);
}

TEST(Procedure, IsAnErrorBeforeTheFirstRules) {
  const auto refused = test_rulebook().procedure_on("140302", day("2012-12-11"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().key, "policy.no_rules_for_date");
}

TEST(Procedure, NamesEveryMissingAndMalformedValue) {
  ProcedureValues values = (*test_rulebook().pack_on(day("2020-01-01")))->procedure_values;
  values.erase("publicity_days");
  values["sample_ratio"].text = "1.5";
  values["appraisal"].text = "sometimes";
  const auto refused = make_procedure(values);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fields.size(), 3U);
}

}  // namespace
}  // namespace jiuzhu::policy
