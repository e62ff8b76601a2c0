#include <gmock/gmock.h>

#include <atomic>
#include <future>
#include <map>
#include <thread>

#include "base/text.hpp"
#include "modules/awards/standard_change.hpp"
#include "modules/awards/test_awards.hpp"
#include "modules/payments/payment_service.hpp"
#include "modules/payments/run_rules.hpp"

namespace jiuzhu::payments {
namespace {

using awards::AwardRow;
using cases::CaseProgramme;
using test::field_key_of;
using test::key_of;

constexpr CaseProgramme kUrban = CaseProgramme::urban_minimum_living;

class Payments : public test::AwardsOnBothDatabases {
 protected:
  static Month month(int year, int number) { return *Month::of(year, number); }

  Result<RunRow> prepare(Month of) {
    return prepare_run(world(), case_world(), actor(Role::funds_officer), region(kCounty), kUrban, of);
  }
  Result<RunRow> approve_run_of(const RunRow& run) {
    return approve_run(world(), actor(Role::county_approver), region(kCounty), run.id);
  }
  BankFile take(const RunRow& run) {
    return *take_bank_file(world(), actor(Role::funds_officer), region(kCounty), run.id);
  }
  Result<ReturnResult> answer(const RunRow& run, const std::string& file) {
    return read_return_file(world(), actor(Role::funds_officer), region(kCounty), run.id, file);
  }
  std::vector<ItemRow> items(const RunRow& run, ItemFilter filter = ItemFilter::all) {
    return read_run(world(), actor(Role::funds_officer), region(kCounty), run.id, filter, "", 1000)->items;
  }
  std::vector<ExclusionRow> exclusions(const RunRow& run) {
    return *read_exclusions(world(), actor(Role::funds_officer), region(kCounty), run.id, {}, 100);
  }
  std::vector<MonthRow> months(const AwardRow& row) {
    return read_award_payments(world(), actor(Role::county_case_officer), region(kCounty), row.id)->months;
  }

  /// As a roster does it: what came before this month was paid by somebody else.
  void pay_here_from(const AwardRow& row, Month from) {
    ASSERT_TRUE(database().write([&](db::Transaction& tx) -> Status {
      tx.execute({"test.payable", "update award set payable_from = ? where county_code = ? and id = ?"}, from,
                 row.county_code, row.id);
      return {};
    }));
  }

