#include "kernel/policy_files/policy_files.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace jiuzhu::policy {
namespace {

PolicyFiles real_files() {
  auto files = read_policy_folder(JIUZHU_SOURCE_DIR "/policy");
  EXPECT_TRUE(files);
  return files.value_or(PolicyFiles{});
}

/// Replaces the first occurrence; the test fails when there is none.
void edit(PolicyFiles& files, const std::string& path, const std::string& from, const std::string& to) {
  std::string& text = files.at(path);
  const std::size_t at = text.find(from);
  ASSERT_NE(at, std::string::npos) << path << ": " << from;
  text.replace(at, from.size(), to);
}

std::string param(const FieldError& field, std::string_view name) {
  const auto found = std::ranges::find(field.params, name, &std::pair<std::string, std::string>::first);
  return found == field.params.end() ? "" : found->second;
}

/// The only mistake that loading these files reports.
FieldError only_mistake(const PolicyFiles& files) {
  const auto rulebook = load_rulebook(files);
  if (rulebook) return {"nothing", "nothing"};
  EXPECT_EQ(rulebook.error().key, "policy_file.invalid");
  std::string all;
  for (const FieldError& field : rulebook.error().fields) all += field.pointer + " " + field.key + "\n";
  EXPECT_EQ(rulebook.error().fields.size(), 1U) << all;
  return rulebook.error().fields.front();
}

TEST(PolicyFiles, LoadAsTheyStand) {
  const auto rulebook = load_rulebook(real_files());
  ASSERT_TRUE(rulebook) << rulebook.error().fields.front().pointer << " " << rulebook.error().fields.front().key;
  EXPECT_GE((*rulebook)->packs().size(), 9U);
}

TEST(PolicyFiles, AreTheOnesInsideTheProgram) { EXPECT_EQ(embedded_policy_files(), real_files()); }

TEST(PolicyFiles, ExplainEveryWordThatARuleMayMiss) {
  const auto rulebook = load_rulebook(real_files());
  ASSERT_TRUE(rulebook);
  const auto words = (*rulebook)->wording();
  for (std::size_t i = 0; i < kSlots; ++i) {
    EXPECT_TRUE(words->terms.contains(word_of(static_cast<Slot>(i)).name)) << word_of(static_cast<Slot>(i)).name;
  }
  const auto check = [&](auto enumerator) { EXPECT_TRUE(words->terms.contains(enumerator.name)) << enumerator.name; };
  using boost::describe::describe_enumerators;
  boost::mp11::mp_for_each<describe_enumerators<IncomeKind>>(check);
  boost::mp11::mp_for_each<describe_enumerators<DeductionKind>>(check);
  boost::mp11::mp_for_each<describe_enumerators<AssetClass>>(check);
  boost::mp11::mp_for_each<describe_enumerators<Relation>>(check);
}

TEST(PolicyFiles, DemonstrationStandardsAreMarkedAsSuch) {
  const auto rulebook = load_rulebook(real_files());
  ASSERT_TRUE(rulebook);
  for (const char* county : {"140302", "140303", "140311", "140321", "140322"}) {
    for (const Programme programme : {Programme::urban, Programme::rural}) {
      for (const char* date : {"2019-01-01", "2021-07-01", "2026-11-23"}) {
        const auto standard = (*rulebook)->standard_on(county, programme, *Date::parse(date));
        ASSERT_TRUE(standard) << county << date;
        EXPECT_EQ(standard->status, Verification::demonstration);
      }
    }
  }
  const auto unknown = (*rulebook)->standard_on("140105", Programme::urban, *Date::parse("2021-01-01"));
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().key, "policy.no_value_for_date");
}

struct Mistake {
  const char* path;
  const char* from;
  const char* to;
  const char* key;
  const char* field;
};

class PolicyFileMistakes : public testing::TestWithParam<Mistake> {};

TEST_P(PolicyFileMistakes, AreNamedWithFileAndField) {
  PolicyFiles files = real_files();
  const Mistake& mistake = GetParam();
  edit(files, mistake.path, mistake.from, mistake.to);
  const FieldError found = only_mistake(files);
  EXPECT_EQ(found.key, mistake.key);
  EXPECT_TRUE(found.pointer.starts_with(mistake.path)) << found.pointer;
  EXPECT_EQ(param(found, "field"), mistake.field);
}

