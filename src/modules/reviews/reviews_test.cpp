#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "modules/cases/test_cases.hpp"
#include "modules/cases/test_refusals.hpp"
#include "modules/publicity/publicity_service.hpp"
#include "modules/reviews/review_service.hpp"

namespace jiuzhu::reviews {
namespace {

using cases::Action;
using cases::CaseRow;
using cases::Need;
using cases::Proposal;
using cases::State;

using Strings = std::vector<std::string>;

class Reviews : public test::CasesOnBothDatabases {
 protected:
  void SetUp() override {
    CasesOnBothDatabases::SetUp();
    if (IsSkipped()) return;
    cases::provide_case_needs(case_world());
    publicity::provide_publicity_needs(case_world());
    provide_review_needs(case_world(),
                         [this](db::Transaction&, const CaseRow& row, const policy::Procedure&) -> Status {
                           if (visited_.contains(row.id)) return {};
                           return refuse_by_rule("visit.missing_county", {"DB-2012/26-2"});
                         });
    answer_all_except({Need::complete_file, Need::signed_authorisation, Need::favourable_assessment,
                       Need::checked_account, Need::publicity_over, Need::objections_settled, Need::drawn_sample,
                       Need::county_visit});
    case_world().needs.require_complete();
  }

  /// In county review, approval proposed.
  CaseRow in_review(int family = 1, Proposal proposal = Proposal::approve) {
    CaseRow row = put_into(file(couple_with_child(family)), State::county_review, proposal);
    if (proposal == Proposal::approve) row.proposed_amount = Money::yuan(500);
    store(row);
    return row;
  }
  void store(const CaseRow& row) {
    EXPECT_TRUE(database().write([&](db::Transaction& tx) -> Status {
      cases::update_case(tx, row);
      return {};
    }));
  }
  Result<CaseRow> complete(const CaseRow& row, Review review = {.opinion = ReviewOpinion::agree,
                                                                .content = "材料齐全，同意",
                                                                .has_read_file = true,
                                                                .places = {"城区民政局公示栏"}}) {
    return complete_review(world(), case_world(), actor(Role::county_case_officer), target(row), review);
  }
  Result<DrawRow> draw() {
    return draw_county_sample(world(), case_world(), actor(Role::county_case_officer), region(kCounty));
  }
  Result<CaseRow> flag(const CaseRow& row, FlagKind kind, Role role = Role::county_case_officer) {
    return flag_case(world(), case_world(), actor(role), target(row), {kind, "邻居反映有小轿车"});
  }
  bool chosen(const CaseRow& row) {
    const auto drawn = database().read([&](db::Transaction& tx) { return draws_of_case(tx, row.county_code, row.id); });
    return std::ranges::any_of(drawn, [](const DrawCaseRow& one) { return one.is_chosen; });
  }
  Result<CaseRow> step(const CaseRow& row, Role role, Action action) {
    return cases::take_plain_step(world(), case_world(), actor(role), target(row), action, "");
  }

  /// From investigation back into review, as a proposed refusal.
  Result<CaseRow> propose_refusal_again(const CaseRow& row) {
    return publicity::propose_refusal(world(), case_world(), actor(Role::township_reviewer),
                                      target(put_into(row, State::awaiting_opinion)),
                                      {{"DB-2012/4", "家庭人均收入高于标准"}});
  }

