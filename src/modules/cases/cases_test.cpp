#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <thread>

#include "modules/cases/kin_filing.hpp"
#include "modules/cases/test_cases.hpp"

namespace jiuzhu::cases {
namespace {

bool has_field(const Error& error, const std::string& pointer, const std::string& key) {
  for (const FieldError& field : error.fields) {
    if (field.pointer == pointer && field.key == key) return true;
  }
  return false;
}

class Cases : public test::CasesOnBothDatabases {
 protected:
  void SetUp() override {
    CasesOnBothDatabases::SetUp();
    if (IsSkipped()) return;
    provide_case_needs(case_world());
    answer_all_except(
        {Need::complete_file, Need::signed_authorisation, Need::favourable_assessment, Need::checked_account});
    case_world().needs.require_complete();
  }

  Result<CaseRow> step(const CaseRow& row, Role role, Action action, const std::string& note = "") {
    return take_plain_step(world(), case_world(), actor(role), target(row), action, note);
  }
};

TEST_P(Cases, FilesACompleteApplication) {
  const auto filed = file_case(world(), case_world(), actor(Role::civil_affairs_assistant), couple_with_child());
  ASSERT_TRUE(filed) << filed.error().key;
  EXPECT_TRUE(filed->missing.empty());
  EXPECT_EQ(filed->row.case_number, "140302U2019000001");
  EXPECT_EQ(filed->row.applicant_name, "王建国");
  EXPECT_EQ(filed->row.member_count, 3);
  const auto stored = reload(filed->row);
  EXPECT_EQ(stored.state, State::filed);
  const auto persons =
      database().read([&](db::Transaction& tx) { return persons_of(tx, stored.county_code, stored.id); });
  ASSERT_EQ(persons.size(), 4U);
  EXPECT_EQ(persons[0].citizen_number_masked.substr(0, 6), "140399");
  EXPECT_NE(persons[0].citizen_number_masked.find('*'), std::string::npos);
}

TEST_P(Cases, KeepsNoIdentifierInTheClear) {
  const Intake intake = couple_with_child();
  const CaseRow row = file(intake);
  for (const char* table :
       {"case_person", "case_facts", "case_account", "assistance_case", "audit_record", "case_step"}) {
    const std::string sql = std::string("select count(*) from ") + table;
    EXPECT_GE(database().read([&](db::Transaction& tx) { return tx.get<std::int64_t>({"test.count", sql}); }), 0);
  }
  const auto facts = database().read([&](db::Transaction& tx) { return latest_facts(tx, row.county_code, row.id); });
  EXPECT_EQ(facts->facts.find(intake.persons[0].citizen_number), std::string::npos);
  const auto persons = database().read([&](db::Transaction& tx) { return persons_of(tx, row.county_code, row.id); });
  const std::string sealed(persons[0].citizen_number.begin(), persons[0].citizen_number.end());
  EXPECT_EQ(sealed.find(intake.persons[0].citizen_number), std::string::npos);
}

TEST_P(Cases, ReportsEveryContradictionAtOnceAndWritesNothing) {
  Intake intake = couple_with_child();
  intake.persons[0].citizen_number = "140399196003010019";
  intake.persons[1].key = "m1";
  intake.persons[2].name = "王1";
  intake.account->holder = "o1";
  intake.kin->has_handler_kin = true;
  const auto filed = file_case(world(), case_world(), actor(Role::civil_affairs_assistant), intake);
  ASSERT_FALSE(filed);
  EXPECT_TRUE(has_field(filed.error(), "/persons/0/citizen_number", "citizen_number.check_digit"));
  EXPECT_TRUE(has_field(filed.error(), "/persons/1/key", "intake.key_twice"));
  EXPECT_TRUE(has_field(filed.error(), "/persons/2/name", "person_name.characters"));
  EXPECT_TRUE(has_field(filed.error(), "/facts/members/1/key", "intake.facts_without_person"));
  EXPECT_TRUE(has_field(filed.error(), "/account/holder", "intake.person_unknown"));
  EXPECT_TRUE(has_field(filed.error(), "/kin/handlers", "intake.kin_contradiction"));
  EXPECT_TRUE(find_cases(world(), actor(Role::civil_affairs_assistant), {})->empty());
}

TEST_P(Cases, NamesEverythingMissingInOneNoticeAndDoesNotAccept) {
  Intake intake = couple_with_child();
  intake.kin.reset();
  intake.account.reset();
  intake.promise_given = false;
  intake.persons[0].authorised_on.reset();
  intake.persons[2].authorised_by.reset();
  const auto filed = file_case(world(), case_world(), actor(Role::civil_affairs_assistant), intake);
  ASSERT_TRUE(filed);
  EXPECT_EQ(filed->missing.size(), 5U);
  const auto accepted = step(filed->row, Role::civil_affairs_assistant, Action::accept);
  ASSERT_FALSE(accepted);
  EXPECT_EQ(accepted.error().key, "case.incomplete");
  EXPECT_EQ(accepted.error().fields.size(), 5U);
  EXPECT_EQ(accepted.error().law.front(), "DB-2012/13");
  // Nothing is lost: the same application, completed, is accepted.
  const auto corrected = correct_case(world(), case_world(), actor(Role::civil_affairs_assistant), target(filed->row),
                                      couple_with_child());
  ASSERT_TRUE(corrected) << corrected.error().key;
  EXPECT_TRUE(step(corrected->row, Role::civil_affairs_assistant, Action::accept));
}

TEST_P(Cases, FindsAPersonWhoStandsInAnotherApplication) {
  const CaseRow first = file(couple_with_child());
  Intake second = couple_with_child(2);
  second.persons[1].citizen_number = couple_with_child().persons[1].citizen_number;
  const auto filed = file_case(world(), case_world(), actor(Role::civil_affairs_assistant), second);
  ASSERT_FALSE(filed);
  EXPECT_EQ(filed.error().key, "case.persons_elsewhere");
  EXPECT_TRUE(has_field(filed.error(), "/persons/1/citizen_number", "case.person_elsewhere"));
  EXPECT_EQ(filed.error().law, std::vector<std::string>{"SA-2014/9"});
  // After the first is withdrawn the person may apply again.
  ASSERT_TRUE(step(first, Role::civil_affairs_assistant, Action::withdraw, "自愿撤回"));
  EXPECT_TRUE(file_case(world(), case_world(), actor(Role::civil_affairs_assistant), second));
}

TEST_P(Cases, TheSecondOfTwoOfficersGetsAConflictThatNamesTheFirst) {
  const CaseRow row = file(couple_with_child());
  ASSERT_TRUE(step(row, Role::civil_affairs_assistant, Action::accept));
  const auto second = step(row, Role::civil_affairs_assistant, Action::withdraw);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::conflict);
  EXPECT_EQ(second.error().key, "case.changed_meanwhile");
  EXPECT_EQ(second.error().params[0].second, actor(Role::civil_affairs_assistant).name);
}

TEST_P(Cases, OnlyOneOfManyConcurrentStepsIsTaken) {
  const CaseRow row = file(couple_with_child());
  actor(Role::civil_affairs_assistant);
  std::atomic<int> taken = 0;
  {
    std::vector<std::jthread> officers;
    for (int i = 0; i < 6; ++i) {
      officers.emplace_back([&] { taken += step(row, Role::civil_affairs_assistant, Action::accept).has_value(); });
    }
  }
  EXPECT_EQ(taken, 1);
  const auto steps = database().read([&](db::Transaction& tx) { return steps_of(tx, row.county_code, row.id); });
  EXPECT_EQ(steps.size(), 1U);
}

TEST_P(Cases, KinOfTheFamilyStayOut) {
  Intake intake = couple_with_child();
  const Actor cousin = make_actor(Role::civil_affairs_assistant, region(kTownship), "王志强");
  intake.kin = IntakeKinDeclaration{.has_handler_kin = true,
                                    .handlers = {{.person = "m1",
                                                  .handler_name = "王志强",
                                                  .handler_post = "民政助理员",
                                                  .handler = cousin.user,
                                                  .relation_code = "73"}}};
  const CaseRow row = file(intake);
  EXPECT_TRUE(row.is_kin_filed);
  const auto refused = take_plain_step(world(), case_world(), cousin, target(row), Action::accept, "");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().key, "case.recusal");
  EXPECT_EQ(refused.error().law.front(), "SX-2019/2-2");
  EXPECT_TRUE(step(row, Role::civil_affairs_assistant, Action::accept));
}

