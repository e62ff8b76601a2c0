#include "engines/sieve/names.hpp"

#include <gtest/gtest.h>

namespace jiuzhu::sieve {
namespace {

bool names_agree(std::string_view one, std::string_view other) {
  return comparable_name(one) == comparable_name(other);
}

TEST(Names, AgreeAcrossWaysOfWriting) {
  EXPECT_TRUE(names_agree("赵明远", "赵明远"));
  EXPECT_TRUE(names_agree("赵明远", " 赵 明\u3000远 "));
  EXPECT_TRUE(names_agree("阿依古丽·买买提", "阿依古丽•买买提"));
  EXPECT_TRUE(names_agree("阿依古丽·买买提", "阿依古丽．买买提"));
  EXPECT_TRUE(names_agree("阿依古丽·买买提", "阿依古丽买买提"));
  EXPECT_TRUE(names_agree("Anna Li", "ＡＮＮＡ　ＬＩ"));
  EXPECT_TRUE(names_agree("劉麗華", "刘丽华"));
  EXPECT_TRUE(names_agree("髙峯", "高峰"));
  EXPECT_TRUE(names_agree("龔龍", "龚龙"));  // the last of the table
  EXPECT_TRUE(names_agree("亞來", "亚来"));  // the first
}

TEST(Names, DifferWhereAPersonMayDiffer) {
  EXPECT_FALSE(names_agree("冯丽华", "冯利华"));
  EXPECT_FALSE(names_agree("赵明", "赵明远"));
  EXPECT_FALSE(names_agree("张昇", "张升"));
  EXPECT_FALSE(names_agree("李乾", "李干"));
  EXPECT_FALSE(names_agree("", "赵明"));
}

TEST(Names, KeepRareCharacters) {
  EXPECT_EQ(comparable_name("𬭎𠮷"), "𬭎𠮷");
  EXPECT_FALSE(names_agree("王𬭎", "王鋐"));
}

}  // namespace
}  // namespace jiuzhu::sieve
