#include "kernel/sieve_files/catalogue.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

namespace jiuzhu::sieve {
namespace {

const std::string kCatalogue = R"(watch: {visit_working_days: 7}
people:
  attributes: {disabled: {column: disabled, is: ['yes']}}
registers:
  vehicles:
    title: 机动车登记
    title_en: Motor vehicles
    department: 公安
    department_en: police
    law: [SX-2019/2-5]
    extent: whole
    fresh_days: 92
    kept_days: 123
    columns:
      证件号: {is: number, also: [身份证号]}
      车主: {is: name}
      日期: {is: date}
      号牌: {}
      价格: {may_be_absent: true}
    show: [号牌, 价格]
    identified_by: [号牌]
    amount: 价格
    measures: {vehicles: count, recent: {count: rows, within_months: 12}}
    declared: {vehicles: vehicles, recent: {is: vehicles, more_than: 2}}
  deaths:
    title: 死亡
    title_en: Deaths
    department: 民政
    department_en: civil affairs
    law: [SX-2019/2-5]
    extent: period
    fresh_days: 31
    kept_days: 400
    columns: {证件号: {is: number}, 日期: {is: date}}
    show: 日期
    identified_by: 日期
    measures: {deaths: count}
rules:
  BOTH: {title: 甲, title_en: a, when: vehicles >= 1 and deaths >= 1, unless: disabled >= 1, law: SX-2019/2-5, result: review, of: members}
  RECENT: {title: 乙, title_en: b, when: recent >= 1, law: SX-2019/2-5, result: clue, alert: vehicle_purchase}
)";

std::vector<std::string> mistakes(const std::string& from, const std::string& to) {
  std::string text = kCatalogue;
  text.replace(text.find(from), from.size(), to);
  const auto catalogue = read_catalogue(text, "r.yaml");
  std::vector<std::string> keys;
  if (catalogue) return keys;
  for (const FieldError& field : catalogue.error().fields) keys.push_back(field.key);
  return keys;
}

TEST(Catalogue, SaysWhatRegistersHoldAndWhichRulesLookAtThem) {
  const auto catalogue = read_catalogue(kCatalogue, "r.yaml");
  ASSERT_TRUE(catalogue);
  const Register& vehicles = *catalogue->find("vehicles");
  EXPECT_EQ(vehicles.title.en, "Motor vehicles");
  EXPECT_EQ(vehicles.extent, RegisterExtent::whole);
  EXPECT_EQ(vehicles.fresh_days, 92);
  EXPECT_EQ(vehicles.kept_days, 123);
  EXPECT_EQ(vehicles.source.number.name, "证件号");
  EXPECT_EQ(vehicles.source.person_name->name, "车主");
  EXPECT_EQ(vehicles.source.date->name, "日期");
  EXPECT_TRUE(vehicles.source.files.empty());
  EXPECT_EQ(vehicles.columns[0].also, std::vector<std::string>{"身份证号"});
  EXPECT_TRUE(vehicles.columns[4].may_be_absent);
  EXPECT_EQ(vehicles.identified_by, std::vector<std::size_t>{0});
  EXPECT_EQ(vehicles.amount, 1);
  ASSERT_EQ(vehicles.comparisons.size(), 2);
  EXPECT_EQ(vehicles.comparisons[0].tolerance, 0);
  EXPECT_EQ(vehicles.comparisons[1].tolerance, 2);
  EXPECT_EQ(vehicles.comparisons[0].declared, DeclaredFigure::vehicles);
  EXPECT_EQ(catalogue->visit_working_days, 7);
  EXPECT_EQ(catalogue->rules[0].registers, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(catalogue->rules[1].registers, std::vector<std::size_t>{0});
  EXPECT_TRUE(catalogue->rules[0].is_of_members);
  EXPECT_FALSE(catalogue->rules[1].is_of_members);
  EXPECT_EQ(catalogue->rules[1].alert, AlertKind::vehicle_purchase);
  EXPECT_EQ(catalogue->find("boats"), nullptr);
}

TEST(Catalogue, RefusesWhatDoesNotFitTogether) {
  using Keys = std::vector<std::string>;
  EXPECT_EQ(mistakes("证件号: {is: number, also", "证件号: {also"), Keys{"sieve_file.register_without_number"});
  EXPECT_EQ(mistakes("show: [号牌, 价格]", "show: [号牌, 价格, 颜色]"), Keys{"sieve_file.register_column_unknown"});
  EXPECT_EQ(mistakes("recent: {count: rows", "most: {max: 价格, type: money}, recent: {count: rows"),
            Keys{"sieve_file.register_column_needed"});
  EXPECT_EQ(mistakes("identified_by: [号牌]", "identified_by: [号牌, 日期]"), Keys{"sieve_file.register_not_shown"});
  EXPECT_EQ(mistakes("declared: {vehicles:", "declared: {deaths:"), Keys{"condition.unknown_name"});
  EXPECT_EQ(mistakes("when: recent >= 1", "when: members >= 1"),
            (Keys{"sieve_file.rule_without_register", "sieve_file.alert_of_several"}));
  EXPECT_EQ(mistakes("when: recent >= 1", "when: recent + deaths >= 1"), Keys{"sieve_file.alert_of_several"});
  EXPECT_EQ(mistakes("fresh_days: 92", "colour: red"), (Keys{"yaml.unknown_key", "yaml.missing"}));
}

TEST(Catalogue, OfTheProgramIsRight) {
  std::ifstream file(std::string(JIUZHU_SOURCE_DIR) + "/policy/registers/registers.yaml");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto catalogue = read_catalogue(text, "registers.yaml");
  if (!catalogue) {
    for (const FieldError& field : catalogue.error().fields) ADD_FAILURE() << field.pointer << " " << field.key;
    return;
  }
  for (const Register& record : catalogue->registers) {
    const bool is_looked_at = std::ranges::any_of(catalogue->rules, [&](const RegisterRule& rule) {
      return std::ranges::any_of(rule.registers,
                                 [&](std::size_t place) { return &catalogue->registers[place] == &record; });
    });
    EXPECT_TRUE(is_looked_at) << record.source.name << " is asked for by no rule";
  }
}

}  // namespace
}  // namespace jiuzhu::sieve
