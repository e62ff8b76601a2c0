#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <deque>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

#include "kernel/exports/test_sheet.hpp"
#include "modules/access/access_store.hpp"
#include "modules/awards/test_awards.hpp"
#include "modules/roster/roster_export.hpp"
#include "modules/roster/roster_service.hpp"
#include "modules/roster/test_rosters.hpp"
#include "platform/files/table_reader.hpp"
#include "platform/files/test_workbook.hpp"
#include "platform/files/xlsx_writer.hpp"

namespace jiuzhu::roster {
namespace {

using test::roster_csv;
using test::roster_household;

class Roster : public test::AwardsOnBothDatabases {
 public:
  const Actor& officer() { return actor(Role::county_case_officer); }
  const Actor& approver() { return actor(Role::county_approver); }
  const RosterWorld& roster_world() { return *roster_; }
  jobs::Runner& runner() { return *runner_; }

  Import uploaded(const std::string& bytes, const std::string& name = "名册.csv") {
    const auto import = upload(*roster_, officer(), name, bytes);
    EXPECT_TRUE(import) << import.error().key;
    return *import;
  }
  Import checked(const std::string& bytes) {
    const ImportId id = uploaded(bytes).row.id;
    runner().run_waiting();
    return look(id);
  }
  Import look(ImportId id) {
    const auto import = read_import(*roster_, officer(), region(kCounty), id);
    EXPECT_TRUE(import) << import.error().key;
    return *import;
  }
  Result<Import> ask(ImportId id, Extent extent) {
    return request_application(*roster_, approver(), region(kCounty), id, {extent, clock().today().month_of()});
  }
  Import applied(ImportId id, Extent extent) {
    const auto asked = ask(id, extent);
    EXPECT_TRUE(asked) << asked.error().key;
    runner().run_waiting();
    return look(id);
  }
  std::vector<awards::AwardRow> benefits() { return *awards::find_awards(world(), officer(), {}); }
  std::int64_t rows_of(const char* table) {
    return database().read([&](db::Transaction& tx) {
      return tx.get<std::int64_t>({"test.rows", texts_.emplace_back(std::string("select count(*) from ") + table)});
    });
  }
  /// Lines of an annotated copy: row number and its cells.
  std::vector<std::vector<std::string>> annotated(ImportId id) {
    return lines_of(read_file(*roster_, officer(), region(kCounty), id, FileKind::annotated));
  }
  static std::vector<std::vector<std::string>> lines_of(const Result<RosterFile>& copy) {
    EXPECT_TRUE(copy) << copy.error().key;
    std::vector<std::vector<std::string>> lines;
    EXPECT_TRUE(read_table_bytes(copy->bytes, {}, [&](std::size_t, std::span<const std::string> cells) -> Status {
      lines.emplace_back(cells.begin(), cells.end());
      return {};
    }));
    return lines;
  }

 protected:
  void SetUp() override {
    AwardsOnBothDatabases::SetUp();
    if (IsSkipped()) return;
    folder_ = std::filesystem::temp_directory_path() / ("jiuzhu-roster-" + std::to_string(std::random_device{}()));
    auto messages = Messages::parse(*embedded::find(embedded::locales(), "zh-CN.json"),
                                    *embedded::find(embedded::locales(), "en.json"));
    messages_ = std::make_unique<Messages>(std::move(*messages));
    roster_ = std::make_shared<const RosterWorld>(
        RosterWorld{world(), case_world(), *messages_, StoredFiles(folder_, world().vault)});
    runner_ = std::make_unique<jobs::Runner>(world());
    provide_roster_jobs(*runner_, roster_);
    ASSERT_TRUE(database().write([](db::Transaction& tx) -> Status {
      for (const auto& [code, name] : {std::pair{"140302001", "上站街道"}, {"140302001001", "西街社区居民委员会"}}) {
        tx.execute(
            {"test.place", "insert into region (code, name, parent, valid_from) values (?, ?, '', '2009-01-01')"},
            std::string(code), std::string(name));
      }
      return {};
    }));
  }
  void TearDown() override {
    runner_.reset();
    roster_.reset();
    std::filesystem::remove_all(folder_);
    AwardsOnBothDatabases::TearDown();
  }

