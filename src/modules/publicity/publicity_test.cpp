#include "modules/publicity/publicity_service.hpp"

#include <gmock/gmock.h>

#include "modules/cases/test_cases.hpp"
#include "modules/cases/test_papers.hpp"
#include "modules/cases/test_refusals.hpp"
#include "modules/publicity/notice_sheet.hpp"
#include "modules/publicity/publicity_http.hpp"
#include "platform/http/router.hpp"

namespace jiuzhu::publicity {
namespace {

using cases::Action;
using cases::CaseRow;
using cases::Need;
using cases::Proposal;
using cases::State;
using testing::HasSubstr;
using testing::Not;

const std::vector<std::string> kPlaces{"新华社区公示栏", "上站街道政务大厅"};

class Publicity : public test::CasesOnBothDatabases {
 protected:
  void SetUp() override {
    CasesOnBothDatabases::SetUp();
    if (IsSkipped()) return;
    cases::provide_case_needs(case_world());
    provide_publicity_needs(case_world());
    answer_all_except({Need::complete_file, Need::signed_authorisation, Need::favourable_assessment,
                       Need::checked_account, Need::publicity_over, Need::objections_settled});
    case_world().needs.require_complete();
  }

  CaseRow awaiting_opinion(const cases::Intake& intake) { return put_into(file(intake), State::awaiting_opinion); }
  CaseRow awaiting_opinion() { return awaiting_opinion(couple_with_child()); }