  std::set<cases::CaseId> visited_;
};

TEST_P(Reviews, PostsTheCountysNoticeUnderTwoRounds) {
  const CaseRow row = in_review();
  ASSERT_TRUE(draw());
  visited_.insert(row.id);
  const auto reviewed = complete(row);
  ASSERT_TRUE(reviewed) << reviewed.error().key;
  EXPECT_EQ(reviewed->state, State::county_publicity);
  const auto notices = publicity::public_notices(world(), std::nullopt, "")->notices;
  ASSERT_EQ(notices.size(), 1U);
  EXPECT_EQ(notices[0].round, publicity::Round::county);
  EXPECT_EQ(notices[0].proposed_amount, Money::yuan(500));
  const auto file = read_review(world(), case_world(), actor(Role::county_approver), region(kCounty), row.id);
  ASSERT_TRUE(file);
  ASSERT_EQ(file->reviews.size(), 1U);
  EXPECT_EQ(file->reviews[0].reviewed_by, actor(Role::county_case_officer).user);
}

TEST_P(Reviews, NeedsAPlaceForTheCountysNoticeAndWritesNothingWithoutOne) {
  const CaseRow row = in_review();
  ASSERT_TRUE(draw());
  visited_.insert(row.id);
  const auto refused =
      complete(row, {.opinion = ReviewOpinion::agree, .content = "同意", .has_read_file = true, .places = {}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(test::field_key_of(refused), "publicity.places_missing");
  EXPECT_EQ(reload(row).state, State::county_review);
}

TEST_P(Reviews, TheFileMustBeRead) {
  const CaseRow row = in_review();
  const auto refused = complete(row, {.opinion = ReviewOpinion::agree, .content = "同意", .has_read_file = false});
  ASSERT_FALSE(refused);
  EXPECT_EQ(test::key_of(refused), "review.file_not_read");
  EXPECT_EQ(test::law_of_refusal(refused), Strings{"DB-2012/26-1"});
  EXPECT_EQ(test::field_key_of(complete(row, {.content = " ", .has_read_file = true})), "field.empty");
}

TEST_P(Reviews, WaitsForTheDraw) {
  const CaseRow row = in_review();
  const auto refused = complete(row);
  ASSERT_FALSE(refused);
  EXPECT_EQ(test::key_of(refused), "review.sample_not_drawn");
  EXPECT_EQ(test::law_of_refusal(refused), Strings{"DB-2012/26-2"});
  ASSERT_TRUE(draw());
  // One of one is drawn: 30 % of one case is one case.
  const auto unvisited = complete(row);
  ASSERT_FALSE(unvisited);
  EXPECT_EQ(test::key_of(unvisited), "review.county_visit_needed");
  EXPECT_EQ(test::law_of_refusal(unvisited), Strings{"DB-2012/26-2"});
  EXPECT_EQ(test::field_key_of(unvisited), "review.visit_reason_sampled");
  EXPECT_EQ(test::field_key_of(unvisited, 1), "visit.missing_county");
  visited_.insert(row.id);
  EXPECT_TRUE(complete(row));
}

TEST_P(Reviews, DrawsThirtyPercentReproduciblyAndOnce) {
  std::vector<CaseRow> rows;
  for (int family = 1; family <= 11; ++family) rows.push_back(in_review(family));
  const auto drawn = draw();
  ASSERT_TRUE(drawn) << drawn.error().key;
  EXPECT_EQ(drawn->population_count, 11);
  EXPECT_EQ(drawn->chosen_count, 4);
  EXPECT_EQ(drawn->ratio, "0.3");
  EXPECT_EQ(drawn->seed.size(), 64U);
  const auto file = read_draw(world(), actor(Role::city_inspector), region(kCounty), drawn->id);
  ASSERT_TRUE(file) << file.error().key;
  EXPECT_TRUE(file->is_reproduced);
  std::vector<cases::CaseId> ids;
  for (const CaseRow& row : rows) ids.push_back(row.id);
  const auto again = draw_sample(ids, *policy::Rational::parse("0.30"), drawn->seed);
  std::int64_t free_to_go = 0;
  for (const CaseRow& row : rows) {
    EXPECT_EQ(chosen(row), std::ranges::find(again, row.id) != again.end());
    if (!chosen(row)) free_to_go += complete(row).has_value();
  }
  EXPECT_EQ(free_to_go, 7);
  // Nobody draws until the sample suits him.
  EXPECT_EQ(test::key_of(draw()), "review.nothing_to_draw");
  // A case that comes in later waits for the next draw and changes nothing in the first.
  const CaseRow late = in_review(12);
  EXPECT_EQ(test::key_of(complete(late)), "review.sample_not_drawn");
  EXPECT_EQ(find_draws(world(), case_world(), actor(Role::county_case_officer), region(kCounty), std::nullopt)->waiting,
            1);
  const auto second = draw();
  ASSERT_TRUE(second);
  EXPECT_EQ(second->number, drawn->number + 1);
  EXPECT_EQ(second->population_count, 1);
  EXPECT_TRUE(chosen(late));
}

TEST_P(Reviews, AForgedChoiceDoesNotReproduce) {
  for (int family = 1; family <= 4; ++family) in_review(family);
  const DrawRow drawn = *draw();
  ASSERT_TRUE(database().write([&](db::Transaction& tx) -> Status {
    tx.execute({"test.forge", "update review_draw_case set is_chosen = 1 - is_chosen where draw_id = ?"}, drawn.id);
    return {};
  }));
  EXPECT_FALSE(read_draw(world(), actor(Role::auditor), region(kCounty), drawn.id)->is_reproduced);
}

TEST_P(Reviews, ACaseThatComesBackIsDrawnAnewAndAFormerChoiceStays) {
  const CaseRow row = in_review();
  ASSERT_TRUE(draw());
  visited_.insert(row.id);
  const auto sent_back = step(row, Role::county_case_officer, Action::reinvestigate);
  ASSERT_TRUE(sent_back) << sent_back.error().key;
  const auto refused = propose_refusal_again(*sent_back);
  ASSERT_TRUE(refused) << refused.error().key;
  EXPECT_EQ(test::key_of(complete(*refused)), "review.sample_not_drawn");
  ASSERT_TRUE(draw());
  EXPECT_TRUE(complete(*refused));
}

TEST_P(Reviews, OnlyOneOfTwoSimultaneousDrawsCounts) {
  for (int family = 1; family <= 6; ++family) in_review(family);
  actor(Role::county_case_officer);
  std::atomic<int> done = 0;
  {
    std::vector<std::jthread> officers;
    for (int i = 0; i < 4; ++i) officers.emplace_back([&] { done += draw().has_value(); });
  }
  EXPECT_EQ(done, 1);
}

TEST_P(Reviews, KinDoubtsAndReportsAreVisitedAlways) {
  CaseRow kin = in_review(1);
  kin.is_kin_filed = true;
  store(kin);
  const auto refused = complete(kin);
  ASSERT_FALSE(refused);
  EXPECT_EQ(test::key_of(refused), "review.county_visit_needed");
  EXPECT_EQ(test::field_key_of(refused), "review.visit_reason_kin_filed");
  EXPECT_EQ(test::law_of_refusal(refused), Strings{"SX-2019/2-2"});
  const auto doubtful = flag(in_review(2), FlagKind::doubtful);
  ASSERT_TRUE(doubtful) << doubtful.error().key;
  EXPECT_EQ(test::field_key_of(complete(*doubtful)), "review.visit_reason_doubtful");
  EXPECT_EQ(test::law_of_refusal(complete(*doubtful)), Strings{"DB-2012/26-2"});
  const auto reported = flag(in_review(3), FlagKind::reported, Role::civil_affairs_assistant);
  ASSERT_TRUE(reported) << reported.error().key;
  EXPECT_EQ(test::field_key_of(complete(*reported)), "review.visit_reason_reported");
  // They need no draw and are not drawn from.
  EXPECT_EQ(test::key_of(draw()), "review.nothing_to_draw");
  visited_ = {kin.id, doubtful->id, reported->id};
  EXPECT_TRUE(complete(kin));
  EXPECT_TRUE(complete(*doubtful));
  EXPECT_TRUE(complete(*reported));
}

TEST_P(Reviews, ADoubtRaisedBeforeTheDecisionStopsTheApproval) {
  clock().set_date(*Date::of(2022, 11, 1));
  const CaseRow waiting = put_into(in_review(), State::awaiting_decision, Proposal::approve);
  const auto reported = flag(waiting, FlagKind::reported);
  ASSERT_TRUE(reported) << reported.error().key;
  const cases::NeedRegistry& needs = case_world().needs;
  const Actor& approver = actor(Role::county_approver);
  const auto answer = database().write([&](db::Transaction& tx) {
    const auto procedure = cases::procedure_of(case_world(), *reported);
    return needs.check(Need::county_visit, {tx, world(), approver, clock().today(), *reported, *procedure});
  });
  ASSERT_FALSE(answer);
  EXPECT_EQ(test::law_of_refusal(answer), Strings{"DB-2021/20-2"});
}

TEST_P(Reviews, TheRulesOf2021KnowNoSample) {
  clock().set_date(*Date::of(2022, 11, 1));
  const CaseRow row = in_review();
  EXPECT_EQ(test::key_of(draw()), "review.nothing_to_draw");
  const auto reviewed =
      complete(row, {.opinion = ReviewOpinion::agree, .content = "同意", .has_read_file = true, .places = {}});
  ASSERT_TRUE(reviewed) << reviewed.error().key;
  EXPECT_EQ(reviewed->state, State::awaiting_decision);
  const auto unread = complete(in_review(2), {.content = "同意", .has_read_file = false});
  EXPECT_EQ(test::law_of_refusal(unread), Strings{"DB-2021/20-1"});
}

TEST_P(Reviews, WhoDisagreesWithAnApprovalMakesItARefusalWithoutPublicity) {
  const CaseRow row = in_review();
  ASSERT_TRUE(draw());
  visited_.insert(row.id);
  const auto reviewed =
      complete(row, {.opinion = ReviewOpinion::disagree, .content = "收入漏报", .has_read_file = true, .places = {}});
  ASSERT_TRUE(reviewed) << reviewed.error().key;
  EXPECT_EQ(reviewed->state, State::awaiting_decision);
  EXPECT_EQ(reviewed->proposal, Proposal::refuse);
  EXPECT_FALSE(reviewed->proposed_amount);
  EXPECT_TRUE(publicity::public_notices(world(), std::nullopt, "")->notices.empty());
  // And the approver cannot approve what nobody publicised.
  EXPECT_EQ(test::key_of(step(*reviewed, Role::county_approver, Action::approve)), "publicity.not_posted");
}

TEST_P(Reviews, WhoDisagreesWithARefusalSendsItBack) {
  const CaseRow row = in_review(1, Proposal::refuse);
  ASSERT_TRUE(draw());
  visited_.insert(row.id);
  const auto refused =
      complete(row, {.opinion = ReviewOpinion::disagree, .content = "应予保障", .has_read_file = true, .places = {}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(test::key_of(refused), "review.disagrees_with_refusal");
  EXPECT_EQ(test::law_of_refusal(refused), Strings{"DB-2012/26-1"});
  EXPECT_TRUE(step(row, Role::county_case_officer, Action::reinvestigate));
}

TEST_P(Reviews, RolesRegionsAndKinAreKept) {
  const CaseRow row = in_review();
  for (const Role role : {Role::county_approver, Role::township_reviewer, Role::verification_officer}) {
    EXPECT_EQ(test::key_of(complete_review(world(), case_world(), actor(role), target(row), {})),
              "access.permission_missing");
    EXPECT_EQ(test::key_of(draw_county_sample(world(), case_world(), actor(role), region(kCounty))),
              "access.permission_missing");
  }
  const Actor neighbour = make_actor(Role::county_case_officer, region("140303"));
  EXPECT_EQ(test::key_of(draw_county_sample(world(), case_world(), neighbour, region(kCounty))),
            "access.outside_region");
  EXPECT_EQ(test::key_of(complete_review(world(), case_world(), neighbour, target(row), {})), "case.not_found");
  EXPECT_EQ(test::key_of(flag(row, FlagKind::reported, Role::village_cadre)), "access.permission_missing");
  EXPECT_EQ(test::key_of(flag(put_into(row, State::refused), FlagKind::reported)), "review.case_closed");
}

JZ_ON_BOTH_DATABASES(Reviews);

}  // namespace
}  // namespace jiuzhu::reviews