 private:
  std::filesystem::path folder_;
  std::unique_ptr<Messages> messages_;
  std::shared_ptr<const RosterWorld> roster_;
  std::unique_ptr<jobs::Runner> runner_;
  std::deque<std::string> texts_;
};

TEST_P(Roster, ChecksWithoutWritingAndThenTakesAllOver) {
  const Import import = checked(roster_csv({roster_household(1), roster_household(2)}));
  EXPECT_EQ(import.state, ImportState::checked);
  EXPECT_EQ(import.row.household_count, 2);
  EXPECT_EQ(import.row.person_count, 4);
  EXPECT_EQ(import.row.good_count, 2);
  EXPECT_EQ(import.row.amount, Money::yuan(1000));
  EXPECT_FALSE(import.has_annotated_copy);
  EXPECT_TRUE(benefits().empty());
  EXPECT_EQ(rows_of("assistance_case"), 0);

  const Import done = applied(import.row.id, Extent::all_or_nothing);
  EXPECT_EQ(done.state, ImportState::applied);
  EXPECT_EQ(done.row.applied_count, 2);
  const auto rows = benefits();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].holder_name, "王建国");
  EXPECT_EQ(rows[0].member_count, 2);
  EXPECT_EQ(rows[0].amount, Money::yuan(500));
  EXPECT_EQ(rows[0].first_month, *Month::of(2018, 7));
  EXPECT_EQ(rows[0].payable_from, clock().today().month_of()) << "earlier months were paid by somebody else";
  EXPECT_EQ(rows[0].basis, awards::AmountBasis::by_person) << "the rules would give more than 500";
  // The case tells where it comes from, and its persons are held against every other application.
  const auto file = cases::read_case(world(), case_world(), officer(), region(kCounty), rows[0].case_id);
  ASSERT_TRUE(file) << file.error().key;
  EXPECT_EQ(file->row.state, cases::State::approved);
  ASSERT_EQ(file->steps.size(), 1U);
  EXPECT_EQ(file->steps[0].action, cases::Action::take_over);
  EXPECT_EQ(file->steps[0].note.substr(0, std::string("名册.csv#").size()), "名册.csv#");
  auto intake = couple_with_child();
  intake.persons[0].citizen_number = test::roster_number(2);
  const auto again = cases::file_case(world(), case_world(), actor(Role::civil_affairs_assistant), intake);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().key, "case.persons_elsewhere");
  EXPECT_EQ(read_file(roster_world(), officer(), region(kCounty), import.row.id, FileKind::annotated).error().key,
            "roster.file_gone");
}

TEST_P(Roster, AmountsThatTheRulesGiveFollowTheStandardByThemselves) {
  auto lines = roster_household(1);
  lines[0]["转移净收入"] = "600";
  lines[1]["劳动能力"] = "完全丧失";
  const Import first = checked(roster_csv({lines}));
  // What the rules give stands in the assessment of a household that was taken over.
  ASSERT_EQ(applied(first.row.id, Extent::all_or_nothing).state, ImportState::applied);
  const auto row =
      *database().read([&](db::Transaction& tx) { return cases::find_case(tx, kCounty, benefits()[0].case_id); });
  const auto decision = database().read([&](db::Transaction& tx) { return cases::assess_case(tx, case_world(), row); });
  ASSERT_TRUE(decision->amount_month) << enum_text(decision->outcome);
  lines = roster_household(2);
  lines[0]["转移净收入"] = "600";
  lines[1]["劳动能力"] = "完全丧失";
  lines[0]["月保障金额"] = decision->amount_month->to_text();
  const Import second = checked(roster_csv({lines}));
  EXPECT_EQ(second.row.by_person_count, 0);
  applied(second.row.id, Extent::all_or_nothing);
  const auto rows = benefits();
  EXPECT_EQ(std::ranges::count(rows, awards::AmountBasis::computed, &awards::AwardRow::basis), 1);
}

