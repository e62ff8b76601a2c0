#include "kernel/identity/codes.hpp"

#include <gtest/gtest.h>

#include <set>

#include "base/text.hpp"

namespace jiuzhu {
namespace {

std::vector<const CodeTable*> all_tables() { return {code_tables().begin(), code_tables().end()}; }

TEST(Codes, EveryListIsNamedCompleteAndWithoutDoubles) {
  std::set<std::string_view> names;
  for (const CodeTable* table : all_tables()) {
    EXPECT_TRUE(names.insert(table->name).second) << table->name;
    EXPECT_FALSE(table->labels.empty()) << table->name;
    std::set<std::string_view> codes;
    for (const CodeLabel& label : table->labels) {
      EXPECT_TRUE(codes.insert(label.code).second) << table->name << ' ' << label.code;
      EXPECT_FALSE(label.chinese.empty() || label.english.empty()) << table->name << ' ' << label.code;
      EXPECT_TRUE(is_clean_utf8(label.chinese));
      EXPECT_EQ(table->find(label.code), &label);
    }
  }
  EXPECT_EQ(names.size(), 8U);
}

TEST(Codes, HaveTheNumberOfEntriesOfTheirStandard) {
  EXPECT_EQ(sex_codes().labels.size(), 4U);         // regulation P79
  EXPECT_EQ(marriage_codes().labels.size(), 8U);    // regulation P79
  EXPECT_EQ(ethnicity_codes().labels.size(), 58U);  // regulation P79
  EXPECT_EQ(disability_class_codes().labels.size(), 7U);
  EXPECT_EQ(kinship_codes().labels.size(), 84U);
}

TEST(Codes, KnowAFewByHeart) {
  struct Case {
    const CodeTable& table;
    const char* code;
    const char* chinese;
  };
  for (const Case& c : {
           Case{sex_codes(), "2", "女性"},
           Case{marriage_codes(), "23", "复婚"},
           Case{marriage_codes(), "30", "丧偶"},
           Case{ethnicity_codes(), "01", "汉族"},
           Case{ethnicity_codes(), "11", "满族"},
           Case{ethnicity_codes(), "46", "德昂族"},
           Case{ethnicity_codes(), "56", "基诺族"},
           Case{kinship_codes(), "02", "户主"},
           Case{kinship_codes(), "57", "继父或养父"},
           Case{kinship_codes(), "92", "表兄弟、表姐妹"},
           Case{health_codes(), "62", "听力残疾"},
           Case{disability_class_codes(), "2", "听力残疾"},
           Case{labour_capacity_codes(), "partly", "部分丧失劳动能力"},
       }) {
    ASSERT_TRUE(c.table.contains(c.code)) << c.table.name << ' ' << c.code;
    EXPECT_EQ(c.table.find(c.code)->chinese, c.chinese);
  }
}

TEST(Codes, DoNotFindWhatIsNotThere) {
  for (const char* code : {"", "3", "01", " 1"}) EXPECT_FALSE(sex_codes().contains(code)) << code;
  for (const char* code : {"0", "1", "57", "96", "99"}) EXPECT_FALSE(ethnicity_codes().contains(code)) << code;
  for (const char* code : {"00", "03", "13", "98", "1"}) EXPECT_FALSE(kinship_codes().contains(code)) << code;
}

TEST(Codes, TheSexOfACitizenNumberIsInTheList) {
  EXPECT_EQ(sex_codes().find(code_of(Sex::male))->english, "male");
  EXPECT_EQ(sex_codes().find(code_of(Sex::female))->english, "female");
}

}  // namespace
}  // namespace jiuzhu
