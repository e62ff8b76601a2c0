#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "modules/appraisals/appraisal_service.hpp"
#include "modules/cases/test_cases.hpp"

namespace jiuzhu::appraisals {
namespace {

using cases::Action;
using cases::CaseRow;
using cases::Need;
using cases::State;

const std::vector<std::string> kRecusal{"SX-2019/2-2", "DB-2012/14"};

bool has_field(const Error& error, const std::string& pointer, const std::string& key) {
  return std::ranges::any_of(error.fields, [&](const FieldError& f) { return f.pointer == pointer && f.key == key; });
}

/// A name that differs for every number: 赵甲, 赵乙, …
std::string name_of(int number) {
  static const std::vector<std::string> surnames{"赵", "钱", "孙", "周", "吴", "郑", "冯", "陈", "褚", "卫"};
  static const std::vector<std::string> names{"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"};
  const auto index = static_cast<std::size_t>(number);
  return surnames[index / 10 % 10] + names[index % 10] + (number >= 100 ? names[index / 100] : "");
}

AppraisalDraft session_of(int staff, int others, int delegates) {
  AppraisalDraft draft{.place = "村委会会议室", .result = AppraisalResult::holds_true};
  int number = 0;
  const auto add = [&](int count, Capacity capacity) {
    for (int i = 0; i < count; ++i) {
      draft.participants.push_back({.name = name_of(number++), .capacity = capacity, .is_signed = true});
    }
  };
  add(staff, Capacity::township_staff);
  add(others, Capacity::committee_member);
  add(delegates, Capacity::residents_delegate);
  return draft;
}

class Appraisals : public test::CasesOnBothDatabases {
 protected:
  void SetUp() override {
    CasesOnBothDatabases::SetUp();
    if (IsSkipped()) return;
    provide_appraisal_needs(case_world());
    answer_all_except({Need::valid_appraisal});
  }

