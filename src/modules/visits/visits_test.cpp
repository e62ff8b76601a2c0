#include <gtest/gtest.h>

#include <algorithm>

#include "modules/cases/facts_json.hpp"
#include "modules/cases/test_cases.hpp"
#include "modules/documents/test_documents.hpp"
#include "modules/visits/visit_service.hpp"

namespace jiuzhu::visits {
namespace {

using cases::Action;
using cases::CaseRow;
using cases::Need;
using cases::State;

const std::vector<std::string> kTwoInvestigators{"DB-2012/18"};

bool has_field(const Error& error, const std::string& pointer, const std::string& key) {
  return std::ranges::any_of(error.fields, [&](const FieldError& f) { return f.pointer == pointer && f.key == key; });
}

class Visits : public test::CasesOnBothDatabases {
 protected:
  void SetUp() override {
    CasesOnBothDatabases::SetUp();
    if (IsSkipped()) return;
    provide_visit_needs(case_world());
    answer_all_except({Need::complete_visit});
  }

  const Actor& assistant() { return actor(Role::civil_affairs_assistant); }
  const Actor& cadre() { return actor(Role::village_cadre); }

  CaseRow investigating(int family = 1) { return put_into(file(couple_with_child(family)), State::investigating); }

  VisitDraft visit_by(std::vector<Actor> visitors) {
    VisitDraft draft{.visited_on = clock().today(),
                     .place = "申请人家中",
                     .present = "m1",
                     .is_present_signed = true,
                     .findings = {{VisitTopic::living_conditions, "平房两间,冬季烧煤取暖"},
                                  {VisitTopic::income, "打零工,月收入约六百元"},
                                  {VisitTopic::property, "无机动车,无其他房屋"}}};
    for (const Actor& visitor : visitors) draft.investigators.push_back({visitor.user, true});
    return draft;
  }
  VisitDraft visit() { return visit_by({assistant(), cadre()}); }

  Result<CaseRow> record(const CaseRow& row, const VisitDraft& draft, const Actor& who) {
    auto recorded = record_visit(world(), case_world(), who, target(row), draft);
    if (!recorded) return std::unexpected(recorded.error());
    last_visit_ = recorded->id;
    return recorded->row;
  }
  Result<CaseRow> record(const CaseRow& row, const VisitDraft& draft) { return record(row, draft, assistant()); }
  Result<CaseRow> finish(const CaseRow& row) {
    return finish_investigation(world(), case_world(), assistant(), target(row), "");
  }
  Result<CaseRow> step(const CaseRow& row, Role role, Action action) {
    return cases::take_plain_step(world(), case_world(), actor(role), target(row), action, "");
  }
  Error refused(const Result<CaseRow>& result) { return result ? Error{.key = "not refused"} : result.error(); }
  std::size_t count(const CaseRow& row) {
    return database().read([&](db::Transaction& tx) { return visits_of(tx, row.county_code, row.id).size(); });
  }
  /// A case whose declared handlers are these accounts.
  CaseRow with_kin(const std::vector<cases::IntakeHandlerKin>& handlers) {
    cases::Intake intake = couple_with_child();
    intake.kin = cases::IntakeKinDeclaration{.has_handler_kin = true, .handlers = handlers};
    return put_into(file(intake), State::investigating);
  }

  documents::DocumentId add_photo(const CaseRow& row, std::string_view content,
                                  documents::DocumentKind kind = documents::DocumentKind::visit_photo) {
    const auto added = documents::add_document(world(), attachments_.attachments(), assistant(),
                                               {row.region.county(), row.id}, {.kind = kind}, test::photo_of(content));
    EXPECT_TRUE(added) << added.error().key;
    return added->document.id;
  }

