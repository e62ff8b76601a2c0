// Rosters changed at random: reading never breaks, tells every line of a bad household once, and counts every
// household.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "modules/roster/roster_file.hpp"
#include "modules/roster/test_rosters.hpp"

namespace jiuzhu::roster {
namespace {

const Date kToday = *Date::of(2019, 8, 5);

Places places() { return {*RegionCode::parse("140302"), {{"140302001", "上站街道"}, {"140302001001", "西街社区"}}}; }

struct Outcome {
  std::optional<std::string> refusal;
  std::int64_t lines = 0;
  std::int64_t good = 0;
  std::int64_t bad = 0;
};

Outcome walk(const std::string& bytes) {
  Outcome outcome;
  const auto facts = read_roster(bytes, places(), kToday, [&](const ReadHousehold& household) -> Status {
    outcome.lines += static_cast<std::int64_t>(household.lines.size());
    (household.findings.empty() ? outcome.good : outcome.bad) += 1;
    for (const Finding& finding : household.findings) {
      const bool is_own = finding.row >= household.lines.front().row && finding.row <= household.lines.back().row;
      RC_ASSERT(is_own);
    }
    if (household.findings.empty()) {
      RC_ASSERT(household.household.amount > Money());
      RC_ASSERT(household.household.intake.account.has_value());
      RC_ASSERT(household.household.rows.size() == household.lines.size());
    }
    return {};
  });
  if (!facts) {
    outcome.refusal = facts.error().key;
  } else {
    RC_ASSERT(facts->persons == outcome.lines);
  }
  return outcome;
}

std::string four_households() {
  return test::roster_csv(
      {test::roster_household(1), test::roster_household(2), test::roster_household(3), test::roster_household(4)});
}

RC_GTEST_PROP(RosterFuzz, CellsChangedAtRandom, ()) {
  std::vector<std::vector<test::RosterLine>> households;
  for (int i = 1; i <= 4; ++i) households.push_back(test::roster_household(i));
  const auto changes = *rc::gen::inRange(1, 5);
  for (int i = 0; i < changes; ++i) {
    auto& household = households[*rc::gen::inRange<std::size_t>(0, households.size())];
    auto& line = household[*rc::gen::inRange<std::size_t>(0, household.size())];
    const auto& plan = column_plans()[*rc::gen::inRange<std::size_t>(0, kColumnCount)];
    line[std::string(plan.title)] = *rc::gen::element<std::string>(
        "", "是", "否", "本人", "一级", "9", "-1", "999999999999999", "2018-07", "2018-02-30", "西街社区", "\"", "a\"b",
        "=1+1", "140399197003010008", "王", "𠮷田", "H1", "H2", "0.001", "六百");
  }
  const Outcome outcome = walk(test::roster_csv(households));
  if (!outcome.refusal) RC_ASSERT(outcome.good + outcome.bad >= 1);
}

RC_GTEST_PROP(RosterFuzz, BytesChangedAtRandom, ()) {
  std::string bytes = four_households();
  const auto changes = *rc::gen::inRange(1, 8);
  for (int i = 0; i < changes; ++i) {
    bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = static_cast<char>(*rc::gen::inRange(0, 256));
  }
  walk(bytes);
}

RC_GTEST_PROP(RosterFuzz, CutOffAnywhere, ()) {
  const std::string bytes = four_households();
  walk(bytes.substr(0, *rc::gen::inRange<std::size_t>(0, bytes.size())));
}

}  // namespace
}  // namespace jiuzhu::roster