  CaseRow appraising(int family = 1) { return put_into(file(couple_with_child(family)), State::appraising); }
  AppraisalDraft session(AppraisalResult result = AppraisalResult::holds_true) {
    AppraisalDraft draft = session_of(1, 2, 6);
    draft.held_on = clock().today();
    draft.result = result;
    return draft;
  }
  Result<CaseRow> record(const CaseRow& row, const AppraisalDraft& draft) {
    return record_appraisal(world(), case_world(), actor(Role::civil_affairs_assistant), target(row), draft);
  }
  Result<CaseRow> step(const CaseRow& row, Role role, Action action) {
    return cases::take_plain_step(world(), case_world(), actor(role), target(row), action, "");
  }
  Error refused(const Result<CaseRow>& result) { return result ? Error{.key = "not refused"} : result.error(); }
  std::size_t count(const CaseRow& row) {
    return database().read([&](db::Transaction& tx) { return sessions_of(tx, row.county_code, row.id).size(); });
  }
};

TEST_P(Appraisals, AnOrderlySessionLeadsToTheOpinion) {
  const auto accepted = record(appraising(), session());
  ASSERT_TRUE(accepted) << accepted.error().key;
  EXPECT_EQ(accepted->state, State::awaiting_opinion);
  EXPECT_EQ(step(*accepted, Role::township_reviewer, Action::propose_approval)->state, State::township_publicity);
}

TEST_P(Appraisals, NothingIsAcceptedProposedOrApprovedWithoutOneBefore2021) {
  const std::vector<std::string> law{"DB-2012/21"};
  const CaseRow row = appraising();
  const Error accepted = refused(step(row, Role::civil_affairs_assistant, Action::accept_appraisal));
  EXPECT_EQ(accepted.key, "appraisal.missing");
  EXPECT_EQ(accepted.law, law);
  const CaseRow opinion = put_into(row, State::awaiting_opinion);
  EXPECT_EQ(refused(step(opinion, Role::township_reviewer, Action::propose_approval)).key, "appraisal.missing");
  const CaseRow last = put_into(row, State::awaiting_decision, cases::Proposal::approve);
  const Error approved = refused(step(last, Role::county_approver, Action::approve));
  EXPECT_EQ(approved.key, "appraisal.missing");
  EXPECT_EQ(approved.law, law);
  // Another family's session does not help.
  ASSERT_TRUE(record(appraising(2), session()));
  EXPECT_EQ(refused(step(last, Role::county_approver, Action::approve)).key, "appraisal.missing");
}

TEST_P(Appraisals, TheTownshipMustBeThere) {
  const CaseRow row = appraising();
  AppraisalDraft draft = session_of(0, 2, 6);
  draft.held_on = clock().today();
  const Error error = refused(record(row, draft));
  EXPECT_EQ(error.key, "appraisal.no_township_staff");
  EXPECT_EQ(error.law, std::vector<std::string>{"DB-2012/22-1"});
  EXPECT_EQ(count(row), 0U);
}

TEST_P(Appraisals, TwoThirdsOfAllPresentAreResidentsDelegates) {
  struct Line {
    int staff;
    int others;
    int delegates;
    bool is_enough;
  };
  int family = 0;
  for (const Line& line : {Line{1, 0, 2, true}, Line{1, 0, 1, false}, Line{1, 1, 4, true}, Line{1, 1, 3, false},
                           Line{2, 1, 6, true}, Line{2, 1, 5, false}, Line{5, 5, 20, true}, Line{5, 5, 19, false}}) {
    const CaseRow row = appraising(++family);
    AppraisalDraft draft = session_of(line.staff, line.others, line.delegates);
    draft.held_on = clock().today();
    const auto recorded = record(row, draft);
    EXPECT_EQ(recorded.has_value(), line.is_enough) << line.delegates;
    if (line.is_enough) continue;
    EXPECT_EQ(refused(recorded).key, "appraisal.too_few_delegates");
    EXPECT_EQ(refused(recorded).law, std::vector<std::string>{"DB-2012/22-1"});
  }
}

TEST_P(Appraisals, PartyDelegatesAndCountyStaffAreNoResidentsDelegates) {
  AppraisalDraft draft = session();
  draft.participants[3].capacity = Capacity::party_delegate;
  EXPECT_EQ(refused(record(appraising(), draft)).key, "appraisal.too_few_delegates");
  draft.participants[3].capacity = Capacity::county_staff;
  EXPECT_EQ(refused(record(appraising(2), draft)).key, "appraisal.too_few_delegates");
}

TEST_P(Appraisals, NobodyIsCountedTwice) {
  const CaseRow row = appraising();
  AppraisalDraft draft = session();
  draft.participants[8].name = draft.participants[7].name;
  draft.participants[6].name = "赵 3";
  draft.participants[5].user = world_id<UserId>();
  draft.participants[4].user = actor(Role::village_cadre).user;
  draft.participants[3].user = actor(Role::village_cadre).user;
  draft.held_on = clock().today().plus_days(1);
  draft.place = "";
  draft.votes_true = 9;
  draft.votes_untrue = 1;
  const Error error = refused(record(row, draft));
  EXPECT_TRUE(has_field(error, "/participants/8/name", "appraisal.participant_twice"));
  EXPECT_TRUE(has_field(error, "/participants/6/name", "person_name.characters"));
  EXPECT_TRUE(has_field(error, "/participants/5/user", "appraisal.account_unknown"));
  EXPECT_TRUE(has_field(error, "/participants/4/user", "appraisal.participant_twice"));
  EXPECT_TRUE(has_field(error, "/held_on", "appraisal.date_in_future"));
  EXPECT_TRUE(has_field(error, "/place", "field.empty"));
  EXPECT_TRUE(has_field(error, "/votes_true", "appraisal.more_votes_than_participants"));
  EXPECT_EQ(error.fields.size(), 7U);
}

TEST_P(Appraisals, EverybodySigns) {
  const CaseRow row = appraising();
  AppraisalDraft draft = session();
  draft.participants[4].is_signed = false;
  const Error error = refused(record(row, draft));
  EXPECT_EQ(error.key, "appraisal.signature_missing");
  EXPECT_EQ(error.law, std::vector<std::string>{"DB-2012/21"});
  EXPECT_TRUE(has_field(error, "/participants/4/is_signed", "appraisal.not_signed"));
  draft.result = AppraisalResult::untrue;
  EXPECT_EQ(refused(record(row, draft)).key, "appraisal.signature_missing");
  // Not signing is one way to dispute, and the dispute must be on record.
  draft.result = AppraisalResult::disputed;
  EXPECT_EQ(record(row, draft)->state, State::investigating);
}

TEST_P(Appraisals, KinAndTheFamilyItselfStepOut) {
  const Actor cousin = make_actor(Role::civil_affairs_assistant, region(kTownship), "王志强");
  cases::Intake intake = couple_with_child();
  intake.kin = cases::IntakeKinDeclaration{.has_handler_kin = true,
                                           .handlers = {{.person = "m1",
                                                         .handler_name = "王志强",
                                                         .handler_post = "民政助理员",
                                                         .handler = cousin.user,
                                                         .relation_code = "73"}}};
  const CaseRow row = put_into(file(intake), State::appraising);
  struct Line {
    const char* name;
    std::optional<UserId> user;
    const char* key;
  };
  for (const Line& line : {Line{"王志强", std::nullopt, "appraisal.participant_is_kin"},
                           Line{"王 志强", std::nullopt, "appraisal.participant_is_kin"},
                           Line{"马某", cousin.user, "appraisal.participant_is_kin"},
                           Line{"李秀英", std::nullopt, "appraisal.participant_is_party"},
                           Line{"王大勇", std::nullopt, "appraisal.participant_is_party"}}) {
    AppraisalDraft draft = session();
    draft.participants[5].name = line.name;
    draft.participants[5].user = line.user;
    const Error error = refused(record(row, draft));
    EXPECT_EQ(error.key, "case.recusal") << line.name;
    EXPECT_EQ(error.law, kRecusal);
    EXPECT_TRUE(has_field(error, "/participants/5/name", line.key)) << line.name;
  }
  const auto by_kin = record_appraisal(world(), case_world(), cousin, target(row), session());
  EXPECT_EQ(refused(by_kin).key, "case.recusal");
  EXPECT_EQ(refused(by_kin).law, kRecusal);
  EXPECT_EQ(count(row), 0U);
  EXPECT_TRUE(record(row, session()));
}

TEST_P(Appraisals, ADisputeSendsTheCaseBackAndCannotBeVotedAway) {
  const auto back = record(appraising(), session(AppraisalResult::disputed));
  ASSERT_TRUE(back) << back.error().key;
  EXPECT_EQ(back->state, State::investigating);
  // Somebody brings it back without a new investigation …
  const CaseRow again = put_into(*back, State::appraising);
  // … the dispute belongs to the round before the return, so a new session is asked for and counts.
  EXPECT_EQ(refused(step(again, Role::civil_affairs_assistant, Action::accept_appraisal)).key, "appraisal.missing");
  EXPECT_EQ(record(again, session())->state, State::awaiting_opinion);
}

TEST_P(Appraisals, WhatIsUntrueIsNotProposedForApproval) {
  const auto accepted = record(appraising(), session(AppraisalResult::untrue));
  ASSERT_TRUE(accepted) << accepted.error().key;
  EXPECT_EQ(accepted->state, State::awaiting_opinion);
  const Error proposed = refused(step(*accepted, Role::township_reviewer, Action::propose_approval));
  EXPECT_EQ(proposed.key, "appraisal.untrue");
  EXPECT_EQ(proposed.law, std::vector<std::string>{"DB-2012/21"});
  const CaseRow last = put_into(*accepted, State::awaiting_decision, cases::Proposal::approve);
  EXPECT_EQ(refused(step(last, Role::county_approver, Action::approve)).key, "appraisal.untrue");
  const CaseRow opinion = put_into(last, State::awaiting_opinion);
  EXPECT_EQ(step(opinion, Role::township_reviewer, Action::propose_refusal)->state, State::county_review);
}

TEST_P(Appraisals, ASessionBeforeTheInvestigationEndedIsNone) {
  const CaseRow row = appraising();
  AppraisalDraft draft = session();
  draft.held_on = clock().today().plus_days(-1);
  const Error error = refused(record(row, draft));
  EXPECT_EQ(error.key, "appraisal.before_its_time");
  EXPECT_EQ(error.law, std::vector<std::string>{"DB-2012/21"});
}

TEST_P(Appraisals, EveryReturnAsksForANewSession) {
  const CaseRow opinion = *record(appraising(), session());
  const CaseRow back = *step(opinion, Role::township_reviewer, Action::reinvestigate);
  const CaseRow again = put_into(back, State::awaiting_opinion);
  EXPECT_EQ(refused(step(again, Role::township_reviewer, Action::propose_approval)).key, "appraisal.missing");
}

TEST_P(Appraisals, Since2021NoneIsNeededButOneThatWasHeldBinds) {
  clock().set_date(*Date::of(2022, 11, 7));
  const CaseRow without = put_into(file(couple_with_child(1)), State::awaiting_opinion);
  EXPECT_EQ(step(without, Role::township_reviewer, Action::propose_approval)->state, State::township_publicity);
  const CaseRow opinion = put_into(file(couple_with_child(2)), State::awaiting_opinion);
  const auto disputed = record(opinion, session(AppraisalResult::disputed));
  ASSERT_TRUE(disputed) << disputed.error().key;
  EXPECT_EQ(disputed->state, State::awaiting_opinion);
  const Error proposed = refused(step(*disputed, Role::township_reviewer, Action::propose_approval));
  EXPECT_EQ(proposed.key, "appraisal.disputed");
  EXPECT_EQ(proposed.law, std::vector<std::string>{"DB-2021/19-2"});
  const auto outvoted = record(*disputed, session());
  ASSERT_TRUE(outvoted);
  EXPECT_EQ(refused(step(*outvoted, Role::township_reviewer, Action::propose_approval)).key, "appraisal.disputed");
  const CaseRow back = *step(*outvoted, Role::township_reviewer, Action::reinvestigate);
  const CaseRow again = put_into(back, State::awaiting_opinion);
  EXPECT_EQ(step(again, Role::township_reviewer, Action::propose_approval)->state, State::township_publicity);
  // The rules of quorum hold for it, too.
  AppraisalDraft small = session_of(1, 2, 3);
  small.held_on = clock().today();
  const Error quorum = refused(record(put_into(file(couple_with_child(3)), State::investigating), small));
  EXPECT_EQ(quorum.key, "appraisal.too_few_delegates");
  EXPECT_EQ(quorum.law, std::vector<std::string>{"DB-2021/19-2"});
}

TEST_P(Appraisals, OnlyTheTownshipsAssistantRecordsAndOnlyAtItsTime) {
  const CaseRow row = appraising();
  for (const Role role : {Role::village_cadre, Role::township_reviewer, Role::county_case_officer,
                          Role::county_approver, Role::verification_officer, Role::county_administrator}) {
    EXPECT_EQ(refused(record_appraisal(world(), case_world(), actor(role), target(row), session())).key,
              "access.permission_missing");
  }
  const Actor neighbour = make_actor(Role::civil_affairs_assistant, region("140302002"));
  EXPECT_EQ(refused(record_appraisal(world(), case_world(), neighbour, target(row), session())).key, "case.not_found");
  for (const State state :
       {State::investigating, State::awaiting_opinion, State::township_publicity, State::approved}) {
    EXPECT_EQ(refused(record(put_into(row, state), session())).key, "appraisal.not_in_this_state");
  }
}

TEST_P(Appraisals, ThePageShowsSessionsAndReadingIsRecorded) {
  const CaseRow row = appraising();
  const auto read = [&](const Actor& who) {
    return read_appraisals(world(), case_world(), who, row.region.county(), row.id);
  };
  EXPECT_EQ(read(actor(Role::village_cadre))->obstacle->key, "appraisal.missing");
  AppraisalDraft draft = session();
  draft.votes_true = 7;
  ASSERT_TRUE(record(row, draft));
  const auto file = read(actor(Role::county_case_officer));
  ASSERT_TRUE(file);
  EXPECT_TRUE(file->is_required);
  EXPECT_FALSE(file->obstacle);
  ASSERT_EQ(file->sessions.size(), 1U);
  EXPECT_TRUE(file->sessions[0].counts);
  EXPECT_EQ(file->sessions[0].participants.size(), 9U);
  EXPECT_EQ(file->sessions[0].session.votes_true, 7);
  EXPECT_EQ(file->sessions[0].session.votes_untrue, std::nullopt);
  EXPECT_EQ(read(make_actor(Role::civil_affairs_assistant, region("140302002"))).error().key, "case.not_found");
  EXPECT_EQ(read(actor(Role::funds_officer)).error().key, "access.permission_missing");
  const auto audit = database().read([&](db::Transaction& tx) {
    return list_audit(tx, {.scope = {"140302", "140303"}, .subject_id = row.id.to_text(), .limit = 3});
  });
  EXPECT_EQ(audit[0].action, "appraisal.read");
  for (const AuditRecord& entry : audit) EXPECT_EQ(entry.changes.find(draft.participants[0].name), std::string::npos);
}

JZ_ON_BOTH_DATABASES(Appraisals);

/// The quorum of the text, "not less than two thirds of all present", against whole numbers counted one by one.
RC_GTEST_PROP(AppraisalRules, QuorumIsTwoThirdsOfAllPresent, ()) {
  const int staff = *rc::gen::inRange(1, 40);
  const int others = *rc::gen::inRange(0, 40);
  const int delegates = *rc::gen::inRange(0, 120);
  AppraisalDraft draft = session_of(staff, others, delegates);
  policy::Procedure procedure;
  procedure.appraisal_delegates_share.value = policy::Rational::of(2, 3);
  const Date today = *Date::of(2019, 8, 2);
  draft.held_on = today;
  const Status status = check_lawful(draft, {{}, {}, {}, procedure, today, today});
  int rest = delegates;
  for (int i = 0; i < staff + others; ++i) rest -= 2;
  RC_ASSERT(status.has_value() == (rest >= 0));
}

}  // namespace
}  // namespace jiuzhu::appraisals
