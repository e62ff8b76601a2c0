#include "engines/sieve/figures.hpp"

#include <gtest/gtest.h>

namespace jiuzhu::sieve {
namespace {

TEST(Figures, LieInTheOrderOfThePlan) {
  Plan plan;
  plan.people.attributes = {{.name = "disabled"}, {.name = "orphans"}};
  plan.sources = {{.name = "vehicles", .measures = {{.name = "vehicles"}, {.name = "max_price"}}},
                  {.name = "flights"},
                  {.name = "deposits", .measures = {{.name = "balance"}}}};
  EXPECT_EQ(figure_names(plan), (FigureNames{{"members", 0},
                                             {"obligors", 1},
                                             {"persons", 2},
                                             {"disabled", 3},
                                             {"orphans", 4},
                                             {"vehicles", 5},
                                             {"max_price", 6},
                                             {"balance", 7}}));
  EXPECT_EQ(figure_count(plan), 8);
}

TEST(Figures, OfAnEmptyPlanAreTheBuiltInOnes) {
  EXPECT_EQ(figure_names(Plan()), (FigureNames{{"members", 0}, {"obligors", 1}, {"persons", 2}}));
  EXPECT_EQ(figure_count(Plan()), kBuiltInFigures);
}

}  // namespace
}  // namespace jiuzhu::sieve
