#include "engines/policy/expression.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engines/policy/facts.hpp"

namespace jiuzhu::policy {
namespace {

Value number_of(const std::string& text, const Slots& slots = {}) {
  const auto expression = Expression::parse(text, ValueType::number, kObligorScopes);
  EXPECT_TRUE(expression) << text << ": " << (expression ? "" : expression.error().key);
  return expression ? expression->evaluate(slots) : Value();
}

Truth truth(const std::string& text, const Slots& slots = {}) {
  const auto expression = Expression::parse(text, ValueType::boolean, kObligorScopes);
  EXPECT_TRUE(expression) << text << ": " << (expression ? "" : expression.error().key);
  return expression ? expression->holds(slots) : Truth::unknown;
}

TEST(Rational, IsExact) {
  EXPECT_EQ(number_of("0.1 + 0.2").to_text(), "0.3");
  EXPECT_EQ(number_of("1 / 3 * 3").to_text(), "1");
  EXPECT_EQ(number_of("1 / 3").to_text(), "1/3");
  EXPECT_EQ(number_of("-5 / 2").to_text(), "-2.5");
  EXPECT_EQ(Rational::of(-5, 2).floor(), -3);
  EXPECT_EQ(Rational::parse("0.050")->to_text(), "0.05");
  EXPECT_FALSE(Rational::parse("1."));
  EXPECT_FALSE(Rational::parse("1e5"));
  EXPECT_FALSE(Rational::parse(""));
}

RC_GTEST_PROP(Rational, KeepsTheLawsOfArithmetic, ()) {
  const auto make = [] { return Rational::of(*rc::gen::inRange(-10'000, 10'000), *rc::gen::inRange(1, 1'000)); };
  const Rational a = make();
  const Rational b = make();
  const Rational c = make();
  RC_ASSERT((a + b) - b == a);
  RC_ASSERT(a * (b + c) == a * b + a * c);
  if (!b.is_zero()) RC_ASSERT(a / b * b == a);
  RC_ASSERT((a < b) == (b - a > Rational(0)));
}

TEST(Expression, BindsAsPeopleRead) {
  EXPECT_EQ(number_of("2 + 3 * 4").to_text(), "14");
  EXPECT_EQ(number_of("(2 + 3) * 4").to_text(), "20");
  EXPECT_EQ(number_of("10 - 4 - 3").to_text(), "3");
  EXPECT_EQ(truth("false and false or true"), Truth::yes);
  EXPECT_EQ(truth("not false and false"), Truth::no);
  EXPECT_EQ(truth("1 + 1 == 2 and 3 >= 3 and 2 != 3"), Truth::yes);
  EXPECT_EQ(number_of("max(0, 3 - 5) + min(2, 7) + if(1 < 2, 10, 20)").to_text(), "12");
}

TEST(Expression, ComparesSymbolsOfOneList) {
  Slots slots;
  slots.set_symbol(Slot::relation, Relation::stepchild);
  EXPECT_EQ(truth("relation == stepchild", slots), Truth::yes);
  EXPECT_EQ(truth("relation in (child, stepchild)", slots), Truth::yes);
  EXPECT_EQ(truth("relation != spouse", slots), Truth::yes);
  EXPECT_EQ(truth("relation in (child, parent)"), Truth::unknown);
}

TEST(Expression, FollowsThreeValuedLogic) {
  EXPECT_EQ(truth("studying and false"), Truth::no);
  EXPECT_EQ(truth("studying or true"), Truth::yes);
  EXPECT_EQ(truth("studying and true"), Truth::unknown);
  EXPECT_EQ(truth("not studying"), Truth::unknown);
  EXPECT_EQ(truth("age >= 18"), Truth::unknown);
  EXPECT_EQ(truth("if(studying, 1, 2) == 1"), Truth::unknown);
  EXPECT_EQ(truth("1 / 0 == 1"), Truth::unknown);
}

TEST(Expression, TellsWhatItLookedAt) {
  const auto expression = Expression::parse("age >= 18 and (studying or full_time)", ValueType::boolean, kPersonScopes);
  ASSERT_TRUE(expression);
  Slots slots;
  slots.set(Slot::age, 20);
  slots.set(Slot::studying, false);
  Observations seen;
  EXPECT_EQ(expression->holds(slots, &seen), Truth::unknown);
  ASSERT_EQ(seen.conditions.size(), 3U);
  EXPECT_EQ(seen.conditions[0].condition, "age >= 18");
  EXPECT_EQ(seen.conditions[0].value, "yes");
  EXPECT_EQ(seen.missing, std::vector<Slot>{Slot::full_time});
}

struct Mistake {
  const char* text;
  const char* key;
  int line;
  int column;
};

class ExpressionMistakes : public testing::TestWithParam<Mistake> {};

TEST_P(ExpressionMistakes, AreNamedWithTheirPlace) {
  const auto parsed = Expression::parse(GetParam().text, ValueType::boolean, kPersonScopes);
  ASSERT_FALSE(parsed) << GetParam().text;
  EXPECT_EQ(parsed.error().key, GetParam().key) << GetParam().text;
  EXPECT_EQ(parsed.error().line, GetParam().line) << GetParam().text;
  EXPECT_EQ(parsed.error().column, GetParam().column) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(All, ExpressionMistakes,
                         testing::Values(Mistake{"age >= 18 and\n  agee > 3", "expression.unknown_word", 2, 3},
                                         Mistake{"relation == bachelor", "expression.unknown_word", 1, 13},
                                         Mistake{"relation == study_level", "expression.wrong_type", 1, 1},
                                         Mistake{"age", "expression.wrong_type", 1, 1},
                                         Mistake{"age >= ", "expression.ends_early", 1, 8},
                                         Mistake{"(age > 1", "expression.unexpected", 1, 9},
                                         Mistake{"age > 1)", "expression.unexpected", 1, 8},
                                         Mistake{"age > 1 2", "expression.unexpected", 1, 9},
                                         Mistake{"age > 1.2.3", "expression.number", 1, 7},
                                         Mistake{"max(1) > 1", "expression.argument_count", 1, 1},
                                         Mistake{"asset_class == vehicle", "expression.out_of_scope", 1, 1},
                                         Mistake{"studying and 1", "expression.wrong_type", 1, 1},
                                         Mistake{"child", "expression.wrong_type", 1, 1},
                                         Mistake{"", "expression.ends_early", 1, 1},
                                         Mistake{"age > 1 ; drop", "expression.unexpected", 1, 9}));

TEST(Expression, RefusesWhatWouldExhaustTheStack) {
  const auto parsed = Expression::parse(std::string(5'000, '('), ValueType::boolean, kPersonScopes);
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().key, "expression.too_deep");
}

RC_GTEST_PROP(Expression, SurvivesAnyText, (const std::string& text)) {
  (void)Expression::parse(text, ValueType::boolean, kPersonScopes);
}

}  // namespace
}  // namespace jiuzhu::policy
