#include <gmock/gmock.h>

#include "modules/cases/test_cases.hpp"
#include "modules/cases/test_papers.hpp"
#include "modules/cases/test_refusals.hpp"
#include "modules/decisions/decision_http.hpp"
#include "modules/decisions/decision_paper.hpp"
#include "platform/http/router.hpp"

namespace jiuzhu::decisions {
namespace {

using cases::CaseRow;
using cases::Need;
using cases::Proposal;
using cases::State;
using testing::HasSubstr;
using testing::Not;

using Strings = std::vector<std::string>;

class Decisions : public test::CasesOnBothDatabases {
 protected:
  void SetUp() override {
    CasesOnBothDatabases::SetUp();
    if (IsSkipped()) return;
    cases::provide_case_needs(case_world());
    provide_decision_needs(case_world());
    answer_all_except({Need::complete_file, Need::signed_authorisation, Need::favourable_assessment,
                       Need::checked_account, Need::separate_approver});
    case_world().needs.require_complete();
  }

  CaseRow awaiting(const cases::Intake& intake, Proposal proposal = Proposal::approve,
                   std::optional<Money> publicised = std::nullopt) {
    CaseRow row = put_into(file(intake), State::awaiting_decision, proposal);
    row.proposed_amount = publicised ? publicised : computed(row);
    EXPECT_TRUE(database().write([&](db::Transaction& tx) -> Status {
      cases::update_case(tx, row);
      return {};
    }));
    return row;
  }
  CaseRow awaiting() { return awaiting(couple_with_child()); }