TEST_P(Cases, KinWhomTheFamilyKnowsOnlyByNameStayOutToo) {
  Intake intake = couple_with_child();
  const Actor& assistant = actor(Role::civil_affairs_assistant);
  intake.kin = IntakeKinDeclaration{
      .has_handler_kin = true,
      .handlers = {
          {.person = "m1", .handler_name = assistant.name, .handler_post = "民政助理员", .relation_code = "73"}}};
  const CaseRow row = file(intake);
  EXPECT_EQ(step(row, Role::civil_affairs_assistant, Action::accept).error().key, "case.recusal");
  const auto page = read_case(world(), case_world(), assistant, row.region.county(), row.id);
  ASSERT_TRUE(page);
  for (const OpenStep& open : page->open_steps) {
    ASSERT_FALSE(open.obstacles.empty());
    EXPECT_EQ(open.obstacles[0].key, "case.recusal");
  }
  EXPECT_EQ(reveal_person(world(), assistant, row.region.county(), row.id, "m1", "核实").error().key, "case.recusal");
  const Actor other = make_actor(Role::civil_affairs_assistant, region(kTownship), "郭振华");
  EXPECT_TRUE(take_plain_step(world(), case_world(), other, target(row), Action::accept, ""));
}

TEST_P(Cases, OfManyConcurrentApplicationsOfOnePersonOneIsFiled) {
  actor(Role::civil_affairs_assistant);
  std::atomic<int> filed = 0;
  {
    std::vector<std::jthread> offices;
    for (int i = 0; i < 4; ++i) {
      offices.emplace_back([&] {
        filed +=
            file_case(world(), case_world(), actor(Role::civil_affairs_assistant), couple_with_child()).has_value();
      });
    }
  }
  EXPECT_EQ(filed, 1);
}