TEST_P(Roster, OneBadRowKeepsEverythingOutOrOnlyItsHousehold) {
  auto bad = roster_household(2);
  bad[1]["劳动能力"] = "不详";
  const Import import = checked(roster_csv({roster_household(1), bad, roster_household(3)}));
  EXPECT_EQ(import.row.good_count, 2);
  EXPECT_EQ(import.row.bad_row_count, 1);
  const auto findings = kept_findings(import.row);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].row, 5);
  EXPECT_EQ(findings[0].column, Column::labour_capacity);
  EXPECT_EQ(annotated(import.row.id).size(), 7U);

  EXPECT_EQ(ask(import.row.id, Extent::all_or_nothing).error().key, "roster.has_findings");
  const Import done = applied(import.row.id, Extent::good_households);
  EXPECT_EQ(done.state, ImportState::applied);
  EXPECT_EQ(done.row.applied_count, 2);
  EXPECT_EQ(benefits().size(), 2U);
  // What is left can be corrected and uploaded as it is.
  const auto rest = annotated(import.row.id);
  ASSERT_EQ(rest.size(), 3U);
  EXPECT_EQ(rest[0].back(), kRemarkTitle);
  EXPECT_NE(rest[2].back().find("劳动能力：无法识别"), std::string::npos) << rest[2].back();
}

TEST_P(Roster, AYearsAmountIsNotTakenForAMonths) {
  auto most = roster_household(1);
  most[0]["月保障金额"] = "2240";  // twice the standard of 560 for two persons
  auto above = roster_household(2);
  above[0]["月保障金额"] = "6000";
  const Import import = checked(roster_csv({most, above}));
  EXPECT_EQ(import.row.good_count, 1);
  const auto findings = kept_findings(import.row);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].key, "roster.amount_implausible");
  EXPECT_EQ(findings[0].row, 4);
  EXPECT_EQ(findings[0].params, (MessageParams{{"most", "2240.00"}, {"persons", "2"}}));
}

TEST_P(Roster, TheAnnotatedCopyCanBeUploadedAgain) {
  auto bad = roster_household(1);
  bad[0]["月保障金额"] = "0";
  const Import import = checked(roster_csv({bad}));
  const auto copy = read_file(roster_world(), officer(), region(kCounty), import.row.id, FileKind::annotated);
  const Import again = checked(copy->bytes);
  EXPECT_EQ(again.state, ImportState::checked);
  EXPECT_EQ(again.row.bad_row_count, 1);
  EXPECT_EQ(unknown_columns_of(again.row), std::vector<std::string>{});
}

TEST_P(Roster, ThoseWhoStandInAnotherCaseAreNotTakenOverTwice) {
  const Import first = checked(roster_csv({roster_household(1)}));
  applied(first.row.id, Extent::all_or_nothing);
  const Import again = checked(roster_csv({roster_household(1), roster_household(2)}));
  ASSERT_TRUE(again.row.good_count == 1);
  const auto findings = kept_findings(again.row);
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].key, "case.person_elsewhere");
  EXPECT_EQ(findings[0].params, (MessageParams{{"case_number", benefits()[0].case_number}}));
  EXPECT_EQ(applied(again.row.id, Extent::good_households).row.applied_count, 1);
  EXPECT_EQ(benefits().size(), 2U);
}

TEST_P(Roster, WhoeverCameInAfterTheCheckMakesTheApplicationRefuse) {
  const Import import = checked(roster_csv({roster_household(1), roster_household(2)}));
  auto intake = couple_with_child();
  intake.persons[0].citizen_number = test::roster_number(2);
  file(intake);
  const Import refused = applied(import.row.id, Extent::all_or_nothing);
  EXPECT_EQ(refused.state, ImportState::checked);
  ASSERT_TRUE(refused.refusal);
  EXPECT_EQ(refused.refusal->key, "roster.has_findings");
  EXPECT_EQ(refused.row.bad_row_count, 1) << "the report is the new one";
  EXPECT_TRUE(benefits().empty());
  EXPECT_EQ(rows_of("person_directory"), 3);
  EXPECT_EQ(applied(import.row.id, Extent::good_households).row.applied_count, 1);
  EXPECT_EQ(rows_of("person_directory"), 5);
}