INSTANTIATE_TEST_SUITE_P(
    All, PolicyFileMistakes,
    testing::Values(
        Mistake{"packs/DB-2012.yaml", "relation == spouse", "relation == spous", "policy_file.expression",
                "member_inclusions/1/when"},
        Mistake{"packs/DB-2012.yaml", "overlay: false", "overlay: perhaps", "yaml.not_flag", "overlay"},
        Mistake{"packs/DB-2012.yaml", "until: 2021-07-01", "until: 2021-02-30", "yaml.not_date", "until"},
        Mistake{"packs/SX-2019.yaml", "until: 2021-07-01", "until: 2018-07-01", "policy_file.period_reversed", "until"},
        Mistake{"packs/DB-2012.yaml", "id: spouse, when", "id: spouse, wenn", "yaml.unknown_key",
                "member_inclusions/1/wenn"},
        Mistake{"packs/DB-2012.yaml", "id: spouse, when", "id: applicant, when", "policy_file.id_twice",
                "member_inclusions/1/id"},
        Mistake{"packs/DB-2012.yaml", "articles: [DB-2012/5-1-1]", "articles: [DB-2013/5-1-1]",
                "policy_file.unknown_instrument", "member_inclusions/1/articles"},
        Mistake{"packs/DB-2012.yaml", "articles: [DB-2012/5-1-1], status: V", "articles: [DB-2012/5-1-1], status: W",
                "yaml.not_in_list", "member_inclusions/1/status"},
        Mistake{"packs/DB-2012.yaml", "then: refused, articles: [DB-2012/4-2]",
                "then: counted, articles: [DB-2012/4-2]", "yaml.not_in_list", "registration/4/then"},
        Mistake{"packs/DB-2012.yaml", "kinds: [wages,", "kinds: [wages, salary,", "policy_file.unknown_word",
                "incomes/0/kinds"},
        Mistake{"packs/DB-2012.yaml", "publicity_days:", "publicity_day:", "policy_file.unknown_procedure",
                "procedure/publicity_day"},
        Mistake{"packs/DB-2012.yaml", "  eligibility:", "  eligible:", "policy_file.unknown_step", "steps/eligible"},
        Mistake{"packs/DB-2021.yaml", "{value: '1.5'", "{value: half", "policy_file.not_number",
                "marginal_multiple/value"},
        Mistake{"local/standard_urban_month.yaml", "'560.00'", "'560,00'", "policy_file.value", "values/0/value"},
        Mistake{"local/standard_urban_month.yaml", "from: 2020-01-01", "from: 2019-01-01", "policy_file.dates_overlap",
                "values/1"},
        Mistake{"local/standard_urban_month.yaml", "'140302'", "'14030'", "policy_file.not_region", "values/0/region"},
        Mistake{"local/rounding_mode.yaml", "parameter: rounding_mode", "parameter: rounding",
                "policy_file.unknown_parameter", "parameter"},
        Mistake{"local/property_limits.yaml", "consequence: exceeds", "consequence: refuse", "yaml.not_in_list",
                "values/0/limits/0/consequence"},
        Mistake{"local/obligor_formulas.yaml", "obligor_per_capita - standard_month", "obligor_per_capita - standard",
                "policy_file.expression", "formulas/1/amount"},
        Mistake{"instruments.yaml", "number: 国务院令第649号", "numbr: 国务院令第649号", "yaml.unknown_key",
                "instruments/0/numbr"}),
    [](const auto& test) { return "Number" + std::to_string(test.index); });

TEST(PolicyFiles, TellWhereInAnExpressionTheMistakeIs) {
  PolicyFiles files = real_files();
  edit(files, "packs/DB-2012.yaml", "relation == spouse", "relation == spous");
  const FieldError found = only_mistake(files);
  EXPECT_EQ(param(found, "near"), "spous");
  EXPECT_EQ(param(found, "expression_column"), "13");
  EXPECT_EQ(param(found, "problem"), "expression.unknown_word");
  EXPECT_EQ(found.pointer, "packs/DB-2012.yaml:" + param(found, "line") + ":" + param(found, "column"));
}

TEST(PolicyFiles, RefuseSyntaxErrorsWithTheirLine) {
  PolicyFiles files = real_files();
  files["local/broken.yaml"] = "a: 1\nb: [1, 2\nc: }";
  const FieldError found = only_mistake(files);
  EXPECT_EQ(found.key, "yaml.syntax");
  EXPECT_EQ(param(found, "file"), "local/broken.yaml");
}

TEST(PolicyFiles, RefuseAKeyThatStandsTwice) {
  PolicyFiles files = real_files();
  edit(files, "local/rounding_mode.yaml", "parameter: rounding_mode",
       "parameter: rounding_mode\nparameter: rounding_mode");
  EXPECT_EQ(only_mistake(files).key, "yaml.twice");
}

