#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "modules/cases/test_cases.hpp"
#include "modules/cases/test_papers.hpp"
#include "modules/registers/test_registers.hpp"
#include "modules/verification/declared.hpp"
#include "modules/verification/lookup_service.hpp"
#include "modules/verification/verification_paper.hpp"

namespace jiuzhu::verification {
namespace {

using cases::CaseRow;
using cases::State;
using test::kVehicleTitles;
using test::vehicle_row;

/// An ordered verification of couple_with_child(), in a county that receives registers.
class VerificationLookup : public test::CasesOnBothDatabases {
 public:
  const Actor& officer() { return actor(Role::verification_officer); }
  Date today() { return clock().today(); }

  void deliver(const std::string& code, const std::string& bytes) {
    EXPECT_EQ(hall_->delivered(officer(), code, bytes, today()).state, registers::DeliveryState::accepted);
  }
  static std::string number(const char* birth, int sequence) { return citizen_number(birth, 10 + sequence); }
  /// A car of the applicant, one of the grown son's, and one of somebody else.
  std::string cars() {
    const std::string rest = ",2019-03-04,晋C12345,小型轿车,45000\n";
    return kVehicleTitles + number("19600301", 1) + ",王建国" + rest + number("19850712", 4) + ",王大力" + rest +
           vehicle_row(1, "孙丽", "2019-03-04", "晋C2");
  }
  Result<Lookup> look_up(Role role = Role::verification_officer) {
    return look_up_case(world(), hall_->world(), actor(role), region(kCounty), row_.id);
  }
  Lookup looked_up() {
    const auto lookup = look_up();
    EXPECT_TRUE(lookup) << lookup.error().key;
    return *lookup;
  }
  static PersonResult result_of(const Lookup& lookup, const std::string& person) {
    return std::ranges::find(lookup.answer.persons, person, &LookedUpPerson::person)->result;
  }
  /// What the registers say, person by person.
  static ReportDraft draft_of(const Lookup& lookup) {
    ReportDraft draft{.lookup = lookup.row.id};
    for (const LookedUpPerson& person : lookup.answer.persons) draft.persons.push_back({person.person, person.result});
    return draft;
  }
  Result<CaseRow> report(const ReportDraft& draft) {
    return report_verification(world(), case_world(), officer(), target(reload(row_)), draft);
  }
  std::vector<std::string> keys(const Error& error) {
    std::vector<std::string> list;
    for (const FieldError& field : error.fields) list.push_back(field.pointer + " " + field.key);
    return list;
  }

 protected:
  void SetUp() override {
    CasesOnBothDatabases::SetUp();
    if (IsSkipped()) return;
    provide_verification_needs(case_world());
    answer_all_except({cases::Need::valid_verification, cases::Need::clear_verification});
    hall_ = std::make_unique<test::RegisterHall>(world(), registers::DeliveryWatch());
    order(couple_with_child());
  }
  void TearDown() override {
    hall_.reset();
    CasesOnBothDatabases::TearDown();
  }
  void order(const cases::Intake& intake) {
    row_ = put_into(file(intake), State::accepted);
    const auto ordered =
        order_verification(world(), case_world(), actor(Role::civil_affairs_assistant), target(row_), "");
    ASSERT_TRUE(ordered) << ordered.error().key;
    row_ = *ordered;
  }