TEST_P(Roster, AFileThatIsNoRosterIsRefusedAsAWhole) {
  const Import import = checked("姓名,年龄\r\n王建国,50\r\n");
  EXPECT_EQ(import.state, ImportState::unreadable);
  EXPECT_EQ(file_fault_of(import.row)->key, "roster.columns_missing");
  EXPECT_EQ(ask(import.row.id, Extent::all_or_nothing).error().key, "roster.not_checked");
  EXPECT_EQ(upload(roster_world(), officer(), "x.csv", "").error().fields.front().key, "content.empty");
}

TEST_P(Roster, CancelledBeforeItBeginsLeavesNothing) {
  const Import import = uploaded(roster_csv({roster_household(1)}));
  const auto gone = cancel(roster_world(), runner(), officer(), region(kCounty), import.row.id);
  ASSERT_TRUE(gone) << gone.error().key;
  EXPECT_EQ(gone->state, ImportState::discarded);
  runner().run_waiting();
  EXPECT_EQ(look(import.row.id).state, ImportState::discarded);

  const Import second = checked(roster_csv({roster_household(1)}));
  ASSERT_TRUE(ask(second.row.id, Extent::all_or_nothing));
  const auto stopped = cancel(roster_world(), runner(), officer(), region(kCounty), second.row.id);
  ASSERT_TRUE(stopped) << stopped.error().key;
  runner().run_waiting();
  EXPECT_EQ(look(second.row.id).state, ImportState::checked);
  EXPECT_TRUE(benefits().empty());
  EXPECT_EQ(applied(second.row.id, Extent::all_or_nothing).row.applied_count, 1) << "it may be asked for again";
}

TEST_P(Roster, IsUploadedOnceMoreWithAWarning) {
  const std::string csv = roster_csv({roster_household(1)});
  applied(checked(csv).row.id, Extent::all_or_nothing);
  const Import again = uploaded(csv);
  ASSERT_TRUE(again.applied_before);
  EXPECT_EQ(again.applied_before->file_name, "名册.csv");
}

TEST_P(Roster, IsPreparedByTheOfficerAndTakenOverByTheApprover) {
  const Import import = checked(roster_csv({roster_household(1)}));
  const auto apply = [&](const Actor& who) {
    return request_application(roster_world(), who, region(kCounty), import.row.id,
                               {Extent::all_or_nothing, clock().today().month_of()});
  };
  EXPECT_EQ(apply(officer()).error().key, "access.permission_missing");
  // One person with both posts is still one person.
  Actor both = approver();
  both.user = officer().user;
  const auto refused = apply(both);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().key, "roster.same_person");
  EXPECT_EQ(refused.error().law.front(), "SA-2014/5");
  EXPECT_EQ(upload(roster_world(), approver(), "x", "x").error().key, "access.permission_missing");
  EXPECT_EQ(run_application(roster_world(), officer(), kCounty, import.row.id,
                            {Extent::all_or_nothing, clock().today().month_of()}, {})
                .error()
                .key,
            "access.permission_missing");
  EXPECT_TRUE(benefits().empty());
  EXPECT_EQ(lines_of(read_file(roster_world(), approver(), region(kCounty), import.row.id, FileKind::upload)).size(),
            3U);
  EXPECT_TRUE(apply(approver()));
}

TEST_P(Roster, IsNotTakenOverForAPostThatIsGone) {
  const Import import = checked(roster_csv({roster_household(1)}));
  ASSERT_TRUE(ask(import.row.id, Extent::all_or_nothing));
  ASSERT_TRUE(database().write([&](db::Transaction& tx) -> Status {
    access::revoke_grant(tx, approver().grant, clock().now());
    return {};
  }));
  runner().run_waiting();
  const Import refused = look(import.row.id);
  EXPECT_EQ(refused.state, ImportState::checked);
  ASSERT_TRUE(refused.refusal);
  EXPECT_EQ(refused.refusal->key, "access.permission_missing");
  EXPECT_TRUE(benefits().empty());
}