  Result<CaseRow> propose(const CaseRow& row,
                          ApprovalProposal proposal = {.amount = {}, .reason = "", .places = kPlaces}) {
    return propose_approval(world(), case_world(), actor(Role::township_reviewer), target(row), proposal);
  }
  Result<CaseRow> close(const CaseRow& row, Role role = Role::township_reviewer) {
    return close_publicity(world(), case_world(), actor(role), target(row));
  }
  /// In publicity since today.
  CaseRow posted(int family = 1) {
    const auto row = propose(awaiting_opinion(couple_with_child(family)));
    EXPECT_TRUE(row) << row.error().key;
    return *row;
  }
  RecordedObjection object(const CaseRow& row, std::optional<std::string> objector = std::nullopt) {
    const auto recorded =
        record_objection(world(), case_world(), actor(Role::civil_affairs_assistant), target(row),
                         {clock().today(), ObjectionChannel::phone, std::move(objector), "该户有一辆轿车未申报"});
    EXPECT_TRUE(recorded) << recorded.error().key;
    return *recorded;
  }
  Result<CaseRow> uphold(const RecordedObjection& objection, const CaseRow& row, Role role = Role::township_reviewer) {
    return uphold_objection(world(), case_world(), actor(role), target(row), {objection.id, "经查属实"});
  }
  std::vector<NoticeRow> notices(const CaseRow& row) {
    return database().read([&](db::Transaction& tx) { return notices_of(tx, row.county_code, row.id); });
  }
  std::vector<NoticeRow> hanging(std::optional<RegionCode> where = std::nullopt) {
    return public_notices(world(), where, "")->notices;
  }
  Money computed(const CaseRow& row) {
    return *database()
                .read([&](db::Transaction& tx) { return cases::assess_case(tx, case_world(), row); })
                ->amount_month;
  }
};

TEST_P(Publicity, ProposesTheComputedAmountAndPostsTheNotice) {
  const CaseRow row = posted();
  EXPECT_EQ(row.state, State::township_publicity);
  EXPECT_EQ(row.proposed_amount, computed(row));
  EXPECT_EQ(row.due_on, Date::of(2019, 8, 9));
  const auto hung = notices(row);
  ASSERT_EQ(hung.size(), 1U);
  EXPECT_EQ(hung[0].round, Round::township);
  EXPECT_EQ(hung[0].applicant_name, "王**");
  EXPECT_EQ(hung[0].member_count, 3);
  EXPECT_EQ(read_list(hung[0].member_names), (std::vector<std::string>{"李**"}));
  EXPECT_EQ(hung[0].last_day, Date::of(2019, 8, 9));
  EXPECT_EQ(reload(row).proposed_amount, computed(row));
  const auto opinions = database().read([&](db::Transaction& tx) { return opinions_of(tx, row.county_code, row.id); });
  ASSERT_EQ(opinions.size(), 1U);
  EXPECT_EQ(opinions[0].computed_amount, computed(row));
}

TEST_P(Publicity, AnotherAmountNeedsAReason) {
  const CaseRow row = awaiting_opinion();
  const auto silent = propose(row, {.amount = Money::yuan(100), .reason = " ", .places = kPlaces});
  ASSERT_FALSE(silent);
  EXPECT_EQ(test::field_key_of(silent), "opinion.reason_required");
  EXPECT_EQ(reload(row).state, State::awaiting_opinion);
  EXPECT_TRUE(notices(row).empty());
  const auto negative = propose(row, {.amount = Money::yuan(-1), .reason = "x", .places = kPlaces});
  EXPECT_EQ(test::field_key_of(negative), "opinion.amount_not_positive");
  const auto reasoned = propose(row, {.amount = Money::yuan(100), .reason = "义务人每月实际给付", .places = kPlaces});
  ASSERT_TRUE(reasoned) << reasoned.error().key;
  EXPECT_EQ(reasoned->proposed_amount, Money::yuan(100));
}

TEST_P(Publicity, APersonNamesTheAmountWhereTheRulesLeaveItOpen) {
  cases::Intake intake = couple_with_child();
  intake.facts.obligors[0].household_income_month.reset();
  const CaseRow row = awaiting_opinion(intake);
  const auto unnamed = propose(row);
  ASSERT_FALSE(unnamed);
  EXPECT_EQ(test::field_key_of(unnamed), "opinion.amount_required");
  const auto named = propose(row, {.amount = Money::yuan(900), .reason = "义务人下落不明", .places = kPlaces});
  EXPECT_TRUE(named) << named.error().key;
}

TEST_P(Publicity, APlaceMustBeNamed) {
  const auto refused = propose(awaiting_opinion(), {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(test::field_key_of(refused), "publicity.places_missing");
}

TEST_P(Publicity, AFamilyOverTheStandardIsNotProposed) {
  cases::Intake rich = couple_with_child();
  rich.facts.incomes[0].amount = Money::yuan(90'000);
  const auto refused =
      propose(awaiting_opinion(rich), {.amount = Money::yuan(500), .reason = "困难", .places = kPlaces});
  ASSERT_FALSE(refused);
  EXPECT_EQ(test::key_of(refused), "case.not_eligible");
  EXPECT_FALSE(refused.error().law.empty());
}

TEST_P(Publicity, RefusalNeedsAReasonFromTheRegister) {
  const CaseRow row = awaiting_opinion();
  const auto propose_with = [&](std::vector<cases::StatedReason> reasons) {
    return propose_refusal(world(), case_world(), actor(Role::township_reviewer), target(row), reasons);
  };
  EXPECT_EQ(test::field_key_of(propose_with({})), "reason.missing");
  EXPECT_EQ(test::field_key_of(propose_with({{"DB-2012", "收入超标"}})), "reason.article_unknown");
  EXPECT_EQ(test::field_key_of(propose_with({{"XX-2012/4", "收入超标"}})), "reason.article_unknown");
  EXPECT_EQ(test::field_key_of(propose_with({{"DB-2012/4", "  "}})), "field.empty");
  const auto proposed = propose_with({{"DB-2012/4", "家庭人均收入高于标准"}});
  ASSERT_TRUE(proposed) << proposed.error().key;
  EXPECT_EQ(proposed->state, State::county_review);
  EXPECT_FALSE(proposed->proposed_amount);
  EXPECT_TRUE(notices(row).empty());
}

TEST_P(Publicity, ClosesOnTheEighthDayAndNotBefore) {
  const CaseRow row = posted();  // on 2 August
  clock().set_date(*Date::of(2019, 8, 9));
  const auto early = close(row);
  ASSERT_FALSE(early);
  EXPECT_EQ(test::key_of(early), "publicity.not_over");
  EXPECT_EQ(test::law_of_refusal(early), (std::vector<std::string>{"DB-2012/25", "DB-2012/29-1"}));
  EXPECT_EQ(early.error().params.at(0).second, "2019-08-09");
  clock().set_date(*Date::of(2019, 8, 10));
  const auto closed = close(row);
  ASSERT_TRUE(closed) << closed.error().key;
  EXPECT_EQ(closed->state, State::county_review);
}

TEST_P(Publicity, AnOpenObjectionKeepsTheRoundOpen) {
  const RecordedObjection objection = object(posted(), "赵某");
  clock().advance_days(8);
  const auto blocked = close(objection.row);
  ASSERT_FALSE(blocked);
  EXPECT_EQ(test::key_of(blocked), "objection.open");
  EXPECT_EQ(test::law_of_refusal(blocked), std::vector<std::string>{"DB-2012/29-2"});
  const ObjectionHandling empty{objection.id, " "};
  EXPECT_EQ(test::field_key_of(
                dismiss_objection(world(), case_world(), actor(Role::township_reviewer), target(objection.row), empty)),
            "field.empty");
  const auto dismissed = dismiss_objection(world(), case_world(), actor(Role::township_reviewer), target(objection.row),
                                           {objection.id, "车辆登记在他人名下，查无此车"});
  ASSERT_TRUE(dismissed) << dismissed.error().key;
  EXPECT_EQ(test::key_of(dismiss_objection(world(), case_world(), actor(Role::township_reviewer), target(*dismissed),
                                           {objection.id, "再次"})),
            "objection.handled");
  EXPECT_TRUE(close(*dismissed));
}

TEST_P(Publicity, AnUpheldObjectionSendsTheCaseBackAndTheNextProposalHangsAnew) {
  const CaseRow first = posted();  // 2 August, hangs to the 9th
  clock().advance_days(1);
  const RecordedObjection objection = object(first);
  const auto upheld = uphold(objection, objection.row);
  ASSERT_TRUE(upheld) << upheld.error().key;
  EXPECT_EQ(upheld->state, State::investigating);
  EXPECT_FALSE(upheld->proposed_amount);
  EXPECT_TRUE(hanging().empty());
  clock().set_date(*Date::of(2019, 8, 8));
  const auto again = propose(put_into(*upheld, State::awaiting_opinion));
  ASSERT_TRUE(again) << again.error().key;
  ASSERT_EQ(hanging().size(), 1U);
  EXPECT_EQ(hanging()[0].last_day, Date::of(2019, 8, 15));
  clock().set_date(*Date::of(2019, 8, 12));  // the first notice's days would be over
  EXPECT_EQ(test::key_of(close(*again)), "publicity.not_over");
  clock().set_date(*Date::of(2019, 8, 16));
  EXPECT_TRUE(close(*again));
}

TEST_P(Publicity, ANoticeOfAnEarlierProposalDoesNotServeTheDecision) {
  const CaseRow row = posted();
  clock().advance_days(8);
  const auto approve = [&](const CaseRow& at) {
    return cases::take_plain_step(world(), case_world(), actor(Role::county_approver), target(at), Action::approve, "");
  };
  // Two rounds under the rules of 2012: the township's alone is not enough.
  const CaseRow waiting = put_into(row, State::awaiting_decision, Proposal::approve);
  EXPECT_EQ(test::key_of(approve(waiting)), "publicity.not_posted");
  const CaseRow refused = put_into(row, State::awaiting_decision, Proposal::refuse);
  const auto slipped = approve(refused);
  ASSERT_FALSE(slipped);
  EXPECT_EQ(test::key_of(slipped), "publicity.not_posted");
  EXPECT_EQ(test::law_of_refusal(slipped), (std::vector<std::string>{"DB-2012/25", "DB-2012/29-1"}));
}

TEST_P(Publicity, TheCountysNoticeOfAnEarlierProposalDoesNotServeALaterOne) {
  const Actor officer = actor(Role::county_case_officer);
  const CaseRow first = put_into(posted(), State::county_publicity, Proposal::approve);
  ASSERT_TRUE(database().write([&](db::Transaction& tx) -> Result<NoticeRow> {
    UseCase act(tx, world(), officer, region(kCounty));
    return post_notice(act, case_world(), first, Round::county, kPlaces);
  }));
  clock().advance_days(8);
  const auto again = propose(put_into(first, State::awaiting_opinion),
                             {.amount = Money::yuan(900), .reason = "情况有变", .places = kPlaces});
  ASSERT_TRUE(again) << again.error().key;
  const CaseRow waiting = put_into(*again, State::awaiting_decision, Proposal::approve);
  const auto approved =
      cases::take_plain_step(world(), case_world(), actor(Role::county_approver), target(waiting), Action::approve, "");
  ASSERT_FALSE(approved);
  EXPECT_EQ(test::key_of(approved), "publicity.not_posted");
}

TEST_P(Publicity, WhatWasShownAsAnApprovalDoesNotServeWhenTheProposalIsARefusal) {
  clock().set_date(*Date::of(2022, 11, 1));
  const CaseRow row = posted();
  clock().advance_days(8);
  const auto approve = [&](Proposal proposal) {
    const CaseRow waiting = put_into(row, State::awaiting_decision, proposal);
    return cases::take_plain_step(world(), case_world(), actor(Role::county_approver), target(waiting), Action::approve,
                                  "");
  };
  EXPECT_EQ(test::key_of(approve(Proposal::refuse)), "publicity.not_posted");
  EXPECT_EQ(test::key_of(approve(Proposal::approve)), "");
}

TEST_P(Publicity, ALateObjectionStopsTheApproverAndReturnsThroughReview) {
  clock().set_date(*Date::of(2022, 11, 1));
  const CaseRow row = posted();
  clock().advance_days(8);
  const auto reviewed = close(row);
  ASSERT_TRUE(reviewed) << reviewed.error().key;
  const CaseRow waiting = put_into(*reviewed, State::awaiting_decision, Proposal::approve);
  const RecordedObjection objection = object(waiting);
  const auto approved = cases::take_plain_step(world(), case_world(), actor(Role::county_approver),
                                               target(objection.row), Action::approve, "");
  ASSERT_FALSE(approved);
  EXPECT_EQ(test::key_of(approved), "objection.open");
  EXPECT_EQ(test::law_of_refusal(approved), std::vector<std::string>{"DB-2021/19-2"});
  EXPECT_EQ(test::key_of(uphold(objection, objection.row, Role::county_case_officer)), "case.step_not_on_road");
  const auto returned = cases::take_plain_step(world(), case_world(), actor(Role::county_approver),
                                               target(objection.row), Action::return_to_review, "核实异议");
  ASSERT_TRUE(returned) << returned.error().key;
  const auto upheld = uphold(objection, *returned, Role::county_case_officer);
  ASSERT_TRUE(upheld) << upheld.error().key;
  EXPECT_EQ(upheld->state, State::investigating);
}

TEST_P(Publicity, ShowsNumbersOnlyUnderTheRulesOf2021) {
  clock().set_date(*Date::of(2022, 11, 1));
  const CaseRow row = posted();
  EXPECT_TRUE(read_list(notices(row).at(0).member_names).empty());
  EXPECT_EQ(notices(row).at(0).member_count, 3);
  EXPECT_EQ(notices(row).at(0).last_day, Date::of(2022, 11, 8));
}

TEST_P(Publicity, ObjectionsBelongToANoticeAndItsDays) {
  const CaseRow before = awaiting_opinion();
  const NewObjection objection{clock().today(), ObjectionChannel::letter, std::nullopt, "内容"};
  EXPECT_EQ(test::key_of(record_objection(world(), case_world(), actor(Role::civil_affairs_assistant), target(before),
                                          objection)),
            "objection.no_notice");
  const CaseRow row = *propose(reload(before));
  NewObjection future = objection;
  future.received_on = clock().today().plus_days(1);
  future.content = "  ";
  const auto refused =
      record_objection(world(), case_world(), actor(Role::civil_affairs_assistant), target(row), future);
  ASSERT_FALSE(refused);
  ASSERT_EQ(refused.error().fields.size(), 2U);
  EXPECT_EQ(refused.error().fields[0].key, "objection.received_on_out_of_range");
  EXPECT_EQ(refused.error().fields[1].key, "field.empty");
}

TEST_P(Publicity, TheObjectorIsSealedAndRevealedOnlyOnRecord) {
  const RecordedObjection named = object(posted(), "赵铁柱");
  const auto stored =
      database().read([&](db::Transaction& tx) { return objections_of(tx, named.row.county_code, named.row.id); });
  const std::string sealed(stored.at(0).objector->begin(), stored.at(0).objector->end());
  EXPECT_THAT(sealed, Not(HasSubstr("赵铁柱")));
  const auto reveal = [&](Role role) {
    return reveal_objector(world(), actor(role), named.row.region.county(), named.row.id, named.id, "答复反映人");
  };
  EXPECT_EQ(test::key_of(reveal(Role::village_cadre)), "access.permission_missing");
  EXPECT_EQ(*reveal(Role::county_case_officer), "赵铁柱");
  const auto audit = database().read([&](db::Transaction& tx) {
    return list_audit(tx, {.scope = {"140302", "140303"}, .subject_id = named.row.id.to_text(), .limit = 1});
  });
  EXPECT_EQ(audit.at(0).action, "objection.objector_revealed");
  EXPECT_EQ(audit.at(0).basis, "答复反映人");
}

TEST_P(Publicity, RolesAndRegionsAreKept) {
  const CaseRow row = awaiting_opinion();
  for (const Role role : {Role::civil_affairs_assistant, Role::county_approver, Role::village_cadre}) {
    const auto refused = propose_approval(world(), case_world(), actor(role), target(row),
                                          {.amount = {}, .reason = "", .places = kPlaces});
    ASSERT_FALSE(refused);
    EXPECT_EQ(test::key_of(refused), "access.permission_missing");
  }
  const Actor neighbour = make_actor(Role::township_reviewer, region("140302002"));
  EXPECT_EQ(test::key_of(propose_approval(world(), case_world(), neighbour, target(row),
                                          {.amount = {}, .reason = "", .places = kPlaces})),
            "case.not_found");
  EXPECT_EQ(test::key_of(read_publicity(world(), neighbour, row.region.county(), row.id)), "case.not_found");
  const CaseRow public_row = *propose(row);
  const NoticeRow notice = notices(public_row).at(0);
  EXPECT_EQ(test::key_of(read_notice(world(), neighbour, row.region.county(), row.id, notice.id)), "case.not_found");
  EXPECT_EQ(test::key_of(close(public_row, Role::civil_affairs_assistant)), "access.permission_missing");
}

TEST_P(Publicity, TheSecondOfTwoOfficersGetsAConflict) {
  const CaseRow row = posted();
  object(row);
  const auto second = record_objection(world(), case_world(), actor(Role::township_reviewer), target(row),
                                       {clock().today(), ObjectionChannel::phone, std::nullopt, "内容"});
  ASSERT_FALSE(second);
  EXPECT_EQ(test::key_of(second), "case.changed_meanwhile");
}

TEST_P(Publicity, ThePublicSeesWhatHangsTodayAndNothingElse) {
  const CaseRow row = posted();
  EXPECT_EQ(hanging().size(), 1U);
  EXPECT_EQ(hanging(region("140302001001")).size(), 1U);
  EXPECT_EQ(hanging(region("1403")).size(), 1U);
  EXPECT_TRUE(hanging(region("140302002")).empty());
  EXPECT_TRUE(hanging(region("140303")).empty());
  clock().set_date(*Date::of(2019, 8, 9));
  EXPECT_EQ(hanging().size(), 1U);
  clock().set_date(*Date::of(2019, 8, 10));
  EXPECT_TRUE(hanging().empty());
  clock().set_date(*Date::of(2019, 8, 3));
  ASSERT_TRUE(cases::take_plain_step(world(), case_world(), actor(Role::civil_affairs_assistant), target(row),
                                     Action::withdraw, "自愿撤回"));
  EXPECT_TRUE(hanging().empty());
}

TEST_P(Publicity, ThePublicListPages) {
  std::set<std::string> expected;
  for (int family = 1; family <= 52; ++family) expected.insert(notices(posted(family)).at(0).id.to_text());
  std::set<std::string> seen;
  std::string after;
  for (;;) {
    const auto page = public_notices(world(), std::nullopt, after);
    ASSERT_TRUE(page);
    for (const NoticeRow& notice : page->notices) EXPECT_TRUE(seen.insert(notice.id.to_text()).second);
    if (!page->next) break;
    after = *page->next;
  }
  EXPECT_EQ(seen, expected);
  EXPECT_EQ(public_notices(world(), std::nullopt, "x' or 1=1").error().fields.at(0).pointer, "/after");
}

TEST_P(Publicity, TheCountyDecidesHowTheApplicantIsNamed) {
  const RegionCode county = region(kCounty);
  EXPECT_EQ(read_name_display(world(), actor(Role::county_approver), county), NameDisplay::masked);
  EXPECT_EQ(test::key_of(change_name_display(world(), actor(Role::county_case_officer), county, NameDisplay::full)),
            "access.permission_missing");
  EXPECT_EQ(
      test::key_of(change_name_display(world(), actor(Role::county_approver), region("140303"), NameDisplay::full)),
      "access.outside_region");
  ASSERT_TRUE(change_name_display(world(), actor(Role::county_approver), county, NameDisplay::full));
  ASSERT_TRUE(change_name_display(world(), actor(Role::county_approver), county, NameDisplay::full));
  EXPECT_EQ(notices(posted()).at(0).applicant_name, "王建国");
}

/// The routes as the server runs them, with nobody or one actor signed in.
class PublicityRoutes : public Publicity {
 protected:
  void SetUp() override {
    Publicity::SetUp();
    if (IsSkipped()) return;
    messages_ = std::make_unique<Messages>(*Messages::parse("{}", "{}"));
    api_ = std::make_unique<api::Api>(
        router_, *messages_,
        [this](const http::Request&) -> std::optional<api::Authenticated> {
          if (!signed_in_) return std::nullopt;
          return api::Authenticated{*signed_in_, "token", false};
        },
        nullptr);
    add_publicity_routes(*api_, std::make_shared<const cases::CaseRoutesContext>(cases::CaseRoutesContext{
                                    world(), case_world(), {test::name_of_region, *messages_, nullptr}}));
  }

  http::Response get(const std::string& path, http::Pairs query = {}, const std::string& address = {}) {
    http::Request request{
        .method = http::Method::get, .path = "/api/v1" + path, .query = std::move(query), .client_address = address};
    return router_.dispatch(request);
  }

  std::optional<Actor> signed_in_;

 private:
  http::Router router_;
  std::unique_ptr<Messages> messages_;
  std::unique_ptr<api::Api> api_;
};

TEST_P(PublicityRoutes, NobodyNeedsToSignInToReadAndNothingPrivateIsThere) {
  cases::Intake intake = couple_with_child();
  intake.persons[0].phone = "13900001234";
  intake.facts.members[1].disability =
      policy::DisabilityFacts{.disability_class = policy::DisabilityClass::mental, .grade = 1};
  intake.facts.members[1].serious_illness = true;
  const auto row = propose(awaiting_opinion(intake), {.amount = Money::yuan(777), .reason = "重病", .places = kPlaces});
  ASSERT_TRUE(row) << row.error().key;
  const http::Response response = get("/public/notices", {{"region", "140302001"}});
  EXPECT_EQ(response.status, 200);
  EXPECT_THAT(response.body, HasSubstr("\"applicant_name\":\"王**\""));
  EXPECT_THAT(response.body, HasSubstr("\"proposed_amount\":\"777.00\""));
  EXPECT_THAT(response.body, HasSubstr("阳泉市城区上站街道新华社区"));
  std::vector<std::string> secrets{"王建国",     "李秀英",   "王小明",          "王大勇", "13900001234",
                                   "140399",     "12345678", row->case_number,  "重病",   "mental",
                                   "disability", "illness",  row->id.to_text(), "2008",   "1960"};
  for (const auto& person : intake.persons) secrets.push_back(person.citizen_number);
  for (const std::string& secret : secrets) EXPECT_THAT(response.body, Not(HasSubstr(secret)));
  EXPECT_EQ(get("/public/notices", {{"region", "99x"}}).status, 422);
  EXPECT_EQ(get("/cases/140302/" + row->id.to_text() + "/publicity").status, 401);
  EXPECT_EQ(
      get("/cases/140302/" + row->id.to_text() + "/notices/" + notices(*row).at(0).id.to_text() + "/sheet").status,
      401);
}

TEST_P(PublicityRoutes, AnAddressThatCopiesTheListIsAskedToWaitAndOthersAreNot) {
  for (int i = 0; i < 300; ++i) ASSERT_EQ(get("/public/notices", {}, "192.0.2.7").status, 200);
  const http::Response response = get("/public/notices", {}, "192.0.2.7");
  EXPECT_EQ(response.status, 429);
  EXPECT_THAT(response.body, HasSubstr("\"key\":\"request.too_many\""));
  EXPECT_EQ(response.header("Content-Type"), "application/problem+json");
  EXPECT_EQ(response.header("Retry-After"), "61");
  EXPECT_EQ(get("/public/notices", {}, "192.0.2.8").status, 200);
  clock().advance_seconds(61);
  EXPECT_EQ(get("/public/notices", {}, "192.0.2.7").status, 200);
}

TEST_P(PublicityRoutes, TheSheetPrintsWhatTheNoticeShows) {
  const CaseRow row = posted();
  signed_in_ = actor(Role::township_reviewer);
  const http::Response response =
      get("/cases/140302/" + row.id.to_text() + "/notices/" + notices(row).at(0).id.to_text() + "/sheet");
  ASSERT_EQ(response.status, 200) << response.body;
  const std::string text = test::text_of_pdf(response.body, "notice_sheet_township_2012");
  for (const char* part : {"城市最低生活保障申请审核结果公示", "王**", "李**", "3人", "阳泉市城区上站街道办事处",
                           "2019年8月2日至2019年8月9日", "第二十五条"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  EXPECT_THAT(text, HasSubstr("每月" + row.proposed_amount->to_text() + "元"));
  for (const char* secret : {"王建国", "李秀英", "王小明", "140399"}) EXPECT_THAT(text, Not(HasSubstr(secret)));
}

TEST_P(PublicityRoutes, ThePageShowsOpinionNoticesAndObjections) {
  const RecordedObjection objection = object(posted(), "赵铁柱");
  signed_in_ = actor(Role::county_case_officer);
  const http::Response response = get("/cases/140302/" + objection.row.id.to_text() + "/publicity");
  ASSERT_EQ(response.status, 200) << response.body;
  EXPECT_THAT(response.body, HasSubstr("\"is_anonymous\":false"));
  EXPECT_THAT(response.body, HasSubstr("\"is_over\":false"));
  EXPECT_THAT(response.body, Not(HasSubstr("赵铁柱")));
}

JZ_ON_BOTH_DATABASES(Publicity);
JZ_ON_BOTH_DATABASES(PublicityRoutes);

}  // namespace
}  // namespace jiuzhu::publicity
