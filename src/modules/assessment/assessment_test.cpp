#include "modules/assessment/assessment.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "engines/policy/columns.hpp"
#include "kernel/policy_json/policy_json.hpp"
#include "modules/assessment/assess_command.hpp"
#include "modules/assessment/worked_cases.hpp"

namespace jiuzhu::assessment {
namespace {

const policy::PolicyFiles& files() {
  static const policy::PolicyFiles kFiles = policy::read_policy_folder(JIUZHU_SOURCE_DIR "/policy").value();
  return kFiles;
}

const policy::Rulebook& rulebook() {
  static const auto kRulebook = policy::load_rulebook(files()).value();
  return *kRulebook;
}

std::string read_file(const std::string& path) {
  std::ifstream file(std::string(JIUZHU_SOURCE_DIR "/") + path);
  EXPECT_TRUE(file) << path;
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<policy::WorkedCase> cases() { return policy::load_worked_cases(files()).value(); }

class WorkedCases : public testing::TestWithParam<policy::WorkedCase> {};

TEST_P(WorkedCases, ComeOutAsWorkedByHand) {
  for (const CaseDifference& difference : run_worked_case(GetParam(), rulebook())) {
    ADD_FAILURE() << difference.place << ": " << difference.name << " is \"" << difference.actual << "\", expected \""
                  << difference.expected << "\"";
  }
}

INSTANTIATE_TEST_SUITE_P(Policy, WorkedCases, testing::ValuesIn(cases()), [](const auto& test) {
  std::string name = test.param.id;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(WorkedCase, IsReportedWhenItDoesNotHold) {
  policy::WorkedCase worked = cases().front();
  worked.expected = {{"outcome", "not_eligible"}, {"persons", "9"}, {"no_such_thing", "1"}};
  EXPECT_EQ(run_worked_case(worked, rulebook()).size(), 3U);
}

/// The columnar path meets the boundaries that the cases were written for, too.
TEST(WorkedCase, ComesOutTheSameThroughColumns) {
  std::vector<policy::HouseholdFacts> households;
  for (const policy::WorkedCase& worked : cases()) {
    auto facts = json::read_text<policy::HouseholdFacts>(worked.facts_json);
    if (facts) households.push_back(std::move(*facts));
  }
  const auto many = policy::assess_many(households, rulebook());
  for (std::size_t i = 0; i < households.size(); ++i) {
    const auto one = policy::assess(households[i], rulebook());
    ASSERT_EQ(many[i].has_value(), one.has_value());
    if (!one) continue;
    EXPECT_EQ(many[i]->outcome, one->outcome) << i;
    EXPECT_EQ(many[i]->amount_month, one->amount_month.value_or(Money())) << i;
  }
}

TEST(Schemas, InDocsAreCurrent) {
  EXPECT_EQ(read_file("docs/schemas/household-facts.schema.json"), facts_schema())
      << "run: jiuzhu assess --schema facts > docs/schemas/household-facts.schema.json";
  EXPECT_EQ(read_file("docs/schemas/decision.schema.json"), decision_schema())
      << "run: jiuzhu assess --schema decision > docs/schemas/decision.schema.json";
}

TEST(AssessJson, TakesTheExamples) {
  for (const char* example :
       {"urban-couple-with-student", "rural-elderly-with-obligors", "marginal-family-single-person"}) {
    const auto decision = assess_json(read_file("examples/" + std::string(example) + ".json"), rulebook());
    ASSERT_TRUE(decision) << example;
    const auto value = json::parse(*decision);
    ASSERT_TRUE(value);
    EXPECT_EQ(*value->find("outcome")->as_text(), "eligible") << example;
    EXPECT_FALSE(value->find("explanation")->find("zh")->as_array()->empty());
    EXPECT_FALSE(value->find("trace")->as_array()->empty());
  }
}

TEST(AssessJson, NamesEveryMistakeInTheInput) {
  const auto refused = assess_json(
      R"({"region":"140302","programme":"town","date":"2019-02-29","members":[{"key":"m1","relation":"self"}],"x":1})",
      rulebook());
  ASSERT_FALSE(refused);
  std::vector<std::string> pointers;
  for (const FieldError& field : refused.error().fields) pointers.push_back(field.pointer);
  for (const char* expected : {"/programme", "/date", "/members/0/birth_date", "/x"}) {
    EXPECT_NE(std::ranges::find(pointers, expected), pointers.end()) << expected;
  }
}

std::string one_line(const std::string& path) { return json::print(json::parse(read_file(path)).value()); }

TEST(AssessLines, GoesOnAfterABadLine) {
  const std::string good = one_line("examples/urban-couple-with-student.json");
  std::istringstream in(good + "\n\n{\"region\":1}\r\nnot json\n" + good);
  std::ostringstream out;
  const BatchCount count = assess_lines(in, out, rulebook());
  EXPECT_EQ(count.lines, 4U);
  EXPECT_EQ(count.refused, 2U);
  std::vector<json::Value> lines;
  std::istringstream answers(out.str());
  for (std::string line; std::getline(answers, line);) lines.push_back(json::parse(line).value());
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(*lines[0].find("amount_month")->as_text(), "872.00");
  EXPECT_EQ(*lines[1].find("line")->as_int(), 3);
  EXPECT_EQ(*lines[1].find("error")->find("key")->as_text(), "request.invalid");
  EXPECT_EQ(*lines[2].find("error")->find("key")->as_text(), "json.malformed");
  EXPECT_EQ(lines[3], lines[0]);
}

struct CommandRun {
  int code = 0;
  std::string out;
  std::string err;
};

CommandRun assess(std::vector<std::string> args, const std::string& input = "") {
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  const int code = run_assess(args, in, out, err);
  return {code, out.str(), err.str()};
}

CommandRun policy_command(std::vector<std::string> args) {
  std::ostringstream out;
  std::ostringstream err;
  const int code = run_policy(args, out, err);
  return {code, out.str(), err.str()};
}

const char* const kExample = JIUZHU_SOURCE_DIR "/examples/urban-couple-with-student.json";

TEST(AssessCommand, AnswersWithJsonOrProse) {
  const CommandRun as_json = assess({kExample});
  EXPECT_EQ(as_json.code, 0);
  EXPECT_TRUE(json::parse(as_json.out));
  const CommandRun prose = assess({"--explain", kExample});
  EXPECT_EQ(prose.code, 0);
  EXPECT_NE(prose.out.find("第五条第一款第（三）项"), std::string::npos);
  const CommandRun english =
      assess({"--explain", "--language", "en", "-"}, read_file("examples/urban-couple-with-student.json"));
  EXPECT_NE(english.out.find("Result: eligible"), std::string::npos);
}

TEST(AssessCommand, SaysByExitCodeWhatHappened) {
  EXPECT_EQ(assess({"-"}, "{}").code, 1);
  EXPECT_EQ(assess({}).code, 2);
  EXPECT_EQ(assess({"--batch", "--wrong", "-"}).code, 2);
  EXPECT_EQ(assess({"--language"}).code, 2);
  EXPECT_EQ(assess({"/nonexistent.json"}).code, 3);
  EXPECT_EQ(assess({"--policy", "/nonexistent", "-"}).code, 3);
  EXPECT_EQ(assess({"--help"}).code, 0);
  EXPECT_EQ(assess({"--schema", "facts"}).out, facts_schema());
  EXPECT_EQ(assess({"--batch", "-"}, "{}\n").code, 1);
  EXPECT_EQ(assess({"--batch", "-"}, one_line("examples/urban-couple-with-student.json")).code, 0);
}

TEST(PolicyCommand, ListsShowsAndChecks) {
  const CommandRun list = policy_command({"list"});
  EXPECT_EQ(list.code, 0);
  EXPECT_NE(list.out.find("DB-2012"), std::string::npos);
  const CommandRun show = policy_command({"show", "2019-08-01", "140302"});
  EXPECT_NE(show.out.find("publicity_rounds = 2  DB-2012/25"), std::string::npos);
  EXPECT_NE(show.out.find("standard_urban_month = 560.00"), std::string::npos);
  EXPECT_EQ(policy_command({"show", "2001-01-01"}).code, 1);
  EXPECT_EQ(policy_command({"show", "yesterday"}).code, 2);
  EXPECT_EQ(policy_command({}).code, 2);
  const CommandRun check = policy_command({"check"});
  EXPECT_EQ(check.code, 0) << check.err;
}

}  // namespace
}  // namespace jiuzhu::assessment
