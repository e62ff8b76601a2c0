#include <gtest/gtest.h>

#include <algorithm>

#include "kernel/exports/test_sheet.hpp"
#include "modules/cases/test_cases.hpp"
#include "modules/cases/test_refusals.hpp"
#include "modules/standards/standard_export.hpp"
#include "modules/standards/standard_service.hpp"

namespace jiuzhu::standards {
namespace {

using cases::CaseProgramme;
using test::field_key_of;
using test::key_of;

class Standards : public test::CasesOnBothDatabases {
 protected:
  void SetUp() override {
    CasesOnBothDatabases::SetUp();
    if (IsSkipped()) return;
    feed_ = std::make_unique<StandardFeed>(database(), case_world().rulebook);
  }

  Result<StandardRow> record(Money amount, Month from, Role role = Role::county_approver) {
    return record_standard(world(), *feed_, actor(role), region(kCounty),
                           {CaseProgramme::urban_minimum_living, amount, from, "阳民发〔2019〕88号"});
  }
  std::string standard_on(const char* date, const char* county = kCounty) {
    const auto use = case_world().rulebook->standard_on(county, policy::Programme::urban, *Date::parse(date));
    return use ? use->value : use.error().key;
  }

  std::unique_ptr<StandardFeed> feed_;
};

TEST_P(Standards, ARecordedOneHoldsFromItsMonthUntilTheNext) {
  EXPECT_EQ(standard_on("2019-09-30"), "560.00");
  const policy::Rulebook& before = *case_world().rulebook;
  ASSERT_TRUE(record(Money::yuan(575), *Month::of(2019, 10)));
  EXPECT_EQ(standard_on("2019-09-30"), "560.00");
  EXPECT_EQ(standard_on("2019-10-01"), "575.00");
  EXPECT_EQ(standard_on("2020-01-01"), "590.00") << "the next one of policy/ follows";
  EXPECT_EQ(standard_on("2019-10-01", "140303"), "560.00") << "a neighbour's stays";
  EXPECT_EQ(before.standard_on(kCounty, policy::Programme::urban, *Date::of(2019, 10, 1))->value, "560.00")
      << "whoever still reads the old rules keeps them";
}

TEST_P(Standards, ReplacesThatOfTheSameMonth) {
  ASSERT_TRUE(record(Money::yuan(600), *Month::of(2020, 1)));
  EXPECT_EQ(standard_on("2020-06-01"), "600.00");
  EXPECT_EQ(key_of(record(Money::yuan(610), *Month::of(2020, 1))), "standard.exists");
}

TEST_P(Standards, WithdrawalBringsTheOldOneBack) {
  const auto row = record(Money::yuan(600), *Month::of(2020, 1));
  EXPECT_EQ(
      field_key_of(withdraw_standard(world(), *feed_, actor(Role::county_approver), region(kCounty), row->id, " ")),
      "field.empty");
  ASSERT_TRUE(
      withdraw_standard(world(), *feed_, actor(Role::county_approver), region(kCounty), row->id, "文件月份看错"));
  EXPECT_EQ(standard_on("2020-06-01"), "590.00");
  EXPECT_EQ(key_of(withdraw_standard(world(), *feed_, actor(Role::county_approver), region(kCounty), row->id, "再次")),
            "standard.not_found");
  EXPECT_TRUE(record(Money::yuan(605), *Month::of(2020, 1)));
}

TEST_P(Standards, AnotherProcessTakesItOverWithinASecond) {
  policy::LiveRulebook other(case_world().rulebook.current());
  StandardFeed feed(database(), other);
  feed.refresh_now_and_then(clock().now());
  ASSERT_TRUE(record(Money::yuan(600), *Month::of(2020, 1)));
  feed.refresh_now_and_then(clock().now());
  EXPECT_EQ(other->standard_on(kCounty, policy::Programme::urban, *Date::of(2020, 1, 1))->value, "590.00");
  feed.refresh_now_and_then(clock().now().plus_seconds(1));
  EXPECT_EQ(other->standard_on(kCounty, policy::Programme::urban, *Date::of(2020, 1, 1))->value, "600.00");
}

TEST_P(Standards, TheFileTellsWhatHeldAndWhatWasWithdrawn) {
  const auto wrong = record(Money::yuan(600), *Month::of(2019, 10));
  ASSERT_TRUE(
      withdraw_standard(world(), *feed_, actor(Role::county_approver), region(kCounty), wrong->id, "文件月份看错"));
  ASSERT_TRUE(record(Money::yuan(575), *Month::of(2019, 11)));
  const Messages messages = *Messages::parse("{}", "{}");
  const auto file_for = [&](Role role) {
    return export_standards({world(), actor(role), exports::Words(messages, Language::zh)}, case_world(),
                            region(kCounty));
  };
  EXPECT_EQ(key_of(file_for(Role::verification_officer)), "access.permission_missing");
  const auto file = file_for(Role::county_approver);
  ASSERT_TRUE(file) << file.error().key;
  const auto rows = test::rows_of(*file);
  const auto row_of = [&](const std::string& amount) {
    return std::ranges::find_if(rows, [&](const auto& cells) { return cells[1] == amount; });
  };
  ASSERT_NE(row_of("575"), rows.end());
  EXPECT_EQ((*row_of("575"))[3], "2019-11-01");
  EXPECT_EQ((*row_of("575"))[4], "2019-12-31") << "the next one begins in January";
  ASSERT_NE(row_of("600"), rows.end());
  EXPECT_EQ(row_of("600")->back(), "文件月份看错");
}

TEST_P(Standards, RefusesSlipsAndStrangers) {
  EXPECT_EQ(field_key_of(record(Money::yuan(7'200), *Month::of(2020, 1))), "standard.amount_range");
  EXPECT_EQ(field_key_of(record(Money::yuan(600), *Month::of(2031, 1))), "standard.month_range");
  EXPECT_EQ(key_of(record(Money::yuan(600), *Month::of(2020, 1), Role::county_case_officer)),
            "access.permission_missing");
  EXPECT_EQ(key_of(record_standard(world(), *feed_, actor(Role::county_approver), region("140303"),
                                   {CaseProgramme::urban_minimum_living, Money::yuan(600), *Month::of(2020, 1), "x"})),
            "access.outside_region");
}

TEST_P(Standards, TownshipsReadTheirCountysPage) {
  ASSERT_TRUE(record(Money::yuan(600), *Month::of(2020, 1)));
  const auto page = read_standards(world(), case_world(), actor(Role::civil_affairs_assistant), region(kCounty));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->recorded.size(), 1U);
  EXPECT_FALSE(page->in_force.empty());
  EXPECT_EQ(key_of(read_standards(world(), case_world(), actor(Role::civil_affairs_assistant), region("140303"))),
            "access.outside_region");
}

JZ_ON_BOTH_DATABASES(Standards);

}  // namespace
}  // namespace jiuzhu::standards