  /// The bank's answer to everything: those whose holders are named here fail.
  std::string file_for(const RunRow& run, const std::set<std::int64_t>& failing = {}) {
    std::string file = "流水号,结果,原因\n";
    for (const ItemRow& item : items(run)) {
      file += transfer_reference(run.run_number, item.position);
      file += failing.contains(item.position) ? ",失败,账户已销户\n" : ",成功,\n";
    }
    return file;
  }
  RunRow issue(const RunRow& run) {
    const auto approved = approve_run_of(run);
    EXPECT_TRUE(approved) << approved.error().key;
    return take(run).run;
  }
  /// Prepares, releases, sends, and lets the bank pay everything.
  RunRow pay(Month of) {
    const auto run = prepare(of);
    EXPECT_TRUE(run) << run.error().key;
    issue(*run);
    const auto settled = answer(*run, file_for(*run));
    EXPECT_TRUE(settled) << settled.error().key;
    return settled->run;
  }
};

TEST_P(Payments, PaysEverybodyOnceForAMonth) {
  const AwardRow first = open_award(1);
  const AwardRow second = open_award(2);
  EXPECT_EQ(key_of(prepare(month(2019, 9))), "payment.month_in_future");
  EXPECT_EQ(key_of(prepare(month(2019, 8))), "payment.nothing_due");
  clock().set_date(*Date::of(2019, 9, 4));
  const auto run = prepare(month(2019, 9));
  ASSERT_TRUE(run) << run.error().key;
  EXPECT_EQ(run->item_count, 2);
  EXPECT_EQ(run->amount, first.amount + second.amount);
  EXPECT_EQ(run->due_on, Date::of(2019, 9, 10));
  EXPECT_EQ(key_of(prepare(month(2019, 9))), "payment.run_open");
  for (const ItemRow& item : items(*run)) {
    EXPECT_EQ(item.month_amount, item.amount);
    EXPECT_FALSE(item.previous_amount);
    EXPECT_EQ(item.change_kind, awards::AmountKind::opened);
  }
  EXPECT_EQ(key_of(take_bank_file(world(), actor(Role::funds_officer), region(kCounty), run->id)),
            "payment.not_approved");
  const RunRow issued = issue(*run);
  const auto settled = answer(issued, file_for(issued));
  ASSERT_TRUE(settled) << settled.error().key;
  EXPECT_EQ(settled->run.state, RunState::settled);
  EXPECT_EQ(settled->run.paid_amount, run->amount);
  EXPECT_EQ(key_of(prepare(month(2019, 9))), "payment.nothing_due");
  EXPECT_EQ(key_of(prepare(month(2019, 8))), "payment.month_passed");
}

TEST_P(Payments, WhoeverComesInLateIsPaidFromTheMonthThatIsHis) {
  const AwardRow first = open_award(1);
  const AwardRow later = open_award(2);
  pay_here_from(later, month(2019, 11));
  clock().set_date(*Date::of(2019, 9, 4));
  EXPECT_EQ(pay(month(2019, 9)).item_count, 1) << "one of them is paid elsewhere until October";
  clock().set_date(*Date::of(2019, 10, 8));
  EXPECT_EQ(pay(month(2019, 10)).item_count, 1);
  // Two that were taken over when the runs of September and October were done.
  const AwardRow since_september = open_award(3);
  const AwardRow since_october = open_award(4);
  for (const AwardRow& row : {since_september, since_october}) {
    ASSERT_TRUE(database().write([&](db::Transaction& tx) -> Status {
      tx.execute(
          {"test.begin", "update award_amount set from_month = '2019-08' where county_code = ? and award_id = ?"},
          row.county_code, row.id);
      return {};
    }));
  }
  pay_here_from(since_september, month(2019, 9));
  pay_here_from(since_october, month(2019, 10));
  const auto supplement = prepare(month(2019, 10));
  ASSERT_TRUE(supplement) << supplement.error().key;
  std::map<std::string, Money> paid;
  for (const ItemRow& item : items(*supplement)) paid[item.award_id.to_text()] = item.amount;
  EXPECT_EQ(paid, (std::map<std::string, Money>{{since_september.id.to_text(), since_september.amount * 2},
                                                {since_october.id.to_text(), since_october.amount}}));
  issue(*supplement);
  ASSERT_TRUE(answer(*supplement, file_for(*supplement)));
  clock().set_date(*Date::of(2019, 11, 6));
  EXPECT_EQ(pay(month(2019, 11)).item_count, 4);
  EXPECT_EQ(months(later).size(), 1U);
  EXPECT_EQ(months(first).size(), 3U);
}

TEST_P(Payments, WhoeverIsNewAfterALaterRunWasDiscardedMissesNoMonth) {
  open_award(1);
  clock().set_date(*Date::of(2019, 10, 8));
  const auto discarded = prepare(month(2019, 10));
  ASSERT_TRUE(discard_run(world(), actor(Role::funds_officer), region(kCounty), discarded->id));
  const AwardRow late = open_award(2);
  pay_here_from(late, month(2019, 9));
  ASSERT_TRUE(database().write([&](db::Transaction& tx) -> Status {
    tx.execute({"test.begin", "update award_amount set from_month = '2019-08' where county_code = ? and award_id = ?"},
               late.county_code, late.id);
    return {};
  }));
  EXPECT_EQ(pay(month(2019, 9)).item_count, 2);
  EXPECT_EQ(pay(month(2019, 10)).item_count, 2);
  EXPECT_EQ(months(late).size(), 2U);
}

TEST_P(Payments, TransfersArePagedInTheOrderOfTheirPositions) {
  for (int i = 1; i <= 3; ++i) open_award(i);
  clock().set_date(*Date::of(2019, 9, 4));
  const RunRow run = *prepare(month(2019, 9));
  std::vector<std::int64_t> positions;
  std::string after;
  for (int page = 0; page < 5; ++page) {
    const auto file = read_run(world(), actor(Role::funds_officer), region(kCounty), run.id, ItemFilter::all, after, 1);
    if (file->items.empty()) break;
    positions.push_back(file->items.front().position);
    after = file->items.front().award_id.to_text();
  }
  EXPECT_EQ(positions, (std::vector<std::int64_t>{1, 2, 3}));
}

TEST_P(Payments, TheFileIsTheSameHoweverOftenItIsTaken) {
  open_award(1);
  clock().set_date(*Date::of(2019, 9, 4));
  const auto run = prepare(month(2019, 9));
  issue(*run);
  clock().advance_days(1);
  const BankFile again = take(*run);
  EXPECT_EQ(again.bytes, take(*run).bytes);
  const auto lines = split(again.bytes, '\n');
  ASSERT_GE(lines.size(), 2U);
  EXPECT_THAT(std::string(lines[1]), testing::HasSubstr("14030012345678,王建国,阳泉市农村信用社,"));
}

TEST_P(Payments, WhoeverPreparedDoesNotRelease) {
  open_award(1);
  clock().set_date(*Date::of(2019, 9, 4));
  const auto run = prepare(month(2019, 9));
  Actor both = actor(Role::county_approver);
  both.user = actor(Role::funds_officer).user;
  const auto refused = approve_run(world(), both, region(kCounty), run->id);
  EXPECT_EQ(key_of(refused), "payment.same_person");
  EXPECT_EQ(test::law_of_refusal(refused).front(), "SA-2014/5");
  EXPECT_EQ(key_of(approve_run(world(), actor(Role::funds_officer), region(kCounty), run->id)),
            "access.permission_missing");
  const Actor neighbour = make_actor(Role::county_approver, region("140303"));
  EXPECT_EQ(key_of(approve_run(world(), neighbour, region(kCounty), run->id)), "access.outside_region");
}

TEST_P(Payments, ADiscardedRunGivesEverythingFree) {
  const AwardRow row = open_award(1);
  clock().set_date(*Date::of(2019, 9, 4));
  const auto run = prepare(month(2019, 9));
  EXPECT_EQ(months(row).front().committed, row.amount);
  ASSERT_TRUE(discard_run(world(), actor(Role::funds_officer), region(kCounty), run->id));
  EXPECT_EQ(months(row).front().committed, Money());
  EXPECT_EQ(key_of(approve_run_of(*run)), "payment.not_prepared");
  EXPECT_EQ(prepare(month(2019, 9))->amount, row.amount);
}

TEST_P(Payments, WhatChangedSincePreparingMakesARunStale) {
  const AwardRow row = open_award(1);
  clock().set_date(*Date::of(2019, 9, 4));
  const auto run = prepare(month(2019, 9));
  ASSERT_TRUE(awards::adjust_award(world(), case_world(), actor(Role::county_approver), target(row),
                                   {month(2019, 9), Money::yuan(300), {{"DB-2012/32", "经复核减发"}}}));
  EXPECT_EQ(key_of(approve_run_of(*run)), "payment.stale");
  ASSERT_TRUE(discard_run(world(), actor(Role::funds_officer), region(kCounty), run->id));
  const auto again = prepare(month(2019, 9));
  EXPECT_EQ(again->amount, Money::yuan(300));
  ASSERT_TRUE(awards::change_account(world(), actor(Role::county_case_officer), target(reload(row)),
                                     {"passbook", "99988877766655", "m2", "阳泉市商业银行"}));
  EXPECT_EQ(key_of(approve_run_of(*again)), "payment.stale");
}

TEST_P(Payments, PaysArrearsAfterANewStandard) {
  const AwardRow row = open_award(1);
  for (const auto& [year, number] : {std::pair{2019, 9}, {2019, 10}, {2019, 11}, {2019, 12}, {2020, 1}, {2020, 2}}) {
    clock().set_date(*Date::of(year, number, 5));
    pay(month(year, number));
  }
  clock().set_date(*Date::of(2020, 3, 2));
  const auto change = awards::prepare_change(world(), case_world(), actor(Role::county_case_officer), region(kCounty),
                                             kUrban, month(2020, 1));
  ASSERT_TRUE(awards::apply_change(world(), actor(Role::county_case_officer), region(kCounty), change->id));
  const auto run = prepare(month(2020, 3));
  ASSERT_TRUE(run) << run.error().key;
  const Money rise = reload(row).amount - row.amount;
  const auto paid = items(*run);
  ASSERT_EQ(paid.size(), 1U);
  EXPECT_EQ(paid[0].arrears, rise * 2);  // January and February
  EXPECT_EQ(paid[0].month_amount, row.amount + rise);
  EXPECT_EQ(paid[0].amount, row.amount + rise * 3);
  EXPECT_EQ(paid[0].change_kind, awards::AmountKind::standard_change);
  EXPECT_EQ(items(*run, ItemFilter::arrears).size(), 1U);
  EXPECT_TRUE(items(*run, ItemFilter::fresh).empty());
}

TEST_P(Payments, AMonthThatWasNotRunIsPaidWithTheNext) {
  const AwardRow row = open_award(1);
  clock().set_date(*Date::of(2019, 11, 4));
  const RunRow run = pay(month(2019, 11));
  EXPECT_EQ(run.paid_amount, row.amount * 3);  // September to November
  EXPECT_EQ(months(row).size(), 3U);
}

TEST_P(Payments, AFailedTransferIsRepairedAndPaidAgain) {
  const AwardRow first = open_award(1);
  const AwardRow second = open_award(2);
  clock().set_date(*Date::of(2019, 9, 4));
  const auto run = prepare(month(2019, 9));
  issue(*run);
  const auto result = answer(*run, file_for(*run, {1}));
  ASSERT_TRUE(result) << result.error().key;
  EXPECT_EQ(result->row.failed_count, 1);
  EXPECT_EQ(result->run.state, RunState::settled);
  const auto failed = items(*run, ItemFilter::failed);
  ASSERT_EQ(failed.size(), 1U);
  EXPECT_EQ(failed[0].failure_reason, "账户已销户");
  const AwardRow barred = failed[0].award_id == first.id ? first : second;
  EXPECT_EQ(months(barred).front().committed, Money());

  const auto refused_in = [&](const char* place) {
    return *awards::total_refused_accounts(world(), make_actor(Role::county_case_officer, region(place)));
  };
  EXPECT_EQ(refused_in(kCounty), 1);
  EXPECT_EQ(refused_in("140303"), 0);

  // Nothing goes to a barred account, and the next run says so.
  clock().set_date(*Date::of(2019, 10, 8));
  const auto october = prepare(month(2019, 10));
  EXPECT_EQ(october->item_count, 1);
  ASSERT_EQ(exclusions(*october).size(), 1U);
  EXPECT_EQ(exclusions(*october)[0].reason, ExclusionReason::account_refused);
  EXPECT_EQ(exclusions(*october)[0].amount, barred.amount * 2);
  issue(*october);
  ASSERT_TRUE(answer(*october, file_for(*october)));

  ASSERT_TRUE(awards::change_account(world(), actor(Role::county_case_officer), target(reload(barred)),
                                     {"passbook", "99988877766655", "m2", "阳泉市商业银行"}));
  EXPECT_EQ(refused_in(kCounty), 0);
  const auto thrown_away = prepare(month(2019, 10));
  ASSERT_TRUE(thrown_away) << thrown_away.error().key;
  ASSERT_TRUE(discard_run(world(), actor(Role::funds_officer), region(kCounty), thrown_away->id));
  const auto supplement = prepare(month(2019, 10));
  ASSERT_TRUE(supplement) << supplement.error().key;
  ASSERT_EQ(items(*supplement).size(), 1U);
  EXPECT_EQ(items(*supplement)[0].amount, barred.amount * 2);
  EXPECT_EQ(items(*supplement)[0].repeated, barred.amount);
  EXPECT_EQ(items(*supplement)[0].arrears, Money());
  EXPECT_EQ(items(*supplement)[0].account_holder, "李秀英");
}

TEST_P(Payments, WhatAnEndedBenefitIsStillOwedIsPaidAfterTheRepair) {
  const AwardRow row = open_award(1);
  clock().set_date(*Date::of(2019, 9, 4));
  const auto run = prepare(month(2019, 9));
  issue(*run);
  ASSERT_TRUE(answer(*run, file_for(*run, {1})));
  ASSERT_TRUE(awards::end_award(world(), case_world(), actor(Role::county_case_officer), target(reload(row)),
                                {awards::EndReason::gave_up, month(2019, 9), "找到工作，自愿放弃"}));
  ASSERT_TRUE(awards::change_account(world(), actor(Role::county_case_officer), target(reload(row)),
                                     {"passbook", "99988877766655", "m2", "阳泉市商业银行"}));
  clock().set_date(*Date::of(2019, 10, 8));
  const auto october = prepare(month(2019, 10));
  ASSERT_TRUE(october) << october.error().key;
  EXPECT_EQ(october->amount, row.amount);
}

TEST_P(Payments, TheSameAnswerTwiceChangesNothing) {
  open_award(1);
  open_award(2);
  clock().set_date(*Date::of(2019, 9, 4));
  const auto run = prepare(month(2019, 9));
  EXPECT_EQ(key_of(answer(*run, file_for(*run))), "payment.not_issued");
  issue(*run);
  const std::string file = file_for(*run, {2});
  ASSERT_TRUE(answer(*run, file));
  const auto again = answer(*run, file);
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->is_repeated);
  EXPECT_EQ(again->row.failed_count, 1);
  // The same answers in another file: known already.
  const auto repeated = answer(*run, file + "\n");
  ASSERT_TRUE(repeated) << repeated.error().key;
  EXPECT_EQ(repeated->row.unchanged_count, 2);
  EXPECT_EQ(field_key_of(answer(*run, file_for(*run))), "payment.return_after_failure");
}

TEST_P(Payments, ABadAnswerChangesNothingAtAll) {
  open_award(1);
  clock().set_date(*Date::of(2019, 9, 4));
  const auto run = prepare(month(2019, 9));
  issue(*run);
  const std::string good = transfer_reference(run->run_number, 1);
  const auto refused =
      answer(*run, "流水号,结果,金额\n" + good + ",成功,1.00\n" + transfer_reference(run->run_number, 2) + ",成功,\n");
  EXPECT_EQ(key_of(refused), "payment.return_invalid");
  EXPECT_EQ(field_key_of(refused, 0), "payment.return_amount_differs");
  EXPECT_EQ(field_key_of(refused, 1), "payment.return_reference");
  EXPECT_EQ(items(*run)[0].state, ItemState::issued);
}

TEST_P(Payments, AnEndStopsPaymentAndTooMuchIsListedNotTakenBack) {
  const AwardRow row = open_award(1);
  open_award(2);
  for (const int number : {9, 10, 11}) {
    clock().set_date(*Date::of(2019, number, 5));
    pay(month(2019, number));
  }
  clock().set_date(*Date::of(2019, 12, 2));
  ASSERT_TRUE(awards::end_award(world(), case_world(), actor(Role::county_case_officer), target(row),
                                {awards::EndReason::recipient_died, month(2019, 10), "户主于10月去世，11月底才报告"}));
  const auto december = prepare(month(2019, 12));
  EXPECT_EQ(december->item_count, 1);
  ASSERT_EQ(exclusions(*december).size(), 1U);
  EXPECT_EQ(exclusions(*december)[0].reason, ExclusionReason::overpaid);
  EXPECT_EQ(exclusions(*december)[0].amount, row.amount);
}

TEST_P(Payments, TwoOfficersWhoPrepareAtOnceMakeOneRun) {
  for (int family = 1; family <= 3; ++family) open_award(family);
  clock().set_date(*Date::of(2019, 9, 4));
  const Actor& funds = actor(Role::funds_officer);
  std::atomic<int> made = 0;
  {
    std::vector<std::jthread> desks;
    for (int i = 0; i < 4; ++i) {
      desks.emplace_back([&] {
        made += prepare_run(world(), case_world(), funds, region(kCounty), kUrban, month(2019, 9)).has_value();
      });
    }
  }
  EXPECT_EQ(made, 1);
}

TEST_P(Payments, ARunWaitsForWhoeverIsChangingABenefit) {
  const AwardRow row = open_award(1);
  clock().set_date(*Date::of(2019, 9, 4));
  std::promise<void> has_changed;
  std::atomic<bool> is_over = false;
  const std::jthread desk([&] {
    const auto changed = database().write([&](db::Transaction& tx) -> Status {
      tx.execute({"test.amount", "update award_amount set amount = 12300 where county_code = ? and award_id = ?"},
                 row.county_code, row.id);
      tx.execute({"test.award", "update award set amount = 12300 where county_code = ? and id = ?"}, row.county_code,
                 row.id);
      has_changed.set_value();
      std::this_thread::sleep_for(std::chrono::milliseconds(300));
      is_over = true;
      return {};
    });
    EXPECT_TRUE(changed);
  });
  has_changed.get_future().wait();
  const auto run = prepare(month(2019, 9));
  EXPECT_TRUE(is_over);
  ASSERT_TRUE(run) << run.error().key;
  EXPECT_EQ(run->amount, Money::yuan(123)) << "one moment for all that a run reads";
}

TEST_P(Payments, TheCalendarWatchesTheTenth) {
  open_award(1);
  EXPECT_TRUE(read_calendar(world(), case_world(), actor(Role::city_inspector), region(kCounty))->empty())
      << "approved in August, paid from September on";
  const auto entry = [&] {
    return read_calendar(world(), case_world(), actor(Role::city_inspector), region(kCounty))->front();
  };
  clock().set_date(*Date::of(2019, 9, 10));
  EXPECT_FALSE(entry().is_overdue);
  clock().set_date(*Date::of(2019, 9, 11));
  EXPECT_TRUE(entry().is_overdue);
  const auto run = prepare(month(2019, 9));
  EXPECT_TRUE(entry().is_overdue) << "a preview pays nobody";
  issue(*run);
  EXPECT_FALSE(entry().is_overdue);
  EXPECT_EQ(entry().run->run_number, run->run_number);
}

JZ_ON_BOTH_DATABASES(Payments);

}  // namespace
}  // namespace jiuzhu::payments
