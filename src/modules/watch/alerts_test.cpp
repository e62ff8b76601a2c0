#include <gtest/gtest.h>

#include <algorithm>

#include "modules/watch/test_watch.hpp"

namespace jiuzhu::watch {
namespace {

using test::kVehicleTitles;

const std::string kDeathTitles = "身份证号,姓名,死亡日期,火化日期\n";

class WatchAlerts : public test::WatchOnBothDatabases {
 public:
  std::string car(int family, int person, const std::string& name, const std::string& plate) {
    return number_of(family, person) + "," + name + ",2019-06-01," + plate + ",小型轿车,80000\n";
  }
  std::string death(int family, int person, const std::string& name) {
    return number_of(family, person) + "," + name + ",2019-07-20,\n";
  }
  AlertRow only() {
    const auto found = alerts();
    EXPECT_EQ(found.size(), 1);
    return found.front();
  }
  Result<AlertRow> check(const AlertRow& row, AlertOutcome proposal, Role role = Role::civil_affairs_assistant) {
    return check_alert(watch_world(), actor(role), target(row),
                       {.found = "入户核实，情况属实。", .household_statement = "无异议。", .proposal = proposal});
  }
  AlertRow checked(AlertOutcome proposal) {
    const auto done = check(only(), proposal);
    EXPECT_TRUE(done) << done.error().key;
    return *done;
  }
  Result<AlertRow> decide(const AlertRow& row, const AlertDecision& decision, Role role = Role::county_approver) {
    return decide_alert(watch_world(), actor(role), target(row), decision);
  }
  AlertDecision stop() {
    return {.outcome = AlertOutcome::stop,
            .ending = awards::Ending{.reason = awards::EndReason::no_longer_eligible,
                                     .last_month = today().month_of(),
                                     .note = "名下新购轿车，家庭财产超过规定。"}};
  }
  std::vector<std::string> keys(const Error& error) {
    std::vector<std::string> list;
    for (const FieldError& field : error.fields) list.push_back(field.pointer + " " + field.key);
    return list;
  }
};

TEST_P(WatchAlerts, AreOpenedByWhatADeliveryBrings) {
  const awards::AwardRow award = open_award(1);
  open_award(2);
  deliver("vehicles", kVehicleTitles + car(1, 2, "李秀英", "晋C1") + car(1, 4, "王大勇", "晋C2"));
  const AlertRow alert = only();
  EXPECT_EQ(alert.kind, sieve::AlertKind::vehicle_purchase);
  EXPECT_EQ(alert.award_id, award.id);
  EXPECT_EQ(alert.state, AlertState::open);
  EXPECT_EQ(alert.due_on.to_text(), "2019-08-16");  // ten working days after 2019-08-02
  const auto file = read_alert(watch_world(), actor(Role::civil_affairs_assistant), region(kCounty), alert.id);
  ASSERT_TRUE(file);
  ASSERT_EQ(file->facts.size(), 2);
  EXPECT_EQ(file->facts[0].person_name, "李秀英");
  EXPECT_EQ(file->facts[0].source, "机动车登记（公安机关交通管理部门）");
  EXPECT_EQ(file->facts[1].person_key, "o1");
  // A benefit is not touched by an alert.
  EXPECT_EQ(reload(award).version, award.version);
}

TEST_P(WatchAlerts, TellAFactOnceAndNewOnesAgain) {
  open_award(1);
  deliver("vehicles", kVehicleTitles + car(1, 2, "李秀英", "晋C1"));
  deliver("vehicles", kVehicleTitles + car(1, 2, "李秀英", "晋C1"));
  EXPECT_EQ(only().version, 1);
  // One that waits for the county has to be looked at again.
  const AlertRow looked_at = checked(AlertOutcome::keep);
  deliver("vehicles", kVehicleTitles + car(1, 2, "李秀英", "晋C1") + car(1, 1, "王建国", "晋C9"));
  EXPECT_EQ(only().state, AlertState::open);
  EXPECT_EQ(decide(looked_at, {.note = "保持"}).error().key, "watch.changed_meanwhile");
  const auto kept = decide(checked(AlertOutcome::keep), {.note = "车辆系残疾人代步。"});
  ASSERT_TRUE(kept) << kept.error().key;
  deliver("vehicles", kVehicleTitles + car(1, 2, "李秀英", "晋C1") + car(1, 1, "王建国", "晋C9"));
  EXPECT_EQ(alerts().size(), 1);
  deliver("vehicles", kVehicleTitles + car(1, 1, "王建国", "晋C10"));
  EXPECT_EQ(alerts().size(), 2);
}

TEST_P(WatchAlerts, AreNotClosedOnWhatNobodyHasSeen) {
  open_award(1);
  const std::string first = kVehicleTitles + car(1, 2, "李秀英", "晋C1");
  deliver("vehicles", first);
  const AlertRow seen = only();
  deliver("vehicles", first + car(1, 1, "王建国", "晋C9"));
  EXPECT_EQ(mute_alert(watch_world(), actor(Role::county_case_officer), target(seen), {"误报", today().plus_days(9)})
                .error()
                .key,
            "watch.changed_meanwhile");
  EXPECT_EQ(check(seen, AlertOutcome::keep).error().key, "watch.changed_meanwhile");
}

TEST_P(WatchAlerts, LeadToAStoppedBenefitWithItsNotice) {
  const awards::AwardRow award = open_award(1);
  deliver("vehicles", kVehicleTitles + car(1, 2, "李秀英", "晋C1"));
  EXPECT_EQ(decide(only(), stop()).error().key, "watch.not_checked");
  EXPECT_EQ(decide(only(), stop(), Role::county_case_officer).error().key, "access.permission_missing");
  const AlertRow alert = checked(AlertOutcome::stop);
  EXPECT_EQ(alert.checked_by_name, actor(Role::civil_affairs_assistant).name);
  AlertDecision bare = stop();
  bare.ending.reset();
  EXPECT_EQ(keys(decide(alert, bare).error()), std::vector<std::string>{"/ending field.missing"});
  const auto stopped = decide(alert, stop());
  ASSERT_TRUE(stopped) << stopped.error().key;
  EXPECT_EQ(stopped->decision, AlertOutcome::stop);
  EXPECT_EQ(reload(award).state, awards::AwardState::ended);
  EXPECT_EQ(check(*stopped, AlertOutcome::keep).error().key, "watch.alert_closed");
  // Who left the programme is not looked up any more: the letter ended with it.
  deliver("deaths", kDeathTitles + death(1, 1, "王建国"));
  EXPECT_EQ(alerts({.state = AlertState::open}).size(), 0);
}

TEST_P(WatchAlerts, AreNotDecidedByWhoeverVisited) {
  open_award(1);
  deliver("vehicles", kVehicleTitles + car(1, 2, "李秀英", "晋C1"));
  const AlertRow alert = checked(AlertOutcome::stop);
  Actor both = actor(Role::county_approver);
  both.user = actor(Role::civil_affairs_assistant).user;
  const auto refused = decide_alert(watch_world(), both, target(alert), stop());
  EXPECT_EQ(refused.error().key, "watch.same_person");
  EXPECT_EQ(test::law_of_refusal(refused).front(), "SA-2014/5");
  EXPECT_EQ(
      mute_alert(watch_world(), both, target(alert), {.reason = "误报", .until = today().plus_days(30)}).error().key,
      "watch.same_person");
  // Another visit does not make the first one's visitor free to decide.
  Actor colleague = actor(Role::civil_affairs_assistant);
  colleague.user = make_actor(Role::civil_affairs_assistant, colleague.region).user;
  ASSERT_TRUE(check_alert(watch_world(), colleague, target(only()), {.found = "复查情况一致。"}));
  EXPECT_EQ(decide_alert(watch_world(), both, target(only()), stop()).error().key, "watch.same_person");
  EXPECT_TRUE(decide(only(), stop())) << "another approver may";
}

TEST_P(WatchAlerts, LeadToACutOrARaise) {
  const awards::AwardRow award = open_award(1);
  deliver("deaths", kDeathTitles + death(1, 1, "王建国"));
  const AlertRow alert = checked(AlertOutcome::cut);
  AlertDecision decision{
      .outcome = AlertOutcome::cut,
      .adjustment = awards::Adjustment{.from_month = today().month_of().plus(1),
                                       .amount = award.amount + Money::yuan(1),
                                       .reasons = {{.article = "SA-2014/13", .text = "一名成员死亡"}}}};
  EXPECT_EQ(keys(decide(alert, decision).error()),
            std::vector<std::string>{"/adjustment/amount watch.wrong_direction"});
  decision.adjustment->amount = award.amount - Money::yuan(1);
  const auto cut = decide(alert, decision);
  ASSERT_TRUE(cut) << cut.error().key;
  EXPECT_EQ(reload(award).amount, decision.adjustment->amount);
  EXPECT_EQ(cut->amount_sequence, reload(award).amount_sequence);
}

TEST_P(WatchAlerts, AreMutedForATimeAndNoLonger) {
  open_award(1);
  const std::string known = kVehicleTitles + car(1, 2, "李秀英", "晋C1");
  deliver("vehicles", known);
  const Actor& officer = actor(Role::county_case_officer);
  EXPECT_EQ(keys(mute_alert(watch_world(), officer, target(only()), {" ", today()}).error()),
            (std::vector<std::string>{"/reason field.empty", "/until watch.mute_range"}));
  EXPECT_EQ(
      mute_alert(watch_world(), actor(Role::civil_affairs_assistant), target(only()), {"误报", today()}).error().key,
      "access.permission_missing");
  const auto muted = mute_alert(watch_world(), officer, target(only()),
                                {"同名同号登记错误，已向车管所提出更正。", today().plus_days(30)});
  ASSERT_TRUE(muted) << muted.error().key;
  deliver("vehicles", known);
  EXPECT_EQ(only().state, AlertState::muted);
  // What is new is told at once.
  deliver("vehicles", known + car(1, 2, "李秀英", "晋C7"));
  EXPECT_EQ(alerts({.state = AlertState::open}).size(), 1);
  clock().advance_days(31);
  deliver("vehicles", known);
  EXPECT_EQ(alerts({.state = AlertState::open}).size(), 2);
}

TEST_P(WatchAlerts, AreTheirPlacesAlone) {
  open_award(1);
  deliver("vehicles", kVehicleTitles + car(1, 2, "李秀英", "晋C1"));
  const AlertRow alert = only();
  const Actor beside = make_actor(Role::civil_affairs_assistant, region("140302002"));
  EXPECT_TRUE(find_alerts(watch_world(), beside, {})->empty());
  EXPECT_EQ(read_alert(watch_world(), beside, region(kCounty), alert.id).error().key, "watch.alert_not_found");
  EXPECT_EQ(check_alert(watch_world(), beside, target(alert), {.found = "无"}).error().key, "watch.alert_not_found");
  EXPECT_EQ(find_alerts(watch_world(), actor(Role::village_cadre), {}).error().key, "access.permission_missing");
  EXPECT_EQ(find_alerts(watch_world(), actor(Role::funds_officer), {}).error().key, "access.permission_missing");
  const auto counts = total_alerts(watch_world(), actor(Role::county_approver));
  ASSERT_EQ(counts->size(), 1);
  EXPECT_EQ(counts->front().count, 1);
  EXPECT_EQ(counts->front().overdue, 0);
  clock().advance_days(20);
  EXPECT_EQ(total_alerts(watch_world(), actor(Role::county_approver))->front().overdue, 1);
}

TEST_P(WatchAlerts, AreATaskWithoutAReasonForVillages) {
  const awards::AwardRow award = open_award(1);
  open_award(2);
  deliver("vehicles", kVehicleTitles + car(1, 2, "李秀英", "晋C1"));
  deliver("deaths", kDeathTitles + death(1, 1, "王建国"));
  const auto page = find_visits(watch_world(), actor(Role::village_cadre), {}, 50);
  ASSERT_TRUE(page) << page.error().key;
  ASSERT_EQ(page->tasks.size(), 1) << "one visit for both alerts, and none for the other household";
  EXPECT_EQ(page->tasks.front().award_id, award.id);
  EXPECT_EQ(page->tasks.front().due_on.to_text(), "2019-08-16");
  EXPECT_FALSE(page->next);
  EXPECT_EQ(find_visits(watch_world(), actor(Role::village_cadre), {}, 1)->next->award_id, award.id.to_text());
  const Actor beside = make_actor(Role::village_cadre, region("140302002001"));
  EXPECT_TRUE(find_visits(watch_world(), beside, {}, 50)->tasks.empty());
  EXPECT_EQ(find_visits(watch_world(), actor(Role::funds_officer), {}, 50).error().key, "access.permission_missing");
  for (const AlertRow& row : alerts()) ASSERT_TRUE(check(row, AlertOutcome::keep));
  EXPECT_TRUE(find_visits(watch_world(), actor(Role::village_cadre), {}, 50)->tasks.empty());
}

TEST_P(WatchAlerts, KeepKinOut) {
  const Actor& assistant = actor(Role::civil_affairs_assistant);
  open_award(1);
  deliver("vehicles", kVehicleTitles + car(1, 2, "李秀英", "晋C1"));
  ASSERT_TRUE(database().write([&](db::Transaction& tx) -> Status {
    cases::insert_kin(tx, {.county_code = kCounty,
                           .case_id = only().case_id,
                           .position = 0,
                           .person_key = "m1",
                           .handler_user = assistant.user,
                           .handler_name = assistant.name,
                           .handler_post = "民政助理员",
                           .relation_code = "20",
                           .outcome = "filed"});
    return {};
  }));
  EXPECT_EQ(check(only(), AlertOutcome::keep).error().key, "case.recusal");
  EXPECT_TRUE(find_visits(watch_world(), assistant, {}, 50)->tasks.empty()) << "nobody is told of his kin's visit";
  EXPECT_EQ(find_visits(watch_world(), actor(Role::village_cadre), {}, 50)->tasks.size(), 1);
}

JZ_ON_BOTH_DATABASES(WatchAlerts);

}  // namespace
}  // namespace jiuzhu::watch
