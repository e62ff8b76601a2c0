#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <set>
#include <thread>

#include "base/seeded_random.hpp"
#include "kernel/exports/test_sheet.hpp"
#include "kernel/test/world.hpp"
#include "modules/access/officer_search.hpp"
#include "modules/access/session_service.hpp"
#include "modules/access/user_export.hpp"
#include "modules/access/user_service.hpp"
#include "platform/crypto/totp.hpp"

namespace jiuzhu::access {
namespace {

RegionCode region(const char* code) { return *RegionCode::parse(code); }

class Access : public test::WorldOnBothDatabases {
 protected:
  void SetUp() override {
    WorldOnBothDatabases::SetUp();
    if (IsSkipped()) return;
    sessions_ = std::make_unique<SessionService>(world());
    const auto created = create_user_as_operator(
        world(), {"admin", "管理员", {{Role::county_administrator, region("140302")}}}, "first-pass-1");
    ASSERT_TRUE(created) << created.error().key;
    admin_ = actor_of(created->user);
  }

  static Actor actor_of(const UserWithGrants& user) {
    return {.user = user.user.id,
            .name = user.user.name,
            .grant = user.grants.front().id,
            .role = user.grants.front().role,
            .region = user.grants.front().region};
  }

  Result<SignedIn> sign_in(const std::string& login, const std::string& password,
                           std::optional<std::string> code = std::nullopt) {
    return sessions_->sign_in({login, password, std::move(code)}, "10.0.0.1");
  }

  CreatedUser create_assistant() {
    auto created =
        create_user(world(), admin_, {"zhao.liu", "赵六", {{Role::civil_affairs_assistant, region("140302001")}}});
    EXPECT_TRUE(created);
    return std::move(*created);
  }