TEST_P(Cases, OfTwoCountiesThatFileOnePersonInTheSameMomentOneIsRefused) {
  const Actor there = make_actor(Role::civil_affairs_assistant, region("140303001"));
  actor(Role::civil_affairs_assistant);
  for (int round = 0; round < 5; ++round) {
    std::array<std::string, 4> keys;
    {
      std::vector<std::jthread> offices;
      for (std::size_t i = 0; i < keys.size(); ++i) {
        offices.emplace_back([&, i] {
          Intake intake = couple_with_child(round + 1);
          if (i % 2 == 1) {
            intake.region = region("140303001001");
            // The same people in another order: two counties must not wait for each other for ever.
            std::swap(intake.persons[0], intake.persons[1]);
          }
          const auto filed =
              file_case(world(), case_world(), i % 2 == 1 ? there : actor(Role::civil_affairs_assistant), intake);
          keys[i] = filed ? "" : filed.error().key;
        });
      }
    }
    EXPECT_EQ(std::count(keys.begin(), keys.end(), ""), 1);
    EXPECT_EQ(std::count(keys.begin(), keys.end(), "case.persons_elsewhere"), 3);
  }
}

TEST_P(Cases, APersonIsFreeAgainWhenTheApplicationIsOver) {
  const auto entries = [&] {
    return database().read([](db::Transaction& tx) {
      return tx.get<std::int64_t>({"test.directory", "select count(*) from person_directory"});
    });
  };
  struct Line {
    State state;
    Role role;
    Action action;
  };
  for (const Line& line : {Line{State::investigating, Role::civil_affairs_assistant, Action::withdraw},
                           Line{State::verifying, Role::township_reviewer, Action::terminate},
                           Line{State::awaiting_decision, Role::county_approver, Action::refuse},
                           Line{State::approved, Role::county_case_officer, Action::end_benefit}}) {
    const CaseRow row = put_into(file(couple_with_child()), line.state);
    EXPECT_EQ(entries(), 3);
    const Intake again = couple_with_child();
    EXPECT_EQ(file_case(world(), case_world(), actor(Role::civil_affairs_assistant), again).error().key,
              "case.persons_elsewhere");
    ASSERT_TRUE(step(row, line.role, line.action)) << static_cast<int>(line.action);
    EXPECT_EQ(entries(), 0);
  }
  // A benefit that is drawn keeps its people.
  ASSERT_TRUE(step(put_into(file(couple_with_child()), State::awaiting_decision, Proposal::approve),
                   Role::county_approver, Action::approve));
  EXPECT_EQ(entries(), 3);
}

