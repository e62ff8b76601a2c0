#include "modules/visits/visit_http.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/cases/test_case_api.hpp"
#include "modules/visits/visit_service.hpp"

namespace jiuzhu::visits {
namespace {

using testing::HasSubstr;
using testing::Not;

class VisitRoutes : public test::CaseApiOnBothDatabases {
 protected:
  void SetUp() override {
    CaseApiOnBothDatabases::SetUp();
    if (IsSkipped()) return;
    provide_visit_needs(case_world());
    answer_all_except({cases::Need::complete_visit});
    serve(add_visit_routes);
    row_ = put_into(file(couple_with_child()), cases::State::investigating);
  }

  std::string path(const std::string& rest) { return path_of(row_, rest); }
  json::Value version() { return json::Value().set("version", reload(row_).version); }
  json::Value visit_of(std::initializer_list<Actor> visitors) {
    json::Value::Array investigators;
    for (const Actor& visitor : visitors) {
      investigators.push_back(json::Value().set("user", visitor.user.to_text()).set("is_signed", false));
    }
    json::Value::Array findings;
    for (const char* topic : {"living_conditions", "income", "property"}) {
      findings.push_back(json::Value().set("topic", topic).set("content", "平房两间"));
    }
    return version()
        .set("kind", "township")
        .set("mode", "on_site")
        .set("visited_on", "2019-08-02")
        .set("place", "申请人家中")
        .set("emergency", "")
        .set("investigators", json::Value(std::move(investigators)))
        .set("present", "m1")
        .set("is_present_signed", true)
        .set("findings", json::Value(std::move(findings)))
        .set("conclusion", "consistent");
  }

  cases::CaseRow row_;
};

TEST_P(VisitRoutes, RecordSignAndFinish) {
  const Actor& assistant = actor(Role::civil_affairs_assistant);
  const Actor& cadre = actor(Role::village_cadre);
  const auto choices = get(assistant, path("/visits/investigators"));
  ASSERT_EQ(choices.status, 200) << choices.body;
  EXPECT_THAT(choices.body, HasSubstr(cadre.user.to_text()));
  const auto recorded = post(assistant, path("/visits"), visit_of({assistant, cadre}));
  ASSERT_EQ(recorded.status, 201) << recorded.body;
  const std::string id = *json::parse(recorded.body)->find("visit")->as_text();
  const auto early = post(assistant, path("/investigation/finish"), version().set("note", ""));
  EXPECT_EQ(early.status, 409) << early.body;
  for (const char* part : {"visit.signature_missing", "DB-2012/18", "缺少签字"})
    EXPECT_THAT(early.body, HasSubstr(part));
  json::Value::Array users;
  for (const Actor& visitor : {assistant, cadre}) users.emplace_back(visitor.user.to_text());
  const auto signing = version().set("investigators", json::Value(std::move(users)));
  EXPECT_EQ(post(assistant, path("/visits/" + world_id<VisitId>().to_text() + "/signatures"), signing).status, 404);
  ASSERT_EQ(post(assistant, path("/visits/" + id + "/signatures"), signing).status, 200);
  const auto list = get(assistant, path("/visits"));
  ASSERT_EQ(list.status, 200) << list.body;
  for (const char* part : {"\"is_signed\":true", "\"present_name\":\"王建国\"", "\"counts\":true"}) {
    EXPECT_THAT(list.body, HasSubstr(part));
  }
  EXPECT_THAT(list.body, Not(HasSubstr("140399")));
  EXPECT_THAT(list.body, Not(HasSubstr("obstacle")));
  const auto finished = post(assistant, path("/investigation/finish"), version());
  ASSERT_EQ(finished.status, 200) << finished.body;
  EXPECT_THAT(finished.body, HasSubstr("\"state\":\"appraising\""));
}

TEST_P(VisitRoutes, RefusesOneInvestigatorAndStrangers) {
  const Actor& assistant = actor(Role::civil_affairs_assistant);
  const auto alone = post(assistant, path("/visits"), visit_of({assistant}));
  EXPECT_EQ(alone.status, 409) << alone.body;
  for (const char* part : {"visit.too_few_investigators", "DB-2012/18", "至少 2 人"}) {
    EXPECT_THAT(alone.body, HasSubstr(part));
  }
  EXPECT_EQ(post(actor(Role::county_approver), path("/visits"), visit_of({assistant})).status, 403);
  EXPECT_EQ(get(make_actor(Role::civil_affairs_assistant, region("140302002")), path("/visits")).status, 404);
}

JZ_ON_BOTH_DATABASES(VisitRoutes);

}  // namespace
}  // namespace jiuzhu::visits
