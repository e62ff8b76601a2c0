#include "modules/decisions/decision_rules.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "modules/cases/test_refusals.hpp"

namespace jiuzhu::decisions {
namespace {

AmountWish wish(policy::Outcome outcome, std::optional<Money> amount, bool has_reasons = false) {
  const bool is_computed = outcome == policy::Outcome::eligible;
  return {.amount = amount,
          .has_reasons = has_reasons,
          .assessed_outcome = outcome,
          .computed = is_computed ? std::optional(Money::yuan(500)) : std::nullopt,
          .publicised = Money::yuan(500),
          .law = {"DB-2012/27"}};
}

TEST(DecisionRules, TheComputedAmountIsTheOnlyOneWhereTheRulesSettleIt) {
  EXPECT_EQ(approvable_amount(wish(policy::Outcome::eligible, std::nullopt)), Money::yuan(500));
  EXPECT_EQ(approvable_amount(wish(policy::Outcome::eligible, Money::yuan(500))), Money::yuan(500));
  for (const Money other : {Money::yuan(501), Money::fen(49'999), Money(), Money::yuan(-1)}) {
    const auto refused = approvable_amount(wish(policy::Outcome::eligible, other, true));
    ASSERT_FALSE(refused);
    EXPECT_EQ(test::key_of(refused), "decision.amount_differs");
    EXPECT_EQ(test::law_of_refusal(refused), std::vector<std::string>{"DB-2012/27"});
  }
}

TEST(DecisionRules, APersonGivesReasonsWhereTheRulesLeaveItOpen) {
  const auto bare = approvable_amount(wish(policy::Outcome::review, std::nullopt));
  ASSERT_FALSE(bare);
  EXPECT_EQ(bare.error().fields.size(), 2U);
  EXPECT_EQ(test::field_key_of(approvable_amount(wish(policy::Outcome::review, Money::yuan(500)))),
            "decision.reasons_required");
  EXPECT_EQ(test::field_key_of(approvable_amount(wish(policy::Outcome::review, Money(), true))),
            "decision.amount_required");
  EXPECT_EQ(approvable_amount(wish(policy::Outcome::review, Money::yuan(300), true)), Money::yuan(300));
}

TEST(DecisionRules, AnAmountThePublicWasNotShownNeedsReasons) {
  AmountWish changed = wish(policy::Outcome::eligible, std::nullopt);
  changed.publicised = Money::yuan(400);
  EXPECT_EQ(test::field_key_of(approvable_amount(changed)), "decision.reasons_required");
  changed.has_reasons = true;
  EXPECT_EQ(approvable_amount(changed), Money::yuan(500));
}

RC_GTEST_PROP(DecisionRules, NothingButTheComputedAmountPassesWhateverTheReasons, (bool has_reasons)) {
  const Money amount = Money::fen(*rc::gen::inRange(-100'000, 200'000));
  const auto approved = approvable_amount(wish(policy::Outcome::eligible, amount, has_reasons));
  RC_ASSERT(approved.has_value() == (amount == Money::yuan(500)));
}

}  // namespace
}  // namespace jiuzhu::decisions