TEST_P(Roster, TheFileOfImportsTellsWhoBroughtAndWhoTookOver) {
  const Import import = checked(roster_csv({roster_household(1)}));
  applied(import.row.id, Extent::all_or_nothing);
  const auto file = export_imports(roster_world(), officer(), Language::zh);
  ASSERT_TRUE(file) << file.error().key;
  const auto rows = jiuzhu::test::rows_of(*file);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[1][0], import.row.file_name);
  EXPECT_EQ(rows[1][4], "1");
  EXPECT_EQ(rows[1][7], "1");
  const auto elsewhere =
      export_imports(roster_world(), make_actor(Role::county_case_officer, region("140303")), Language::zh);
  ASSERT_TRUE(elsewhere) << elsewhere.error().key;
  EXPECT_EQ(jiuzhu::test::rows_of(*elsewhere).size(), 1U) << "titles only";
  EXPECT_EQ(export_imports(roster_world(), actor(Role::funds_officer), Language::zh).error().key,
            "access.permission_missing");
}

TEST_P(Roster, IsNobodyElsesWork) {
  const Import import = checked(roster_csv({roster_household(1)}));
  for (const Role role : {Role::funds_officer, Role::civil_affairs_assistant, Role::auditor, Role::city_inspector}) {
    EXPECT_EQ(upload(roster_world(), actor(role), "x", "x").error().key, "access.permission_missing");
    EXPECT_EQ(read_import(roster_world(), actor(role), region(kCounty), import.row.id).error().key,
              "access.permission_missing");
  }
  for (const Role role : {Role::county_case_officer, Role::county_approver}) {
    const Actor neighbour = make_actor(role, region("140303"));
    EXPECT_EQ(read_import(roster_world(), neighbour, region(kCounty), import.row.id).error().key, "roster.not_found");
    EXPECT_EQ(read_file(roster_world(), neighbour, region(kCounty), import.row.id, FileKind::upload).error().key,
              "roster.not_found");
    EXPECT_EQ(discard(roster_world(), neighbour, region(kCounty), import.row.id).error().key, "roster.not_found");
    EXPECT_TRUE(find_imports(roster_world(), neighbour, "", 10)->empty());
  }
  const Month late = clock().today().month_of().plus(3);
  EXPECT_EQ(
      request_application(roster_world(), approver(), region(kCounty), import.row.id, {Extent::all_or_nothing, late})
          .error()
          .fields.front()
          .key,
      "roster.payable_from_range");
}

TEST_P(Roster, IsTakenOverOnceWhateverIsAskedAtOnce) {
  const Import import = checked(roster_csv({roster_household(1)}));
  approver();  // made before the desks open
  std::atomic<int> asked = 0;
  {
    std::vector<std::jthread> desks;
    for (int i = 0; i < 4; ++i) {
      desks.emplace_back([&] { asked += ask(import.row.id, Extent::all_or_nothing).has_value(); });
    }
  }
  EXPECT_EQ(asked, 1);
  runner().run_waiting();
  EXPECT_EQ(benefits().size(), 1U);
  EXPECT_EQ(ask(import.row.id, Extent::all_or_nothing).error().key, "roster.not_checked");
}

TEST_P(Roster, FilesLieSealedAndGoWhenTheyAreDone) {
  const std::string csv = roster_csv({roster_household(1)});
  const Import import = uploaded(csv);
  const auto& files = roster_world().files;
  EXPECT_EQ(*files.read(kCounty, import.row.id, FileKind::upload), csv);
  std::size_t count = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(files.draft_path(import.row.id).parent_path())) {
    if (!entry.is_regular_file()) continue;
    ++count;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    EXPECT_EQ(bytes.find("王建国"), std::string::npos);
  }
  EXPECT_EQ(count, 1U);
  runner().run_waiting();
  applied(import.row.id, Extent::all_or_nothing);
  EXPECT_FALSE(files.has(kCounty, import.row.id, FileKind::upload));
  EXPECT_TRUE(template_bytes(roster_world(), officer())->starts_with("PK"));
}

