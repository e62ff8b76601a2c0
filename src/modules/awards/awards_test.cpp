#include <gmock/gmock.h>

#include "modules/awards/award_paper.hpp"
#include "modules/awards/award_rules.hpp"
#include "modules/awards/test_awards.hpp"

namespace jiuzhu::awards {
namespace {

using test::field_key_of;
using test::key_of;

class Awards : public test::AwardsOnBothDatabases {
 protected:
  AwardFile read(const AwardRow& row) {
    return *read_award(world(), actor(Role::county_case_officer), row.region.county(), row.id);
  }
  Result<AwardRow> adjust(const AwardRow& row, Month from, Money amount, Role role = Role::county_approver) {
    return adjust_award(world(), case_world(), actor(role), target(row),
                        {from, amount, {{"DB-2012/32", "家庭收入增加，经复核减发"}}});
  }
  Result<AwardRow> end(const AwardRow& row, EndReason reason, Month last, Role role = Role::county_case_officer) {
    return end_award(world(), case_world(), actor(role), target(row), {reason, last, "户主于本月去世"});
  }
  static Month month(int year, int number) { return *Month::of(year, number); }
};

TEST_P(Awards, AnApprovalOpensOne) {
  const AwardRow row = open_award();
  EXPECT_EQ(row.state, AwardState::active);
  EXPECT_EQ(row.first_month, month(2019, 9));
  EXPECT_EQ(row.payable_from, month(2019, 9));
  EXPECT_EQ(row.member_count, 3);
  EXPECT_EQ(row.holder_name, "王建国");
  EXPECT_EQ(row.basis, AmountBasis::computed);
  const AwardFile file = read(row);
  ASSERT_EQ(file.amounts.size(), 1U);
  EXPECT_EQ(file.amounts[0].amount, row.amount);
  EXPECT_EQ(file.members.size(), 3U);
  ASSERT_TRUE(file.account);
  EXPECT_EQ(file.account->holder_name, "王建国");
  EXPECT_EQ(file.account->number_masked, "**********5678");
}

TEST_P(Awards, NobodyDrawsFromTwo) {
  open_award(1);
  cases::Intake second = couple_with_child(2);
  const cases::CaseRow row = put_into(file(second), cases::State::awaiting_decision, cases::Proposal::approve);
  // Behind the check at filing: the same child stands in the other family's application too.
  EXPECT_TRUE(database().write([&](db::Transaction& tx) -> Status {
    tx.execute({"test.same_child",
                "update case_person set citizen_index = (select p.citizen_index from case_person p join award a on "
                "a.case_id = p.case_id where p.person_key = 'm3') where case_id = ? and person_key = 'm3'"},
               row.id);
    return {};
  }));
  const auto refused = approve(row);
  EXPECT_EQ(key_of(refused), "award.member_draws_elsewhere");
  EXPECT_EQ(field_key_of(refused), "award.person_draws_elsewhere");
  EXPECT_EQ(test::law_of_refusal(refused).front(), "SA-2014/9");
  EXPECT_EQ(CasesOnBothDatabases::reload(row).state, cases::State::awaiting_decision);
}

TEST_P(Awards, TheApproverAdjustsWithReasons) {
  const AwardRow row = open_award();
  const auto adjusted = adjust(row, month(2019, 10), Money::yuan(500));
  ASSERT_TRUE(adjusted) << adjusted.error().key;
  EXPECT_EQ(adjusted->basis, AmountBasis::by_person);
  const AwardFile file = read(row);
  ASSERT_EQ(file.amounts.size(), 2U);
  EXPECT_FALSE(file.amounts[0].superseded_by);  // September stays as it was
  EXPECT_EQ(file.amounts[1].from_month, month(2019, 10));

  const auto again = adjust(*adjusted, month(2019, 9), Money::yuan(400));
  ASSERT_TRUE(again) << again.error().key;
  EXPECT_EQ(read(row).amounts[0].superseded_by, 3);
  EXPECT_EQ(read(row).amounts[1].superseded_by, 3);
  EXPECT_EQ(key_of(adjust(row, month(2019, 10), Money::yuan(300))), "award.changed_meanwhile");
}

TEST_P(Awards, AnAdjustmentNeedsAmountMonthReasonAndTheApprover) {
  const AwardRow row = open_award();
  EXPECT_EQ(field_key_of(adjust(row, month(2019, 8), Money::yuan(500))), "award.month_before_first");
  EXPECT_EQ(field_key_of(adjust(row, month(2019, 11), Money::yuan(500))), "award.month_too_late");
  EXPECT_EQ(field_key_of(adjust(row, month(2019, 9), Money())), "award.amount_required");
  EXPECT_EQ(field_key_of(adjust(row, month(2019, 9), row.amount)), "award.amount_same");
  EXPECT_EQ(key_of(adjust(row, month(2019, 9), Money::yuan(500), Role::county_case_officer)),
            "access.permission_missing");
  EXPECT_EQ(key_of(adjust_award(world(), case_world(), actor(Role::county_approver), target(row),
                                {month(2019, 9), Money::yuan(500), {}})),
            "request.invalid");
  const Actor neighbour = make_actor(Role::county_approver, region("140303"));
  EXPECT_EQ(key_of(adjust_award(world(), case_world(), neighbour, target(row),
                                {month(2019, 9), Money::yuan(500), {{"DB-2012/32", "x"}}})),
            "award.not_found");
  EXPECT_EQ(reload(row).version, row.version);
}

TEST_P(Awards, EndingStopsTheMonthAfterAndClosesTheCase) {
  const AwardRow row = open_award();
  clock().set_date(*Date::of(2019, 11, 20));
  EXPECT_EQ(field_key_of(end(row, EndReason::recipient_died, month(2020, 1))), "award.last_month_too_late");
  EXPECT_EQ(field_key_of(end(row, EndReason::recipient_died, month(2019, 7))), "award.last_month_before_first");
  const auto ended = end(row, EndReason::recipient_died, month(2019, 11));
  ASSERT_TRUE(ended) << ended.error().key;
  EXPECT_EQ(ended->until_month, month(2019, 12));
  const auto found =
      database().read([&](db::Transaction& tx) { return cases::find_case(tx, row.county_code, row.case_id); });
  EXPECT_EQ(found->state, cases::State::ended);
  EXPECT_EQ(key_of(end(*ended, EndReason::gave_up, month(2019, 11))), "award.ended");
  // The family may apply again, for later months.
  const AwardRow next = open_award(1);
  EXPECT_EQ(next.first_month, month(2019, 12));
}

TEST_P(Awards, OnlyTheApproverEndsForWantOfEligibility) {
  const AwardRow row = open_award();
  const auto refused = end(row, EndReason::no_longer_eligible, month(2019, 9));
  EXPECT_EQ(key_of(refused), "award.end_needs_approver");
  EXPECT_EQ(test::law_of_refusal(refused).front(), "SA-2014/13");
  EXPECT_EQ(key_of(end(row, EndReason::no_longer_eligible, month(2019, 9), Role::funds_officer)),
            "access.permission_missing");
  EXPECT_TRUE(end(row, EndReason::no_longer_eligible, month(2019, 9), Role::county_approver));
}

TEST_P(Awards, WhoeverPaysDoesNotChooseTheAccount) {
  const AwardRow row = open_award();
  const AccountChange change{"bank_card", "6228481403021234567", "m2", "阳泉市商业银行"};
  EXPECT_EQ(key_of(change_account(world(), actor(Role::funds_officer), target(row), change)),
            "access.permission_missing");
  EXPECT_EQ(key_of(change_account(world(), actor(Role::county_approver), target(row), change)),
            "access.permission_missing");
  EXPECT_EQ(field_key_of(change_account(world(), actor(Role::county_case_officer), target(row),
                                        {"bank_card", "6228481403021234568", "o1", " "})),
            "bank_account.check_digit");
  const auto changed = change_account(world(), actor(Role::county_case_officer), target(row), change);
  ASSERT_TRUE(changed) << changed.error().key;
  EXPECT_EQ(read(row).account->holder_name, "李秀英");
}

std::string text_of(const PdfDocument& paper) {
  std::string text = paper.title;
  for (const PdfBlock& block : paper.blocks) {
    if (const auto* paragraph = std::get_if<PdfParagraph>(&block)) text += "\n" + paragraph->text;
  }
  return text;
}

TEST_P(Awards, CutsAndEndsAreNotifiedWithReasonsAndRemedies) {
  const AwardRow row = open_award();
  ASSERT_TRUE(adjust(row, month(2019, 10), Money::yuan(500)));
  const auto remedies = case_world().rulebook->procedure_on(kCounty, clock().today());
  const cases::RegionName name = [](const RegionCode& code) { return code.to_text(); };
  const PaperContext context{*remedies, *case_world().rulebook->wording(), name};
  const std::string cut = text_of(adjustment_paper(row, read(row).amounts[1], row.amount, context));
  for (const char* part : {"减发最低生活保障金决定书", "王建国：", "2019年10月", "500.00元", "家庭收入增加，经复核减发",
                           "60日内依法申请行政复议", "6个月内依法向人民法院提起行政诉讼"}) {
    EXPECT_THAT(cut, testing::HasSubstr(part));
  }
  const auto ended = end(reload(row), EndReason::recipient_died, month(2019, 9));
  ASSERT_TRUE(ended);
  const std::string stop = text_of(ending_paper(*ended, context));
  for (const char* part : {"停发最低生活保障金决定书", "享受对象死亡", "自2019年10月起停发", "户主于本月去世",
                           "审核审批办法", "60日内依法申请行政复议"}) {
    EXPECT_THAT(stop, testing::HasSubstr(part));
  }
  EXPECT_THAT(cut + stop, testing::Not(testing::HasSubstr("140399")));
}

TEST_P(Awards, ListsCarryTheScopeAndWalkInPages) {
  std::vector<AwardRow> opened;
  for (int family = 1; family <= 5; ++family) opened.push_back(open_award(family));
  std::vector<std::string> seen;
  AwardFilter filter{.limit = 2};
  for (;;) {
    const auto page = find_awards(world(), actor(Role::civil_affairs_assistant), filter);
    ASSERT_TRUE(page);
    for (const AwardRow& row : *page) seen.push_back(row.id.to_text());
    if (page->size() < 2) break;
    filter.after = {page->back().region.to_text(), page->back().id.to_text()};
  }
  EXPECT_EQ(seen.size(), 5U);
  EXPECT_TRUE(find_awards(world(), make_actor(Role::civil_affairs_assistant, region("140302002")), {})->empty());
  EXPECT_EQ(key_of(find_awards(world(), actor(Role::verification_officer), {})), "access.permission_missing");
  EXPECT_EQ(total_awards(world(), actor(Role::city_inspector))->front().persons, 15);
  EXPECT_TRUE(total_awards(world(), make_actor(Role::county_approver, region("140303")))->empty());
}

JZ_ON_BOTH_DATABASES(Awards);

}  // namespace
}  // namespace jiuzhu::awards