  VisitId last_visit_;
  test::TestAttachments attachments_;
};

TEST_P(Visits, ASignedVisitOfTwoLeadsOn) {
  const auto visited = record(investigating(), visit());
  ASSERT_TRUE(visited) << visited.error().key;
  EXPECT_EQ(visited->state, State::investigating);
  const auto finished = finish(*visited);
  ASSERT_TRUE(finished) << finished.error().key;
  EXPECT_EQ(finished->state, State::appraising);  // 2019: appraisal is mandatory
  EXPECT_FALSE(finished->is_doubtful);
}

TEST_P(Visits, NoVisitNoWayOn) {
  const CaseRow row = investigating();
  EXPECT_EQ(refused(finish(row)).key, "visit.missing_township");
  EXPECT_EQ(refused(finish(row)).law, kTwoInvestigators);
  EXPECT_EQ(refused(step(row, Role::civil_affairs_assistant, Action::finish_investigation)).key,
            "visit.missing_township");
  const CaseRow later = put_into(row, State::awaiting_decision, cases::Proposal::approve);
  const auto approved = step(later, Role::county_approver, Action::approve);
  EXPECT_EQ(refused(approved).key, "visit.missing_township");
  EXPECT_EQ(refused(approved).law, kTwoInvestigators);
  // Another family's visit is none.
  ASSERT_TRUE(record(investigating(2), visit()));
  EXPECT_EQ(refused(step(later, Role::county_approver, Action::approve)).key, "visit.missing_township");
}

TEST_P(Visits, OneInvestigatorIsNotEnough) {
  const CaseRow row = investigating();
  const auto alone = record(row, visit_by({assistant()}));
  EXPECT_EQ(refused(alone).key, "visit.too_few_investigators");
  EXPECT_EQ(refused(alone).code, ErrorCode::refused_by_rule);
  EXPECT_EQ(refused(alone).law, kTwoInvestigators);
  const auto twice = record(row, visit_by({assistant(), assistant()}));
  EXPECT_TRUE(has_field(refused(twice), "/investigators/1/user", "visit.investigator_twice"));
  EXPECT_EQ(count(row), 0U);
}

TEST_P(Visits, InvestigatorsAreAccountsThatMayVisitThisHousehold) {
  const CaseRow row = investigating();
  Actor nobody = assistant();
  nobody.user = world_id<UserId>();
  const Actor neighbour = make_actor(Role::civil_affairs_assistant, region("140302002"));
  const Actor foreigner = make_actor(Role::county_case_officer, region("140303"));
  const Actor gone = make_actor(Role::civil_affairs_assistant, region(kTownship));
  ASSERT_TRUE(database().write([&](db::Transaction& tx) -> Status {
    tx.execute({"test.disable", "update app_user set is_disabled = 1 where id = ?"}, gone.user);
    return {};
  }));
  const Error error =
      refused(record(row, visit_by({assistant(), nobody, neighbour, foreigner, actor(Role::township_reviewer),
                                    actor(Role::county_approver), gone})));
  EXPECT_TRUE(has_field(error, "/investigators/1/user", "visit.investigator_unknown"));
  EXPECT_TRUE(has_field(error, "/investigators/6/user", "visit.investigator_unknown"));
  for (const char* place : {"2", "3", "4", "5"}) {
    EXPECT_TRUE(has_field(error, std::string("/investigators/") + place + "/user", "visit.investigator_without_role"));
  }
  EXPECT_EQ(error.fields.size(), 6U);
}

TEST_P(Visits, TheVillageDoesNotStandInForTheTownship) {
  const CaseRow row = investigating();
  const Actor second = make_actor(Role::village_cadre, region(kVillage));
  const auto by_cadres = record(row, visit_by({cadre(), second}), cadre());
  EXPECT_EQ(refused(by_cadres).key, "visit.level_missing_township");
  EXPECT_EQ(refused(by_cadres).law, kTwoInvestigators);
  EXPECT_TRUE(record(row, visit(), cadre()));
}

TEST_P(Visits, EveryFaultOfTheFormIsNamedAtOnce) {
  VisitDraft draft = visit();
  draft.visited_on = clock().today().plus_days(1);
  draft.place = " ";
  draft.present = "o1";  // the obligor lives elsewhere
  draft.findings.pop_back();
  draft.findings[0].content = " ";
  draft.photos = {world_id<documents::DocumentId>()};
  const Error error = refused(record(investigating(), draft));
  EXPECT_TRUE(has_field(error, "/visited_on", "visit.date_in_future"));
  EXPECT_TRUE(has_field(error, "/place", "field.empty"));
  EXPECT_TRUE(has_field(error, "/present", "visit.present_not_a_member"));
  EXPECT_TRUE(has_field(error, "/findings", "visit.topic_missing_property"));
  EXPECT_TRUE(has_field(error, "/findings/0/content", "field.empty"));
  EXPECT_TRUE(has_field(error, "/photos/0", "visit.photo_unknown"));
}

TEST_P(Visits, PhotosAreDocumentsOfThisCase) {
  const CaseRow row = investigating();
  const auto kept = add_photo(row, "kitchen");
  const auto removed = add_photo(row, "street");
  ASSERT_TRUE(documents::remove_document(world(), attachments_.attachments(), assistant(),
                                         {row.region.county(), row.id}, removed, "拍错了"));
  VisitDraft draft = visit();
  draft.photos = {kept, add_photo(investigating(2), "another family"), removed,
                  add_photo(row, "card", documents::DocumentKind::identity_paper), kept};
  const Error error = refused(record(row, draft));
  EXPECT_EQ(error.fields.size(), 4U);
  EXPECT_TRUE(has_field(error, "/photos/1", "visit.photo_unknown"));
  EXPECT_TRUE(has_field(error, "/photos/2", "visit.photo_removed"));
  EXPECT_TRUE(has_field(error, "/photos/3", "visit.photo_not_a_photo"));
  EXPECT_TRUE(has_field(error, "/photos/4", "visit.photo_twice"));
  draft.photos = {kept};
  EXPECT_TRUE(record(row, draft)) << "none of the uploads has raised the version";
}

TEST_P(Visits, MissingSignaturesHoldTheCaseUntilTheyAreGiven) {
  VisitDraft draft = visit();
  draft.investigators[1].is_signed = false;
  draft.is_present_signed = false;
  auto row = *record(investigating(), draft);
  const Error unsigned_visit = refused(finish(row));
  ASSERT_EQ(unsigned_visit.key, "visit.signature_missing");
  EXPECT_EQ(unsigned_visit.law, kTwoInvestigators);
  const auto sign = [&](const VisitSignatures& signatures) {
    return sign_visit(world(), case_world(), assistant(), target(row), last_visit_, signatures);
  };
  const auto by_cadre = sign({.investigators = {cadre().user}});
  ASSERT_TRUE(by_cadre) << by_cadre.error().key;
  row = *by_cadre;
  ASSERT_EQ(refused(finish(row)).key, "visit.signature_missing");
  EXPECT_TRUE(has_field(refused(sign({.investigators = {actor(Role::township_reviewer).user}})), "/investigators/0",
                        "visit.investigator_unknown"));
  const auto by_family = sign({.is_present_signed = true});
  ASSERT_TRUE(by_family) << by_family.error().key;
  const auto finished = finish(*by_family);
  ASSERT_TRUE(finished) << finished.error().key;
  EXPECT_EQ(finished->state, State::appraising);
}

TEST_P(Visits, ALaterUnsignedVisitIsNotOverlooked) {
  auto row = *record(investigating(), visit());
  VisitDraft second = visit();
  second.conclusion = Conclusion::inconsistent;
  second.is_present_signed = false;
  row = *record(row, second);
  EXPECT_EQ(refused(finish(row)).key, "visit.signature_missing");
}

TEST_P(Visits, EveryReturnAsksForANewVisit) {
  const CaseRow row = *record(investigating(), visit());
  clock().advance_days(3);
  const CaseRow opinion = put_into(*finish(row), State::awaiting_opinion);
  const CaseRow back = *step(opinion, Role::township_reviewer, Action::reinvestigate);
  EXPECT_EQ(refused(finish(back)).key, "visit.missing_township");
  VisitDraft old = visit();
  old.visited_on = row.entered_on;  // the first visit, written down again
  const Error again = refused(record(back, old));
  EXPECT_EQ(again.key, "visit.before_its_time");
  EXPECT_EQ(again.law, kTwoInvestigators);
  const auto second = record(back, visit());
  ASSERT_TRUE(second) << second.error().key;
  EXPECT_EQ(finish(*second)->state, State::appraising);
}

TEST_P(Visits, KinNeitherVisitNorRecord) {
  const Actor cousin = make_actor(Role::civil_affairs_assistant, region(kTownship), "王志强");
  const std::vector<std::string> law{"SX-2019/2-2", "DB-2012/14"};
  const CaseRow row = with_kin({{.person = "m1",
                                 .handler_name = "王志强",
                                 .handler_post = "民政助理员",
                                 .handler = cousin.user,
                                 .relation_code = "73"}});
  const Error visiting = refused(record(row, visit_by({assistant(), cousin})));
  EXPECT_EQ(visiting.key, "case.recusal");
  EXPECT_EQ(visiting.law, law);
  EXPECT_TRUE(has_field(visiting, "/investigators/1/user", "visit.investigator_is_kin"));
  const Error recording = refused(record(row, visit(), cousin));
  EXPECT_EQ(recording.key, "case.recusal");
  EXPECT_EQ(recording.law, law);
  const auto ended = finish_investigation(world(), case_world(), cousin, target(*record(row, visit())), "");
  EXPECT_EQ(refused(ended).key, "case.recusal");
}

TEST_P(Visits, AHandlerDeclaredWithoutAccountIsKnownByName) {
  const CaseRow row = with_kin({{.person = "m1",
                                 .handler_name = cadre().name.substr(0, cadre().name.find("（")),
                                 .handler_post = "村委会委员",
                                 .relation_code = "73"}});
  Actor namesake = make_actor(Role::village_cadre, region(kVillage));
  ASSERT_TRUE(database().write([&](db::Transaction& tx) -> Status {
    tx.execute({"test.rename", "update app_user set name = ? where id = ?"},
               cadre().name.substr(0, cadre().name.find("（")), namesake.user);
    return {};
  }));
  EXPECT_EQ(refused(record(row, visit_by({assistant(), namesake}))).key, "case.recusal");
  EXPECT_TRUE(record(row, visit()));
}

TEST_P(Visits, ByTelephoneOnlyInAnEmergencyAndOnlySince2021) {
  VisitDraft remote = visit();
  remote.mode = VisitMode::remote;
  const CaseRow before = investigating();
  EXPECT_TRUE(has_field(refused(record(before, remote)), "/emergency", "visit.emergency_missing"));
  remote.emergency = "暴雨致道路中断";
  const Error old_rules = refused(record(before, remote));
  EXPECT_EQ(old_rules.key, "visit.remote_not_allowed");
  EXPECT_EQ(old_rules.law, std::vector<std::string>{"DB-2012/19"});
  clock().set_date(*Date::of(2022, 11, 7));
  remote.visited_on = clock().today();
  const CaseRow since = investigating(2);
  const auto allowed = record(since, remote);
  ASSERT_TRUE(allowed) << allowed.error().key;
  EXPECT_EQ(finish(*allowed)->state, State::awaiting_opinion);  // no mandatory appraisal any more
  remote.emergency = "";
  EXPECT_TRUE(has_field(refused(record(investigating(3), remote)), "/emergency", "visit.emergency_missing"));
  // The case of 2019 keeps the rules of its own date.
  remote.emergency = "暴雨致道路中断";
  EXPECT_EQ(refused(record(reload(before), remote)).key, "visit.remote_not_allowed");
}

TEST_P(Visits, TheRulesOf2022StillAskForTwo) {
  clock().set_date(*Date::of(2022, 11, 7));
  const Error alone = refused(record(investigating(), visit_by({assistant()})));
  EXPECT_EQ(alone.key, "visit.too_few_investigators");
  EXPECT_EQ(alone.law, std::vector<std::string>{"DB-2021/16-1"});
}

TEST_P(Visits, WhatTheVisitorsFoundBecomesARevision) {
  const CaseRow row = investigating();
  VisitDraft draft = visit();
  draft.conclusion = Conclusion::inconsistent;
  draft.facts = *database().read([&](db::Transaction& tx) { return cases::facts_of(tx, row); });
  draft.facts->region = "140303";
  EXPECT_TRUE(has_field(refused(record(row, draft)), "/facts/region", "facts_record.not_the_cases_region"));
  EXPECT_EQ(count(row), 0U);
  draft.facts->region = kCounty;
  draft.facts->incomes[0].amount = Money::yuan(900);
  const auto visited = record(row, draft);
  ASSERT_TRUE(visited) << visited.error().key;
  const auto facts =
      database().read([&](db::Transaction& tx) { return cases::latest_facts(tx, row.county_code, row.id); });
  EXPECT_EQ(facts->reason, "visited");
  EXPECT_EQ(cases::read_facts(facts->facts)->incomes[0].amount, Money::yuan(900));
  ASSERT_TRUE(finish(*visited));
  EXPECT_TRUE(reload(row).is_doubtful);
}

TEST_P(Visits, TheCountyVisitsInItsReviewAndByItself) {
  const Actor& officer = actor(Role::county_case_officer);
  const CaseRow row = put_into(*record(investigating(), visit()), State::county_review);
  VisitDraft draft = visit_by({officer, assistant()});
  draft.kind = VisitKind::county;
  EXPECT_EQ(refused(record(row, draft, assistant())).key, "visit.of_other_level");
  VisitDraft without_county = visit();
  without_county.kind = VisitKind::county;
  const Error level = refused(record(row, without_county, officer));
  EXPECT_EQ(level.key, "visit.level_missing_county");
  EXPECT_EQ(level.law, std::vector<std::string>{"DB-2012/26-1"});
  VisitDraft with_facts = draft;
  with_facts.facts = *database().read([&](db::Transaction& tx) { return cases::facts_of(tx, row); });
  EXPECT_TRUE(has_field(refused(record(row, with_facts, officer)), "/facts", "visit.facts_too_late"));
  const auto check = [&] {
    return database().read([&](db::Transaction& tx) -> Status {
      const auto now = *cases::find_case(tx, row.county_code, row.id);
      return check_county_visit(tx, now, *cases::procedure_of(case_world(), now));
    });
  };
  EXPECT_EQ(check().error().key, "visit.missing_county");  // the township's does not count for it
  const auto visited = record(row, draft, officer);
  ASSERT_TRUE(visited) << visited.error().key;
  EXPECT_TRUE(check());
  const auto users =
      database().read([&](db::Transaction& tx) { return investigators_of(tx, row.county_code, row.id); });
  EXPECT_EQ(users, (std::set<UserId>{assistant().user, cadre().user, officer.user}));
  // The township's own visit has its own time.
  EXPECT_EQ(refused(record(*visited, visit())).key, "visit.not_in_this_state");
}

TEST_P(Visits, OnlyThoseWhoVisitRecordAndOnlyInTheirRegion) {
  const CaseRow row = investigating();
  for (const Role role : {Role::township_reviewer, Role::county_approver, Role::verification_officer,
                          Role::funds_officer, Role::county_administrator, Role::city_inspector, Role::auditor}) {
    EXPECT_EQ(refused(record(row, visit(), actor(role))).key, "access.permission_missing");
  }
  EXPECT_EQ(refused(record(row, visit(), make_actor(Role::civil_affairs_assistant, region("140302002")))).key,
            "case.not_found");
  EXPECT_EQ(refused(record(row, visit(), make_actor(Role::village_cadre, region("140302001002")))).key,
            "case.not_found");
  EXPECT_EQ(finish_investigation(world(), case_world(), cadre(), target(row), "").error().key,
            "access.permission_missing");
  for (const State state : {State::verifying, State::appraising, State::township_publicity, State::approved}) {
    EXPECT_EQ(refused(record(put_into(row, state), visit())).key, "visit.not_in_this_state");
  }
}

TEST_P(Visits, TwoOfficersDoNotOverwriteEachOther) {
  const CaseRow row = investigating();
  ASSERT_TRUE(record(row, visit()));
  EXPECT_EQ(refused(record(row, visit())).key, "case.changed_meanwhile");
  EXPECT_EQ(count(row), 1U);
}

TEST_P(Visits, ThePageShowsVisitsAndWhatIsMissingAndReadingIsRecorded) {
  const CaseRow row = investigating();
  VisitDraft draft = visit();
  draft.is_present_signed = false;
  const auto photo = add_photo(row, "room");
  const auto wrong_family = add_photo(row, "another room");
  draft.photos = {photo, wrong_family};
  ASSERT_TRUE(record(row, draft));
  ASSERT_TRUE(documents::remove_document(world(), attachments_.attachments(), assistant(),
                                         {row.region.county(), row.id}, wrong_family, "拍成了别家"));
  const auto file = read_visits(world(), case_world(), cadre(), row.region.county(), row.id);
  ASSERT_TRUE(file) << file.error().key;
  ASSERT_EQ(file->visits.size(), 1U);
  EXPECT_EQ(file->visits[0].investigators.size(), 2U);
  EXPECT_EQ(file->visits[0].findings.size(), 3U);
  ASSERT_EQ(file->visits[0].photos.size(), 2U);
  EXPECT_EQ(file->visits[0].photos[0].id, photo);
  EXPECT_FALSE(file->visits[0].photos[0].is_removed());
  EXPECT_TRUE(file->visits[0].photos[1].is_removed()) << "the visit still says that there was one";
  EXPECT_TRUE(file->visits[0].counts);
  EXPECT_FALSE(file->visits[0].is_signed);
  EXPECT_EQ(file->obstacle->key, "visit.signature_missing");
  const auto audit = database().read([&](db::Transaction& tx) {
    return list_audit(tx, {.scope = {"140302", "140303"}, .subject_id = row.id.to_text(), .limit = 50});
  });
  EXPECT_EQ(audit[0].action, "visit.read");
  const auto recorded = std::ranges::find(audit, "visit.recorded", &AuditRecord::action);
  ASSERT_NE(recorded, audit.end());
  EXPECT_EQ(recorded->changes.find("打零工"), std::string::npos);
  const Actor neighbour = make_actor(Role::civil_affairs_assistant, region("140302002"));
  EXPECT_EQ(read_visits(world(), case_world(), neighbour, row.region.county(), row.id).error().key, "case.not_found");
  EXPECT_EQ(read_visits(world(), case_world(), actor(Role::funds_officer), row.region.county(), row.id).error().key,
            "access.permission_missing");
}

TEST_P(Visits, OffersInvestigatorsWhoMayGo) {
  const Actor cousin = make_actor(Role::civil_affairs_assistant, region(kTownship), "王志强");
  make_actor(Role::civil_affairs_assistant, region("140302002"));
  actor(Role::county_case_officer);
  actor(Role::county_approver);
  cadre();
  const CaseRow row = with_kin({{.person = "m1",
                                 .handler_name = "王志强",
                                 .handler_post = "民政助理员",
                                 .handler = cousin.user,
                                 .relation_code = "73"}});
  const auto officers = eligible_investigators(world(), assistant(), row.region.county(), row.id);
  ASSERT_TRUE(officers);
  std::set<UserId> users;
  for (const auto& officer : *officers) users.insert(officer.user);
  EXPECT_EQ(users, (std::set<UserId>{assistant().user, cadre().user, actor(Role::county_case_officer).user}));
  EXPECT_EQ(eligible_investigators(world(), actor(Role::county_approver), row.region.county(), row.id).error().key,
            "access.permission_missing");
}

JZ_ON_BOTH_DATABASES(Visits);

}  // namespace
}  // namespace jiuzhu::visits
