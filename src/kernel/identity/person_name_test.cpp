#include "kernel/identity/person_name.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.hpp"
#include "kernel/identity/secret_test.hpp"

namespace jiuzhu {
namespace {

static_assert(!Streamable<PersonName>);

std::string key_of(const Result<PersonName>& result) { return result ? "accepted" : result.error().key; }

TEST(PersonName, BringsEveryWayOfWritingToOneForm) {
  struct Case {
    const char* text;
    const char* name;
  };
  for (const Case& c : {
           Case{"张三", "张三"},
           Case{"　张 三 ", "张三"},
           Case{"张　三", "张三"},
           Case{"欧 阳　　明 月", "欧阳明月"},
           Case{"𬀩𠮷〇", "𬀩𠮷〇"},
           Case{"买买提·艾力", "买买提·艾力"},
           Case{"买买提•艾力", "买买提·艾力"},
           Case{"买买提・艾力", "买买提·艾力"},
           Case{"买买提･艾力", "买买提·艾力"},
           Case{"买买提‧艾力", "买买提·艾力"},
           Case{"买买提⋅艾力", "买买提·艾力"},
           Case{"买买提．艾力", "买买提·艾力"},
           Case{"买买提.艾力", "买买提·艾力"},
           Case{"Maria  del   Carmen", "Maria del Carmen"},
           Case{"Ｊｏｈｎ　Ｓｍｉｔｈ", "John Smith"},
           Case{"José Müller", "José Müller"},
           Case{"李 Anna", "李 Anna"},
           Case{"Anna 李", "Anna 李"},
           Case{"张", "张"},
       }) {
    const Result<PersonName> name = PersonName::parse(c.text);
    ASSERT_TRUE(name) << c.text << ' ' << key_of(name);
    EXPECT_EQ(name->text(), c.name) << c.text;
  }
}

TEST(PersonName, RefusesWithDistinctKeys) {
  struct Case {
    std::string text;
    const char* key;
  };
  std::string fifty;
  for (int i = 0; i < 50; ++i) fifty += "张";
  for (const Case& c : {
           Case{fifty, "accepted"},
           Case{fifty + "三", "person_name.length"},
           Case{"", "person_name.empty"},
           Case{" 　\t", "person_name.empty"},
           Case{"张3", "person_name.characters"},
           Case{"张三(大)", "person_name.characters"},
           Case{"张*", "person_name.characters"},
           Case{"J. Smith", "person_name.characters"},
           Case{"山田タロウ", "person_name.characters"},
           Case{"张\n三\a", "person_name.characters"},
           Case{"张×三", "person_name.characters"},
           Case{"\xEE\x85\xB0", "person_name.characters"},  // private use: a broken import, not a name
           Case{"·艾力", "person_name.middle_dot"},
           Case{"艾力·", "person_name.middle_dot"},
           Case{"买买提··艾力", "person_name.middle_dot"},
           Case{"买买提 · 艾力", "person_name.middle_dot"},
           Case{"\xD5\xC5\xC8\xFD", "text.malformed"},  // GB 18030 bytes
           Case{std::string("张\0三", 7), "text.malformed"},
       }) {
    EXPECT_EQ(key_of(PersonName::parse(c.text)), c.key) << c.text;
  }
}

TEST(PersonName, SaysWhereTheWrongCharacterStandsButNotWhatItIs) {
  EXPECT_EQ(PersonName::parse("　张三5").error().params, (MessageParams{{"position", "3"}}));
  EXPECT_EQ(PersonName::parse("李 四 Anna_").error().params, (MessageParams{{"position", "8"}}));
}

TEST(PersonName, MasksForPublicNotices) {
  struct Case {
    const char* name;
    const char* masked;
  };
  for (const Case& c : {
           Case{"张三", "张*"},
           Case{"张三丰", "张**"},
           Case{"欧阳明月", "欧阳**"},
           Case{"欧阳明", "欧阳*"},
           Case{"欧阳", "欧*"},
           Case{"买买提·艾力", "买**·**"},
           Case{"John Smith", "J*** *****"},
           Case{"张", "*"},
           Case{"𠮷田", "𠮷*"},
       }) {
    EXPECT_EQ(PersonName::parse(c.name).value().masked(), c.masked);
  }
}

RC_GTEST_PROP(PersonName, WhateverIsAcceptedIsStable, ()) {
  const auto parts = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("张", "三", "𠮷", "a", "Z", "é", " ", "　", "·", "•", ".", "1"));
  std::string text;
  for (const std::string& part : parts) text += part;
  const Result<PersonName> name = PersonName::parse(text);
  if (!name) return;
  RC_ASSERT(PersonName::parse(name->text()).value().text() == name->text());
  RC_ASSERT(code_points(name->text()) >= 1 && code_points(name->text()) <= 50);
  RC_ASSERT(code_points(name->masked()) == code_points(name->text()));
  RC_ASSERT(name->masked().contains('*'));
}

}  // namespace
}  // namespace jiuzhu
