#include "engines/sieve/condition.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>

#include "base/date.hpp"

namespace jiuzhu::sieve {
namespace {

const FigureNames& names() {
  static const FigureNames kNames{{"members", 0}, {"vehicles", 1}, {"max_price", 2}, {"deposits", 3}, {"last_seen", 4}};
  return kNames;
}

/// A household of three with two vehicles worth 150,000.01 and no deposits; last seen on 2025-06-01.
std::array<Figure, 5> household() {
  return {Figure::of(30'000), Figure::of(20'000), Figure::of(1'500'000'100), Figure{},
          Figure::of(Wide{days_between(Date(), *Date::parse("2025-06-01"))} * 10'000)};
}

bool holds(const std::string& text, const std::array<Figure, 5>& figures = household()) {
  const auto condition = Condition::parse(text, names());
  EXPECT_TRUE(condition) << text << ": " << (condition ? "" : condition.error().key);
  return condition && condition->holds(figures);
}

TEST(Condition, BindsAsPeopleRead) {
  EXPECT_TRUE(holds("2 + 3 * 4 == 14"));
  EXPECT_TRUE(holds("(2 + 3) * 4 == 20"));
  EXPECT_TRUE(holds("10 - 4 - 3 == 3"));
  EXPECT_TRUE(holds("-2 + 3 == 1 and 2 * -3 == -6 and - -2 == 2"));
  EXPECT_TRUE(holds("1 == 2 and 1 == 2 or 1 == 1"));
  EXPECT_TRUE(holds("1 == 1 or 1 == 1 and 1 == 2"));
  EXPECT_FALSE(holds("not 1 == 1 or 1 == 2"));
  EXPECT_TRUE(holds("not (1 == 1 and 1 == 2)"));
  EXPECT_TRUE(holds("not not 1 == 1"));
}

TEST(Condition, ComparesExactly) {
  EXPECT_TRUE(holds("vehicles >= 2 or max_price > 200000"));
  EXPECT_TRUE(holds("max_price > 150000"));
  EXPECT_FALSE(holds("max_price > 150000.01"));
  EXPECT_TRUE(holds("max_price == 150000.01 and max_price >= 150000.01 and max_price <= 150000.01"));
  EXPECT_TRUE(holds("max_price != 150000 and max_price < 150000.0101"));
  EXPECT_TRUE(holds("0.1 + 0.2 == 0.3"));
  EXPECT_TRUE(holds("0.0001 * 10000 == 1"));
}

TEST(Condition, CutsAProductBehindFourDecimals) {
  EXPECT_TRUE(holds("0.01 * 0.01 == 0.0001"));
  EXPECT_TRUE(holds("0.0001 * 0.9 == 0"));
  EXPECT_TRUE(holds("-0.0001 * 0.9 == 0"));
}

TEST(Condition, KnowsDates) {
  EXPECT_TRUE(holds("last_seen == date(2025-06-01)"));
  EXPECT_TRUE(holds("last_seen > date( 2025-05-31 ) and date (1970-01-02) == 1"));
  EXPECT_TRUE(holds("date(2025-06-30) - last_seen < 30"));
  EXPECT_TRUE(holds("date(1969-12-31) == -1"));
}

TEST(Condition, FailsEveryComparisonWithWhatIsAbsent) {
  for (const char* comparison : {"==", "!=", "<", "<=", ">", ">="}) {
    EXPECT_FALSE(holds(std::string("deposits ") + comparison + " 0")) << comparison;
    EXPECT_FALSE(holds(std::string("0 ") + comparison + " deposits")) << comparison;
    EXPECT_FALSE(holds(std::string("deposits ") + comparison + " deposits")) << comparison;
    EXPECT_TRUE(holds(std::string("not deposits ") + comparison + " 0")) << comparison;
  }
  EXPECT_FALSE(holds("deposits + 1 > 0 or 1 - deposits < 2 or deposits * 0 == 0 or -deposits <= 0"));
  EXPECT_TRUE(holds("deposits > 1 or vehicles > 1"));
}

TEST(Condition, TakesWhatOutgrowsItForAbsent) {
  const std::string most = "999999999999999.9999";
  EXPECT_TRUE(holds(most + " * 1000 > 0"));
  const std::string huge = most + " * " + most + " * " + most;
  EXPECT_FALSE(holds(huge + " > 0"));
  EXPECT_FALSE(holds(huge + " <= 0"));
  const Wide greatest = ~(Wide{1} << 127);
  std::array<Figure, 5> figures = household();
  figures[1] = Figure::of(greatest);
  figures[2] = Figure::of(-greatest - 1);
  EXPECT_TRUE(holds("vehicles > max_price", figures));
  EXPECT_FALSE(holds("vehicles + 1 > 0 or vehicles + 1 <= 0", figures));
  EXPECT_FALSE(holds("max_price - 1 > 0 or max_price - 1 <= 0", figures));
  EXPECT_FALSE(holds("-max_price > 0 or -max_price <= 0", figures));
  EXPECT_FALSE(holds("vehicles * 2 > 0 or vehicles * 2 <= 0", figures));
}

TEST(Condition, TellsWhatItAsksFor) {
  const auto condition = Condition::parse("vehicles > 2 or deposits > members and vehicles > 1", names());
  ASSERT_TRUE(condition);
  EXPECT_EQ(condition->uses(), (std::vector<int>{1, 3, 0}));
  EXPECT_EQ(condition->text(), "vehicles > 2 or deposits > members and vehicles > 1");
}

struct Mistake {
  const char* text;
  const char* key;
  int column;
  const char* near;
};

class ConditionMistakes : public testing::TestWithParam<Mistake> {};

TEST_P(ConditionMistakes, AreNamedWithTheirPlace) {
  const auto parsed = Condition::parse(GetParam().text, names());
  ASSERT_FALSE(parsed) << GetParam().text;
  EXPECT_EQ(parsed.error().key, GetParam().key) << GetParam().text;
  EXPECT_EQ(parsed.error().column, GetParam().column) << GetParam().text;
  EXPECT_EQ(parsed.error().near, GetParam().near) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    All, ConditionMistakes,
    testing::Values(Mistake{"", "condition.empty", 1, ""}, Mistake{" \n ", "condition.empty", 1, ""},
                    Mistake{"vehicles >= ", "condition.ends_early", 13, ""},
                    Mistake{"(vehicles > 1", "condition.ends_early", 14, ""},
                    Mistake{"vehicles > 1)", "condition.unexpected", 13, ")"},
                    Mistake{"vehicles > 1 2", "condition.unexpected", 14, "2"},
                    Mistake{"members > 1 and vehicles => 1", "condition.unexpected", 26, "="},
                    Mistake{"vehicles = 1", "condition.unexpected", 10, "="},
                    Mistake{"vehicles > 150,000", "condition.unexpected", 15, ","},
                    Mistake{"vehicles ＞ 1", "condition.unexpected", 10, "＞"},
                    Mistake{"vehicles > 1.2.3", "condition.unexpected", 12, "1.2.3"},
                    Mistake{"vehicles > 1.", "condition.unexpected", 12, "1."},
                    Mistake{"vehicles > 1e5", "condition.unexpected", 12, "1e5"},
                    Mistake{"and vehicles > 1", "condition.unexpected", 1, "and"},
                    Mistake{"vehicles > 1 and or", "condition.unexpected", 18, "or"},
                    Mistake{"vehicles / 2 > 1", "condition.unexpected", 10, "/"},
                    Mistake{"vehicles > 1 or vehicle > 1", "condition.unknown_name", 17, "vehicle"},
                    Mistake{"vehicles > 1 or\n  vehicle > 1", "condition.unknown_name", 19, "vehicle"},
                    Mistake{"vehicles", "condition.not_a_condition", 1, "vehicles"},
                    Mistake{"vehicles + 1", "condition.not_a_condition", 1, "vehicles + 1"},
                    Mistake{"vehicles > 1 and (members * 2)", "condition.not_a_condition", 18, "(members * 2)"},
                    Mistake{"1 or vehicles > 1", "condition.not_a_condition", 1, "1"},
                    Mistake{"not vehicles", "condition.not_a_condition", 5, "vehicles"},
                    Mistake{"1 < vehicles < 3", "condition.not_a_number", 1, "1 < vehicles"},
                    Mistake{"1 + (vehicles > 1) > 2", "condition.not_a_number", 5, "(vehicles > 1)"},
                    Mistake{"1 == not vehicles > 1", "condition.not_a_number", 6, "not vehicles > 1"},
                    Mistake{"-(vehicles > 1)", "condition.not_a_number", 2, "(vehicles > 1)"},
                    Mistake{"vehicles > 1234567890123456", "condition.number_too_long", 12, "1234567890123456"},
                    Mistake{"vehicles > 1.00001", "condition.number_too_long", 12, "1.00001"},
                    Mistake{"last_seen > date(2025-02-30)", "condition.bad_date", 13, "date(2025-02-30)"},
                    Mistake{"last_seen > date(2025-02-03", "condition.bad_date", 13, "date(2025-02-03"},
                    Mistake{"last_seen > date", "condition.bad_date", 13, "date"}));

TEST(Condition, RefusesWhatWouldExhaustTheStack) {
  for (const char* opening : {"(", "not ", "-", "1 + ("}) {
    std::string text;
    for (int i = 0; i < 5'000; ++i) text += opening;
    const auto parsed = Condition::parse(text, names());
    ASSERT_FALSE(parsed) << opening;
    EXPECT_EQ(parsed.error().key, "condition.too_deep") << opening;
  }
}

TEST(Condition, EvaluatesTheDeepestThatItTakes) {
  for (int depth = 1; depth < 70; ++depth) {
    std::string text;
    for (int i = 0; i < depth; ++i) text += "1 + (";
    text += "0" + std::string(static_cast<std::size_t>(depth), ')') + " == " + std::to_string(depth);
    const auto parsed = Condition::parse(text, names());
    if (!parsed) break;
    EXPECT_TRUE(parsed->holds(household())) << depth;
  }
  EXPECT_TRUE(holds("1 + (1 + (1 + (1 + (1 + (1 + (1 + (1 + (1 + (1 + 1))))))))) > 2"));
}

TEST(Condition, TakesAsManyTermsAsOneWrites) {
  std::string text = "vehicles > 9";
  for (int i = 0; i < 10'000; ++i) text += " or vehicles > 9";
  EXPECT_TRUE(holds(text + " or vehicles == 2"));
}

// Random sums, products and comparisons, worked out beside the text.
struct Formula {
  std::string text;
  Figure value;
};

Formula any_formula(int depth) {
  const int choice = depth == 0 ? *rc::gen::inRange(0, 2) : *rc::gen::inRange(0, 6);
  if (choice == 0) {
    const int whole = *rc::gen::inRange(0, 100'000);
    return {std::to_string(whole) + ".5", Figure::of(Wide{whole} * 10'000 + 5'000)};
  }
  if (choice == 1) {
    const int place = *rc::gen::inRange(0, 4);
    const char* name = std::array{"members", "vehicles", "max_price", "deposits"}[static_cast<std::size_t>(place)];
    return {name, household()[static_cast<std::size_t>(place)]};
  }
  const Formula a = any_formula(depth - 1);
  if (choice == 2) return {"-(" + a.text + ")", {-a.value.value, a.value.is_absent}};
  const Formula b = any_formula(depth - 1);
  const bool is_absent = a.value.is_absent || b.value.is_absent;
  if (choice == 3) return {"(" + a.text + " + " + b.text + ")", {a.value.value + b.value.value, is_absent}};
  if (choice == 4) return {"(" + a.text + ") - (" + b.text + ")", {a.value.value - b.value.value, is_absent}};
  const int times = *rc::gen::inRange(0, 50);
  return {"(" + a.text + ") * " + std::to_string(times), {a.value.value * times, a.value.is_absent}};
}

RC_GTEST_PROP(Condition, AgreesWithArithmeticByHand, ()) {
  const Formula a = any_formula(4);
  const Formula b = any_formula(4);
  const auto condition = Condition::parse(a.text + " < " + b.text, names());
  RC_ASSERT(condition.has_value());
  const bool expected = !a.value.is_absent && !b.value.is_absent && a.value.value < b.value.value;
  RC_ASSERT(condition->holds(household()) == expected);
}

RC_GTEST_PROP(Condition, SurvivesAnyText, (const std::string& text)) { (void)Condition::parse(text, names()); }

RC_GTEST_PROP(Condition, SurvivesAnyWords, ()) {
  std::string text;
  for (int i = *rc::gen::inRange(0, 30); i > 0; --i) {
    text += *rc::gen::element<std::string>("vehicles", "deposits", "and", "or", "not", "(", ")", "-", "+", "*", "<",
                                           "==", "1", "2.5", "date(2025-06-30)", "date", "\xff", "＝");
    text += ' ';
  }
  const auto condition = Condition::parse(text, names());
  if (condition) (void)condition->holds(household());
}

}  // namespace
}  // namespace jiuzhu::sieve