TEST_P(Roster, TakesNoHouseholdOverByHalf) {
  const auto split = roster_household(1);
  auto merged = roster_household(2);
  merged[1].erase("户编号");
  const Import import = checked(roster_csv({{split[0]}, merged, roster_household(3), {split[1]}}));
  EXPECT_EQ(import.row.good_count, 1);
  EXPECT_EQ(applied(import.row.id, Extent::good_households).row.applied_count, 1);
  ASSERT_EQ(benefits().size(), 1U);
  EXPECT_EQ(benefits()[0].member_count, 2);
  EXPECT_EQ(annotated(import.row.id).size(), 5U) << "what is left has both halves";
}

TEST_P(Roster, IsToldByTheCheckWhatTheApplicationWouldRefuse) {
  auto old = roster_household(2);
  std::string& number = old[1]["公民身份号码"];
  number = test::roster_number(3);
  number.pop_back();
  number.erase(6, 2);
  const Import import = checked(roster_csv({roster_household(1), old, roster_household(3)}));
  EXPECT_EQ(import.row.good_count, 1);
  EXPECT_EQ(import.row.bad_row_count, 2) << "the person is in both";
}

TEST_P(Roster, ARemovedFilesCopyDoesNotComeBack) {
  auto bad = roster_household(1);
  bad[0]["月保障金额"] = "0";
  const ImportId id = uploaded(roster_csv({bad})).row.id;
  // Between the last look at the file and its copy, which takes seconds for a county.
  const auto cancelling = [&](std::int64_t, std::int64_t) -> Status {
    EXPECT_TRUE(cancel(roster_world(), runner(), officer(), region(kCounty), id));
    return {};
  };
  const auto done =
      run_check(roster_world(), officer(), kCounty, id, {cancelling, [](db::Transaction&) -> Status { return {}; }});
  EXPECT_EQ(done.error().key, "roster.changed_meanwhile");
  EXPECT_EQ(look(id).state, ImportState::discarded);
  EXPECT_FALSE(look(id).has_annotated_copy);
  EXPECT_FALSE(look(id).has_file);
}

TEST_P(Roster, SweepsUnsealedDraftsThatAKillLeft) {
  const auto& files = roster_world().files;
  const auto folder = files.draft_path(world_id<ImportId>()).parent_path();
  for (const char* name : {".draft-abcdef", "x.draft.xlsx", ".draft-nowadays"}) std::ofstream(folder / name) << "x";
  const auto hour_ago = std::filesystem::file_time_type::clock::now() - std::chrono::hours(1);
  for (const char* name : {".draft-abcdef", "x.draft.xlsx"}) std::filesystem::last_write_time(folder / name, hour_ago);
  files.draft_path(world_id<ImportId>());
  EXPECT_FALSE(std::filesystem::exists(folder / ".draft-abcdef"));
  EXPECT_FALSE(std::filesystem::exists(folder / "x.draft.xlsx"));
  EXPECT_TRUE(std::filesystem::exists(folder / ".draft-nowadays")) << "somebody may be writing it";
}

/// SQLite has one writer: nobody is beside him.
class RosterBesideOthers : public Roster {};

TEST_P(RosterBesideOthers, BeginsAnewWhenAnEntryGoesAwayInTheMomentOfLooking) {
  const Import import = checked(roster_csv({roster_household(1)}));
  // Stands for another county that closes a person's case between the two statements, once.
  ASSERT_TRUE(database().write([&](db::Transaction& tx) -> Status {
    tx.execute({"test.once", "create sequence vanish_once"});
    tx.execute({"test.vanish",
                "create function vanish() returns trigger language plpgsql as "
                "'begin if nextval(''vanish_once'') = 1 then return null; end if; return new; end'"});
    tx.execute({"test.vanish_at",
                "create trigger vanish before insert on person_directory for each row execute function vanish()"});
    return {};
  }));
  EXPECT_EQ(applied(import.row.id, Extent::all_or_nothing).state, ImportState::applied);
  EXPECT_EQ(benefits().size(), 1U);
}

