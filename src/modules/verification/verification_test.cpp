#include <gtest/gtest.h>

#include <algorithm>

#include "modules/cases/facts_json.hpp"
#include "modules/cases/test_cases.hpp"
#include "modules/verification/verification_service.hpp"

namespace jiuzhu::verification {
namespace {

using cases::Action;
using cases::CaseRow;
using cases::Need;
using cases::State;

const std::vector<std::string> kNotice{"SX-2019/2-5"};

bool has_field(const Error& error, const std::string& pointer, const std::string& key) {
  return std::ranges::any_of(error.fields, [&](const FieldError& f) { return f.pointer == pointer && f.key == key; });
}

ReportDraft clear_report() {
  ReportDraft draft;
  for (const char* person : {"m1", "m2", "m3", "o1"}) draft.persons.push_back({.person = person});
  return draft;
}

ReportDraft report_with(const std::string& person, PersonResult result, const std::string& content = "存款余额") {
  ReportDraft draft = clear_report();
  for (ReportedPerson& reported : draft.persons) {
    if (reported.person != person) continue;
    reported.result = result;
    reported.findings.push_back({.source = "农村信用社", .content = content, .amount = Money::yuan(120'000)});
  }
  return draft;
}

class Verification : public test::CasesOnBothDatabases {
 protected:
  void SetUp() override {
    CasesOnBothDatabases::SetUp();
    if (IsSkipped()) return;
    provide_verification_needs(case_world());
    answer_all_except({Need::valid_verification, Need::clear_verification, Need::signed_authorisation});
    case_world().needs.provide(Need::signed_authorisation, [this](const cases::NeedContext&) -> Status {
      if (is_authorised_) return {};
      return refuse_by_rule("case.authorisation_missing", {"SA-2014/58"});
    });
  }

  CaseRow accepted(int family = 1) { return put_into(file(couple_with_child(family)), State::accepted); }

  Result<CaseRow> order(const CaseRow& row, const std::string& note = "", Role role = Role::civil_affairs_assistant) {
    return order_verification(world(), case_world(), actor(role), target(row), note);
  }
  Result<CaseRow> report(const CaseRow& row, const ReportDraft& draft, Role role = Role::verification_officer) {
    return report_verification(world(), case_world(), actor(role), target(row), draft);
  }
  Result<CaseRow> step(const CaseRow& row, Role role, Action action) {
    return cases::take_plain_step(world(), case_world(), actor(role), target(row), action, "");
  }
  CaseRow ordered(const CaseRow& row) {
    const auto done = order(row);
    EXPECT_TRUE(done) << done.error().key;
    return *done;
  }
  CaseRow reported(const CaseRow& row, const ReportDraft& draft) {
    const auto done = report(row, draft);
    EXPECT_TRUE(done) << done.error().key;
    return *done;
  }
  /// What the gate says on the way to approval.
  Status gate(const CaseRow& row, Need need = Need::valid_verification) {
    return database().read([&](db::Transaction& tx) -> Status {
      const auto now = *cases::find_case(tx, row.county_code, row.id);
      const auto procedure = *cases::procedure_of(case_world(), now);
      return case_world().needs.check(need,
                                      {tx, world(), actor(Role::county_approver), clock().today(), now, procedure});
    });
  }
  void set_citizen_index(const CaseRow& row, const char* person, const char* index) {
    EXPECT_TRUE(database().write([&](db::Transaction& tx) -> Status {
      tx.execute({"test.change_person",
                  "update case_person set citizen_index = ? where county_code = ? and case_id = ? and person_key = ?"},
                 index, row.county_code, row.id, person);
      return {};
    }));
  }
  std::vector<OrderRow> orders(const CaseRow& row) {
    return database().read([&](db::Transaction& tx) { return orders_of(tx, row.county_code, row.id); });
  }

  bool is_authorised_ = true;
};

TEST_P(Verification, AClearReportLeadsToTheInvestigation) {
  const CaseRow row = ordered(accepted());
  EXPECT_EQ(row.state, State::verifying);
  EXPECT_EQ(gate(row).error().key, "verification.outstanding");
  const CaseRow after = reported(row, clear_report());
  EXPECT_EQ(after.state, State::investigating);
  EXPECT_FALSE(after.is_doubtful);
  EXPECT_TRUE(gate(after));
  EXPECT_TRUE(gate(after, Need::clear_verification));
}

TEST_P(Verification, NothingIsOrderedWithoutAuthorisation) {
  is_authorised_ = false;
  const CaseRow row = accepted();
  const auto refused = order(row);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().key, "case.authorisation_missing");
  EXPECT_TRUE(orders(row).empty());
  EXPECT_EQ(reload(row).version, row.version);
}

TEST_P(Verification, AReportNamesEverybodyOnceAndNobodyElse) {
  const CaseRow row = ordered(accepted());
  ReportDraft draft = clear_report();
  draft.persons[1].person = "m1";
  draft.persons[2].person = "m9";
  draft.persons[3].result = PersonResult::clue_found;
  const auto refused = report(row, draft);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().key, "request.invalid");
  EXPECT_EQ(refused.error().law, kNotice);
  EXPECT_TRUE(has_field(refused.error(), "/results/1/person", "verification.person_twice"));
  EXPECT_TRUE(has_field(refused.error(), "/results/2/person", "verification.person_foreign"));
  EXPECT_TRUE(has_field(refused.error(), "/results/3/findings", "verification.finding_missing"));
  EXPECT_EQ(std::ranges::count(refused.error().fields, "verification.person_missing", &FieldError::key), 2);
  draft = clear_report();
  draft.persons.pop_back();  // the obligor
  EXPECT_EQ(report(row, draft).error().fields.at(0).params.at(0).second, "o1");
  EXPECT_EQ(reload(row).state, State::verifying);
  EXPECT_EQ(gate(row).error().key, "verification.outstanding");
}

TEST_P(Verification, FindingsAreNotFromTheFutureAndNotNegative) {
  const CaseRow row = ordered(accepted());
  ReportDraft draft = report_with("m1", PersonResult::clue_found);
  draft.persons[0].findings[0].amount = Money::yuan(-1);
  draft.persons[0].findings[0].as_of = clock().today().plus_days(1);
  const auto refused = report(row, draft);
  EXPECT_TRUE(has_field(refused.error(), "/results/0/findings/0/as_of", "verification.future_date"));
  EXPECT_TRUE(has_field(refused.error(), "/results/0/findings/0/amount", "verification.negative_amount"));
}

TEST_P(Verification, AnExcessStopsTheWayToApproval) {
  const CaseRow failed = reported(ordered(accepted()), report_with("m1", PersonResult::exceeds));
  EXPECT_EQ(failed.state, State::verification_failed);
  EXPECT_TRUE(gate(failed));
  const auto clear = gate(failed, Need::clear_verification);
  ASSERT_FALSE(clear);
  EXPECT_EQ(clear.error().key, "verification.exceeds");
  EXPECT_EQ(clear.error().law, kNotice);
  // Whatever state somebody brings it into, approval is not proposed …
  const CaseRow opinion = put_into(failed, State::awaiting_opinion);
  EXPECT_EQ(step(opinion, Role::township_reviewer, Action::propose_approval).error().key, "verification.exceeds");
  // … but refusal is, with the excess as its ground.
  const CaseRow again = put_into(opinion, State::verification_failed);
  EXPECT_EQ(step(again, Role::township_reviewer, Action::propose_refusal)->state, State::awaiting_decision);
}

TEST_P(Verification, NothingIsProposedOrApprovedWithoutAReport) {
  const CaseRow row = put_into(accepted(), State::awaiting_opinion);
  const auto proposed = step(row, Role::township_reviewer, Action::propose_approval);
  EXPECT_EQ(proposed.error().key, "verification.missing");
  EXPECT_EQ(proposed.error().law, kNotice);
  const CaseRow last = put_into(row, State::awaiting_decision, cases::Proposal::approve);
  for (const Action action : {Action::approve, Action::refuse}) {
    const auto decided = step(last, Role::county_approver, action);
    ASSERT_FALSE(decided);
    EXPECT_EQ(decided.error().key, "verification.missing");
    EXPECT_EQ(decided.error().code, ErrorCode::refused_by_rule);
  }
  EXPECT_EQ(gate(row, Need::clear_verification).error().key, "verification.missing");
}

TEST_P(Verification, ASilentRegisterIsNoCoverageAndIsAskedAgain) {
  const CaseRow row = ordered(accepted());
  const CaseRow after = reported(row, report_with("o1", PersonResult::source_unavailable, "银行查询接口停机"));
  EXPECT_EQ(after.state, State::verifying);
  EXPECT_GT(after.version, row.version);
  ASSERT_EQ(orders(row).size(), 2U);
  EXPECT_EQ(orders(row)[1].reason, OrderReason::source_unavailable);
  EXPECT_EQ(gate(after).error().key, "verification.outstanding");
  EXPECT_EQ(reported(after, clear_report()).state, State::investigating);
}

TEST_P(Verification, AnExcessDecidesEvenWhenAnotherRegisterIsSilent) {
  ReportDraft draft = report_with("m1", PersonResult::exceeds);
  draft.persons[3].result = PersonResult::source_unavailable;
  draft.persons[3].findings.push_back({.source = "银行", .content = "查询接口停机"});
  const CaseRow after = reported(ordered(accepted()), draft);
  EXPECT_EQ(after.state, State::verification_failed);
  EXPECT_TRUE(gate(after));
}

TEST_P(Verification, AClueGoesOnAndMarksTheCaseDoubtful) {
  const CaseRow after = reported(ordered(accepted()), report_with("m2", PersonResult::clue_found));
  EXPECT_EQ(after.state, State::investigating);
  EXPECT_TRUE(reload(after).is_doubtful);
  EXPECT_TRUE(gate(after, Need::clear_verification));
}

TEST_P(Verification, AReportHoldsItsDaysAndNotOneMore) {
  const CaseRow row = reported(ordered(accepted()), clear_report());
  clock().advance_days(180);
  EXPECT_TRUE(gate(row));
  clock().advance_days(1);
  const auto expired = gate(row);
  ASSERT_FALSE(expired);
  EXPECT_EQ(expired.error().key, "verification.expired");
  EXPECT_EQ(expired.error().law, kNotice);
  EXPECT_EQ(step(row, Role::civil_affairs_assistant, Action::finish_investigation).error().key, "verification.expired");
  const CaseRow again = ordered(row);
  EXPECT_EQ(orders(row)[1].reason, OrderReason::lapsed);
  EXPECT_EQ(gate(again).error().key, "verification.outstanding");
  EXPECT_TRUE(gate(reported(again, clear_report())));
}

TEST_P(Verification, AChangeOfPersonsInvalidatesTheReport) {
  const CaseRow row = reported(ordered(accepted()), clear_report());
  set_citizen_index(row, "m2", "somebody else");
  const auto changed = gate(row);
  ASSERT_FALSE(changed);
  EXPECT_EQ(changed.error().key, "verification.persons_changed");
  EXPECT_EQ(changed.error().params.at(0).second, "m2");
  EXPECT_EQ(changed.error().law, kNotice);
  EXPECT_EQ(step(row, Role::civil_affairs_assistant, Action::finish_investigation).error().key,
            "verification.persons_changed");
}

TEST_P(Verification, TheReportOfAnotherFamilyDoesNotCount) {
  reported(ordered(accepted(1)), clear_report());
  const CaseRow other = put_into(accepted(2), State::awaiting_opinion);
  EXPECT_EQ(gate(other).error().key, "verification.missing");
  EXPECT_EQ(step(other, Role::township_reviewer, Action::propose_approval).error().key, "verification.missing");
}

TEST_P(Verification, AskingAgainWhileTheReportHoldsNeedsAReason) {
  const CaseRow row = reported(ordered(accepted()), clear_report());
  EXPECT_TRUE(has_field(order(row, "  ").error(), "/note", "verification.reason_missing"));
  const auto again = order(row, "邻居反映购车", Role::county_case_officer);
  ASSERT_TRUE(again) << again.error().key;
  EXPECT_EQ(orders(row)[1].reason, OrderReason::renewed);
  // The earlier report does not serve while the new one is out.
  EXPECT_EQ(gate(*again).error().key, "verification.outstanding");
}

TEST_P(Verification, AnObjectionOrdersARecheckWithALimit) {
  const CaseRow failed = reported(ordered(accepted()), report_with("m1", PersonResult::exceeds));
  const auto object = [&](const std::string& evidence) {
    return object_to_verification(world(), case_world(), actor(Role::civil_affairs_assistant), target(failed),
                                  evidence);
  };
  EXPECT_TRUE(has_field(object(" ").error(), "/evidence", "verification.evidence_missing"));
  const auto objected = object("存款为代管的工伤赔偿款,提交赔偿协议");
  ASSERT_TRUE(objected) << objected.error().key;
  EXPECT_EQ(objected->state, State::verifying);
  EXPECT_EQ(orders(failed)[1].reason, OrderReason::objection);
  EXPECT_EQ(orders(failed)[1].due_on, Date::of(2019, 8, 16));  // ten working days from Friday 2019-08-02
  EXPECT_EQ(reported(*objected, clear_report()).state, State::investigating);
}

TEST_P(Verification, OnlyTheAgencyReportsAndOnlyOnAnOpenOrder) {
  const CaseRow before = accepted();
  EXPECT_EQ(report(before, clear_report()).error().key, "verification.no_open_order");
  const CaseRow row = ordered(before);
  for (const Role role : {Role::civil_affairs_assistant, Role::county_case_officer, Role::county_approver,
                          Role::village_cadre, Role::county_administrator}) {
    EXPECT_EQ(report(row, clear_report(), role).error().key, "access.permission_missing");
  }
  for (const Role role : {Role::verification_officer, Role::township_reviewer, Role::village_cadre}) {
    EXPECT_EQ(order(before, "", role).error().key, "access.permission_missing");
  }
  const Actor elsewhere = make_actor(Role::verification_officer, region("140303"));
  EXPECT_EQ(report_verification(world(), case_world(), elsewhere, target(row), clear_report()).error().key,
            "case.not_found");
  const CaseRow done = reported(row, clear_report());
  EXPECT_EQ(report(row, clear_report()).error().key, "case.changed_meanwhile");
  EXPECT_EQ(report(done, clear_report()).error().key, "verification.no_open_order");
}

TEST_P(Verification, KinOfTheFamilyDoNotOrderReportOrObject) {
  const Actor cousin = make_actor(Role::verification_officer, region(kCounty), "王志强");
  const Actor uncle = make_actor(Role::civil_affairs_assistant, region(kTownship), "王志强");
  cases::Intake intake = couple_with_child();
  intake.kin = cases::IntakeKinDeclaration{.has_handler_kin = true, .handlers = {}};
  for (const Actor& handler : {cousin, uncle}) {
    intake.kin->handlers.push_back({.person = "m1",
                                    .handler_name = "王志强",
                                    .handler_post = "民政局",
                                    .handler = handler.user,
                                    .relation_code = "73"});
  }
  const CaseRow row = put_into(file(intake), State::accepted);
  const std::vector<std::string> law{"SX-2019/2-2", "DB-2012/14"};
  const auto by_uncle = order_verification(world(), case_world(), uncle, target(row), "");
  EXPECT_EQ(by_uncle.error().key, "case.recusal");
  EXPECT_EQ(by_uncle.error().law, law);
  const CaseRow open = ordered(row);
  const auto by_cousin = report_verification(world(), case_world(), cousin, target(open), clear_report());
  EXPECT_EQ(by_cousin.error().key, "case.recusal");
  EXPECT_EQ(by_cousin.error().law, law);
  const CaseRow failed = reported(open, report_with("m1", PersonResult::exceeds));
  EXPECT_EQ(object_to_verification(world(), case_world(), uncle, target(failed), "证明").error().key, "case.recusal");
}

TEST_P(Verification, VerifiedFactsBecomeARevisionThatIsAboutThisCase) {
  const CaseRow row = reported(ordered(accepted()), report_with("m1", PersonResult::clue_found));
  auto facts = *database().read([&](db::Transaction& tx) { return cases::facts_of(tx, row); });
  const auto record = [&](const CaseRow& at, const policy::HouseholdFacts& changed) {
    return record_verified_facts(world(), case_world(), actor(Role::verification_officer), target(at), changed);
  };
  auto foreign = facts;
  foreign.region = "140303";
  foreign.date = foreign.date.plus_days(1);
  foreign.overrides.push_back({"standard_urban_month", "9000"});
  foreign.members[0].key = "x";
  foreign.members[1].birth_date = foreign.members[1].birth_date.plus_days(1);
  const auto refused = record(row, foreign);
  ASSERT_FALSE(refused);
  EXPECT_TRUE(has_field(refused.error(), "/facts/region", "facts_record.not_the_cases_region"));
  EXPECT_TRUE(has_field(refused.error(), "/facts/date", "facts_record.not_the_cases_date"));
  EXPECT_TRUE(has_field(refused.error(), "/facts/overrides", "facts_record.not_for_officers"));
  EXPECT_TRUE(has_field(refused.error(), "/facts/members/0/key", "facts_record.person_foreign"));
  EXPECT_TRUE(has_field(refused.error(), "/facts/members", "facts_record.person_missing"));
  EXPECT_TRUE(has_field(refused.error(), "/facts/members/1/birth_date", "facts_record.not_the_persons_birth_date"));
  facts.incomes[0].amount = Money::yuan(1'500);
  const auto recorded = record(row, facts);
  ASSERT_TRUE(recorded) << recorded.error().key;
  const auto latest =
      database().read([&](db::Transaction& tx) { return cases::latest_facts(tx, row.county_code, row.id); });
  EXPECT_EQ(latest->revision, 2);
  EXPECT_EQ(latest->reason, "verified");
  EXPECT_EQ(cases::read_facts(latest->facts)->incomes[0].amount, Money::yuan(1'500));
  EXPECT_EQ(record(row, facts).error().key, "case.changed_meanwhile");
  const CaseRow published = put_into(*recorded, State::township_publicity);
  EXPECT_EQ(record(published, facts).error().key, "verification.facts_too_late");
}

TEST_P(Verification, FactsAreNotVerifiedBeforeAReport) {
  const CaseRow row = ordered(accepted());
  const auto facts = *database().read([&](db::Transaction& tx) { return cases::facts_of(tx, row); });
  const auto refused =
      record_verified_facts(world(), case_world(), actor(Role::verification_officer), target(row), facts);
  EXPECT_EQ(refused.error().key, "verification.no_report");
  EXPECT_EQ(refused.error().law, kNotice);
}

TEST_P(Verification, TheVillageSeesThatItEndedAndNotWhatWasFound) {
  const CaseRow row = reported(ordered(accepted()), report_with("m1", PersonResult::clue_found, "名下有轿车一辆"));
  const auto read = [&](Role role) {
    return read_verification(world(), case_world(), actor(role), row.region.county(), row.id);
  };
  const auto village = read(Role::village_cadre);
  ASSERT_TRUE(village);
  ASSERT_EQ(village->orders.size(), 1U);
  EXPECT_EQ(village->orders[0].report->outcome, ReportOutcome::clues);
  EXPECT_TRUE(village->orders[0].findings.empty());
  EXPECT_TRUE(village->orders[0].results.empty());
  EXPECT_FALSE(village->shows_findings);
  for (const Role role : {Role::civil_affairs_assistant, Role::verification_officer, Role::county_approver}) {
    const auto full = read(role);
    ASSERT_TRUE(full);
    EXPECT_FALSE(full->obstacle);
    EXPECT_EQ(full->orders[0].results.size(), 4U);
    EXPECT_EQ(full->orders[0].findings.at(0).content, "名下有轿车一辆");
  }
  EXPECT_EQ(read(Role::funds_officer).error().key, "access.permission_missing");
  const Actor neighbour = make_actor(Role::civil_affairs_assistant, region("140302002"));
  EXPECT_EQ(read_verification(world(), case_world(), neighbour, row.region.county(), row.id).error().key,
            "case.not_found");
}

TEST_P(Verification, LeavesNoFindingInStepsOrAuditAndRecordsReading) {
  ReportDraft draft = report_with("m1", PersonResult::clue_found, "名下有轿车一辆");
  draft.note = "名下有轿车一辆";
  const CaseRow row = reported(ordered(accepted()), draft);
  ASSERT_TRUE(read_verification(world(), case_world(), actor(Role::county_approver), row.region.county(), row.id));
  const auto audit = database().read([&](db::Transaction& tx) {
    return list_audit(tx, {.scope = {"140302", "140303"}, .subject_id = row.id.to_text(), .limit = 50});
  });
  EXPECT_EQ(audit.front().action, "verification.read");
  for (const AuditRecord& record : audit) EXPECT_EQ(record.changes.find("轿车"), std::string::npos);
  const auto steps = database().read([&](db::Transaction& tx) { return cases::steps_of(tx, row.county_code, row.id); });
  for (const cases::StepRow& step : steps) EXPECT_EQ(step.note.find("轿车"), std::string::npos);
}

TEST_P(Verification, TheRulesOfTheCasesDateAreCitedSince2022) {
  clock().set_date(*Date::of(2022, 11, 7));
  const CaseRow row = put_into(accepted(), State::awaiting_opinion);
  const auto proposed = step(row, Role::township_reviewer, Action::propose_approval);
  EXPECT_EQ(proposed.error().key, "verification.missing");
  EXPECT_EQ(proposed.error().law, kNotice);  // the notice still stands beside the measures of 2021
  const CaseRow again = put_into(row, State::accepted);
  EXPECT_EQ(reported(ordered(again), clear_report()).state, State::investigating);
}

JZ_ON_BOTH_DATABASES(Verification);

}  // namespace
}  // namespace jiuzhu::verification
