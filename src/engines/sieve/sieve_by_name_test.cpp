#include <gtest/gtest.h>

#include "engines/sieve/name_index.hpp"
#include "engines/sieve/sieve.hpp"
#include "engines/sieve/test_files.hpp"
#include "platform/files/text_encoding.hpp"

namespace jiuzhu::sieve {
namespace {

DayOrMonth day(std::string_view text) { return *parse_day(text); }

TEST(CandidateGrades, SayHowMuchAgrees) {
  constexpr NumberKey kKey = 14039919720315011;
  using enum CandidateGrade;
  EXPECT_EQ(grade_of(kKey, day("1972-03-15"), "140399"), strong);
  EXPECT_EQ(grade_of(kKey, day("1972-03-15"), "140399100201"), strong);
  EXPECT_EQ(grade_of(kKey, day("1972-03-15"), ""), likely);
  EXPECT_EQ(grade_of(kKey, day("1972-03-15"), "110105"), possible);
  EXPECT_EQ(grade_of(kKey, day("1972-03"), ""), possible);
  EXPECT_EQ(grade_of(kKey, day("1972-08-01"), "140399"), possible);
  EXPECT_EQ(grade_of(kKey, day("1972-08-01"), ""), std::nullopt);
  EXPECT_EQ(grade_of(kKey, day("1972-04"), ""), std::nullopt);
  EXPECT_EQ(grade_of(kKey, day("1973-03-15"), "140399"), std::nullopt);
}

constexpr std::string_view kRunFile = R"(
as_of: 2025-06-30
people: {files: people.csv, columns: {household: household, person: person, name: name, number: id}}
sources:
  prison:
    files: prison.csv
    encoding: gb18030
    columns: {name: 姓名, birth_date: 出生日期, region: 户籍地, valid_until: 释放日期}
    show: 文书号
    malformed_most: 50
outputs: {candidates: c.csv, statistics: s.json}
)";

TEST(SieveByName, GradesCandidatesAndDecidesNothing) {
  const TestFolder folder;
  folder.write("people.csv",
               "household,person,name,id\n"
               "H1,P1,阿依·古丽,140399197203150115\n"
               "H2,P2,阿依古丽,140399197203150019\n"
               "H3,P3,钱秀兰,140399197408220244\n"
               "H4,P4,钱秀兰,无\n");
  folder.write("prison.csv", encode_gb18030("文书号,姓名,出生日期,户籍地,释放日期\n"
                                            "A1,阿依•古丽,1972-03-15,140399,\n"
                                            "A2,钱秀兰,1974-08-22,,2025-06-30\n"
                                            "A3,钱秀兰,19740822,,2025-07-01\n"
                                            "A4,钱秀兰,1990-01-01,,\n"
                                            "A5,孙桂英,1974-08-22,,\n"
                                            ",,1974-08-22,,\n"
                                            "A7,钱秀兰,未知,,\n"
                                            "\n"));
  const Plan plan = folder.plan(std::string(kRunFile));
  const auto summary = run(plan, {.threads = 2});
  ASSERT_TRUE(summary) << summary.error().key;
  const RowCounts& counts = summary->sources[0].counts;
  EXPECT_EQ(counts.rows, 7U);
  EXPECT_EQ(counts.matched, 2U);
  EXPECT_EQ(counts.filtered, 1U);
  EXPECT_EQ(counts.not_ours, 2U);
  EXPECT_EQ(counts.malformed_all(), 2U);
  const std::string found = folder.read("c.csv");
  EXPECT_EQ(
      found,
      "\uFEFFhousehold,person,role,name,grade,source,file,row,register_name,register_birth_date,register_region,shown"
      "\r\n"
      "H1,P1,member,阿依·古丽,strong,prison,prison.csv,2,阿依•古丽,1972-03-15,140399,文书号=A1\r\n"
      "H2,P2,member,阿依古丽,strong,prison,prison.csv,2,阿依•古丽,1972-03-15,140399,文书号=A1\r\n"
      "H3,P3,member,钱秀兰,likely,prison,prison.csv,4,钱秀兰,1974-08-22,,文书号=A3\r\n");

  std::vector<std::string> parts;
  for (std::uint32_t i = 0; i < 3; ++i) {
    parts.push_back(folder.path() / std::to_string(i));
    ASSERT_TRUE(run_share(plan, {.threads = 1, .window_bytes = 40}, {.index = i, .count = 3}, parts.back()));
  }
  ASSERT_TRUE(merge(plan, {.threads = 1}, parts));
  EXPECT_EQ(folder.read("c.csv"), found);
}

TEST(SieveByName, WritesOnlyTextOfItsOwnEncoding) {
  const TestFolder folder;
  folder.write("people.csv", "household,person,name,id\nH1,P1,钱秀兰,140399197408220244\n");
  folder.write("prison.csv", encode_gb18030("文书号,姓名,出生日期,户籍地,释放日期\n"
                                            "A1,钱秀兰,1974-08-22 上午,太原,\n"
                                            "A2,钱秀兰,1974-08,１４０３９９,\n"
                                            "A3,　,1974-08-22,,\n"));
  const auto summary = run(folder.plan(std::string(kRunFile)), {.threads = 1});
  ASSERT_TRUE(summary) << summary.error().key;
  EXPECT_EQ(summary->sources[0].counts.malformed_all(), 1U);
  const std::string found = folder.read("c.csv");
  EXPECT_NE(found.find("H1,P1,member,钱秀兰,possible,prison,prison.csv,2,钱秀兰,1974-08-22,太原,"), std::string::npos)
      << found;
  EXPECT_NE(found.find("H1,P1,member,钱秀兰,possible,prison,prison.csv,3,钱秀兰,1974-08,140399,"), std::string::npos)
      << found;
}

}  // namespace
}  // namespace jiuzhu::sieve
