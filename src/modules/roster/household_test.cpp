#include "modules/roster/household.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/enum_text.hpp"
#include "modules/roster/roster_file.hpp"
#include "modules/roster/test_rosters.hpp"

namespace jiuzhu::roster {
namespace {

using test::roster_csv;
using test::roster_household;
using test::RosterLine;

const Date kToday = *Date::of(2019, 8, 5);

Places places() {
  return {*RegionCode::parse("140302"),
          {{"140302001", "上站街道"},
           {"140302001001", "西街社区居民委员会"},
           {"140302001002", "新建社区居民委员会"},
           {"140302002", "下站街道"},
           {"140302002001", "新建社区居民委员会"},
           {"140302003", "义井镇"},
           {"140302003001", "义井村委会"}}};
}

std::vector<ReadHousehold> read(const std::string& csv) {
  std::vector<ReadHousehold> households;
  const auto facts = read_roster(csv, places(), kToday, [&](ReadHousehold household) -> Status {
    households.push_back(std::move(household));
    return {};
  });
  EXPECT_TRUE(facts) << facts.error().key;
  return households;
}

/// "3 姓名 field.empty", for one household changed by `change`.
std::vector<std::string> findings_of(const std::function<void(std::vector<RosterLine>&)>& change) {
  auto lines = roster_household(1);
  change(lines);
  std::vector<std::string> told;
  for (const ReadHousehold& household : read(roster_csv({lines}))) {
    for (const Finding& finding : household.findings) {
      told.push_back(std::to_string(finding.row) + " " +
                     (finding.column ? std::string(plan_of(*finding.column).title) : "-") + " " + finding.key);
    }
  }
  return told;
}
using Told = std::vector<std::string>;

TEST(RosterHousehold, IsReadAsAnApplicationWouldSayIt) {
  const auto households = read(roster_csv({roster_household(1), roster_household(2)}));
  ASSERT_EQ(households.size(), 2U);
  EXPECT_TRUE(households[0].findings.empty());
  const Household& household = households[0].household;
  EXPECT_EQ(household.rows, (std::vector<std::int64_t>{2, 3}));
  EXPECT_EQ(household.intake.region.to_text(), "140302001001");
  EXPECT_EQ(household.intake.programme, cases::CaseProgramme::urban_minimum_living);
  EXPECT_EQ(household.amount, Money::yuan(500));
  EXPECT_EQ(household.first_month, *Month::of(2018, 7));
  EXPECT_EQ(household.is_covered, (std::vector<bool>{true, true}));
  EXPECT_EQ(household.intake.account->holder, "m1");
  EXPECT_EQ(household.intake.facts.members[1].relation, policy::Relation::spouse);
  EXPECT_EQ(households[1].household.rows, (std::vector<std::int64_t>{4, 5}));
}

TEST(RosterHousehold, NamesRowColumnAndReasonOfEveryProblem) {
  EXPECT_EQ(findings_of([](auto& lines) { lines[1].erase("姓名"); }), (Told{"3 姓名 field.empty"}));
  EXPECT_EQ(findings_of([](auto& lines) {
              lines[1]["公民身份号码"].back() = lines[1]["公民身份号码"].back() == '0' ? '1' : '0';
            }),
            (Told{"3 公民身份号码 citizen_number.check_digit"}));
  EXPECT_EQ(findings_of([](auto& lines) { lines[1]["与申请人关系"] = "夫妻"; }),
            (Told{"3 与申请人关系 roster.word_unknown"}));
  EXPECT_EQ(findings_of([](auto& lines) { lines[1]["与申请人关系"] = "本人"; }),
            (Told{"2 与申请人关系 roster.applicant_twice"}));
  EXPECT_EQ(findings_of([](auto& lines) { lines[0]["与申请人关系"] = "父母"; }),
            (Told{"2 与申请人关系 roster.applicant_missing"}));
  EXPECT_EQ(findings_of([](auto& lines) { lines[0]["月保障金额"] = "0"; }), (Told{"2 月保障金额 roster.amount_range"}));
  EXPECT_EQ(findings_of([](auto& lines) { lines[0]["月保障金额"] = "五百"; }), (Told{"2 月保障金额 field.not_money"}));
  EXPECT_EQ(findings_of([](auto& lines) { lines[0]["起始月份"] = "2019-10"; }),
            (Told{"2 起始月份 roster.month_in_future"}));
  EXPECT_EQ(findings_of([](auto& lines) { lines[0]["起始月份"] = "2018-13"; }), (Told{"2 起始月份 field.not_month"}));
  EXPECT_EQ(findings_of([](auto& lines) { lines[0].erase("救助类型"); }), (Told{"2 救助类型 field.empty"}));
  EXPECT_EQ(findings_of([](auto& lines) { lines[0]["村（社区）"] = "北街社区"; }),
            (Told{"2 村（社区） roster.place_unknown"}));
  EXPECT_EQ(findings_of([](auto& lines) { lines[0]["村（社区）"] = "新建社区"; }),
            (Told{"2 村（社区） roster.place_ambiguous"}));
  EXPECT_EQ(findings_of([](auto& lines) { lines[0]["村（社区）"] = "140303001001"; }),
            (Told{"2 村（社区） roster.place_elsewhere"}));
  EXPECT_EQ(findings_of([](auto& lines) {
              lines[0]["账户类型"] = "银行卡";
              lines[0]["账号"] = "6222020000000000001";
            }),
            (Told{"2 账号 bank_account.check_digit"}));
  EXPECT_EQ(findings_of([](auto& lines) { lines[0]["户名"] = "张三"; }), (Told{"2 户名 roster.holder_unknown"}));
  EXPECT_EQ(findings_of([](auto& lines) { lines[1]["月保障金额"] = "300"; }),
            (Told{"3 月保障金额 roster.households_own"}));
  EXPECT_EQ(findings_of([](auto& lines) { lines[1]["授权书签署日期"] = "去年"; }),
            (Told{"3 授权书签署日期 field.not_date"}));
  EXPECT_EQ(findings_of([](auto& lines) { lines[1]["授权书签署日期"] = "2099-01-01"; }),
            (Told{"3 授权书签署日期 intake.date_in_future"}));
  EXPECT_EQ(findings_of([](auto& lines) { lines[1]["残疾类别"] = "肢体"; }),
            (Told{"3 残疾等级 roster.disability_half"}));
  EXPECT_EQ(findings_of([](auto& lines) {
              for (auto& line : lines) line["是否保障对象"] = "否";
            }),
            (Told{"2 是否保障对象 roster.nobody_covered"}));
  EXPECT_EQ(findings_of([](auto& lines) { lines[0]["下次复核日期"] = "2019-02-30"; }),
            (Told{"2 下次复核日期 field.not_date"}));
}

TEST(RosterHousehold, TellsAllProblemsAtOnce) {
  EXPECT_EQ(findings_of([](auto& lines) {
              lines[0]["月保障金额"] = "-5";
              lines[0].erase("开户银行");
              lines[1]["劳动能力"] = "一般";
            }),
            (Told{"2 开户银行 field.empty", "2 月保障金额 roster.amount_range", "3 劳动能力 roster.word_unknown"}));
}

TEST(RosterHousehold, ReadsWhatOfficesWrite) {
  EXPECT_EQ(findings_of([](auto& lines) {
              lines[0]["救助类型"] = "城镇低保";
              lines[0]["起始月份"] = "2018年7月";
              lines[0]["村（社区）"] = "上站街道/新建社区居委会";
              lines[0]["下次复核日期"] = "2019/12/31";
              lines[0]["户名"] = "李秀英";
              lines[1]["残疾类别"] = "肢体";
              lines[1]["残疾等级"] = "2";
              lines[1]["账户类型"] = "存折";  // the same as the household's
            }),
            Told{});
  EXPECT_EQ(places().find("义井")->to_text(), "140302003001");
  EXPECT_EQ(places().find("下站街道 新建社区")->to_text(), "140302002001");
  EXPECT_EQ(places().find("140302001001000").error().key, "roster.place_unknown");
  EXPECT_EQ(parse_month("2018.7"), Month::of(2018, 7));
  EXPECT_EQ(parse_month("2018.1"), std::nullopt) << "Excel makes this of 2018.10";
  EXPECT_EQ(parse_month("2018.01"), Month::of(2018, 1));
  EXPECT_EQ(parse_month("201807"), Month::of(2018, 7));
  EXPECT_EQ(parse_month("2018-07-01"), Month::of(2018, 7));
  EXPECT_EQ(parse_month("7月"), std::nullopt);
  EXPECT_EQ(parse_month("20180701"), std::nullopt);
  EXPECT_EQ(parse_day("2019年12月31日"), Date::of(2019, 12, 31));
}

TEST(RosterHousehold, WholeNamesOfPlacesComeBeforeShortOnes) {
  const Places twins(*RegionCode::parse("140302"), {{"140302001", "下站街道"},
                                                    {"140302001001", "下站社区居民委员会"},
                                                    {"140302001002", "前街村"},
                                                    {"140302001003", "前街社区"}});
  EXPECT_EQ(twins.find("下站街道")->to_text(), "140302001");
  EXPECT_EQ(twins.find("下站")->to_text(), "140302001001");
  EXPECT_EQ(twins.find("前街村")->to_text(), "140302001002");
  EXPECT_EQ(twins.find("下站街道/前街社区")->to_text(), "140302001003");
  EXPECT_EQ(twins.find("前街").error().key, "roster.place_ambiguous");
}

TEST(RosterHousehold, BanksHaveNamesOfAnApplicationsLength) {
  EXPECT_EQ(findings_of([](auto& lines) { lines[0]["开户银行"] = std::string(101, 'x'); }),
            (Told{"2 开户银行 field.too_long"}));
}

TEST(RosterFile, KeepsOutAHouseholdWhoseMembersLackItsNumber) {
  // Where the cells of 户编号 were merged, only the first line of a household has it.
  EXPECT_EQ(findings_of([](auto& lines) { lines[1].erase("户编号"); }), (Told{"3 户编号 field.empty"}));
  auto merged = roster_household(1);
  merged[1].erase("户编号");
  auto households = read(roster_csv({merged, roster_household(2)}));
  ASSERT_EQ(households.size(), 2U);
  EXPECT_EQ(households[0].lines.size(), 2U);
  EXPECT_TRUE(households[1].findings.empty());
  // Another applicant is another household; its line does not speak against the one above.
  auto unnumbered = roster_household(2);
  for (auto& line : unnumbered) line.erase("户编号");
  households = read(roster_csv({roster_household(1), unnumbered}));
  ASSERT_EQ(households.size(), 2U);
  EXPECT_TRUE(households[0].findings.empty());
  EXPECT_EQ(households[1].findings.size(), 2U);
}

TEST(RosterFile, KeepsOutAHouseholdThatGoesOnFurtherBelow) {
  const auto whole = roster_household(1);
  const auto households = read(roster_csv({{whole[0]}, roster_household(2), {whole[1]}}));
  ASSERT_EQ(households.size(), 3U);
  ASSERT_EQ(households[0].findings.size(), 1U);
  EXPECT_EQ(households[0].findings[0].key, "roster.household_split_later");
  EXPECT_EQ(households[0].findings[0].params, (MessageParams{{"row", "5"}}));
  EXPECT_TRUE(households[1].findings.empty());
  EXPECT_EQ(households[2].findings.back().key, "roster.household_split");
}

TEST(RosterFile, KnowsAPersonByTheOldNumberToo) {
  auto old = roster_household(2);
  std::string& number = old[1]["公民身份号码"];
  number = test::roster_number(3);  // the first household's second member, with 15 digits
  number.pop_back();
  number.erase(6, 2);
  const auto households = read(roster_csv({roster_household(1), old}));
  ASSERT_EQ(households[0].findings.size(), 1U) << "nobody knows yet in which household the person is";
  EXPECT_EQ(households[0].findings[0].row, 3);
  EXPECT_EQ(households[0].findings[0].params, (MessageParams{{"row", "5"}}));
  ASSERT_EQ(households[1].findings.size(), 1U);
  EXPECT_EQ(households[1].findings[0].key, "roster.person_twice");
  EXPECT_EQ(households[1].findings[0].params, (MessageParams{{"row", "3"}}));
}

TEST(RosterFile, TakesNoWholeVillageForAHousehold) {
  // The same in the whole column; one line is an applicant's, so that every check is asked.
  std::vector<RosterLine> village{roster_household(1)[0]};
  for (int i = 3; i < 8000; ++i) {
    RosterLine line = roster_household(1)[1];
    line["与申请人关系"] = "其他";
    line["公民身份号码"] = test::roster_number(i);
    village.push_back(std::move(line));
  }
  std::size_t lines = 0;
  for (const ReadHousehold& household : read(roster_csv({village}))) {
    lines += household.lines.size();
    EXPECT_LE(household.lines.size(), kHouseholdMost);
    EXPECT_EQ(std::ranges::count(household.findings, "roster.household_too_large", &Finding::key), 1);
  }
  EXPECT_EQ(lines, village.size());
  std::vector<RosterLine> largest(village.begin(), village.begin() + kHouseholdMost);
  EXPECT_TRUE(read(roster_csv({largest}))[0].findings.empty());
}

TEST(RosterFile, PassesOverLinesThatSayNothing) {
  // Numbers written ahead in a column of the office's own.
  std::string csv = "序号," + roster_csv({roster_household(1)});
  csv.replace(csv.find("\r\nH1"), 2, "\r\n1,");
  csv.replace(csv.find("\r\nH1"), 2, "\r\n2,");
  const auto households = read(csv + "3\r\n4\r\n");
  ASSERT_EQ(households.size(), 1U);
  EXPECT_TRUE(households[0].findings.empty());
}

TEST(RosterFile, FindsPersonsAndHouseholdsThatStandTwice) {
  auto twice = roster_household(2);
  twice[1]["公民身份号码"] = test::roster_number(2);  // the first household's applicant
  const auto households = read(roster_csv({roster_household(1), twice, roster_household(3), roster_household(1)}));
  ASSERT_EQ(households.size(), 4U);
  ASSERT_EQ(households[1].findings.size(), 1U);
  EXPECT_EQ(households[1].findings[0].key, "roster.person_twice");
  EXPECT_EQ(households[1].findings[0].params, (MessageParams{{"row", "2"}}));
  EXPECT_TRUE(households[2].findings.empty());
  ASSERT_EQ(households[3].findings.size(), 3U);
  EXPECT_EQ(households[3].findings[0].key, "roster.household_split");
}

TEST(RosterFile, RefusesWhatIsNoRoster) {
  const auto refusal = [](const std::string& bytes) {
    const auto facts = read_roster(bytes, places(), kToday, [](const ReadHousehold&) -> Status { return {}; });
    return facts ? std::string() : facts.error().key;
  };
  EXPECT_EQ(refusal(""), "table.empty");
  EXPECT_EQ(refusal("姓名,年龄\r\n王建国,50\r\n"), "roster.columns_missing");
  EXPECT_EQ(refusal(roster_csv({})), "roster.no_households");
  EXPECT_EQ(refusal(std::string("PK\x03\x04") + std::string(100, 'x')), "table.damaged");
  std::string twice = roster_csv({});
  EXPECT_EQ(refusal(twice.insert(0, "姓名,")), "roster.column_twice");
}

TEST(RosterFile, TakesTitlesInAnyOrderAndTellsWhatItDoesNotRead) {
  const std::string csv =
      "备注,姓名*,户编号,与申请人关系, 公民身份号码 "
      ",村（社区）,月保障金额,起始月份,账户类型,开户银行,账号,救助类型,导入说明\r\n"
      "x,王建国,1,本人," +
      test::roster_number(1) + ",西街社区,500,2018-07,存折,信用社,14030012345678,农村低保,old remark\r\n";
  std::size_t good = 0;
  const auto facts = read_roster(csv, places(), kToday, [&](const ReadHousehold& household) -> Status {
    good += household.findings.empty();
    return {};
  });
  ASSERT_TRUE(facts) << facts.error().key;
  EXPECT_EQ(good, 1U);
  EXPECT_EQ(facts->unknown_columns, (std::vector<std::string>{"备注"}));
}

}  // namespace
}  // namespace jiuzhu::roster