TEST_P(Cases, ACorrectionEntersWhoCameAndFreesWhoLeft) {
  const CaseRow row = file(couple_with_child());
  Intake smaller = couple_with_child();
  smaller.persons.erase(smaller.persons.begin() + 2);
  smaller.facts.members.pop_back();
  const auto corrected =
      correct_case(world(), case_world(), actor(Role::civil_affairs_assistant), target(row), smaller);
  ASSERT_TRUE(corrected) << corrected.error().key;
  Intake grandmother = couple_with_child(2);
  grandmother.persons[2] = couple_with_child().persons[2];
  const auto second = file_case(world(), case_world(), actor(Role::civil_affairs_assistant), grandmother);
  ASSERT_TRUE(second) << second.error().key;
  const auto back = correct_case(world(), case_world(), actor(Role::civil_affairs_assistant), target(corrected->row),
                                 couple_with_child());
  ASSERT_FALSE(back);
  EXPECT_TRUE(has_field(back.error(), "/persons/2/citizen_number", "case.person_elsewhere"));
  EXPECT_EQ(back.error().fields[0].params[0].second, second->row.case_number);
}

TEST_P(Cases, AnObligorOfOneHouseholdMayApplyWithAnother) {
  file(couple_with_child());
  Intake son = couple_with_child(2);
  son.persons[0] = couple_with_child().persons[3];
  son.persons[0].key = "m1";
  son.persons[0].role = PersonRole::member;
  son.facts.members[0].birth_date = *Date::of(1985, 7, 12);
  const auto filed = file_case(world(), case_world(), actor(Role::civil_affairs_assistant), son);
  EXPECT_TRUE(filed) << filed.error().key;
  // And the other way round: his parents' file may name him as an obligor though he is a member elsewhere.
  Intake parents = couple_with_child(3);
  parents.persons[3] = couple_with_child().persons[3];
  EXPECT_TRUE(file_case(world(), case_world(), actor(Role::civil_affairs_assistant), parents));
}