TEST(PolicyFiles, RefuseBasePacksThatOverlap) {
  PolicyFiles files = real_files();
  edit(files, "packs/DB-2021.yaml", "from: 2021-07-01", "from: 2021-06-01");
  const auto refused = load_rulebook(files);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fields.front().key, "policy.bases_overlap");
}

TEST(PolicyFiles, RefuseFilesTheyDoNotKnow) {
  PolicyFiles files = real_files();
  files["notes.yaml"] = "a: 1";
  EXPECT_EQ(only_mistake(files).key, "policy_file.unknown_file");
}

TEST(PolicyFiles, RefuseAFormulaThatDoesNotExist) {
  PolicyFiles files = real_files();
  edit(files, "local/obligor_formula_urban.yaml", "'excess_share'", "'unheard_of'");
  EXPECT_EQ(only_mistake(files).key, "policy_file.unknown_formula");
}

TEST(PolicyFiles, RefuseAKindOfIncomeWithoutRule) {
  PolicyFiles files = real_files();
  edit(files, "packs/DB-2021.yaml", "compensation, gift]", "compensation]");
  const auto refused = load_rulebook(files);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fields.front().key, "policy.kind_without_rule");
  EXPECT_EQ(refused.error().fields.front().pointer, "DB-2021/incomes/gift");
}

TEST(PolicyFiles, CollectMistakesOfAllFiles) {
  PolicyFiles files = real_files();
  edit(files, "packs/DB-2012.yaml", "relation == spouse", "relation == spous");
  edit(files, "local/rounding_mode.yaml", "'exact'", "'inexact'");
  const auto refused = load_rulebook(files);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fields.size(), 2U);
}

TEST(PolicyFiles, LetAnOperatorReplaceAFile) {
  PolicyFiles local;
  local["local/standard_urban_month.yaml"] =
      "parameter: standard_urban_month\ntitle: {zh: 标准, en: standard}\nvalues:\n"
      "  - {region: '140302', from: 2019-01-01, value: '777.00', status: V, reference: {zh: 文号, en: number}}\n";
  const auto rulebook = load_rulebook(with_local_files(real_files(), local));
  ASSERT_TRUE(rulebook);
  const auto standard = (*rulebook)->standard_on("140302", Programme::urban, *Date::parse("2026-01-01"));
  ASSERT_TRUE(standard);
  EXPECT_EQ(standard->value, "777.00");
  EXPECT_FALSE((*rulebook)->standard_on("140303", Programme::urban, *Date::parse("2026-01-01")));
}

TEST(PolicyFiles, LetACountyTightenAProceduralRule) {
  PolicyFiles files = real_files();
  files["local/procedure.yaml"] =
      "procedure:\n"
      "  - {name: verification_valid_days, region: '140300', from: 2020-01-01, value: 90, status: DESIGN, articles: "
      "[]}\n";
  const auto rulebook = load_rulebook(files);
  ASSERT_TRUE(rulebook) << rulebook.error().fields.front().key;
  EXPECT_EQ((*rulebook)->procedure_on("140302", *Date::parse("2019-12-31"))->verification_valid_days, 180);
  EXPECT_EQ((*rulebook)->procedure_on("140302", *Date::parse("2020-01-01"))->verification_valid_days, 90);
  EXPECT_EQ((*rulebook)->procedure_on("140105", *Date::parse("2020-01-01"))->verification_valid_days, 180);
}

/// Whatever is in a file, the answer is a refusal or a rulebook.
RC_GTEST_PROP(PolicyFiles, SurviveDamage, ()) {
  static const PolicyFiles kFiles = real_files();
  PolicyFiles files{{"instruments.yaml", kFiles.at("instruments.yaml")},
                    {"wording.yaml", kFiles.at("wording.yaml")},
                    {"packs/SX-2019.yaml", kFiles.at("packs/SX-2019.yaml")},
                    {"local/property_limits.yaml", kFiles.at("local/property_limits.yaml")}};
  std::string& text = files[*rc::gen::element<std::string>("packs/SX-2019.yaml", "local/property_limits.yaml")];
  for (int i = *rc::gen::inRange(1, 4); i > 0; --i) {
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
    const auto with = *rc::gen::element<std::string>("", "{", "}", "[", "]", ":", "- ", "\n", "'", "\t", "&a ", "*a",
                                                     "? ", "!!int ", "\xff", "~", "9999999999999999999999", "#");
    text.replace(at, *rc::gen::inRange<std::size_t>(0, 6), with);
  }
  (void)load_rulebook(files);
}

TEST(PolicyFiles, ReportAFolderThatIsNotThere) {
  const auto refused = read_policy_folder("/nonexistent/policy");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().key, "policy_file.folder_unreadable");
}

}  // namespace
}  // namespace jiuzhu::policy
