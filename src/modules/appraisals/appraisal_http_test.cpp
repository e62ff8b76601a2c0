#include "modules/appraisals/appraisal_http.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/appraisals/appraisal_service.hpp"
#include "modules/cases/test_case_api.hpp"

namespace jiuzhu::appraisals {
namespace {

using testing::HasSubstr;
using testing::Not;

class AppraisalRoutes : public test::CaseApiOnBothDatabases {
 protected:
  void SetUp() override {
    CaseApiOnBothDatabases::SetUp();
    if (IsSkipped()) return;
    provide_appraisal_needs(case_world());
    answer_all_except({cases::Need::valid_appraisal});
    serve(add_appraisal_routes);
  }

  static json::Value session_of(std::int64_t version, std::initializer_list<const char*> delegates) {
    json::Value::Array participants;
    const auto add = [&](const char* name, const char* capacity) {
      participants.push_back(json::Value().set("name", name).set("capacity", capacity).set("is_signed", true));
    };
    add("赵甲", "township_staff");
    for (const char* name : delegates) add(name, "residents_delegate");
    return json::Value()
        .set("version", version)
        .set("held_on", "2019-08-02")
        .set("place", "村委会会议室")
        .set("participants", json::Value(std::move(participants)))
        .set("result", "holds_true")
        .set("votes_true", 2);
  }
};

TEST_P(AppraisalRoutes, RecordAndRead) {
  const Actor& assistant = actor(Role::civil_affairs_assistant);
  const cases::CaseRow row = put_into(file(couple_with_child()), cases::State::appraising);
  const auto small = post(assistant, path_of(row, "/appraisals"), session_of(row.version, {"钱甲"}));
  EXPECT_EQ(small.status, 409) << small.body;
  for (const char* part :
       {"appraisal.too_few_delegates", "DB-2012/22-1", "村（居）民代表 1 人，参加评议共 2 人", "2/3"}) {
    EXPECT_THAT(small.body, HasSubstr(part));
  }
  const auto recorded = post(assistant, path_of(row, "/appraisals"), session_of(row.version, {"钱甲", "孙甲"}));
  ASSERT_EQ(recorded.status, 201) << recorded.body;
  EXPECT_THAT(recorded.body, HasSubstr("\"state\":\"awaiting_opinion\""));
  const auto list = get(actor(Role::township_reviewer), path_of(row, "/appraisals"));
  ASSERT_EQ(list.status, 200) << list.body;
  for (const char* part : {"\"is_required\":true", "\"result\":\"holds_true\"", "孙甲"}) {
    EXPECT_THAT(list.body, HasSubstr(part));
  }
  EXPECT_THAT(list.body, Not(HasSubstr("obstacle")));
  EXPECT_EQ(post(actor(Role::village_cadre), path_of(row, "/appraisals"), session_of(row.version, {"钱甲"})).status,
            403);
}

JZ_ON_BOTH_DATABASES(AppraisalRoutes);

}  // namespace
}  // namespace jiuzhu::appraisals
