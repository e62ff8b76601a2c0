#include <gtest/gtest.h>

#include <algorithm>

#include "modules/watch/test_watch.hpp"

namespace jiuzhu::watch {
namespace {

using test::kVehicleTitles;
using verification::ReportOutcome;

class RecipientChecks : public test::WatchOnBothDatabases {
 public:
  Result<Check> ask(const char* where = kCounty, Role role = Role::county_case_officer) {
    return request_check(watch_world(), actor(role), region(where));
  }
  Check done() {
    const auto asked = ask();
    EXPECT_TRUE(asked) << asked.error().key;
    hall().runner().run_waiting();
    return *read_check(watch_world(), actor(Role::county_case_officer), region(kCounty), asked->row.id);
  }
  std::vector<CheckedRow> households(const Check& check, std::optional<ReportOutcome> outcome = {}) {
    return *find_checked_households(watch_world(), actor(Role::civil_affairs_assistant), region(kCounty), check.row.id,
                                    outcome, {}, 50);
  }
  std::string house(int family, int person, const std::string& name) {
    return number_of(family, person) + "," + name + ",2015-01-01,U" + std::to_string(family) + std::to_string(person) +
           ",某路 1 号,住宅\n";
  }
};

TEST_P(RecipientChecks, SayForEachHouseholdWhatTheRegistersSay) {
  const awards::AwardRow flagged = open_award(1);
  open_award(2);
  deliver("real_estate", "权利人证件号,权利人,登记日期,不动产单元号,坐落,用途\n" + house(1, 1, "王建国") +
                             house(1, 2, "李秀英") + house(2, 1, "王建国"));
  const Check check = done();
  EXPECT_EQ(check.row.state, CheckState::done);
  EXPECT_EQ(check.row.household_count, 2);
  EXPECT_EQ(check.row.person_count, 8);
  EXPECT_EQ(check.row.clue_count, 2);  // neither declared a house
  EXPECT_EQ(check.row.clear_count, 0);
  EXPECT_EQ(check.row.alert_count, 0);
  const auto rows = households(check, ReportOutcome::clues);
  ASSERT_EQ(rows.size(), 2);
  const auto seen = read_checked_household(watch_world(), actor(Role::civil_affairs_assistant), region(kCounty),
                                           check.row.id, flagged.id);
  ASSERT_TRUE(seen) << seen.error().key;
  EXPECT_EQ(seen->row.rules, R"(["HOUSES"])");
  EXPECT_EQ(seen->answer.findings.size(), 2);
  ASSERT_EQ(seen->answer.comparisons.size(), 1);
  EXPECT_EQ(seen->answer.comparisons[0].found, 2);
  EXPECT_EQ(seen->persons.size(), 4);
}

TEST_P(RecipientChecks, OpenAlertsForWhatIsNews) {
  open_award(1);
  const std::string car = number_of(1, 1) + ",王建国,2019-06-01,晋C1,小型轿车,1\n";
  // Delivered before the household was in benefit, so the delivery woke nobody.
  const awards::AwardRow late = open_award(2);
  deliver("vehicles", kVehicleTitles + car);
  EXPECT_EQ(alerts().size(), 1);
  EXPECT_EQ(done().row.alert_count, 0);
  EXPECT_EQ(reload(late).state, awards::AwardState::active);
  open_award(3);
  deliver("vehicles", kVehicleTitles + number_of(4, 1) + ",王建国,2019-06-01,晋C2,小型轿车,1\n");
  open_award(4);
  EXPECT_EQ(done().row.alert_count, 1);
  EXPECT_EQ(done().row.alert_count, 0);
}

TEST_P(RecipientChecks, AreIncompleteWhereNobodyCouldBeAsked) {
  auto intake = couple_with_child(1);
  open_award(intake);
  ASSERT_TRUE(database().write([&](db::Transaction& tx) -> Status {
    tx.execute({"test.letter", "update case_person set authorised_on = null where person_key = 'o1'"});
    return {};
  }));
  open_award(2);
  deliver("vehicles", kVehicleTitles + number_of(1, 4) + ",王大勇,2019-06-01,晋C1,小型轿车,1\n");
  EXPECT_TRUE(alerts().empty());
  const Check check = done();
  EXPECT_EQ(check.row.unauthorised_count, 1);
  EXPECT_EQ(check.row.incomplete_count, 1);
  EXPECT_EQ(check.row.clear_count, 1);
  const auto rows = households(check, ReportOutcome::incomplete);
  const auto seen = read_checked_household(watch_world(), actor(Role::verification_officer), region(kCounty),
                                           check.row.id, rows.front().award_id);
  ASSERT_EQ(seen->answer.findings.size(), 1);
  EXPECT_EQ(seen->answer.findings[0].source, "核对授权书");
}

TEST_P(RecipientChecks, AreNotStartedTwice) {
  EXPECT_EQ(ask().error().key, "verification.no_registers");
  open_award(1);
  deliver("vehicles", kVehicleTitles + test::vehicle_row(9, "孙丽", "2019-03-04", "晋C9"));
  const auto first = ask();
  ASSERT_TRUE(first);
  EXPECT_EQ(ask().error().key, "watch.check_running");
  EXPECT_TRUE(ask(kTownship, Role::civil_affairs_assistant));
  ASSERT_TRUE(
      cancel_check(watch_world(), hall().runner(), actor(Role::county_case_officer), region(kCounty), first->row.id));
  const auto cancelled = read_check(watch_world(), actor(Role::county_case_officer), region(kCounty), first->row.id);
  EXPECT_EQ(cancelled->row.state, CheckState::refused);
  EXPECT_EQ(cancelled->refusal->key, "job.cancelled");
  EXPECT_EQ(
      cancel_check(watch_world(), hall().runner(), actor(Role::county_case_officer), region(kCounty), first->row.id)
          .error()
          .key,
      "watch.check_not_running");
  EXPECT_TRUE(ask());
  hall().runner().run_waiting();
  EXPECT_EQ(find_checks(watch_world(), actor(Role::county_case_officer), "", 50)->size(), 3);
  EXPECT_EQ(find_checks(watch_world(), actor(Role::civil_affairs_assistant), "", 50)->size(), 3);
}

TEST_P(RecipientChecks, StayWithinTheRegionOfWhoeverAsks) {
  open_award(1);
  deliver("vehicles", kVehicleTitles + test::vehicle_row(9, "孙丽", "2019-03-04", "晋C9"));
  EXPECT_EQ(ask(kCounty, Role::civil_affairs_assistant).error().key, "access.outside_region");
  EXPECT_EQ(ask("140303").error().key, "access.outside_region");
  EXPECT_EQ(ask(kCounty, Role::county_approver).error().key, "access.permission_missing");
  const Check check = done();
  const Actor beside = make_actor(Role::civil_affairs_assistant, region("140302002"));
  EXPECT_TRUE(find_checked_households(watch_world(), beside, region(kCounty), check.row.id, {}, {}, 50)->empty());
  const Actor elsewhere = make_actor(Role::county_case_officer, region("140303"));
  EXPECT_EQ(read_check(watch_world(), elsewhere, region("140303"), check.row.id).error().key, "watch.check_not_found");
  EXPECT_EQ(read_check(watch_world(), elsewhere, region(kCounty), check.row.id).error().key, "watch.check_not_found");
}

JZ_ON_BOTH_DATABASES(RecipientChecks);

}  // namespace
}  // namespace jiuzhu::watch
