#include "kernel/regions/region_code.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fstream>
#include <map>
#include <set>

#include "base/assert.hpp"
#include "base/text.hpp"

namespace jiuzhu {
namespace {

RegionCode region(std::string_view text) { return RegionCode::parse(text).value(); }

/// Any valid code, with nines and zeros more often than chance would have it.
rc::Gen<RegionCode> any_region() {
  const auto digit = rc::gen::weightedElement<char>({{3, '0'}, {3, '9'}, {1, '1'}, {1, '4'}, {1, '8'}});
  const auto text = rc::gen::mapcat(rc::gen::element<std::size_t>(2, 4, 6, 9, 12), [digit](std::size_t length) {
    return rc::gen::container<std::string>(length, digit);
  });
  return rc::gen::map(
      rc::gen::suchThat(text, [](const std::string& code) { return RegionCode::parse(code).has_value(); }),
      [](const std::string& code) { return region(code); });
}

TEST(RegionCode, KnowsItsLevelCountyAndParent) {
  struct Case {
    const char* text;
    RegionLevel level;
    const char* parent;
  };
  using enum RegionLevel;
  for (const Case& c : {Case{"14", province, nullptr}, Case{"1403", city, "14"}, Case{"140302", county, "1403"},
                        Case{"140302100", township, "140302"}, Case{"140302100201", village, "140302100"},
                        Case{"50", province, nullptr}, Case{"500101", county, "5001"}, Case{"441900", county, "4419"},
                        Case{"441900003", township, "441900"}, Case{"419001", county, "4190"}}) {
    EXPECT_EQ(region(c.text).level(), c.level) << c.text;
    const auto parent = region(c.text).parent();
    EXPECT_EQ(parent ? parent->to_text() : "none", c.parent ? c.parent : "none") << c.text;
  }
  EXPECT_EQ(region("140302100201").county(), region("140302"));
  EXPECT_EQ(region("140302").county(), region("140302"));
  EXPECT_THROW(region("1403").county(), InvariantError);
  EXPECT_THROW(region("14").county(), InvariantError);
}

TEST(RegionCode, TrimsPadding) {
  struct Case {
    const char* padded;
    const char* trimmed;
  };
  for (const Case& c :
       {Case{"140000", "14"}, Case{"140300", "1403"}, Case{"140000000000", "14"}, Case{"140300000000", "1403"},
        Case{"140302000000", "140302"}, Case{"140302100000", "140302100"}, Case{"140302100201", "140302100201"},
        Case{"140302000", "140302"}, Case{"1400", "14"}, Case{"441900", "441900"}, Case{"441900000000", "4419"},
        Case{"441900003000", "441900003"}, Case{"110000", "11"}, Case{"810000", "81"}, Case{"500000", "50"},
        Case{"500101000000", "500101"}}) {
    EXPECT_EQ(region(c.padded).to_text(), c.trimmed) << c.padded;
  }
}

TEST(RegionCode, RefusesWhatNamesNoPlace) {
  for (const char* text : {"",          "1",           "140",         "14030",         "1403021",
                           "14030210",  "1403021002",  "14030210020", "1403021002011", "00",
                           "04",        "94",          "1a",          "14 ",           " 14",
                           "-4",        "１４",        "140003",      "140003000000",  "140302000201",
                           "140300003", "140300003201"}) {
    const auto result = RegionCode::parse(text);
    ASSERT_FALSE(result) << text;
    EXPECT_EQ(result.error().key, "region.code") << text;
  }
}

TEST(RegionCode, NoRegionLiesNowhere) {
  for (const char* text : {"14", "1403", "140302", "140302100201"}) {
    EXPECT_FALSE(region(text).contains(RegionCode())) << text;
    EXPECT_FALSE(RegionCode().contains(region(text))) << text;
    EXPECT_FALSE(region(text).range().contains(RegionCode().to_text())) << text;
    EXPECT_FALSE(RegionCode().range().contains(text)) << text;
  }
  EXPECT_FALSE(RegionCode::parse(RegionCode().to_text()));
  EXPECT_THROW(RegionCode().level(), InvariantError);
}

TEST(RegionCode, RangesAreTight) {
  EXPECT_EQ(region("14").range(), (RegionRange{"14", "15"}));
  EXPECT_EQ(region("1409").range(), (RegionRange{"1409", "141"}));
  EXPECT_EQ(region("19").range(), (RegionRange{"19", "2"}));
  EXPECT_EQ(region("140302999").range(), (RegionRange{"140302999", "140303"}));
  EXPECT_FALSE(region("140302999").range().contains("140303"));
  EXPECT_FALSE(region("1403").range().contains("14"));
  EXPECT_EQ(region("899999999999").range(), (RegionRange{"899999999999", "9"}));
}

RC_GTEST_PROP(RegionCode, RangeContainsAndPrefixAgree, ()) {
  const RegionCode a = *any_region();
  // Half of the pairs are made related; unrelated pairs alone would prove little.
  RegionCode b = *any_region();
  if (*rc::gen::arbitrary<bool>()) {
    if (const auto joined = RegionCode::parse(a.to_text() + b.to_text().substr(a.to_text().size() % 3))) b = *joined;
  }
  RC_CLASSIFY(a.contains(b), "related");
  RC_ASSERT(a.range().contains(b.to_text()) == a.contains(b));
  RC_ASSERT(a.contains(a));
  if (a.contains(b)) RC_ASSERT(a <= b && a.level() <= b.level());
}

RC_GTEST_PROP(RegionCode, AncestorsContainAndTextsReadBack, ()) {
  const RegionCode code = *any_region();
  RC_ASSERT((RegionCode::parse(code.to_text()).value() == code));
  for (auto ancestor = code.parent(); ancestor; ancestor = ancestor->parent()) {
    RC_ASSERT(ancestor->contains(code));
    RC_ASSERT(!code.contains(*ancestor));
    RC_ASSERT((RegionCode::parse(ancestor->to_text()).value() == *ancestor));
  }
}

/// The committed dictionary of the demonstration province must be readable as it stands.
TEST(RegionDictionary, EveryRowOfShanxiIsACodeBelowItsParent) {
  std::ifstream file(JIUZHU_SOURCE_DIR "/policy/regions/140000.csv");
  ASSERT_TRUE(file);
  std::string line;
  std::getline(file, line);
  ASSERT_EQ(line, "code,name,parent");
  std::map<RegionLevel, int> counts;
  std::map<std::string, std::string> names;
  while (std::getline(file, line)) {
    ASSERT_TRUE(is_clean_utf8(line));
    const auto columns = split(line, ',');
    ASSERT_EQ(columns.size(), 3U) << line;
    const auto code = RegionCode::parse(columns[0]);
    ASSERT_TRUE(code) << line;
    ASSERT_EQ(code->to_text(), columns[0]) << line;
    ASSERT_EQ(code->parent() ? code->parent()->to_text() : "", columns[2]) << line;
    ASSERT_TRUE(columns[2].empty() || names.contains(std::string(columns[2]))) << "parents come first: " << line;
    ASSERT_TRUE(names.emplace(columns[0], columns[1]).second) << line;
    ASSERT_FALSE(columns[1].empty()) << line;
    ++counts[code->level()];
  }
  EXPECT_EQ(counts, (std::map<RegionLevel, int>{{RegionLevel::province, 1},
                                                {RegionLevel::city, 11},
                                                {RegionLevel::county, 121},
                                                {RegionLevel::township, 1352},
                                                {RegionLevel::village, 21'895}}));
  for (const auto& [code, name] : std::map<std::string, std::string>{{"14", "山西省"},
                                                                     {"1403", "阳泉市"},
                                                                     {"140302", "城区"},
                                                                     {"140303", "矿区"},
                                                                     {"140311", "郊区"},
                                                                     {"140321", "平定县"},
                                                                     {"140322", "盂县"},
                                                                     {"140302100", "义井镇"},
                                                                     {"140311200", "西南舁乡"}}) {
    EXPECT_EQ(names[code], name) << code;
  }
}

}  // namespace
}  // namespace jiuzhu
