#include "kernel/sieve_files/run_file.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <fstream>

#include "engines/sieve/figures.hpp"
#include "kernel/sieve_files/test_run_file.hpp"

namespace jiuzhu::sieve {
namespace {

class EndOfFolder : public testing::Environment {
 public:
  void TearDown() override { fs::remove_all(folder()); }
};
const auto* const kEnd = testing::AddGlobalTestEnvironment(new EndOfFolder);

TEST(RunFile, DescribesPeople) {
  const auto plan = read(kRun);
  ASSERT_TRUE(plan) << mistakes(plan).front();
  EXPECT_EQ(plan->title, "阳泉市城区 2025 年 6 月定期核对");
  EXPECT_EQ(plan->as_of.to_text(), "2025-06-30");
  const PeopleFile& people = plan->people;
  EXPECT_EQ(people.files, std::vector{in_folder("persons.csv")});
  EXPECT_EQ(people.shape.encoding, Encoding::utf_8);
  EXPECT_EQ(people.shape.separator, ',');
  EXPECT_EQ(people.shape.quote, '"');
  EXPECT_TRUE(people.shape.has_header);
  EXPECT_EQ(people.household.name, "household_id");
  EXPECT_EQ(people.person.name, "person_id");
  EXPECT_EQ(people.name.name, "name");
  EXPECT_EQ(people.number.name, "id");
  EXPECT_EQ(people.role->name, "role");
  EXPECT_EQ(people.obligor_value, "义务人");
  ASSERT_EQ(people.attributes.size(), 1U);
  EXPECT_EQ(people.attributes[0].name, "disabled");
  EXPECT_EQ(people.attributes[0].column.name, "disability");
  EXPECT_EQ(people.attributes[0].values, (std::vector<std::string>{"一级", "二级"}));
}

TEST(RunFile, DescribesASourceWithHeader) {
  const auto plan = read(kRun);
  ASSERT_TRUE(plan);
  ASSERT_EQ(plan->sources.size(), 2U);
  const Source& source = plan->sources[0];
  EXPECT_EQ(source.name, "vehicles");
  EXPECT_EQ(source.title, "机动车登记");
  EXPECT_EQ(source.shape.encoding, Encoding::gb18030);
  EXPECT_EQ(source.number.name, "所有人证件号");
  EXPECT_EQ(source.person_name->name, "所有人");
  EXPECT_EQ(source.date->name, "登记日期");
  EXPECT_FALSE(source.valid_from || source.valid_until);
  ASSERT_EQ(source.filters.size(), 1U);
  EXPECT_EQ(source.filters[0].column.name, "车辆类型");
  EXPECT_TRUE(source.filters[0].is_excluded);
  EXPECT_EQ(source.malformed_most, 5);
  ASSERT_EQ(source.shown.size(), 2U);
  EXPECT_EQ(source.shown[1].name, "价格");
  ASSERT_EQ(source.measures.size(), 4U);
  EXPECT_EQ(source.measures[0].aggregate, Aggregate::count);
  EXPECT_FALSE(source.measures[0].column);
  EXPECT_EQ(source.measures[1].aggregate, Aggregate::max);
  EXPECT_EQ(source.measures[1].column->name, "价格");
  EXPECT_EQ(source.measures[1].type, ValueType::money);
  EXPECT_EQ(source.measures[2].aggregate, Aggregate::latest);
  EXPECT_EQ(source.measures[3].name, "recent");
  EXPECT_EQ(source.measures[3].within_months, 12);
  EXPECT_EQ(source.measures[3].filters[0].values, std::vector<std::string>{"小型轿车"});
  EXPECT_FALSE(source.measures[3].filters[0].is_excluded);
}

TEST(RunFile, DescribesASourceWithoutHeader) {
  const auto plan = read(kRun);
  ASSERT_TRUE(plan);
  const Source& source = plan->sources[1];
  EXPECT_EQ(source.files, (std::vector{in_folder("deposits-a.csv"), in_folder("deposits-b.csv")}));
  EXPECT_EQ(source.shape.separator, '\t');
  EXPECT_EQ(source.shape.quote, 0);
  EXPECT_FALSE(source.shape.has_header);
  EXPECT_EQ(source.number.number, 1);
  EXPECT_EQ(source.date->number, 3);
  EXPECT_EQ(source.valid_from->number, 4);
  EXPECT_EQ(source.valid_until->number, 5);
  ASSERT_EQ(source.filters.size(), 2U);
  EXPECT_EQ(source.filters[1].values, std::vector<std::string>{""});
  EXPECT_EQ(source.malformed_most, 20);
  EXPECT_EQ(source.measures[0].column->number, 2);
  EXPECT_EQ(source.measures[1].aggregate, Aggregate::distinct);
}

TEST(RunFile, DescribesRulesAndOutputs) {
  const auto plan = read(kRun);
  ASSERT_TRUE(plan);
  ASSERT_EQ(plan->rules.size(), 2U);
  const Rule& rule = plan->rules[0];
  EXPECT_EQ(rule.code, "VEHICLE");
  EXPECT_EQ(rule.title, "机动车");
  EXPECT_EQ(rule.law, std::vector<std::string>{"DB-2021/14"});
  EXPECT_EQ(rule.result, RuleResult::exceeds);
  const FigureNames names = figure_names(*plan);
  EXPECT_EQ(rule.when.uses(), (std::vector<int>{names.at("vehicles"), names.at("max_price")}));
  EXPECT_EQ(rule.unless->uses(), (std::vector<int>{names.at("disabled"), names.at("vehicles")}));
  EXPECT_EQ(plan->rules[1].when.text(), "deposits > 24 * 800 * members and banks >= 2");
  EXPECT_FALSE(plan->rules[1].unless);
  EXPECT_EQ(plan->outputs.households, in_folder("flagged.csv"));
  EXPECT_EQ(plan->outputs.hits, "");
  EXPECT_EQ(plan->outputs.statistics, in_folder("statistics.json"));
}

TEST(RunFile, TakesAbsolutePathsAsTheyAre) {
  const auto plan = read(edited("files: persons.csv", "files: " + in_folder("pers?ns.csv")));
  // The folder's name has brackets, which are no pattern.
  ASSERT_TRUE(plan) << mistakes(plan).front();
  EXPECT_EQ(plan->people.files, std::vector{in_folder("persons.csv")});
}

TEST(RunFile, NamesEveryMeasureThatLacksDates) {
  EXPECT_EQ(mistakes(read(edited(", date: 登记日期", ""))),
            (std::vector<std::string>{"21:20 sieve_file.needs_date", "22:29 sieve_file.needs_date"}));
}

TEST(RunFile, CountsColumnsInCharacters) {
  EXPECT_EQ(mistakes(read(edited("title: 机动车\n    when: vehicles >= 2 or max_price > 150000\n",
                                 "title: '机动车\n    '\n    when: '车辆 >= 2'\n"))),
            std::vector<std::string>{"39:12 condition.unexpected"});
  EXPECT_EQ(
      mistakes(read(edited("DEPOSIT:\n    when: >-\n      deposits > 24 * 800 * members\n      and banks >= 2\n    "
                           "result: clue",
                           "DEPOSIT: {title: 存款（含定期）, when: deposits >= 十万, result: clue}"))),
      std::vector<std::string>{"42:47 condition.unexpected"});
}

TEST(RunFile, ReportsAllMistakesAtOnce) {
  std::string text = edited("as_of: 2025-06-30", "as_of: today");
  text.replace(text.find("encoding: gb18030"), 17, "encoding: latin1");
  text.replace(text.find("banks >= 2"), 10, "banks => 2");
  EXPECT_EQ(mistakes(read(text)), (std::vector<std::string>{"2:8 yaml.not_date", "13:15 sieve_file.bad_encoding",
                                                            "45:17 condition.unexpected"}));
}

TEST(RunFile, TellsWhatWouldBeRight) {
  const auto plan = read(edited("title: 机动车登记", "titel: 机动车登记"));
  ASSERT_FALSE(plan);
  const MessageParams& params = plan.error().fields.at(0).params;
  const auto value = [&](std::string_view name) {
    const auto found = std::ranges::find(params, name, &std::pair<std::string, std::string>::first);
    return found == params.end() ? "" : found->second;
  };
  EXPECT_EQ(value("file"), in_folder("run.yaml"));
  EXPECT_EQ(value("line"), "11");
  EXPECT_EQ(value("column"), "5");
  EXPECT_EQ(value("field"), "sources/vehicles/titel");
  EXPECT_EQ(value("allowed"),
            "title, files, encoding, separator, quote, header, columns, where, malformed_most, show, measures");
}

TEST(RunFile, RefusesWhatIsNotThereOrEmpty) {
  EXPECT_EQ(read_run_file(folder() / "absent.yaml").error().key, "sieve_file.unreadable");
  EXPECT_EQ(read_run_file(folder()).error().key, "sieve_file.unreadable");
  EXPECT_EQ(mistakes(read("# nothing yet\n")), std::vector<std::string>{"1:1 sieve_file.empty"});
  EXPECT_EQ(mistakes(read("[a, b]\n")), std::vector<std::string>{"1:1 yaml.not_map"});
  std::ofstream(folder() / "long.yaml") << std::string(2'000'000, '#');
  EXPECT_EQ(read_run_file(folder() / "long.yaml").error().key, "sieve_file.too_large");
}

TEST(RunFile, IsReadFromItsFolder) {
  std::ofstream(folder() / "other.yaml") << kRun;
  const auto plan = read_run_file(folder() / "other.yaml");
  ASSERT_TRUE(plan) << mistakes(plan).front();
  EXPECT_EQ(plan->people.files, std::vector{in_folder("persons.csv")});
}

std::string whole_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(RunFile, OfTheExamplesIsRightAndTheOneInTheDocument) {
  const fs::path source = JIUZHU_SOURCE_DIR;
  const auto plan = read_run_file(source / "examples/sieve/run.yaml");
  ASSERT_TRUE(plan) << plan.error().fields.front().pointer << " " << plan.error().fields.front().key;
  EXPECT_EQ(plan->sources.size(), 3U);
  EXPECT_EQ(plan->sources[1].files.size(), 2U);
  EXPECT_EQ(plan->rules.size(), 4U);
  const std::string document = whole_file(source / "docs/formats/sieve-run.md");
  const std::string example = whole_file(source / "examples/sieve/run.yaml");
  EXPECT_NE(document.find("```yaml\n" + example + "```\n"), std::string::npos)
      << "the example in docs/formats/sieve-run.md differs from examples/sieve/run.yaml";
}

/// Whatever is in the file, the answer is a refusal or a plan.
RC_GTEST_PROP(RunFile, SurvivesDamage, ()) {
  std::string text = kRun;
  for (int i = *rc::gen::inRange(1, 4); i > 0; --i) {
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
    const auto with = *rc::gen::element<std::string>("", "{", "}", "[", "]", ":", "- ", "\n", "'", "\t", "&a ", "*a",
                                                     "? ", "!!int ", "\xff", "~", "9999999999999999999999", "#", "*");
    text.replace(at, *rc::gen::inRange<std::size_t>(0, 12), with);
  }
  (void)read(text);
}

/// Registers without numbers.
std::string by_name(const std::string& columns, const std::string& more, const std::string& outputs) {
  return "as_of: 2025-06-30\n"
         "people: {files: persons.csv, columns: {household: h, person: p, name: n, number: i}}\n"
         "sources:\n"
         "  prison: {files: vehicles.csv, columns: {" +
         columns + "}" + more +
         "}\n"
         "outputs: {" +
         outputs + "}\n";
}

TEST(RunFile, ReadsASourceThatIsSearchedByName) {
  const auto plan = read(by_name("name: 姓名, birth_date: 出生日期, region: 户籍地", "", "candidates: c.csv"));
  ASSERT_TRUE(plan) << mistakes(plan).front();
  const Source& source = plan->sources[0];
  EXPECT_TRUE(source.is_by_name());
  EXPECT_EQ(source.birth_date->name, "出生日期");
  EXPECT_EQ(source.region->name, "户籍地");
  EXPECT_EQ(source.person_name->name, "姓名");
  EXPECT_EQ(plan->outputs.candidates, in_folder("c.csv"));
}

TEST(RunFile, LetsASourceThatIsSearchedByNameDecideNothing) {
  const std::string columns = "name: n, birth_date: b";
  EXPECT_EQ(mistakes(read(by_name("birth_date: b", "", "candidates: c.csv"))),
            std::vector<std::string>{"4:42 yaml.missing"});
  EXPECT_EQ(mistakes(read(by_name(columns + ", number: i", "", "candidates: c.csv"))),
            std::vector<std::string>{"4:67 sieve_file.number_and_birth_date"});
  EXPECT_EQ(mistakes(read(by_name(columns, ", measures: {many: count}", "candidates: c.csv"))),
            std::vector<std::string>{"4:79 sieve_file.measure_by_name"});
  EXPECT_EQ(mistakes(read(by_name(columns, "", "statistics: s.json"))),
            std::vector<std::string>{"5:10 sieve_file.candidates_missing"});
}

}  // namespace
}  // namespace jiuzhu::sieve
