#include "modules/verification/verification_http.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/cases/test_case_api.hpp"
#include "modules/verification/verification_service.hpp"

namespace jiuzhu::verification {
namespace {

using testing::HasSubstr;
using testing::Not;

class VerificationRoutes : public test::CaseApiOnBothDatabases {
 protected:
  void SetUp() override {
    CaseApiOnBothDatabases::SetUp();
    if (IsSkipped()) return;
    provide_verification_needs(case_world());
    answer_all_except({cases::Need::valid_verification, cases::Need::clear_verification});
    serve(add_verification_routes);
    row_ = put_into(file(couple_with_child()), cases::State::accepted);
  }

  std::string path(const std::string& rest = "") { return path_of(row_, "/verification" + rest); }
  json::Value version() { return json::Value().set("version", reload(row_).version); }
  static json::Value report_of(json::Value body, std::initializer_list<const char*> persons) {
    json::Value::Array results;
    for (const char* person : persons) {
      json::Value::Array findings;
      findings.push_back(json::Value()
                             .set("source", "车辆管理所")
                             .set("content", "名下有轿车一辆")
                             .set("amount", "45000.00")
                             .set("as_of", "2019-07-31"));
      results.push_back(json::Value()
                            .set("person", person)
                            .set("result", "clue_found")
                            .set("findings", json::Value(std::move(findings))));
    }
    return body.set("results", json::Value(std::move(results)));
  }

  cases::CaseRow row_;
};

TEST_P(VerificationRoutes, OrderAndReportAndWhoSeesWhat) {
  const auto ordered = post(actor(Role::civil_affairs_assistant), path("/orders"), version());
  ASSERT_EQ(ordered.status, 200) << ordered.body;
  EXPECT_THAT(ordered.body, HasSubstr("\"state\":\"verifying\""));
  const auto body = report_of(version(), {"m1", "m2", "m3", "o1"});
  const auto reported = post(actor(Role::verification_officer), path("/report"), body);
  ASSERT_EQ(reported.status, 200) << reported.body;
  EXPECT_THAT(reported.body, HasSubstr("\"state\":\"investigating\""));
  const auto full = get(actor(Role::civil_affairs_assistant), path());
  ASSERT_EQ(full.status, 200) << full.body;
  for (const char* part : {"\"is_valid\":true", "\"outcome\":\"clues\"", "名下有轿车一辆", "\"amount\":\"45000.00\"",
                           "王大勇", "\"valid_until\":\"2020-01-29\""}) {
    EXPECT_THAT(full.body, HasSubstr(part));
  }
  const auto village = get(actor(Role::village_cadre), path());
  ASSERT_EQ(village.status, 200) << village.body;
  EXPECT_THAT(village.body, HasSubstr("\"outcome\":\"clues\""));
  for (const char* secret : {"轿车", "45000", "王", "车辆管理所", "clue_found", "\"person\"", "140399"}) {
    EXPECT_THAT(village.body, Not(HasSubstr(secret)));
  }
}

TEST_P(VerificationRoutes, RefusalsNameFieldsArticlesAndNoOne) {
  ASSERT_EQ(post(actor(Role::civil_affairs_assistant), path("/orders"), version()).status, 200);
  const auto refused =
      post(actor(Role::verification_officer), path("/report"), report_of(version(), {"m1", "m2", "x"}));
  EXPECT_EQ(refused.status, 422) << refused.body;
  for (const char* part : {"verification.person_foreign", "verification.person_missing", "\"/results/2/person\"",
                           "SX-2019/2-5", "缺少 o1 的核对结果"}) {
    EXPECT_THAT(refused.body, HasSubstr(part));
  }
  for (const char* secret : {"王", "李", "140399"}) EXPECT_THAT(refused.body, Not(HasSubstr(secret)));
  EXPECT_EQ(post(actor(Role::village_cadre), path("/report"), report_of(version(), {"m1"})).status, 403);
  EXPECT_EQ(post(actor(Role::verification_officer), path("/report"), version().set("results", "x")).status, 422);
  const Actor elsewhere = make_actor(Role::verification_officer, region("140303"));
  EXPECT_EQ(get(elsewhere, path()).status, 404);
}

JZ_ON_BOTH_DATABASES(VerificationRoutes);

}  // namespace
}  // namespace jiuzhu::verification