TEST_P(Cases, KinFoundOutLaterStayOutAtOnce) {
  const Actor cousin = make_actor(Role::civil_affairs_assistant, region(kTownship), "王志强");
  const CaseRow filed = file(couple_with_child());
  const LateKin kin{.handler = {.person = "m1",
                                .handler_name = "王志强",
                                .handler_post = "民政助理员",
                                .handler = cousin.user,
                                .relation_code = "73"},
                    .reason = "群众反映"};
  const auto add = [&](const CaseRow& row, Role role, const LateKin& late) {
    return add_kin(world(), case_world(), actor(role), target(row), late);
  };
  EXPECT_EQ(add(filed, Role::civil_affairs_assistant, kin).error().key, "kin.correct_declaration");
  const auto accepted = take_plain_step(world(), case_world(), cousin, target(filed), Action::accept, "");
  ASSERT_TRUE(accepted) << accepted.error().key;
  EXPECT_EQ(add(*accepted, Role::village_cadre, kin).error().key, "access.permission_missing");
  LateKin wrong = kin;
  wrong.handler.person = "o1";
  wrong.handler.handler = actor(Role::county_approver).user;
  wrong.handler.relation_code = "xx";
  wrong.reason = " ";
  const auto refused = add(*accepted, Role::township_reviewer, wrong);
  ASSERT_FALSE(refused);
  EXPECT_TRUE(has_field(refused.error(), "/person", "intake.person_unknown"));
  EXPECT_TRUE(has_field(refused.error(), "/handler", "intake.handler_account_differs"));
  EXPECT_TRUE(has_field(refused.error(), "/relation_code", "intake.relation_unknown"));
  EXPECT_TRUE(has_field(refused.error(), "/reason", "field.empty"));

  const auto known = add(*accepted, Role::county_case_officer, kin);
  ASSERT_TRUE(known) << known.error().key;
  EXPECT_TRUE(known->is_kin_filed);
  const auto out = take_plain_step(world(), case_world(), cousin, target(*known), Action::withdraw, "");
  EXPECT_EQ(out.error().key, "case.recusal");
  EXPECT_EQ(add(*known, Role::township_reviewer, kin).error().key, "kin.known_already");
  const auto page = read_case(world(), case_world(), actor(Role::county_case_officer), filed.region.county(), filed.id);
  ASSERT_TRUE(page);
  ASSERT_EQ(page->kin.size(), 1U);
  EXPECT_EQ(page->kin[0].added_on, clock().today());
  EXPECT_EQ(page->kin[0].added_by_name, actor(Role::county_case_officer).name);
  EXPECT_EQ(page->kin[0].added_reason, "群众反映");
  const auto audit = database().read([&](db::Transaction& tx) {
    return list_audit(tx, {.scope = {"140302", "140303"}, .subject_id = filed.id.to_text(), .limit = 5});
  });
  EXPECT_TRUE(std::ranges::any_of(audit, [](const AuditRecord& record) { return record.action == "case.kin_added"; }));
  const CaseRow over = put_into(reload(filed), State::refused);
  EXPECT_EQ(add(over, Role::county_case_officer, kin).error().key, "kin.case_closed");
}

TEST_P(Cases, ARelationThatTheRulesDoNotFileIsRecordedAndStillKeepsTheHandlerOut) {
  const Actor friendly = make_actor(Role::civil_affairs_assistant, region(kTownship), "王志强");
  const CaseRow row = put_into(file(couple_with_child()), State::investigating);
  const auto added =
      add_kin(world(), case_world(), actor(Role::township_reviewer), target(row),
              {.handler = {.person = "m1", .handler_name = "王志强", .relation_code = "47"}, .reason = "本人报告"});
  ASSERT_TRUE(added) << added.error().key;
  EXPECT_FALSE(added->is_kin_filed);
  EXPECT_EQ(take_plain_step(world(), case_world(), friendly, target(*added), Action::withdraw, "").error().key,
            "case.recusal");
}

TEST_P(Cases, AnAccountOfSomebodyElseDoesNotTakeTheNamedHandlersPlace) {
  const Actor& assistant = actor(Role::civil_affairs_assistant);
  Intake intake = couple_with_child();
  intake.kin = IntakeKinDeclaration{.has_handler_kin = true,
                                    .handlers = {{.person = "m1",
                                                  .handler_name = assistant.name,
                                                  .handler_post = "民政助理员",
                                                  .handler = actor(Role::county_approver).user,
                                                  .relation_code = "73"}}};
  const auto filed = file_case(world(), case_world(), assistant, intake);
  ASSERT_FALSE(filed);
  EXPECT_TRUE(has_field(filed.error(), "/kin/handlers/0/handler", "intake.handler_account_differs"));
}

