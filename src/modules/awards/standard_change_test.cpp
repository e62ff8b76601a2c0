#include <gmock/gmock.h>

#include "modules/awards/change_rules.hpp"
#include "modules/awards/change_store.hpp"
#include "modules/awards/test_awards.hpp"

namespace jiuzhu::awards {
namespace {

using cases::CaseProgramme;
using test::field_key_of;
using test::key_of;

// The demonstration's urban standard rises from 560 to 590 yuan on 2020-01-01.
class StandardChange : public test::AwardsOnBothDatabases {
 protected:
  Result<ChangeRow> prepare(Month from = month(2020, 1), Role role = Role::county_case_officer) {
    return prepare_change(world(), case_world(), actor(role), region(kCounty), CaseProgramme::urban_minimum_living,
                          from);
  }
  Result<ChangeRow> apply(const ChangeRow& row) {
    return apply_change(world(), actor(Role::county_case_officer), region(kCounty), row.id);
  }
  std::vector<ChangeItemRow> lines(const ChangeRow& row) {
    const auto file = read_change(world(), actor(Role::county_case_officer), region(kCounty), row.id, {});
    EXPECT_TRUE(file);
    std::vector<ChangeItemRow> items;
    for (const ChangeLine& line : file->lines) items.push_back(line.item);
    return items;
  }
  std::vector<AmountRow> amounts(const AwardRow& row) {
    return database().read([&](db::Transaction& tx) { return amounts_of(tx, row.county_code, row.id); });
  }
  static Month month(int year, int number) { return *Month::of(year, number); }
};

TEST_P(StandardChange, RaisesEverybodyFromItsMonthWithArrears) {
  const AwardRow first = open_award(1);
  const AwardRow second = open_award(2);
  clock().set_date(*Date::of(2020, 4, 10));
  const auto prepared = prepare();
  ASSERT_TRUE(prepared) << prepared.error().key;
  EXPECT_EQ(prepared->standard_before, "560.00");
  EXPECT_EQ(prepared->standard_after, "590.00");
  EXPECT_EQ(prepared->award_count, 2);
  EXPECT_EQ(prepared->raised_count, 2);
  // 30 yuan for each of three, a tenth of that more for the child, and the grown son's share falls by 7.50, since less
  // of his own family's income lies above the standard.
  const Money rise = Money::fen(10'050);
  EXPECT_EQ(prepared->amount_after - prepared->amount_before, rise * 2);
  EXPECT_EQ(prepared->arrears, rise * 2 * 3);  // January to March
  EXPECT_EQ(reload(first).amount, first.amount) << "a preview changes nothing";

  const auto applied = apply(*prepared);
  ASSERT_TRUE(applied) << applied.error().key;
  EXPECT_EQ(applied->skipped_count, 0);
  for (const AwardRow& row : {first, second}) {
    EXPECT_EQ(reload(row).amount, row.amount + rise);
    EXPECT_EQ(reload(row).amount_from, month(2020, 1));
    const auto history = amounts(row);
    ASSERT_EQ(history.size(), 2U);
    EXPECT_FALSE(history[0].superseded_by) << "what was paid before January stays";
    EXPECT_EQ(history[1].kind, AmountKind::standard_change);
    EXPECT_EQ(history[1].change_id, prepared->id);
  }
  EXPECT_EQ(key_of(apply(*prepared)), "standard_change.decided_already");
  EXPECT_EQ(prepare()->unchanged_count, 2) << "a second working-out finds nothing left";
}

TEST_P(StandardChange, LeavesToAPersonWhatAPersonMustDecide) {
  const AwardRow by_person = open_award(1);
  ASSERT_TRUE(adjust_award(world(), case_world(), actor(Role::county_approver), target(by_person),
                           {month(2019, 9), Money::yuan(300), {{"DB-2012/32", "共同居住的亲属承担部分费用"}}}));
  const AwardRow richer = open_award(2);
  // What is known now says more income than when it was approved: the rules would give less.
  EXPECT_TRUE(database().write([&](db::Transaction& tx) -> Status {
    auto facts = *cases::facts_of(tx, *cases::find_case(tx, richer.county_code, richer.case_id));
    facts.incomes[0].amount = Money::yuan(900);
    tx.execute({"test.facts", "update case_facts set facts = ? where case_id = ?"}, json::print(json::write(facts)),
               richer.case_id);
    return {};
  }));
  const auto prepared = prepare();
  ASSERT_TRUE(prepared) << prepared.error().key;
  EXPECT_EQ(prepared->open_count, 2);
  EXPECT_EQ(prepared->raised_count, 0);
  std::vector<ChangeOutcome> outcomes;
  for (const ChangeItemRow& line : lines(*prepared)) outcomes.push_back(line.outcome);
  EXPECT_THAT(outcomes, testing::UnorderedElementsAre(ChangeOutcome::set_by_person, ChangeOutcome::lower));
  ASSERT_TRUE(apply(*prepared));
  EXPECT_EQ(reload(by_person).amount, Money::yuan(300));
  EXPECT_EQ(reload(richer).amount, richer.amount) << "nobody is cut by a machine";
}

TEST_P(StandardChange, RaisesWhatAPersonSetByTheSameDifferenceWhereTheOfficerWants) {
  const AwardRow by_rules = open_award(1);
  const AwardRow by_person = open_award(2);
  ASSERT_TRUE(adjust_award(world(), case_world(), actor(Role::county_approver), target(by_person),
                           {month(2019, 9), Money::yuan(300), {{"DB-2012/32", "名册金额"}}}));
  const AwardRow later = open_award(3);
  ASSERT_TRUE(adjust_award(world(), case_world(), actor(Role::county_approver), target(later),
                           {month(2019, 9), Money::yuan(310), {{"DB-2012/32", "名册金额"}}}));
  clock().set_date(*Date::of(2020, 3, 10));
  ASSERT_TRUE(adjust_award(world(), case_world(), actor(Role::county_approver), target(reload(later)),
                           {month(2020, 1), Money::yuan(320), {{"DB-2012/32", "按新标准"}}}));
  const auto with_difference = [&] {
    return prepare_change(world(), case_world(), actor(Role::county_case_officer), region(kCounty),
                          CaseProgramme::urban_minimum_living, month(2020, 1), true);
  };
  const auto prepared = with_difference();
  ASSERT_TRUE(prepared) << prepared.error().key;
  EXPECT_TRUE(prepared->raises_by_difference);
  EXPECT_EQ(prepared->raised_count, 2);
  EXPECT_EQ(prepared->open_count, 1) << "who has an amount of that month keeps it until a person says otherwise";
  const Money rise = Money::fen(10'050);
  EXPECT_EQ(prepared->arrears, rise * 2 * 2);  // January and February
  ASSERT_TRUE(apply(*prepared));
  EXPECT_EQ(reload(by_rules).amount, by_rules.amount + rise);
  EXPECT_EQ(reload(by_person).amount, Money::yuan(300) + rise);
  EXPECT_EQ(reload(by_person).basis, AmountBasis::by_person);
  EXPECT_EQ(reload(later).amount, Money::yuan(320));
  const auto again = with_difference();
  EXPECT_EQ(again->raised_count, 0) << "nobody is raised twice";
  EXPECT_EQ(again->unchanged_count, 2);
}

TEST_P(StandardChange, FollowsTwoStandardsThatAreCarriedOutLate) {
  const AwardRow row = open_award(1);
  ASSERT_TRUE(adjust_award(world(), case_world(), actor(Role::county_approver), target(row),
                           {month(2019, 9), Money::yuan(300), {{"DB-2012/32", "名册金额"}}}));
  clock().set_date(*Date::of(2021, 2, 10));
  Money before = Money::yuan(300);
  for (const Month from : {month(2020, 1), month(2021, 1)}) {
    const auto prepared = prepare_change(world(), case_world(), actor(Role::county_case_officer), region(kCounty),
                                         CaseProgramme::urban_minimum_living, from, true);
    ASSERT_TRUE(prepared) << prepared.error().key;
    EXPECT_EQ(prepared->raised_count, 1);
    ASSERT_TRUE(apply(*prepared));
    EXPECT_GT(reload(row).amount, before);
    before = reload(row).amount;
  }
}

TEST_P(StandardChange, DoesNotRaiseWhatARosterBroughtAfterTheChange) {
  const AwardRow taken_over = open_award(1);
  // As a roster writes it in February: paid here from then on, an amount that began long before.
  ASSERT_TRUE(database().write([&](db::Transaction& tx) -> Status {
    tx.execute({"test.basis", "update award set basis = 'by_person', payable_from = '2020-02' where id = ?"},
               taken_over.id);
    tx.execute({"test.amount", "update award_amount set kind = 'taken_over', set_on = '2020-02-03' where award_id = ?"},
               taken_over.id);
    return {};
  }));
  clock().set_date(*Date::of(2020, 3, 10));
  const auto prepared = prepare_change(world(), case_world(), actor(Role::county_case_officer), region(kCounty),
                                       CaseProgramme::urban_minimum_living, month(2020, 1), true);
  ASSERT_TRUE(prepared);
  EXPECT_EQ(prepared->raised_count, 0) << "its amounts may know the standard of January";
  EXPECT_EQ(prepared->open_count, 1);
}

TEST_P(StandardChange, SkipsWhatSomebodyChangedMeanwhile) {
  const AwardRow row = open_award(1);
  const auto prepared = prepare();
  ASSERT_TRUE(prepared);
  ASSERT_TRUE(adjust_award(world(), case_world(), actor(Role::county_approver), target(row),
                           {month(2019, 9), Money::yuan(300), {{"DB-2012/32", "经复核"}}}));
  const auto applied = apply(*prepared);
  ASSERT_TRUE(applied);
  EXPECT_EQ(applied->skipped_count, 1);
  EXPECT_EQ(reload(row).amount, Money::yuan(300));
  const auto skipped =
      read_change(world(), actor(Role::county_case_officer), region(kCounty), prepared->id, {.is_skipped_only = true});
  ASSERT_TRUE(skipped);
  ASSERT_EQ(skipped->lines.size(), 1U);
  EXPECT_EQ(skipped->lines.front().amount_now, Money::yuan(300)) << "the page shows what the award is worth now";
  EXPECT_EQ(skipped->lines.front().state_now, AwardState::active);
}

TEST_P(StandardChange, AnEarlierChangeFoundLateKeepsTheLaterOne) {
  const AwardRow row = open_award(1);
  clock().set_date(*Date::of(2021, 2, 1));
  const auto later = prepare(month(2021, 1));  // 590 to 640; the award still stands at 560
  ASSERT_TRUE(later) << later.error().key;
  ASSERT_TRUE(apply(*later));
  const Money amount_2021 = reload(row).amount;
  const auto earlier = prepare(month(2020, 1));
  ASSERT_TRUE(earlier);
  EXPECT_EQ(earlier->raised_count, 1);
  ASSERT_TRUE(apply(*earlier));
  EXPECT_EQ(reload(row).amount, amount_2021);
  std::vector<Month> in_force;
  for (const AmountRow& amount : amounts(row)) {
    if (!amount.superseded_by) in_force.push_back(amount.from_month);
  }
  EXPECT_THAT(in_force, testing::UnorderedElementsAre(month(2019, 9), month(2020, 1), month(2021, 1)));
}

TEST_P(StandardChange, IsRefusedWhereThereIsNone) {
  open_award(1);
  EXPECT_EQ(key_of(prepare(month(2019, 10))), "standard_change.none");
  EXPECT_EQ(field_key_of(prepare(month(2022, 1))), "standard_change.month_range");
  EXPECT_EQ(key_of(prepare(month(2020, 1), Role::funds_officer)), "access.permission_missing");
  EXPECT_EQ(key_of(prepare_change(world(), case_world(), actor(Role::county_case_officer), region("140303"),
                                  CaseProgramme::urban_minimum_living, month(2020, 1))),
            "access.outside_region");
}

TEST_P(StandardChange, CanBeDiscarded) {
  const AwardRow row = open_award(1);
  const auto prepared = prepare();
  ASSERT_TRUE(discard_change(world(), actor(Role::county_case_officer), region(kCounty), prepared->id));
  EXPECT_EQ(key_of(apply(*prepared)), "standard_change.decided_already");
  EXPECT_EQ(reload(row).amount, row.amount);
}

JZ_ON_BOTH_DATABASES(StandardChange);

}  // namespace
}  // namespace jiuzhu::awards
