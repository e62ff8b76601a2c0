#include <gtest/gtest.h>

#include "kernel/sieve_files/test_run_file.hpp"

namespace jiuzhu::sieve {
namespace {

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
                    Mistake{"as_of: 2025-06-30", "as_of: 1899-12-31", "2:8 sieve_file.too_early"},
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
        Mistake{"columns: {number: 1, date: 3", "columns: {number: 1, region: 2, date: 3",
                "28:26 sieve_file.region_without_birth_date"},
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

}  // namespace
}  // namespace jiuzhu::sieve
