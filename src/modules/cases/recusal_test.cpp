#include "modules/cases/recusal.hpp"

#include <gtest/gtest.h>

namespace jiuzhu::cases {
namespace {

UserId user(char last) { return *UserId::parse(std::string("01990000-0000-7000-8000-00000000000") + last); }

TEST(Recusal, KnowsKinByAccountOrWhereThereIsNoneByName) {
  const std::vector<KinRow> declared{{.handler_user = user('1'), .handler_name = "王志强"},
                                     {.handler_user = std::nullopt, .handler_name = "李 梅"}};
  struct Line {
    std::optional<UserId> user;
    const char* name;
    bool is_kin;
  };
  for (const Line& line :
       {Line{user('1'), "王志强", true}, Line{user('1'), "改了名", true},
        // Another account of the same name is another person.
        Line{user('2'), "王志强", false}, Line{std::nullopt, "王志强", true}, Line{std::nullopt, "王 志强", true},
        Line{user('2'), "李梅", true}, Line{std::nullopt, "李梅", true}, Line{std::nullopt, "李海", false},
        Line{user('2'), "", false}}) {
    EXPECT_EQ(is_declared_kin(declared, line.user, line.name), line.is_kin) << line.name;
  }
  EXPECT_FALSE(is_declared_kin({}, user('1'), "王志强"));
}

}  // namespace
}  // namespace jiuzhu::cases