TEST_P(Roster, ShowsTheApproverWhatTheProgramReads) {
  // Rows that Excel hides, and a formula that the approver's Excel would run.
  const auto cell = [](std::string_view text) {
    return "<c t=\"inlineStr\"><is><t>" + std::string(text) + "</t></is></c>";
  };
  TestWorkbook workbook{.sheet_data = "<row r=\"1\">"};
  for (const ColumnPlan& plan : column_plans()) workbook.sheet_data += cell(plan.title);
  workbook.sheet_data += cell("备注") + "</row>";
  for (test::RosterLine& line : roster_household(1)) {
    workbook.sheet_data += "<row hidden=\"1\">";
    for (const ColumnPlan& plan : column_plans()) workbook.sheet_data += cell(line[std::string(plan.title)]);
    workbook.sheet_data += "<c><f>HYPERLINK(A1)</f><v>1</v></c></row>";
  }
  const Import import = checked(workbook.bytes());
  ASSERT_EQ(import.row.good_count, 1);
  const auto file = read_file(roster_world(), approver(), region(kCounty), import.row.id, FileKind::upload);
  ASSERT_TRUE(file) << file.error().key;
  const ReadTable shown = read_all(file->bytes);
  EXPECT_EQ(shown.key, "") << "no formulas";
  ASSERT_EQ(shown.rows.size(), 3U);
  EXPECT_EQ(shown.rows[1].second[2], "王建国");
  EXPECT_NE(file->bytes, workbook.bytes());
}

TEST_P(Roster, TellsOfAFileFullOfProblemsWithoutFillingTheMemory) {
  std::string csv = roster_csv({});
  constexpr std::int64_t kLines = 12'000;
  for (std::int64_t i = 0; i < kLines; ++i) {
    csv += std::to_string(i);
    for (std::size_t column = 1; column < kColumnCount; ++column) csv += ",x";
    csv += "\r\n";
  }
  const auto tally = database().read([&](db::Transaction& tx) {
    return check_roster(tx, world(), case_world(), region(kCounty), csv, [](std::int64_t) { return Status(); });
  });
  ASSERT_TRUE(tally) << tally.error().key;
  EXPECT_EQ(tally->household_count, kLines);
  EXPECT_EQ(tally->good_count, 0);
  EXPECT_EQ(tally->bad_row_count(), kLines) << "every line is told";
  EXPECT_LT(tally->findings.size(), kFindingsMost + kLines);
  EXPECT_EQ(tally->findings.back().key, "roster.problems_not_listed");
}

TEST_P(RosterBesideOthers, LeavesTheCountysRecordToOthersUntilItsEnd) {
  const Import import = checked(roster_csv({roster_household(1), roster_household(2)}));
  const Application all{Extent::all_or_nothing, clock().today().month_of()};
  ASSERT_TRUE(start_application(roster_world(), approver(), region(kCounty), import.row.id, all, false));
  int looks = 0;
  const auto started = std::chrono::steady_clock::now();
  const auto done = run_application(roster_world(), approver(), kCounty, import.row.id, all,
                                    {[&](std::int64_t, std::int64_t) -> Status {
                                       // The households are written; somebody else acts, which is recorded.
                                       if (++looks == 1) uploaded("x", "meanwhile.csv");
                                       return {};
                                     },
                                     [](db::Transaction&) -> Status { return {}; }});
  ASSERT_TRUE(done) << done.error().key;
  EXPECT_EQ(looks, 2);
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(5));
  EXPECT_EQ(benefits().size(), 2U);
}

TEST_P(Roster, GathersStatisticsBesideAnotherCountysRoster) {
  const auto started = std::chrono::steady_clock::now();
  ASSERT_TRUE(database().write([&](db::Transaction& tx) -> Status {
    plan_anew(database(), tx);
    if (database().dialect() == db::Dialect::sqlite) return {};
    std::jthread([&] {
      EXPECT_TRUE(database().write([&](db::Transaction& other) -> Status {
        plan_anew(database(), other);
        return {};
      }));
    }).join();
    return {};
  }));
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(5));
}

JZ_ON_BOTH_DATABASES(Roster);
INSTANTIATE_TEST_SUITE_P(Databases, RosterBesideOthers, testing::Values("postgresql"));

}  // namespace
}  // namespace jiuzhu::roster
