#include "platform/yaml/yaml_reader.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <functional>

namespace jiuzhu {
namespace {

/// What reading a text complains about, each as "pointer key".
std::vector<std::string> complaints(const std::string& text, const std::function<void(const YamlReader&)>& read) {
  YamlReader::Problems problems;
  const YamlReader file = YamlReader::parse("run.yaml", text, problems);
  if (!file.is_null()) read(file);
  std::vector<std::string> list;
  for (const FieldError& problem : problems) list.push_back(problem.pointer + " " + problem.key);
  return list;
}

using Complaints = std::vector<std::string>;

TEST(YamlReader, HandsOutWhatTheFileSays) {
  const std::string text =
      "title: 核对\nas_of: 2025-06-30\nheader: false\nlimit: 20\nfiles: [a.csv, b.csv]\none: c.csv\nnothing:\n";
  EXPECT_EQ(complaints(text,
                       [](const YamlReader& file) {
                         EXPECT_EQ(file.text("title"), "核对");
                         EXPECT_EQ(file.date("as_of").to_text(), "2025-06-30");
                         EXPECT_FALSE(file.flag("header"));
                         EXPECT_EQ(file.optional_number("limit", {0, 100}), 20);
                         EXPECT_EQ(file.texts("files"), (std::vector<std::string>{"a.csv", "b.csv"}));
                         EXPECT_EQ(file.texts("one"), (std::vector<std::string>{"c.csv"}));
                         EXPECT_FALSE(file.optional_text("nothing") || file.optional_flag("nothing"));
                         EXPECT_FALSE(file.optional_number("absent", {0, 1}) || file.optional_date("absent"));
                         EXPECT_TRUE(file.texts("absent").empty());
                       }),
            Complaints{});
}

TEST(YamlReader, NamesThePlaceInCharacters) {
  EXPECT_EQ(complaints("\xEF\xBB\xBF标题: {名称: 机动车, 日期: 昨天}\n",
                       [](const YamlReader& file) { file.find("标题").date("日期"); }),
            Complaints{"run.yaml:1:19 yaml.not_date"});
}

TEST(YamlReader, NamesTheKeyThatItDoesNotKnow) {
  EXPECT_EQ(complaints("a: 1\nb:\n  c: 1\n  d:\na: 2\n",
                       [](const YamlReader& file) {
                         file.allow({"a"});
                         file.find("b").allow({"c"});
                       }),
            (Complaints{"run.yaml:5:1 yaml.twice", "run.yaml:2:1 yaml.unknown_key", "run.yaml:4:3 yaml.unknown_key"}));
}

TEST(YamlReader, NamesWhatIsOfTheWrongKind) {
  EXPECT_EQ(complaints("map: [1]\nlist: 1\ntext: {a: 1}\ntexts: [[1]]\nflag: yes\nnumber: 101\nwhole: 1.5\n",
                       [](const YamlReader& file) {
                         file.find("map").allow({"a"});
                         file.find("map").named_members();
                         file.find("list").elements();
                         file.text("text");
                         file.texts("texts");
                         file.flag("flag");
                         file.optional_number("number", {0, 100});
                         file.optional_number("whole", {0, 100});
                         file.text("absent");
                         file.find("text").text("absent");
                       }),
            (Complaints{"run.yaml:1:6 yaml.not_map", "run.yaml:1:6 yaml.not_map", "run.yaml:2:7 yaml.not_list",
                        "run.yaml:3:7 yaml.not_text", "run.yaml:4:9 yaml.not_text", "run.yaml:5:7 yaml.not_flag",
                        "run.yaml:6:9 yaml.not_whole_number", "run.yaml:7:8 yaml.not_whole_number",
                        "run.yaml:1:1 yaml.missing", "run.yaml:3:7 yaml.missing"}));
}

TEST(YamlReader, RefusesWhatIsNoYaml) {
  const auto nothing = [](const YamlReader&) { FAIL(); };
  EXPECT_EQ(complaints("a: 1\nb: [1, 2\nc: }", nothing), Complaints{"run.yaml:3:2 yaml.syntax"});
  EXPECT_EQ(complaints("title: \xbb\xfa\xb6\xaf\xb3\xb5\n", nothing), Complaints{"run.yaml:1:1 yaml.not_utf8"});
}

struct Written {
  const char* text;
  int character;
  const char* pointer;
};

class YamlScalars : public testing::TestWithParam<Written> {};

// The sign "!" of the value stands at `character`.
TEST_P(YamlScalars, TellWhereACharacterStands) {
  EXPECT_EQ(complaints(GetParam().text,
                       [](const YamlReader& file) {
                         const YamlReader scalar = file.find("条件");
                         EXPECT_TRUE(scalar.is_scalar());
                         scalar.fail_within(GetParam().character, "condition.unexpected");
                       }),
            Complaints{std::string(GetParam().pointer) + " condition.unexpected"});
}

INSTANTIATE_TEST_SUITE_P(All, YamlScalars,
                         testing::Values(Written{"条件: a >= ! b\n", 6, "run.yaml:1:10"},
                                         Written{"条件: 甲 乙 ! b\n", 5, "run.yaml:1:9"},
                                         Written{"条件: 'a >= ! b'\n", 6, "run.yaml:1:11"},
                                         Written{"条件: \"a >= ! b\"\n", 6, "run.yaml:1:11"},
                                         Written{"{标题: 机动车, 条件: a >= ! b}\n", 6, "run.yaml:1:20"},
                                         Written{"条件: a or\n   b or\n   ! b\n", 11, "run.yaml:3:4"},
                                         Written{"条件: |\n  a or\n\n    ! b\n", 9, "run.yaml:4:5"},
                                         Written{"条件: >-\r\n  a or\r\n  ! b\r\n", 6, "run.yaml:3:3"},
                                         Written{"条件: &anchor !!str a >= ! b\n", 6, "run.yaml:1:24"},
                                         Written{"条件: a >=   # limit\n", 5, "run.yaml:1:9"},
                                         Written{"条件: a\n", 1000, "run.yaml:1:6"},
                                         Written{"条件: ''\n", 1, "run.yaml:1:6"}));

/// Whatever the text, reading it ends with values or complaints, and every place lies in the text.
RC_GTEST_PROP(YamlReader, SurvivesAnyText, (const std::string& noise)) {
  const auto wrap = *rc::gen::element<std::string>("", "a: ", "a: >\n ", "a: '", "a: [", "a: {b: ");
  YamlReader::Problems problems;
  const YamlReader file = YamlReader::parse("x.yaml", wrap + noise, problems);
  file.allow({"b"});
  for (const auto& [name, value] : file.named_members()) value.fail_within(3, "condition.unexpected");
  (void)file.texts("a");
}

}  // namespace
}  // namespace jiuzhu