  std::unique_ptr<test::RegisterHall> hall_;
  CaseRow row_;
};

TEST_P(VerificationLookup, SaysWhatWasFoundBesideWhatWasDeclared) {
  deliver("vehicles", cars());
  const Lookup lookup = looked_up();
  EXPECT_EQ(result_of(lookup, "m1"), PersonResult::clue_found);
  EXPECT_EQ(result_of(lookup, "m2"), PersonResult::no_anomaly);
  EXPECT_EQ(result_of(lookup, "o1"), PersonResult::clue_found);
  ASSERT_EQ(lookup.answer.findings.size(), 2);
  const LookedUpFinding& own = lookup.answer.findings[0];
  EXPECT_EQ(own.person, "m1");
  EXPECT_EQ(own.source, "机动车登记（公安机关交通管理部门）");
  EXPECT_EQ(own.content, "号牌：晋C12345；车辆类型：小型轿车；登记日期：2019-03-04；价格：45000");
  EXPECT_EQ(own.amount, Money::yuan(45'000));
  EXPECT_EQ(own.as_of, today());
  EXPECT_EQ(own.rules, (std::vector<std::string>{"VEHICLE", "VEHICLE-PURCHASE"}));
  EXPECT_EQ(lookup.answer.findings[1].grade, sieve::NameGrade::other_name);
  EXPECT_EQ(lookup.answer.findings[1].register_name, "王大力");
  ASSERT_EQ(lookup.answer.comparisons.size(), 1);
  EXPECT_EQ(lookup.answer.comparisons[0].declared, 0);
  EXPECT_EQ(lookup.answer.comparisons[0].found, 1);  // the son's is not for the household to declare
  const auto kept = read_lookup(world(), officer(), region(kCounty), row_.id);
  ASSERT_TRUE(kept && *kept);
  EXPECT_EQ((*kept)->row.id, lookup.row.id);
}

TEST_P(VerificationLookup, BecomesTheReportWithItsSources) {
  deliver("vehicles", cars());
  const Lookup lookup = looked_up();
  const auto reported = report(draft_of(lookup));
  ASSERT_TRUE(reported) << reported.error().key;
  EXPECT_EQ(reported->state, State::investigating);
  EXPECT_TRUE(reported->is_doubtful);
  const auto file = read_verification(world(), case_world(), officer(), region(kCounty), row_.id);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->orders[0].report->lookup_id, lookup.row.id);
  ASSERT_EQ(file->orders[0].findings.size(), 2);
  EXPECT_EQ(file->orders[0].findings[0].register_code, "vehicles");
  EXPECT_THAT(file->orders[0].findings[0].rules, testing::HasSubstr(R"("code":"VEHICLE","title":"名下有机动车")"));
  EXPECT_EQ(look_up().error().key, "verification.no_open_order");
}

TEST_P(VerificationLookup, IsPrintedWithWhereEverythingComesFrom) {
  deliver("vehicles", cars());
  const Lookup lookup = looked_up();
  ReportDraft draft = draft_of(lookup);
  draft.dismissed = {{.finding = 1, .reason = "同号登记错误"}};
  ASSERT_TRUE(report(draft));
  const OrderId order = lookup.row.order_id;
  const auto file = read_report(world(), officer(), region(kCounty), row_.id, order);
  ASSERT_TRUE(file) << file.error().key;
  const PdfDocument paper = report_paper(*file, *case_world().rulebook->wording(), test::name_of_region);
  const auto bytes = render_pdf(std::span(&paper, 1), {});
  ASSERT_TRUE(bytes);
  const std::string text = test::text_of_pdf(*bytes, "verification-report");
  for (const char* part : {"家庭经济状况核对报告", "王建国", "机动车登记", "晋C12345", "不采信", "名下有机动车：",
                           "社会救助暂行办法", "第十条", "多于申报", "发现线索", "2020年1月29日", "阳泉市城区民政局"}) {
    EXPECT_THAT(text, testing::HasSubstr(part));
  }
  EXPECT_THAT(text, testing::Not(testing::HasSubstr(number("19600301", 1))));
  EXPECT_EQ(read_report(world(), actor(Role::village_cadre), region(kCounty), row_.id, order).error().key,
            "access.permission_missing");
  EXPECT_EQ(read_report(world(), officer(), region(kCounty), row_.id, world_id<OrderId>()).error().key,
            "verification.no_report");
}

TEST_P(VerificationLookup, CannotBeSkippedOrSoftenedWithoutAReason) {
  deliver("vehicles", cars());
  ReportDraft without;
  for (const char* person : {"m1", "m2", "m3", "o1"}) without.persons.push_back({.person = person});
  EXPECT_EQ(report(without).error().key, "verification.lookup_missing");
  const Lookup first = looked_up();
  const Lookup lookup = looked_up();
  EXPECT_EQ(report(draft_of(first)).error().key, "verification.lookup_missing");
  ReportDraft softer = draft_of(lookup);
  softer.persons[0].result = PersonResult::no_anomaly;
  EXPECT_EQ(keys(report(softer).error()), std::vector<std::string>{"/results/0/result verification.below_registers"});
  softer.dismissed = {{.finding = 1, .reason = "号码相同的另一人"}};
  EXPECT_EQ(keys(report(softer).error()), std::vector<std::string>{"/results/0/result verification.below_registers"});
  softer.dismissed.clear();
  softer.persons[0].findings.push_back({.source = "车辆管理所", .content = "另函查询中", .as_of = today()});
  EXPECT_EQ(keys(report(softer).error()), std::vector<std::string>{"/results/0/result verification.below_registers"});
  softer.persons[0].findings.clear();
  softer.dismissed = {{.finding = 0, .reason = " "}, {.finding = 7, .reason = "无"}};
  EXPECT_EQ(keys(report(softer).error()),
            (std::vector<std::string>{"/dismissed/0/reason field.empty",
                                      "/dismissed/1/finding verification.finding_unknown"}));
  softer.dismissed = {{.finding = 0, .reason = "车辆已于 2019 年 5 月过户，见过户证明。"}};
  ASSERT_TRUE(report(softer));
  const auto file = read_verification(world(), case_world(), officer(), region(kCounty), row_.id);
  EXPECT_EQ(file->orders[0].findings[0].dismissed_reason, "车辆已于 2019 年 5 月过户，见过户证明。");
}

TEST_P(VerificationLookup, LooksNobodyUpWithoutALetter) {
  auto intake = couple_with_child(2);
  intake.persons[3].authorised_on.reset();
  order(intake);
  deliver("vehicles", kVehicleTitles + citizen_number("19850712", 24) + ",王大勇,2019-03-04,晋C1,小型轿车,1\n");
  const Lookup lookup = looked_up();
  EXPECT_EQ(result_of(lookup, "o1"), PersonResult::source_unavailable);
  ASSERT_EQ(lookup.answer.findings.size(), 1);
  EXPECT_EQ(lookup.answer.findings[0].source, "核对授权书");
  // Nothing that an officer says makes up for the letter.
  ReportDraft cleared = draft_of(lookup);
  cleared.persons[3].result = PersonResult::no_anomaly;
  cleared.persons[3].findings.push_back({.source = "车辆管理所", .content = "函复名下无车辆", .as_of = today()});
  EXPECT_EQ(keys(report(cleared).error()), std::vector<std::string>{"/results/3/result verification.not_looked_up"});
  cleared.dismissed = {{.finding = 0, .reason = "无"}};
  EXPECT_EQ(keys(report(cleared).error()),
            (std::vector<std::string>{"/dismissed/0/finding verification.finding_unknown",
                                      "/results/3/result verification.not_looked_up"}));
  const auto reported = report(draft_of(lookup));
  ASSERT_TRUE(reported) << reported.error().key;
  EXPECT_EQ(reported->state, State::verifying);  // and is ordered again
}

TEST_P(VerificationLookup, IsIncompleteWhereARegisterInUseDoesNotAnswer) {
  deliver("vehicles", kVehicleTitles + vehicle_row(1, "孙丽", "2019-03-04", "晋C2"));
  clock().advance_days(93);
  const Lookup lookup = looked_up();
  for (const char* person : {"m1", "m2", "m3", "o1"}) {
    EXPECT_EQ(result_of(lookup, person), PersonResult::source_unavailable);
  }
  EXPECT_EQ(lookup.answer.findings[0].content, "数据只到2019-08-02，已超过有效期。");
  // What the officer established otherwise stands beside it.
  ReportDraft draft = draft_of(lookup);
  for (ReportedPerson& person : draft.persons) {
    person.result = PersonResult::no_anomaly;
    person.findings.push_back({.source = "车辆管理所", .content = "函复名下无车辆", .as_of = today()});
  }
  const auto reported = report(draft);
  ASSERT_TRUE(reported) << reported.error().key;
  EXPECT_EQ(reported->state, State::investigating);
}

TEST_P(VerificationLookup, GrowsOldWithTimeAndWithNews) {
  deliver("vehicles", cars());
  const Lookup first = looked_up();
  clock().advance_seconds(60);
  deliver("vehicles", cars() + vehicle_row(2, "孙丽", "2019-03-04", "晋C3"));
  EXPECT_EQ(report(draft_of(first)).error().key, "verification.lookup_outdated");
  clock().advance_seconds(60);
  const Lookup second = looked_up();
  clock().advance_days(4);
  EXPECT_EQ(report(draft_of(second)).error().key, "verification.lookup_outdated");
  EXPECT_TRUE(report(draft_of(looked_up())));
}

TEST_P(VerificationLookup, IsTheVerificationOfficersAlone) {
  EXPECT_EQ(look_up().error().key, "verification.no_registers");
  deliver("vehicles", cars());
  for (const Role role : {Role::civil_affairs_assistant, Role::county_approver, Role::village_cadre}) {
    EXPECT_EQ(look_up(role).error().key, "access.permission_missing");
  }
  Actor elsewhere = make_actor(Role::verification_officer, region("140303"));
  EXPECT_EQ(look_up_case(world(), hall_->world(), elsewhere, region(kCounty), row_.id).error().key, "case.not_found");
}

JZ_ON_BOTH_DATABASES(VerificationLookup);

TEST(Declared, IsSetBesideEachMembersLatestMonthAndDifferentThings) {
  const sieve::Catalogue catalogue = registers::load_catalogue();
  const sieve::Register& wages = *catalogue.find("employment");
  const auto wage = [](const char* person, const char* month, const char* amount) {
    return registers::Fact{.person = person, .shown = {"某煤矿", month, amount}};
  };
  const std::vector<registers::Fact> paid{wage("m1", "2019-05", "3000"), wage("m1", "2019-06", "3100"),
                                          wage("m1", "2019-06", "3100"), wage("m2", "2019-05", "2000.50")};
  const auto found = [](const sieve::Register& record, const std::vector<registers::Fact>& facts) {
    std::vector<const registers::Fact*> pointers;
    for (const registers::Fact& fact : facts) pointers.push_back(&fact);
    return found_figure(record, record.comparisons.front(), pointers, *Date::of(2019, 8, 2));
  };
  EXPECT_EQ(found(wages, paid), 310'000);  // m2's is of a month too long ago
  EXPECT_EQ(found(wages, {wage("m1", "2019-06", "3100"), wage("m2", "2019-07", "2000.50")}), 510'050);
  const auto home = [](const char* person, const char* unit, const char* use) {
    return registers::Fact{.person = person, .shown = {unit, "某路 1 号", use, "80"}};
  };
  EXPECT_EQ(found(*catalogue.find("real_estate"),
                  {home("m1", "U1", "住宅"), home("m2", "U1", "住宅"), home("m1", "U2", "商铺")}),
            1);
}

TEST(Declared, AddsUpWhatAHouseholdSaidOfItself) {
  policy::HouseholdFacts facts;
  facts.incomes = {{.kind = policy::IncomeKind::wages, .amount = Money::yuan(100)},
                   {.kind = policy::IncomeKind::bonus, .amount = Money::yuan(25), .period = policy::IncomePeriod::year},
                   {.kind = policy::IncomeKind::wages, .amount = Money::yuan(7), .period = policy::IncomePeriod::once},
                   {.kind = policy::IncomeKind::retirement_pension, .amount = Money::yuan(3)}};
  facts.property = {{.asset_class = policy::AssetClass::deposit, .value = Money::yuan(50)},
                    {.asset_class = policy::AssetClass::vehicle, .value = Money::yuan(9)},
                    {.asset_class = policy::AssetClass::house},
                    {.asset_class = policy::AssetClass::fund}};
  EXPECT_EQ(declared_figure(facts, sieve::DeclaredFigure::wages_month), 10'208);
  EXPECT_EQ(declared_figure(facts, sieve::DeclaredFigure::pensions_month), 300);
  EXPECT_EQ(declared_figure(facts, sieve::DeclaredFigure::financial_assets), 5'000);
  EXPECT_EQ(declared_figure(facts, sieve::DeclaredFigure::vehicles), 1);
  EXPECT_EQ(declared_figure(facts, sieve::DeclaredFigure::houses), 1);
}

}  // namespace
}  // namespace jiuzhu::verification
