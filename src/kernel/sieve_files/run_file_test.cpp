#include "kernel/sieve_files/run_file.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <cstdlib>

#include <algorithm>
#include <fstream>

#include "engines/sieve/figures.hpp"

namespace jiuzhu::sieve {
namespace {

namespace fs = std::filesystem;

const std::string kRun = R"(title: 阳泉市城区 2025 年 6 月定期核对
as_of: 2025-06-30
people:
  files: persons.csv
  columns: {household: household_id, person: person_id, name: name, number: id, role: role}
  obligor: 义务人
  attributes:
    disabled: {column: disability, is: [一级, 二级]}
sources:
  vehicles:
    title: 机动车登记
    files: vehicles.csv
    encoding: gb18030
    columns: {number: 所有人证件号, name: 所有人, date: 登记日期}
    where: {column: 车辆类型, not: [轻便摩托车]}
    malformed_most: 5
    show: [号牌, 价格]
    measures:
      vehicles: count
      max_price: {max: 价格, type: money}
      last_plate: {latest: 号牌, type: text}
      recent: {count: rows, within_months: 12, where: {column: 车辆类型, is: 小型轿车}}
  deposits:
    files: [deposits-*.csv]
    separator: "\t"
    quote: none
    header: false
    columns: {number: 1, date: 3, valid_from: 4, valid_until: 5}
    where:
      - {column: 6, is: [活期, 定期]}
      - {column: 7, not: ''}
    measures:
      deposits: {sum: 2, type: money}
      banks: {distinct: 6, type: text}
rules:
  VEHICLE:
    title: 机动车
    when: vehicles >= 2 or max_price > 150000
    unless: disabled >= 1 and vehicles <= 1
    law: [DB-2021/14]
    result: exceeds
  DEPOSIT:
    when: >-
      deposits > 24 * 800 * members
      and banks >= 2
    result: clue
outputs:
  households: flagged.csv
  statistics: statistics.json
)";

/// A folder with the files that the run names, and some that it does not.
const fs::path& folder() {
  static const fs::path kFolder = [] {
    std::string pattern = (fs::temp_directory_path() / "jiuzhu-sieve-[x]-XXXXXX").string();
    const fs::path made = ::mkdtemp(pattern.data());
    for (const char* name : {"persons.csv", "vehicles.csv", "deposits-b.csv", "deposits-a.csv", "notes.txt"}) {
      std::ofstream(made / name) << name << '\n';
    }
    fs::create_directory(made / "deposits-old.csv");
    fs::create_symlink(made / "persons.csv", made / "link.csv");
    return made;
  }();
  return kFolder;
}

class EndOfFolder : public testing::Environment {
 public:
  void TearDown() override { fs::remove_all(folder()); }
};
const auto* const kEnd = testing::AddGlobalTestEnvironment(new EndOfFolder);

Result<Plan> read(const std::string& text) { return read_run_text(text, folder() / "run.yaml"); }

std::string in_folder(const std::string& name) { return (folder() / name).string(); }

/// Each mistake as "line:column key".
std::vector<std::string> mistakes(const Result<Plan>& plan) {
  if (plan) return {};
  EXPECT_EQ(plan.error().key, "sieve_file.invalid");
  std::vector<std::string> list;
  for (const FieldError& field : plan.error().fields) {
    EXPECT_TRUE(field.pointer.starts_with(in_folder("run.yaml:"))) << field.pointer;
    list.push_back(field.pointer.substr(in_folder("run.yaml:").size()) + " " + field.key);
  }
  return list;
}

std::string edited(const std::string& from, const std::string& to) {
  std::string text = kRun;
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

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

struct Mistake {
  const char* from;
  const char* to;
  const char* found;  // line:column key
};

class RunFileMistakes : public testing::TestWithParam<Mistake> {};

TEST_P(RunFileMistakes, AreNamedWithTheirPlace) {
  const auto plan = read(edited(GetParam().from, GetParam().to));
  EXPECT_EQ(mistakes(plan), std::vector<std::string>{GetParam().found}) << GetParam().to;
}

std::string number_of(const testing::TestParamInfo<Mistake>& test) { return "Number" + std::to_string(test.index); }

INSTANTIATE_TEST_SUITE_P(
    Form, RunFileMistakes,
    testing::Values(Mistake{"as_of: 2025-06-30\n", "", "1:1 yaml.missing"},
                    Mistake{"as_of: 2025-06-30", "as_of: 2025-06-31", "2:8 yaml.not_date"},
                    Mistake{"as_of: 2025-06-30", "as_of: 2025-06-30\nasof: 2025-06-30", "3:1 yaml.unknown_key"},
                    Mistake{"as_of: 2025-06-30", "as_of: 2025-06-30\nas_of: 2025-06-30", "3:1 yaml.twice"},
                    Mistake{"title: 阳", "title: [阳", "2:6 yaml.syntax"},
                    Mistake{"    title: 机动车登记", "    titel: 机动车登记", "11:5 yaml.unknown_key"},
                    Mistake{"number: id, role", "numbr: id, number: id, role", "5:69 yaml.unknown_key"},
                    Mistake{"number: id, ", "", "5:12 yaml.missing"},
                    Mistake{"number: id,", "number: [id],", "5:77 yaml.not_text"},
                    Mistake{"number: 所有人证件号, ", "", "14:14 yaml.missing"},
                    Mistake{", role: role}", "}", "6:3 sieve_file.obligor_without_role"},
                    Mistake{"is: [一级, 二级]", "is: []", "8:15 yaml.missing"},
                    Mistake{"malformed_most: 5", "malformed_most: 5%", "16:21 yaml.not_whole_number"},
                    Mistake{"malformed_most: 5", "malformed_most: 101", "16:21 yaml.not_whole_number"},
                    Mistake{"header: false", "header: no", "27:13 yaml.not_flag"}),
    number_of);
INSTANTIATE_TEST_SUITE_P(
    Tables, RunFileMistakes,
    testing::Values(
        Mistake{"encoding: gb18030", "encoding: gbk", "13:15 sieve_file.bad_encoding"},
        Mistake{"encoding: gb18030", "encoding: gb18030\n    separator: '|'", "14:16 sieve_file.half_of_character"},
        Mistake{"encoding: gb18030", "encoding: gb18030\n    quote: '`'", "14:12 sieve_file.half_of_character"},
        Mistake{"separator: \"\\t\"", "separator: \"ab\"", "25:16 sieve_file.bad_separator"},
        Mistake{"separator: \"\\t\"", "separator: ''", "25:16 sieve_file.bad_separator"},
        Mistake{"separator: \"\\t\"", "separator: ，", "25:16 sieve_file.bad_separator"},
        Mistake{"separator: \"\\t\"", "separator: '\"'", "25:16 sieve_file.bad_separator"},
        Mistake{"separator: \"\\t\"", "separator: 0", "25:16 sieve_file.bad_separator"},
        Mistake{"separator: \"\\t\"", "separator: ' '", "25:16 sieve_file.bad_separator"},
        Mistake{"quote: none", "quote: \"\\t\"", "26:12 sieve_file.bad_quote"},
        Mistake{"quote: none", "quote: no", "26:12 sieve_file.bad_quote"},
        Mistake{"columns: {number: 1,", "columns: {number: id,", "28:23 sieve_file.column_needs_number"},
        Mistake{"columns: {number: 1,", "columns: {number: 0,", "28:23 sieve_file.column_needs_number"},
        Mistake{"sum: 2", "sum: balance", "33:23 sieve_file.column_needs_number"},
        Mistake{"column: 6", "column: kind", "30:18 sieve_file.column_needs_number"},
        Mistake{"show: [号牌, 价格]", "show: [号牌, 2]", "17:16 sieve_file.column_needs_name"},
        Mistake{"column: disability", "column: 4", "8:24 sieve_file.column_needs_name"},
        Mistake{", not: [轻便摩托车]", "", "15:12 sieve_file.is_or_not"},
        Mistake{", not: [轻便摩托车]", ", is: 货车, not: [轻便摩托车]", "15:12 sieve_file.is_or_not"},
        Mistake{"{column: 车辆类型, not", "{not", "15:12 yaml.missing"}),
    number_of);
INSTANTIATE_TEST_SUITE_P(
    Files, RunFileMistakes,
    testing::Values(
        Mistake{"files: persons.csv", "files: person.csv", "4:10 sieve_file.no_such_file"},
        Mistake{"files: persons.csv", "files: .", "4:10 sieve_file.no_such_file"},
        Mistake{"files: persons.csv", "files: [persons.csv, ./persons.csv]", "4:24 sieve_file.input_twice"},
        Mistake{"files: persons.csv", "files: [persons.csv, link.csv]", "4:24 sieve_file.input_twice"},
        Mistake{"  files: persons.csv\n", "", "4:3 yaml.missing"},
        Mistake{"files: persons.csv", "files: []", "4:3 yaml.missing"},
        Mistake{"[deposits-*.csv]", "[deposit-*.csv]", "24:13 sieve_file.nothing_matches"},
        Mistake{"[deposits-*.csv]", "[deposits-*.csv, deposits-a.csv]", "24:29 sieve_file.input_twice"},
        Mistake{"households: flagged.csv", "households: link.csv", "48:15 sieve_file.output_taken"},
        Mistake{"households: flagged.csv", "households: deposits-b.csv", "48:15 sieve_file.output_taken"},
        Mistake{"households: flagged.csv", "households: ./run.yaml", "48:15 sieve_file.output_taken"},
        Mistake{"statistics: statistics.json", "statistics: ./flagged.csv", "49:15 sieve_file.output_taken"},
        Mistake{"households: flagged.csv", "households: out/flagged.csv", "48:15 sieve_file.no_such_folder"},
        Mistake{"households: flagged.csv", "households: ''", "48:15 sieve_file.output_is_folder"},
        Mistake{"  households: flagged.csv\n  statistics: statistics.json\n", "", "1:1 yaml.missing"}),
    number_of);
INSTANTIATE_TEST_SUITE_P(
    Measures, RunFileMistakes,
    testing::Values(Mistake{"vehicles: count", "vehicles: sum", "19:17 sieve_file.aggregate_without_column"},
                    Mistake{"vehicles: count", "vehicles: number", "19:17 sieve_file.aggregate_missing"},
                    Mistake{"{max: 价格, type", "{max: , type", "20:19 sieve_file.aggregate_without_column"},
                    Mistake{"{max: 价格, type", "{type", "20:7 sieve_file.aggregate_missing"},
                    Mistake{"{max: 价格, type", "{max: 价格, min: 价格, type", "20:28 sieve_file.two_aggregates"},
                    Mistake{"{max: 价格, type: money}", "{max: 价格}", "20:18 yaml.missing"},
                    Mistake{"{max: 价格, type: money}", "{max: 价格, type: yuan}", "20:34 yaml.not_in_list"},
                    Mistake{"{max: 价格, type: money}", "{sum: 价格, type: date}", "20:34 sieve_file.not_summable"},
                    Mistake{"count: rows", "count: 号牌", "22:23 sieve_file.count_with_column"},
                    Mistake{"count: rows", "count: rows, type: money", "22:29 yaml.unknown_key"},
                    Mistake{"within_months: 12", "within_months: 0", "22:44 yaml.not_whole_number"},
                    Mistake{"banks: {distinct", "vehicles: {sum: 2, type: money}\n      banks: {distinct",
                            "34:7 sieve_file.name_twice"},
                    Mistake{"banks: {distinct", "members: count\n      banks: {distinct",
                            "34:7 sieve_file.name_reserved"},
                    Mistake{"banks: {distinct", "not: count\n      banks: {distinct", "34:7 sieve_file.name_reserved"},
                    Mistake{"recent: {count", "近期: {count", "22:7 sieve_file.bad_name"},
                    Mistake{"recent: {count", "vehicles: {count", "22:7 yaml.twice"},
                    Mistake{"recent: {count", "disabled: {count", "22:7 sieve_file.name_twice"},
                    Mistake{"  deposits:\n", "  de-posits:\n", "23:3 sieve_file.bad_name"}),
    number_of);
INSTANTIATE_TEST_SUITE_P(
    Rules, RunFileMistakes,
    testing::Values(Mistake{"result: exceeds", "result: EXCEEDS", "41:13 yaml.not_in_list"},
                    Mistake{"    result: exceeds\n", "", "37:5 yaml.missing"},
                    Mistake{"    when: vehicles >= 2 or max_price > 150000\n", "", "37:5 yaml.missing"},
                    Mistake{"  VEHICLE:", "  VEHI CLE:", "36:3 sieve_file.bad_code"},
                    Mistake{"  DEPOSIT:", "  VEHICLE:", "42:3 yaml.twice"},
                    Mistake{"or max_price", "or maxprice", "38:28 condition.unknown_name"},
                    Mistake{"or max_price", "or last_plate", "38:28 sieve_file.text_in_condition"},
                    Mistake{"> 150000", "> 150,000", "38:43 condition.unexpected"},
                    Mistake{"> 150000", ">", "38:39 condition.ends_early"},
                    Mistake{"vehicles >= 2 or max_price > 150000", "vehicles", "38:11 condition.not_a_condition"},
                    Mistake{"vehicles >= 2 or max_price > 150000", "''", "38:12 condition.empty"},
                    Mistake{"vehicles >= 2 or max_price > 150000", "[vehicles]", "38:11 yaml.not_text"},
                    Mistake{"disabled >= 1", "disabled >= 1 + (vehicles > 1)", "39:29 condition.not_a_number"},
                    Mistake{"and banks >= 2", "and bank >= 2", "45:11 condition.unknown_name"}),
    number_of);

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

}  // namespace
}  // namespace jiuzhu::sieve