TEST_P(Cases, NobodyActsOutsideHisRegionOrRole) {
  const CaseRow row = file(couple_with_child());
  const Actor neighbour = make_actor(Role::civil_affairs_assistant, region("140302002"));
  EXPECT_EQ(take_plain_step(world(), case_world(), neighbour, target(row), Action::accept, "").error().key,
            "case.not_found");
  EXPECT_EQ(read_case(world(), case_world(), neighbour, row.region.county(), row.id).error().key, "case.not_found");
  EXPECT_TRUE(find_cases(world(), neighbour, {})->empty());
  EXPECT_EQ(step(row, Role::county_approver, Action::accept).error().key, "access.permission_missing");
  EXPECT_EQ(step(row, Role::county_administrator, Action::accept).error().key, "access.permission_missing");
  EXPECT_EQ(find_cases(world(), actor(Role::city_inspector), {})->size(), 1U);
  EXPECT_EQ(find_cases(world(), actor(Role::village_cadre), {})->size(), 1U);
}

TEST_P(Cases, NoStepLeadsPastTheTable) {
  const CaseRow row = file(couple_with_child());
  struct Line {
    Action action;
    Role own;    // takes the step where the table has it
    Role other;  // never takes it, and learns nothing of the case
  };
  for (const Line& line : {Line{Action::approve, Role::county_approver, Role::county_case_officer},
                           Line{Action::refuse, Role::county_approver, Role::civil_affairs_assistant},
                           Line{Action::complete_review, Role::county_case_officer, Role::county_approver},
                           Line{Action::close_publicity, Role::township_reviewer, Role::village_cadre}}) {
    EXPECT_EQ(step(row, line.own, line.action).error().key, "case.step_not_on_road");
    EXPECT_EQ(step(row, line.other, line.action).error().key, "access.permission_missing");
  }
}

TEST_P(Cases, ApprovalAsksTheAssessment) {
  Intake rich = couple_with_child();
  rich.facts.incomes[0].amount = Money::yuan(90'000);
  const CaseRow row = put_into(file(rich), State::awaiting_decision, Proposal::approve);
  const auto refused = step(row, Role::county_approver, Action::approve);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().key, "case.not_eligible");
  EXPECT_FALSE(refused.error().law.empty());
}

TEST_P(Cases, TheCasePageShowsWhatStandsInTheWayAndIsRecorded) {
  Intake intake = couple_with_child();
  intake.account.reset();
  const CaseRow row = file(intake);
  const auto page = read_case(world(), case_world(), actor(Role::civil_affairs_assistant), row.region.county(), row.id);
  ASSERT_TRUE(page) << page.error().key;
  ASSERT_TRUE(page->assessment) << page->assessment.error().key;
  const auto accept = std::find_if(page->open_steps.begin(), page->open_steps.end(),
                                   [](const OpenStep& open) { return open.action == Action::accept; });
  ASSERT_NE(accept, page->open_steps.end());
  ASSERT_EQ(accept->obstacles.size(), 1U);
  EXPECT_EQ(accept->obstacles[0].key, "case.incomplete");
  const auto audit = database().read([&](db::Transaction& tx) {
    return list_audit(tx, {.scope = {"140302", "140303"}, .subject_id = row.id.to_text(), .limit = 1});
  });
  EXPECT_EQ(audit[0].action, "case.read");
}

