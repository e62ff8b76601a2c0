#include "modules/publicity/publicity_rules.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace jiuzhu::publicity {
namespace {

const Date kToday = *Date::of(2019, 8, 2);

NoticePerson person(const char* name, int birth_year, bool is_applicant = false) {
  return {name, *Date::of(birth_year, 1, 1), is_applicant};
}

TEST(PublicityRules, MasksAdultsAndLeavesChildrenOut) {
  const ShownFamily family =
      shown_family({person("王建国", 1960, true), person("欧阳明月", 1962), person("王小明", 2008)},
                   NameDisplay::masked, true, kToday);
  EXPECT_EQ(family.applicant_name, "王**");
  EXPECT_EQ(family.member_count, 3);
  EXPECT_EQ(family.member_names, (std::vector<std::string>{"欧阳**"}));
}

TEST(PublicityRules, TheCountyMayShowTheApplicantButNobodyElse) {
  const ShownFamily family =
      shown_family({person("王建国", 1960, true), person("李秀英", 1962)}, NameDisplay::full, true, kToday);
  EXPECT_EQ(family.applicant_name, "王建国");
  EXPECT_EQ(family.member_names, (std::vector<std::string>{"李**"}));
}

TEST(PublicityRules, ShowsNoNamesOfMembersWhereTheLawAsksForTheirNumber) {
  const ShownFamily family =
      shown_family({person("王建国", 1960, true), person("李秀英", 1962)}, NameDisplay::masked, false, kToday);
  EXPECT_TRUE(family.member_names.empty());
  EXPECT_EQ(family.member_count, 2);
}

TEST(PublicityRules, AChildWhoAppliesHasNoName) {
  const NoticePerson child{"王小明", *Date::of(2001, 8, 3), true};
  EXPECT_EQ(shown_family({child}, NameDisplay::full, true, kToday).applicant_name, "未成年人");
  // On the eighteenth birthday a person is of age (Civil Code art. 1259).
  EXPECT_EQ(shown_family({child}, NameDisplay::full, true, *Date::of(2019, 8, 3)).applicant_name, "王小明");
}

RC_GTEST_PROP(PublicityRules, TheNextStepComesExactlyWhenTheNoticeHangsNoMore, ()) {
  const Date posted = kToday.plus_days(*rc::gen::inRange(0, 4000));
  const Date last = posted.plus_days(*rc::gen::inRange(0, 30));
  const Date today = posted.plus_days(*rc::gen::inRange(0, 60));
  RC_ASSERT(hangs(posted, last, today) != has_hung(last, today));
}

}  // namespace
}  // namespace jiuzhu::publicity