  cases::Intake family_over_the_standard() {
    cases::Intake intake = couple_with_child();
    intake.facts.incomes[0].amount = Money::yuan(4'200);
    return intake;
  }
  cases::Intake family_with_an_open_fact() {
    cases::Intake intake = couple_with_child();
    intake.facts.obligors[0].household_income_month.reset();
    return intake;
  }

  std::optional<Money> computed(const CaseRow& row) {
    return database()
        .read([&](db::Transaction& tx) { return cases::assess_case(tx, case_world(), row); })
        ->amount_month;
  }
  Result<CaseRow> approve(const CaseRow& row, Approval approval = {}, const ApprovalHook& hook = {}) {
    return approve_case(world(), case_world(), actor(Role::county_approver), target(row), approval, hook);
  }
  Result<CaseRow> refuse_with(const CaseRow& row, std::vector<cases::StatedReason> reasons, bool despite = false) {
    return refuse_case(world(), case_world(), actor(Role::county_approver), target(row), {reasons, despite});
  }
  std::optional<DecisionRow> decision(const CaseRow& row) {
    return database().read([&](db::Transaction& tx) { return decision_of(tx, row.county_code, row.id); });
  }
  const std::vector<cases::StatedReason> reasons_{{"DB-2012/4", "你户共同生活的家庭成员人均月收入高于城市低保标准"}};
};

TEST_P(Decisions, ApprovesTheComputedAmountFromTheNextMonth) {
  const CaseRow row = awaiting();
  const auto approved = approve(row);
  ASSERT_TRUE(approved) << approved.error().key;
  EXPECT_EQ(approved->state, State::approved);
  const auto made = decision(row);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->outcome, DecisionOutcome::approved);
  EXPECT_EQ(made->amount, computed(row));
  EXPECT_EQ(made->first_month, Month::of(2019, 9));
  EXPECT_EQ(made->facts_revision, 1);
  EXPECT_EQ(made->member_count, 3);
  EXPECT_EQ(made->notice_number, "140302低保决〔2019〕1号");
  EXPECT_FALSE(made->notice_due_on);
  EXPECT_EQ(made->decided_by, actor(Role::county_approver).user);
  const auto trace = json::parse(made->trace);
  ASSERT_TRUE(trace);
  EXPECT_EQ(*trace->find("outcome")->as_text(), "eligible");
  EXPECT_FALSE(trace->find("trace")->as_array()->empty());
  EXPECT_EQ(*trace->find("first_month")->as_text(), "2019-09");
}

TEST_P(Decisions, TheFirstMonthCrossesTheYear) {
  clock().set_date(*Date::of(2019, 12, 31));
  const CaseRow row = awaiting();
  ASSERT_TRUE(approve(row));
  EXPECT_EQ(decision(row)->first_month, Month::of(2020, 1));
}

TEST_P(Decisions, TheStoredAssessmentIsThatOfTheDayOfTheDecision) {
  const CaseRow row = awaiting();
  clock().set_date(*Date::of(2019, 9, 3));
  ASSERT_TRUE(approve(row));
  EXPECT_EQ(decision(row)->first_month, Month::of(2019, 10));
  EXPECT_EQ(*json::parse(decision(row)->trace)->find("first_month")->as_text(), "2019-10");
}

TEST_P(Decisions, NoOtherAmountIsApproved) {
  const CaseRow row = awaiting();
  const auto refused = approve(row, {.amount = *computed(row) + Money::fen(1), .reasons = reasons_});
  ASSERT_FALSE(refused);
  EXPECT_EQ(test::key_of(refused), "decision.amount_differs");
  EXPECT_THAT(refused.error().law, testing::Contains("DB-2012/27"));
  EXPECT_EQ(reload(row).state, State::awaiting_decision);
  EXPECT_FALSE(decision(row));
}

TEST_P(Decisions, WhereTheRulesLeaveItOpenAPersonGivesAmountAndReasons) {
  const CaseRow row = awaiting(family_with_an_open_fact(), Proposal::approve, Money::yuan(900));
  EXPECT_EQ(approve(row).error().fields.size(), 2U);
  EXPECT_EQ(test::field_key_of(approve(row, {.amount = Money::yuan(900), .reasons = {{"DB-2012/99-99-99-99", "x"}}})),
            "reason.article_unknown");
  const auto approved =
      approve(row, {.amount = Money::yuan(900), .reasons = {{"DB-2012/27", "义务人下落不明，实际未给付赡养费"}}});
  ASSERT_TRUE(approved) << approved.error().key;
  EXPECT_EQ(decision(row)->amount, Money::yuan(900));
  EXPECT_EQ(decision(row)->assessed_outcome, policy::Outcome::review);
  EXPECT_EQ(decision(row)->first_month, Month::of(2019, 9));
}

TEST_P(Decisions, AFamilyOverTheStandardIsNotApproved) {
  const auto refused = approve(awaiting(family_over_the_standard(), Proposal::approve, Money::yuan(100)),
                               {.amount = Money::yuan(100), .reasons = reasons_});
  ASSERT_FALSE(refused);
  EXPECT_EQ(test::key_of(refused), "case.not_eligible");
  EXPECT_FALSE(refused.error().law.empty());
}

TEST_P(Decisions, ARefusalNamesItsReasonsAndArticles) {
  const CaseRow row = awaiting(family_over_the_standard(), Proposal::refuse);
  EXPECT_EQ(test::field_key_of(refuse_with(row, {})), "reason.missing");
  EXPECT_EQ(test::field_key_of(refuse_with(row, {{"DB-2012/", "x"}})), "reason.article_unknown");
  const auto refused = refuse_with(row, reasons_);
  ASSERT_TRUE(refused) << refused.error().key;
  EXPECT_EQ(refused->state, State::refused);
  const auto made = decision(row);
  EXPECT_FALSE(made->amount);
  EXPECT_FALSE(made->first_month);
  EXPECT_EQ(made->notice_due_on, Date::of(2019, 8, 5));  // three days from Friday the 2nd
  EXPECT_EQ(cases::read_reasons(made->reasons).at(0).article, "DB-2012/4");
}

TEST_P(Decisions, UnderTheRulesOf2021TheNoticeHasThreeWorkingDays) {
  clock().set_date(*Date::of(2022, 11, 4));  // a Friday
  const CaseRow row = awaiting(family_over_the_standard(), Proposal::refuse);
  ASSERT_TRUE(refuse_with(row, {{"DB-2021/4", "收入高于标准"}}));
  EXPECT_EQ(decision(row)->notice_due_on, Date::of(2022, 11, 9));
}

TEST_P(Decisions, RefusingAnEligibleFamilyMustBeMeant) {
  const CaseRow row = awaiting();
  const auto unaware = refuse_with(row, reasons_);
  ASSERT_FALSE(unaware);
  EXPECT_EQ(test::key_of(unaware), "decision.assessment_is_favourable");
  EXPECT_THAT(unaware.error().law, testing::Contains("DB-2012/27"));
  EXPECT_EQ(reload(row).state, State::awaiting_decision);
  EXPECT_TRUE(refuse_with(row, reasons_, true));
}

TEST_P(Decisions, WhoTookTheApplicationInDoesNotDecide) {
  const CaseRow row = awaiting();
  Actor clerk = make_actor(Role::county_approver, region(kCounty));
  clerk.user = actor(Role::civil_affairs_assistant).user;  // the same person in another post
  const auto refused = approve_case(world(), case_world(), clerk, target(row), {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(test::key_of(refused), "decision.approver_handled");
  EXPECT_EQ(test::law_of_refusal(refused), Strings{"DB-2012/26-1"});
  const auto also = refuse_case(world(), case_world(), clerk, target(row), {reasons_, true});
  EXPECT_EQ(test::key_of(also), "decision.approver_handled");
}

TEST_P(Decisions, WhoProposedOrReviewedDoesNotDecide) {
  for (const Role role : {Role::township_reviewer, Role::county_case_officer}) {
    const CaseRow filed = file(couple_with_child(role == Role::township_reviewer ? 1 : 2));
    const State before = role == Role::township_reviewer ? State::awaiting_opinion : State::county_review;
    const auto sent_back = cases::take_plain_step(world(), case_world(), actor(role), target(put_into(filed, before)),
                                                  cases::Action::reinvestigate, "");
    ASSERT_TRUE(sent_back) << sent_back.error().key;
    CaseRow row = put_into(*sent_back, State::awaiting_decision, Proposal::approve);
    Actor reviewer = make_actor(Role::county_approver, region(kCounty));
    reviewer.user = actor(role).user;
    const auto refused = approve_case(world(), case_world(), reviewer, target(row), {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(test::key_of(refused), "decision.approver_reviewed");
    EXPECT_EQ(test::law_of_refusal(refused), Strings{"DB-2012/26-1"});
  }
}

TEST_P(Decisions, WhoVisitedTheHomeDoesNotDecide) {
  const CaseRow row = put_into(file(couple_with_child()), State::investigating);
  const Actor visitor = make_actor(Role::village_cadre, region(kVillage));
  visits::VisitDraft draft{.visited_on = clock().today(),
                           .place = "申请人家中",
                           .present = "m1",
                           .is_present_signed = true,
                           .findings = {{visits::VisitTopic::living_conditions, "平房两间"},
                                        {visits::VisitTopic::income, "打零工"},
                                        {visits::VisitTopic::property, "无机动车"}}};
  draft.investigators = {{actor(Role::civil_affairs_assistant).user, true}, {visitor.user, true}};
  const auto visited =
      visits::record_visit(world(), case_world(), actor(Role::civil_affairs_assistant), target(row), draft);
  ASSERT_TRUE(visited) << visited.error().key;
  Actor approver = make_actor(Role::county_approver, region(kCounty));
  approver.user = visitor.user;
  const CaseRow ready = put_into(visited->row, State::awaiting_decision, Proposal::approve);
  const auto refused = approve_case(world(), case_world(), approver, target(ready), {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(test::key_of(refused), "decision.approver_investigated");
  EXPECT_EQ(test::law_of_refusal(refused), Strings{"DB-2012/18"});
}

TEST_P(Decisions, AReturnToReviewDoesNotBarTheApprover) {
  const CaseRow row = awaiting();
  const auto returned = cases::take_plain_step(world(), case_world(), actor(Role::county_approver), target(row),
                                               cases::Action::return_to_review, "补充材料");
  ASSERT_TRUE(returned) << returned.error().key;
  EXPECT_TRUE(approve(put_into(*returned, State::awaiting_decision, Proposal::approve)));
}

TEST_P(Decisions, TheHookSeesTheApprovalAndCanUndoIt) {
  const CaseRow row = awaiting();
  const auto undone = approve(row, {}, [](UseCase&, const CaseRow&, const ApprovedDecision&) -> Status {
    return refuse(ErrorCode::conflict, "award.exists");
  });
  ASSERT_FALSE(undone);
  EXPECT_EQ(test::key_of(undone), "award.exists");
  EXPECT_EQ(reload(row).state, State::awaiting_decision);
  EXPECT_FALSE(decision(row));
  std::optional<ApprovedDecision> seen;
  ASSERT_TRUE(approve(row, {}, [&](UseCase& act, const CaseRow& approved, const ApprovedDecision& made) -> Status {
    EXPECT_EQ(approved.state, State::approved);
    EXPECT_TRUE(decision_of(act.tx, approved.county_code, approved.id));
    seen = made;
    return {};
  }));
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->amount, computed(row));
  EXPECT_EQ(seen->first_month, Month::of(2019, 9));
  EXPECT_EQ(seen->assessment.outcome, policy::Outcome::eligible);
}

TEST_P(Decisions, ADecisionIsMadeOnce) {
  const CaseRow row = awaiting();
  const auto approved = approve(row);
  ASSERT_TRUE(approved);
  EXPECT_EQ(test::key_of(approve(row)), "case.changed_meanwhile");
  EXPECT_EQ(test::key_of(approve(*approved)), "case.step_not_on_road");
  EXPECT_EQ(test::key_of(refuse_with(*approved, reasons_, true)), "case.step_not_on_road");
}

TEST_P(Decisions, RolesAndRegionsAreKept) {
  const CaseRow row = awaiting();
  for (const Role role : {Role::county_case_officer, Role::township_reviewer, Role::county_administrator}) {
    EXPECT_EQ(test::key_of(approve_case(world(), case_world(), actor(role), target(row), {})),
              "access.permission_missing");
    EXPECT_EQ(test::key_of(refuse_case(world(), case_world(), actor(role), target(row), {reasons_, true})),
              "access.permission_missing");
  }
  const Actor neighbour = make_actor(Role::county_approver, region("140303"));
  EXPECT_EQ(test::key_of(approve_case(world(), case_world(), neighbour, target(row), {})), "case.not_found");
  ASSERT_TRUE(approve(row));
  EXPECT_EQ(test::key_of(read_decision(world(), neighbour, region(kCounty), row.id)), "case.not_found");
}

TEST_P(Decisions, NoticesAreNumberedByCountyAndYear) {
  for (int family = 1; family <= 2; ++family) ASSERT_TRUE(approve(awaiting(couple_with_child(family))));
  clock().set_date(*Date::of(2020, 1, 6));
  const CaseRow third = awaiting(couple_with_child(3));
  ASSERT_TRUE(approve(third));
  EXPECT_EQ(decision(third)->notice_number, "140302低保决〔2020〕1号");
}

TEST_P(Decisions, DeliveryIsRecordedOnceAndWithinItsDays) {
  const CaseRow row = awaiting(family_over_the_standard(), Proposal::refuse);
  const auto deliver = [&](const CaseRow& at, const Delivery& delivery) {
    return record_delivery(world(), actor(Role::civil_affairs_assistant), target(at), delivery);
  };
  EXPECT_EQ(test::key_of(deliver(row, {clock().today(), DeliveryMethod::in_person, "王建国"})), "decision.none");
  const CaseRow refused = *refuse_with(row, reasons_);
  clock().advance_days(1);
  const auto wrong = deliver(refused, {*Date::of(2019, 8, 1), DeliveryMethod::in_person, " "});
  ASSERT_FALSE(wrong);
  ASSERT_EQ(wrong.error().fields.size(), 2U);
  EXPECT_EQ(wrong.error().fields[0].key, "decision.delivered_on_out_of_range");
  EXPECT_EQ(wrong.error().fields[1].pointer, "/received_by");
  const auto delivered = deliver(refused, {*Date::of(2019, 8, 3), DeliveryMethod::in_person, "王建国"});
  ASSERT_TRUE(delivered) << delivered.error().key;
  EXPECT_EQ(decision(row)->delivered_on, Date::of(2019, 8, 3));
  EXPECT_EQ(test::key_of(deliver(*delivered, {*Date::of(2019, 8, 3), DeliveryMethod::mail, ""})),
            "decision.delivered_already");
}

/// The routes as the server runs them.
class DecisionRoutes : public Decisions {
 protected:
  void SetUp() override {
    Decisions::SetUp();
    if (IsSkipped()) return;
    messages_ = std::make_unique<Messages>(*Messages::parse("{}", "{}"));
    api_ = std::make_unique<api::Api>(
        router_, *messages_,
        [this](const http::Request&) -> std::optional<api::Authenticated> {
          return api::Authenticated{actor(Role::county_approver), "token", false};
        },
        nullptr);
    add_decision_routes(*api_, std::make_shared<const cases::CaseRoutesContext>(cases::CaseRoutesContext{
                                   world(), case_world(), {test::name_of_region, *messages_, nullptr}}));
    actor(Role::county_approver);
  }

  http::Response get(const CaseRow& row, const std::string& path) {
    http::Request request{.method = http::Method::get,
                          .path = "/api/v1/cases/140302/" + row.id.to_text() + "/decision" + path};
    return router_.dispatch(request);
  }
  http::Response post(const CaseRow& row, const std::string& path, const std::string& body) {
    http::Request request{.method = http::Method::post,
                          .path = "/api/v1/cases/140302/" + row.id.to_text() + "/decision" + path,
                          .headers = {{"content-type", "application/json"}, {"x-csrf-token", "token"}},
                          .body = body};
    return router_.dispatch(request);
  }
  std::string notice(const CaseRow& row, const std::string& sample) {
    const http::Response response = get(row, "/notice");
    EXPECT_EQ(response.status, 200) << response.body;
    return test::text_of_pdf(response.body, sample);
  }

 private:
  http::Router router_;
  std::unique_ptr<Messages> messages_;
  std::unique_ptr<api::Api> api_;
};

TEST_P(DecisionRoutes, ApprovesAndShowsTheDecision) {
  const CaseRow row = awaiting();
  EXPECT_EQ(get(row, "").status, 404);
  const http::Response approved = post(row, "/approval", R"({"version":)" + std::to_string(row.version) + "}");
  ASSERT_EQ(approved.status, 200) << approved.body;
  EXPECT_THAT(approved.body, HasSubstr("\"state\":\"approved\""));
  const http::Response shown = get(row, "");
  ASSERT_EQ(shown.status, 200) << shown.body;
  EXPECT_THAT(shown.body, HasSubstr("\"first_month\":\"2019-09\""));
  EXPECT_THAT(shown.body, HasSubstr("\"amount\":\"" + computed(row)->to_text() + "\""));
  EXPECT_THAT(shown.body, Not(HasSubstr("140399")));
}

TEST_P(DecisionRoutes, TheApprovalNoticeSaysWhatWhyAndHowToContest) {
  const CaseRow row = awaiting();
  ASSERT_TRUE(approve(row));
  const std::string text = notice(row, "decision_approval_2019");
  for (const std::string& part :
       {std::string("准予最低生活保障决定书"), std::string("140302低保决〔2019〕1号"), std::string("王建国："),
        std::string("2019年9月起"), computed(row)->to_text() + "元", std::string("3人"), std::string("60日内"),
        std::string("6个月内"), std::string("行政复议法"), std::string("行政诉讼法"), std::string("第二十七条"),
        std::string("阳泉市城区民政局"), std::string("2019年8月2日"), row.case_number}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  // Advice of a machine is no part of an act of the office; identifiers are on no paper.
  for (const char* secret : {"由系统", "供经办人员参考", "140399", "12345678"})
    EXPECT_THAT(text, Not(HasSubstr(secret)));
}

TEST_P(DecisionRoutes, TheRefusalNoticeGivesReasonsArticleByArticle) {
  const CaseRow row = awaiting(family_over_the_standard(), Proposal::refuse);
  ASSERT_TRUE(refuse_with(row, {reasons_[0], {"SA-2014/10", "家庭收入经核对属实"}}));
  const std::string text = notice(row, "decision_refusal_2019");
  for (const char* part : {"不予最低生活保障决定书", "1．你户共同生活的家庭成员人均月收入高于城市低保标准", "第四条",
                           "2．家庭收入经核对属实", "《社会救助暂行办法》第十条", "不低于当地低保标准", "60日内",
                           "6个月内", "可以重新提出申请"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  EXPECT_THAT(text, Not(HasSubstr("由系统")));
}

TEST_P(DecisionRoutes, ARefusalAgainstTheCalculationDoesNotPrintItAsAReason) {
  const CaseRow row = awaiting();
  ASSERT_TRUE(refuse_with(row, {{"DB-2012/12", "拒不配合入户调查"}}, true));
  const std::string text = notice(row, "decision_refusal_despite");
  EXPECT_THAT(text, HasSubstr("拒不配合入户调查"));
  EXPECT_THAT(text, Not(HasSubstr("符合最低生活保障条件")));
}

TEST_P(DecisionRoutes, TheSameNoticeIsTheSameFileYearsLater) {
  const CaseRow row = awaiting();
  ASSERT_TRUE(approve(row));
  const std::string first = get(row, "/notice").body;
  clock().set_date(*Date::of(2025, 3, 1));
  EXPECT_EQ(get(row, "/notice").body, first);
}

TEST_P(DecisionRoutes, UnderTheRulesOf2022TheirArticlesAreCited) {
  clock().set_date(*Date::of(2022, 11, 4));
  const CaseRow row = awaiting();
  ASSERT_TRUE(approve(row));
  const std::string text = notice(row, "decision_approval_2022");
  EXPECT_THAT(text, HasSubstr("最低生活保障审核确认办法"));
  EXPECT_THAT(text, Not(HasSubstr("审核审批办法")));
  EXPECT_THAT(text, HasSubstr("2022年12月起"));
}

JZ_ON_BOTH_DATABASES(Decisions);
JZ_ON_BOTH_DATABASES(DecisionRoutes);

}  // namespace
}  // namespace jiuzhu::decisions