  std::unique_ptr<SessionService> sessions_;
  Actor admin_;
};

TEST_P(Access, SignsInAndFindsTheSession) {
  const auto signed_in = sign_in("admin", "first-pass-1");
  ASSERT_TRUE(signed_in) << signed_in.error().key;
  const auto session = sessions_->find(signed_in->token);
  ASSERT_TRUE(session);
  EXPECT_EQ(session->actor.role, Role::county_administrator);
  EXPECT_EQ(session->csrf_token, signed_in->state.csrf_token);
  EXPECT_FALSE(sessions_->find(std::string(64, '0')));
  ASSERT_TRUE(sessions_->sign_out(*session));
  EXPECT_FALSE(sessions_->find(signed_in->token));
}

TEST_P(Access, DoesNotBetrayWhetherALoginExists) {
  EXPECT_EQ(sign_in("admin", "wrong").error().key, "session.wrong_credentials");
  EXPECT_EQ(sign_in("nobody", "wrong").error().key, "session.wrong_credentials");
}

TEST_P(Access, LocksAfterFiveFailuresAndOpensAgainLater) {
  for (int i = 0; i < SessionService::kFailuresMax; ++i) EXPECT_FALSE(sign_in("admin", "wrong"));
  EXPECT_EQ(sign_in("admin", "first-pass-1").error().key, "session.locked");
  clock().advance_seconds(SessionService::kLockMinutes * 60 + 1);
  EXPECT_TRUE(sign_in("admin", "first-pass-1"));
}

TEST_P(Access, EndsSessionsAfterIdlenessAndAfterADay) {
  const auto idle = sign_in("admin", "first-pass-1");
  clock().advance_seconds(31 * 60);
  EXPECT_FALSE(sessions_->find(idle->token));
  const auto busy = sign_in("admin", "first-pass-1");
  for (int minute = 0; minute < 12 * 60; minute += 20) {
    EXPECT_TRUE(sessions_->find(busy->token)) << minute;
    clock().advance_seconds(20 * 60);
  }
  clock().advance_seconds(60);
  EXPECT_FALSE(sessions_->find(busy->token));
}

TEST_P(Access, FindsTheSessionWhileSomebodyWritesForLong) {
  const auto signed_in = sign_in("admin", "first-pass-1");
  clock().advance_seconds(5 * 60);  // long enough that its use is to be noted again
  std::latch began{1}, ends{1};
  std::jthread writer([&] {
    (void)database().write([&](db::Transaction&) -> Status {
      began.count_down();
      ends.wait();
      return {};
    });
  });
  began.wait();
  EXPECT_TRUE(sessions_->find(signed_in->token));
  ends.count_down();
}

TEST_P(Access, LimitsAttemptsPerAddress) {
  for (int i = 0; i < 20; ++i) EXPECT_EQ(sign_in("nobody", "x").error().key, "session.wrong_credentials");
  EXPECT_EQ(sign_in("nobody", "x").error().key, "session.too_many_attempts");
}

TEST_P(Access, DoesNotCountSuccessfulSignIns) {
  for (int i = 0; i < 25; ++i) ASSERT_TRUE(sign_in("admin", "first-pass-1")) << i;
}

TEST_P(Access, CountsFailuresThatComeAtTheSameMoment) {
  {
    std::vector<std::jthread> guesses;
    for (int i = 0; i < SessionService::kFailuresMax; ++i) {
      guesses.emplace_back([this] { static_cast<void>(sign_in("admin", "wrong")); });
    }
  }
  EXPECT_EQ(sign_in("admin", "first-pass-1").error().key, "session.locked");
}

TEST_P(Access, ACodeOpensOneSessionHoweverManyPresentItAtOnce) {
  const auto first = sign_in("admin", "first-pass-1");
  const auto session = sessions_->find(first->token);
  const auto factor = sessions_->begin_second_factor(*session);
  ASSERT_TRUE(sessions_->confirm_second_factor(*session, factor->secret, *totp_code(factor->secret, clock().now())));
  clock().advance_seconds(60);
  const std::string code = *totp_code(factor->secret, clock().now());
  std::atomic<int> opened = 0;
  {
    std::vector<std::jthread> desks;
    for (int i = 0; i < 4; ++i)
      desks.emplace_back([&] { opened += sign_in("admin", "first-pass-1", code).has_value(); });
  }
  EXPECT_EQ(opened, 1);
}

TEST_P(Access, SecondFactorCountsOncePerCode) {
  const auto first = sign_in("admin", "first-pass-1");
  const auto session = sessions_->find(first->token);
  const auto factor = sessions_->begin_second_factor(*session);
  ASSERT_TRUE(factor);
  EXPECT_FALSE(sessions_->confirm_second_factor(*session, factor->secret, "000000x"));
  ASSERT_TRUE(sessions_->confirm_second_factor(*session, factor->secret, *totp_code(factor->secret, clock().now())));
  EXPECT_EQ(sign_in("admin", "first-pass-1").error().key, "session.code_required");
  EXPECT_EQ(sign_in("admin", "first-pass-1", *totp_code(factor->secret, clock().now())).error().key,
            "session.code_wrong");
  clock().advance_seconds(60);
  const std::string code = *totp_code(factor->secret, clock().now());
  EXPECT_TRUE(sign_in("admin", "first-pass-1", code));
  EXPECT_EQ(sign_in("admin", "first-pass-1", code).error().key, "session.code_wrong");
}

TEST_P(Access, NewUsersMustChangeTheirPassword) {
  const auto created = create_assistant();
  const auto signed_in = sign_in("zhao.liu", created.one_time_password);
  ASSERT_TRUE(signed_in);
  auto session = sessions_->find(signed_in->token);
  EXPECT_TRUE(session->must_change_password);
  EXPECT_EQ(sessions_->change_password(*session, "wrong", "new-password-9").error().fields[0].key,
            "password.old_wrong");
  EXPECT_EQ(sessions_->change_password(*session, created.one_time_password, "short1").error().fields[0].key,
            "password.too_short");
  ASSERT_TRUE(sessions_->change_password(*session, created.one_time_password, "new-password-9"));
  EXPECT_FALSE(sessions_->find(signed_in->token)->must_change_password);
  EXPECT_FALSE(sign_in("zhao.liu", created.one_time_password));
}

TEST_P(Access, AdministratorsStayInsideTheirRegionAndOffTheirOwnAccount) {
  const auto outside = create_user(world(), admin_, {"li.si", "李四", {{Role::county_approver, region("140303")}}});
  EXPECT_EQ(outside.error().fields[0].key, "user.grant_outside_region");
  const auto wrong_level =
      create_user(world(), admin_, {"li.si", "李四", {{Role::county_approver, region("140302001")}}});
  EXPECT_EQ(wrong_level.error().fields[0].key, "user.grant_level_wrong");
  EXPECT_EQ(
      change_user(world(), admin_, admin_.user, {.grants = {{{Role::county_approver, region("140302")}}}}).error().key,
      "user.is_self");
  const Actor foreign{
      .user = world_id<UserId>(), .name = "x", .role = Role::county_administrator, .region = region("140303")};
  const auto created = create_assistant();
  EXPECT_EQ(act_on_account(world(), foreign, created.user.user.id, AccountAct::disable).error().key, "user.not_found");
  EXPECT_EQ(get_user(world(), foreign, created.user.user.id).error().key, "user.not_found");
  EXPECT_TRUE(find_users(world(), foreign, "", "", 50)->empty());
  EXPECT_EQ(find_users(world(), admin_, "", "", 50)->size(), 2U);
}

TEST_P(Access, OnlyAdministratorsManageUsers) {
  const auto created = create_assistant();
  EXPECT_EQ(create_user(world(), actor_of(created.user), {"x.yz", "x", {{Role::village_cadre, region("140302001001")}}})
                .error()
                .code,
            ErrorCode::forbidden);
}

TEST_P(Access, TheFileOfAccountsHasThoseOfTheRegionAndNoSecrets) {
  const CreatedUser assistant = create_assistant();
  const Messages messages = *Messages::parse("{}", "{}");
  const auto name = [](const RegionCode& code) { return code.to_text(); };
  const auto file_of = [&](const Actor& actor) {
    return export_users({world(), actor, exports::Words(messages, Language::zh), Permission::user_manage}, name, "");
  };
  EXPECT_EQ(file_of(actor_of(assistant.user)).error().key, "access.permission_missing");
  const auto file = file_of(admin_);
  ASSERT_TRUE(file) << file.error().key;
  const auto rows = test::rows_of(*file);
  ASSERT_EQ(rows.size(), 3U) << "titles, the administrator, the assistant";
  EXPECT_EQ(rows[2][0], "zhao.liu");
  EXPECT_EQ(rows[2][2], "民政助理员 140302001");
  for (const auto& cells : rows) {
    for (const std::string& cell : cells) EXPECT_FALSE(cell.contains("argon2"));
  }
  Actor other = admin_;
  other.region = region("140303");
  EXPECT_EQ(test::rows_of(*file_of(other)).size(), 1U) << "titles only";
}

TEST_P(Access, DisablingAndChangingGrantsEndSessionsAtOnce) {
  const auto created = create_assistant();
  const auto first = sign_in("zhao.liu", created.one_time_password);
  ASSERT_TRUE(change_user(world(), admin_, created.user.user.id,
                          {.grants = {{{Role::township_reviewer, region("140302001")}}}}));
  EXPECT_FALSE(sessions_->find(first->token));
  const auto second = sign_in("zhao.liu", created.one_time_password);
  EXPECT_EQ(sessions_->find(second->token)->actor.role, Role::township_reviewer);
  ASSERT_TRUE(act_on_account(world(), admin_, created.user.user.id, AccountAct::disable));
  EXPECT_FALSE(sessions_->find(second->token));
  EXPECT_EQ(sign_in("zhao.liu", created.one_time_password).error().key, "session.wrong_credentials");
}

TEST_P(Access, LoginsAreUnique) {
  create_assistant();
  EXPECT_EQ(create_user(world(), admin_, {"zhao.liu", "赵", {{Role::village_cadre, region("140302001001")}}})
                .error()
                .fields[0]
                .key,
            "user.login_taken");
}

TEST_P(Access, EveryChangeIsInTheAuditChain) {
  create_assistant();
  EXPECT_FALSE(sign_in("admin", "wrong"));
  ASSERT_TRUE(sign_in("admin", "first-pass-1"));
  const auto records = world().database.read(
      [](db::Transaction& tx) { return list_audit(tx, {.scope = {"140302", "140303"}, .limit = 10}); });
  std::vector<std::string> actions;
  for (const auto& record : records) actions.push_back(record.action);
  EXPECT_EQ(actions, (std::vector<std::string>{"session.opened", "session.refused", "user.created", "user.created"}));
}

TEST_P(Access, OfficersOfTheOwnCountyAreFoundByTheStartOfTheirNames) {
  const Actor assistant = actor_of(create_assistant().user);
  const auto appoint = [&](const char* login, const char* name, Role role, const char* where) {
    const auto created = create_user_as_operator(world(), {login, name, {{role, region(where)}}}, "first-pass-1");
    ASSERT_TRUE(created) << created.error().key;
  };
  appoint("county", "赵铁柱", Role::county_case_officer, "140302");
  appoint("village", "赵铁梅", Role::village_cadre, "140302002001");
  appoint("elsewhere", "赵铁军", Role::county_case_officer, "140303");
  appoint("left", "赵铁山", Role::county_case_officer, "140302");
  const auto find = [&](const Actor& who, const std::string& name) { return search_officers(world(), who, name); };
  const auto left = find(assistant, "赵铁山");
  ASSERT_EQ(left->size(), 1U);
  ASSERT_TRUE(act_on_account(world(), admin_, left->front().user, AccountAct::disable));
  const auto found = find(assistant, " 赵铁");
  ASSERT_TRUE(found) << found.error().key;
  std::set<std::string> names;
  for (const OfficerRow& officer : *found) names.insert(officer.name);
  EXPECT_EQ(names, (std::set<std::string>{"赵铁柱", "赵铁梅"}));
  for (const char* nobody : {"铁柱", "%%", "赵_", "__"}) EXPECT_TRUE(find(assistant, nobody)->empty()) << nobody;
  EXPECT_EQ(find(assistant, "赵").error().fields.at(0).key, "officer.name_too_short");
  EXPECT_EQ(find(admin_, "赵铁").error().key, "access.permission_missing");
}

TEST_P(Access, ASearchForOfficersEndsAfterAFew) {
  const Actor assistant = actor_of(create_assistant().user);
  const std::vector<GrantWish> posts(kOfficersMax + 2, {Role::village_cadre, region("140302001001")});
  ASSERT_TRUE(create_user(world(), admin_, {"qian", "钱多多", posts}));
  EXPECT_EQ(search_officers(world(), assistant, "钱多")->size(), static_cast<std::size_t>(kOfficersMax));
}

JZ_ON_BOTH_DATABASES(Access);

}  // namespace
}  // namespace jiuzhu::access