TEST_P(Cases, AVillageDoesNotSeeWhatTheRegistersFound) {
  const CaseRow row = file(couple_with_child());
  const auto wages = [&](Role role) {
    const auto page = read_case(world(), case_world(), actor(role), row.region.county(), row.id);
    EXPECT_TRUE(page);
    return page->facts.incomes[0].amount;
  };
  ASSERT_TRUE(
      run_use_case(world(), actor(Role::verification_officer), row.region.county(), [&](UseCase& act) -> Status {
        CaseRow current = *find_case(act.tx, row.county_code, row.id);
        auto facts = *facts_of(act.tx, current);
        facts.incomes[0].amount = Money::yuan(950);
        return revise_facts(act, current, facts, "verified");
      }));
  EXPECT_EQ(wages(Role::village_cadre), Money::yuan(600));
  EXPECT_EQ(wages(Role::civil_affairs_assistant), Money::yuan(950));
}

TEST_P(Cases, RevealingANumberIsARecordedAct) {
  const Intake intake = couple_with_child();
  const CaseRow row = file(intake);
  const auto revealed =
      reveal_person(world(), actor(Role::civil_affairs_assistant), row.region.county(), row.id, "m1", "电话核实身份");
  ASSERT_TRUE(revealed);
  EXPECT_EQ(revealed->citizen_number, intake.persons[0].citizen_number);
  EXPECT_EQ(reveal_person(world(), actor(Role::village_cadre), row.region.county(), row.id, "m1", "x").error().code,
            ErrorCode::forbidden);
  const auto audit = database().read([&](db::Transaction& tx) {
    return list_audit(tx, {.scope = {"140302", "140303"}, .subject_id = row.id.to_text(), .limit = 1});
  });
  EXPECT_EQ(audit[0].action, "person.revealed");
  EXPECT_EQ(audit[0].basis, "电话核实身份");
}

TEST_P(Cases, TimeLimitsFollowTheRulesOfTheCasesDate) {
  const CaseRow row = file(couple_with_child());  // Friday 2019-08-02
  const auto accepted = step(row, Role::civil_affairs_assistant, Action::accept);
  ASSERT_TRUE(accepted) << accepted.error().key;
  EXPECT_EQ(accepted->accepted_on, Date::of(2019, 8, 2));
  CaseRow investigating = put_into(*accepted, State::awaiting_opinion);
  const auto back = step(investigating, Role::township_reviewer, Action::reinvestigate);
  ASSERT_TRUE(back) << back.error().key;
  // Ten working days from acceptance (S2 art. 18).
  EXPECT_EQ(back->due_on, Date::of(2019, 8, 16));
}

TEST_P(Cases, ListsPageByDueDateWithoutLosingOrRepeating) {
  std::set<std::string> expected;
  for (int i = 1; i <= 7; ++i) expected.insert(file(couple_with_child(i)).id.to_text());
  std::set<std::string> seen;
  CaseFilter filter{.limit = 3};
  for (;;) {
    const auto page = *find_cases(world(), actor(Role::county_case_officer), filter);
    for (const CaseRow& row : page) EXPECT_TRUE(seen.insert(row.id.to_text()).second);
    if (page.size() < 3) break;
    filter.after_due_on = page.back().due_on;
    filter.after_id = page.back().id.to_text();
  }
  EXPECT_EQ(seen, expected);
}

TEST_P(Cases, StepsCiteTheLawOfTheCasesOwnDate) {
  for (const auto& [date, article] : {std::pair{"2019-08-05", "DB-2012/13"}, {"2022-11-01", "DB-2021/10"}}) {
    clock().set_date(*Date::parse(date));
    const CaseRow row = file(couple_with_child(article[5] == '1' ? 71 : 72));
    const auto page =
        read_case(world(), case_world(), actor(Role::civil_affairs_assistant), row.region.county(), row.id);
    ASSERT_TRUE(page) << page.error().key;
    const auto accept = std::ranges::find(page->open_steps, Action::accept, &OpenStep::action);
    ASSERT_NE(accept, page->open_steps.end());
    EXPECT_EQ(accept->law, article);
  }
}

JZ_ON_BOTH_DATABASES(Cases);

}  // namespace
}  // namespace jiuzhu::cases
