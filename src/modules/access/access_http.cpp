#include "modules/access/access_http.hpp"

#include "kernel/regions/region_json.hpp"
#include "modules/access/officer_search.hpp"
#include "modules/access/user_service.hpp"

// Wire types stand in the plain namespace because their json::meta specialisations must enclose both.
namespace jiuzhu {

struct GrantView {
  GrantId id;
  Role role = Role::village_cadre;
  RegionCode region_code;
  std::string region_name;
};
BOOST_DESCRIBE_STRUCT(GrantView, (), (id, role, region_code, region_name))

struct SessionUser {
  UserId id;
  std::string login;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(SessionUser, (), (id, login, name))

struct SessionView {
  SessionUser user;
  std::vector<GrantView> grants;
  GrantId acting;
  std::string csrf_token;
  std::vector<Permission> permissions;
  bool must_change_password = false;
  bool second_factor_enabled = false;
  bool demo = false;
  Date today;
};
BOOST_DESCRIBE_STRUCT(SessionView, (),
                      (user, grants, acting, csrf_token, permissions, must_change_password, second_factor_enabled, demo,
                       today))

struct SignInRequest {
  std::string login;
  std::string password;
  std::optional<std::string> code;
};
BOOST_DESCRIBE_STRUCT(SignInRequest, (), (login, password, code))
template <>
inline constexpr json::Meta json::meta<&SignInRequest::login>{.title = "用户名", .min_length = 1, .max_length = 40};
template <>
inline constexpr json::Meta json::meta<&SignInRequest::password>{.title = "密码", .min_length = 1, .max_length = 200};
template <>
inline constexpr json::Meta json::meta<&SignInRequest::code>{.title = "动态口令", .max_length = 10};

struct ActAsRequest {
  GrantId grant;
};
BOOST_DESCRIBE_STRUCT(ActAsRequest, (), (grant))

struct ChangePasswordRequest {
  std::string old_password;
  std::string new_password;
};
BOOST_DESCRIBE_STRUCT(ChangePasswordRequest, (), (old_password, new_password))
template <>
inline constexpr json::Meta json::meta<&ChangePasswordRequest::new_password>{.title = "新密码", .max_length = 200};
template <>
inline constexpr json::Meta json::meta<&ChangePasswordRequest::old_password>{.title = "原密码", .max_length = 200};

struct SecondFactorView {
  std::string secret;
  std::string uri;
};
BOOST_DESCRIBE_STRUCT(SecondFactorView, (), (secret, uri))

struct ConfirmSecondFactorRequest {
  std::string secret;
  std::string code;
};
BOOST_DESCRIBE_STRUCT(ConfirmSecondFactorRequest, (), (secret, code))

struct RemoveSecondFactorRequest {
  std::string password;
};
BOOST_DESCRIBE_STRUCT(RemoveSecondFactorRequest, (), (password))

enum class UserState { active, disabled, locked };
BOOST_DESCRIBE_ENUM(UserState, active, disabled, locked)

struct UserView {
  UserId id;
  std::string login;
  std::string name;
  UserState state = UserState::active;
  std::vector<GrantView> grants;
  bool second_factor_enabled = false;
  std::optional<Instant> last_login_at;
};
BOOST_DESCRIBE_STRUCT(UserView, (), (id, login, name, state, grants, second_factor_enabled, last_login_at))

struct UserList {
  std::vector<UserView> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(UserList, (), (items, next))

struct UserQuery {
  std::string search;
  std::string after;
};
BOOST_DESCRIBE_STRUCT(UserQuery, (), (search, after))
template <>
inline constexpr json::Meta json::meta<&UserQuery::search>{.title = "查找", .max_length = 50, .optional = true};
template <>
inline constexpr json::Meta json::meta<&UserQuery::after>{.title = "上一页末尾", .max_length = 60, .optional = true};

struct GrantRequest {
  Role role = Role::village_cadre;
  RegionCode region_code;
};
BOOST_DESCRIBE_STRUCT(GrantRequest, (), (role, region_code))

struct CreateUserRequest {
  std::string login;
  std::string name;
  std::vector<GrantRequest> grants;
};
BOOST_DESCRIBE_STRUCT(CreateUserRequest, (), (login, name, grants))
template <>
inline constexpr json::Meta json::meta<&CreateUserRequest::login>{.title = "用户名", .min_length = 3, .max_length = 40};
template <>
inline constexpr json::Meta json::meta<&CreateUserRequest::name>{.title = "姓名", .min_length = 1, .max_length = 50};
template <>
inline constexpr json::Meta json::meta<&CreateUserRequest::grants>{.title = "岗位", .min_length = 1, .max_length = 20};

struct ChangeUserRequest {
  std::optional<std::string> name;
  std::optional<std::vector<GrantRequest>> grants;
};
BOOST_DESCRIBE_STRUCT(ChangeUserRequest, (), (name, grants))
template <>
inline constexpr json::Meta json::meta<&ChangeUserRequest::name>{.title = "姓名", .min_length = 1, .max_length = 50};

struct CreatedUserView {
  UserView user;
  std::string one_time_password;
};
BOOST_DESCRIBE_STRUCT(CreatedUserView, (), (user, one_time_password))

struct OneTimePassword {
  std::string one_time_password;
};
BOOST_DESCRIBE_STRUCT(OneTimePassword, (), (one_time_password))

struct RoleView {
  Role role = Role::village_cadre;
  std::string title_zh;
  std::string title_en;
  std::vector<RegionLevel> levels;
};
BOOST_DESCRIBE_STRUCT(RoleView, (), (role, title_zh, title_en, levels))

struct RoleList {
  std::vector<RoleView> items;
};
BOOST_DESCRIBE_STRUCT(RoleList, (), (items))

namespace access {
namespace {

using api::Call;
using api::Nothing;

std::vector<GrantWish> wishes_of(const std::vector<GrantRequest>& requests) {
  std::vector<GrantWish> wishes;
  for (const GrantRequest& request : requests) wishes.push_back({request.role, request.region_code});
  return wishes;
}

std::string session_cookie(std::string_view token, bool needs_tls) {
  std::string cookie = std::string(kSessionCookie) + "=" + std::string(token) + "; Path=/; HttpOnly; SameSite=Strict";
  if (needs_tls) cookie += "; Secure";
  if (token.empty()) cookie += "; Max-Age=0";
  return cookie;
}

class Routes {
 public:
  Routes(const Surroundings& surroundings, SessionService& sessions, InstallationNotes notes, RegionName region_name)
      : surroundings_(surroundings), sessions_(sessions), notes_(notes), region_name_(std::move(region_name)) {}

  Result<CurrentSession> session(const Call& call) const {
    const auto token = call.request.cookie(kSessionCookie);
    auto found = token ? sessions_.find(*token) : std::nullopt;
    if (!found) return refuse(ErrorCode::unauthenticated, "session.missing");
    return *found;
  }

  std::vector<GrantView> view(const std::vector<GrantRow>& grants) const {
    std::vector<GrantView> views;
    for (const GrantRow& grant : grants) {
      views.push_back({grant.id, grant.role, grant.region, region_name_(grant.region)});
    }
    return views;
  }

  SessionView view(const SessionState& state) const {
    SessionView view{.user = {state.user.id, state.user.login, state.user.name},
                     .grants = this->view(state.grants),
                     .acting = state.acting,
                     .csrf_token = state.csrf_token,
                     .permissions = {},
                     .must_change_password = state.user.must_change_password,
                     .second_factor_enabled = state.user.totp_secret.has_value(),
                     .demo = notes_.is_demo,
                     .today = surroundings_.clock.today()};
    for (const GrantRow& grant : state.grants) {
      if (grant.id != state.acting) continue;
      const auto permissions = permissions_of(grant.role);
      view.permissions.assign(permissions.begin(), permissions.end());
    }
    return view;
  }

  UserView view(const UserWithGrants& target) const {
    const UserRow& user = target.user;
    const bool is_locked = surroundings_.clock.now() < user.locked_until;
    return {.id = user.id,
            .login = user.login,
            .name = user.name,
            .state = user.is_disabled ? UserState::disabled
                     : is_locked      ? UserState::locked
                                      : UserState::active,
            .grants = view(target.grants),
            .second_factor_enabled = user.totp_secret.has_value(),
            .last_login_at = user.last_login_at};
  }

  Result<SessionView> current(const Call& call) const {
    JZ_TRY(const CurrentSession found, session(call));
    JZ_TRY(const SessionState state, sessions_.state(found));
    return view(state);
  }

  Result<UserView> account_act(Call& call, AccountAct act) const {
    JZ_TRY(const UserId id, call.path<UserId>("user"));
    JZ_TRY(const UserWithGrants user, act_on_account(surroundings_, call.actor(), id, act));
    return view(user);
  }

  const Surroundings& surroundings_;
  SessionService& sessions_;
  InstallationNotes notes_;
  RegionName region_name_;
};

void add_session_routes(api::Api& api, const std::shared_ptr<const Routes>& routes) {
  api.get<Nothing, SessionView>(
      "/session", {.id = "getSession", .summary = "当前会话", .tag = "session", .works_before_password_change = true},
      [routes](Call& call, Nothing) { return routes->current(call); });
  api.post<SignInRequest, SessionView>(
      "/session", {.id = "signIn", .summary = "登录", .tag = "session", .needs_actor = false, .checks_csrf = false},
      [routes](Call& call, SignInRequest request) -> Result<SessionView> {
        JZ_TRY(const SignedIn signed_in,
               routes->sessions_.sign_in({request.login, request.password, request.code}, call.request.client_address));
        call.response_headers.emplace_back("Set-Cookie",
                                           session_cookie(signed_in.token, routes->notes_.cookie_needs_tls));
        return routes->view(signed_in.state);
      });
  api.del<Nothing, Nothing>(
      "/session", {.id = "signOut", .summary = "退出登录", .tag = "session", .works_before_password_change = true},
      [routes](Call& call, Nothing) -> Result<Nothing> {
        JZ_TRY(const CurrentSession session, routes->session(call));
        JZ_TRY_VOID(routes->sessions_.sign_out(session));
        call.response_headers.emplace_back("Set-Cookie", session_cookie("", routes->notes_.cookie_needs_tls));
        return Nothing{};
      });
  api.put<ActAsRequest, SessionView>("/session/acting", {.id = "actAs", .summary = "切换岗位", .tag = "session"},
                                     [routes](Call& call, ActAsRequest request) -> Result<SessionView> {
                                       JZ_TRY(const CurrentSession session, routes->session(call));
                                       JZ_TRY_VOID(routes->sessions_.act_as(session, request.grant));
                                       return routes->current(call);
                                     });
  api.put<ChangePasswordRequest, SessionView>(
      "/session/password",
      {.id = "changePassword", .summary = "修改密码", .tag = "session", .works_before_password_change = true},
      [routes](Call& call, ChangePasswordRequest request) -> Result<SessionView> {
        JZ_TRY(const CurrentSession session, routes->session(call));
        JZ_TRY_VOID(routes->sessions_.change_password(session, request.old_password, request.new_password));
        return routes->current(call);
      });
  api.post<Nothing, SecondFactorView>("/session/second-factor",
                                      {.id = "beginSecondFactor", .summary = "准备启用动态口令", .tag = "session"},
                                      [routes](Call& call, Nothing) -> Result<SecondFactorView> {
                                        JZ_TRY(const CurrentSession session, routes->session(call));
                                        JZ_TRY(const auto factor, routes->sessions_.begin_second_factor(session));
                                        return SecondFactorView{factor.secret, factor.uri};
                                      });
  api.put<ConfirmSecondFactorRequest, Nothing>(
      "/session/second-factor", {.id = "confirmSecondFactor", .summary = "启用动态口令", .tag = "session"},
      [routes](Call& call, ConfirmSecondFactorRequest request) -> Result<Nothing> {
        JZ_TRY(const CurrentSession session, routes->session(call));
        JZ_TRY_VOID(routes->sessions_.confirm_second_factor(session, request.secret, request.code));
        return Nothing{};
      });
  api.post<RemoveSecondFactorRequest, Nothing>(
      "/session/second-factor/removal", {.id = "removeSecondFactor", .summary = "停用动态口令", .tag = "session"},
      [routes](Call& call, RemoveSecondFactorRequest request) -> Result<Nothing> {
        JZ_TRY(const CurrentSession session, routes->session(call));
        JZ_TRY_VOID(routes->sessions_.remove_second_factor(session, request.password));
        return Nothing{};
      });
}

void add_user_routes(api::Api& api, const std::shared_ptr<const Routes>& routes) {
  api.get<UserQuery, UserList>(
      "/users", {.id = "listUsers", .summary = "用户列表", .tag = "users"},
      [routes](Call& call, UserQuery query) -> Result<UserList> {
        constexpr int kPage = 50;
        JZ_TRY(const auto users, find_users(routes->surroundings_, call.actor(), query.search, query.after, kPage));
        UserList list;
        for (const auto& user : users) list.items.push_back(routes->view(user));
        if (users.size() == kPage) list.next = users.back().user.login;
        return list;
      });
  api.post<CreateUserRequest, CreatedUserView>(
      "/users", {.id = "createUser", .summary = "新建用户", .tag = "users", .success = 201},
      [routes](Call& call, CreateUserRequest request) -> Result<CreatedUserView> {
        JZ_TRY(const CreatedUser created, create_user(routes->surroundings_, call.actor(),
                                                      {request.login, request.name, wishes_of(request.grants)}));
        return CreatedUserView{routes->view(created.user), created.one_time_password};
      });
  api.get<Nothing, UserView>("/users/{user}", {.id = "getUser", .summary = "用户", .tag = "users"},
                             [routes](Call& call, Nothing) -> Result<UserView> {
                               JZ_TRY(const UserId id, call.path<UserId>("user"));
                               JZ_TRY(const auto user, get_user(routes->surroundings_, call.actor(), id));
                               return routes->view(user);
                             });
  api.patch<ChangeUserRequest, UserView>("/users/{user}", {.id = "changeUser", .summary = "修改用户", .tag = "users"},
                                         [routes](Call& call, ChangeUserRequest request) -> Result<UserView> {
                                           JZ_TRY(const UserId id, call.path<UserId>("user"));
                                           UserChange change{.name = request.name, .grants = {}};
                                           if (request.grants) change.grants = wishes_of(*request.grants);
                                           JZ_TRY(const auto user,
                                                  change_user(routes->surroundings_, call.actor(), id, change));
                                           return routes->view(user);
                                         });
  api.post<Nothing, OneTimePassword>("/users/{user}/password",
                                     {.id = "resetPassword", .summary = "重置密码", .tag = "users"},
                                     [routes](Call& call, Nothing) -> Result<OneTimePassword> {
                                       JZ_TRY(const UserId id, call.path<UserId>("user"));
                                       JZ_TRY(auto password, reset_password(routes->surroundings_, call.actor(), id));
                                       return OneTimePassword{std::move(password)};
                                     });
  const auto add_act = [&](const char* path, const char* id, const char* summary, AccountAct act) {
    api.post<Nothing, UserView>(path, {.id = id, .summary = summary, .tag = "users"},
                                [routes, act](Call& call, Nothing) { return routes->account_act(call, act); });
  };
  add_act("/users/{user}/disable", "disableUser", "停用用户", AccountAct::disable);
  add_act("/users/{user}/enable", "enableUser", "启用用户", AccountAct::enable);
  add_act("/users/{user}/unlock", "unlockUser", "解除锁定", AccountAct::unlock);
  api.get<Nothing, RoleList>(
      "/roles", {.id = "listRoles", .summary = "岗位", .tag = "users"}, [](Call&, Nothing) -> Result<RoleList> {
        RoleList list;
        for (const RoleTitle& title : role_titles()) {
          list.items.push_back(
              {title.role, std::string(title.zh), std::string(title.en), {title.levels.begin(), title.levels.end()}});
        }
        return list;
      });
}

}  // namespace

api::Api::Authenticator make_authenticator(SessionService& sessions) {
  return [&sessions](const http::Request& request) -> std::optional<api::Authenticated> {
    const auto token = request.cookie(kSessionCookie);
    const auto session = token ? sessions.find(*token) : std::nullopt;
    if (!session) return std::nullopt;
    return api::Authenticated{session->actor, session->csrf_token, session->must_change_password};
  };
}

void add_access_routes(api::Api& api, const Surroundings& surroundings, SessionService& sessions,
                       InstallationNotes notes, RegionName region_name) {
  add_officer_routes(api, surroundings, region_name);
  const auto routes = std::make_shared<const Routes>(surroundings, sessions, notes, std::move(region_name));
  add_session_routes(api, routes);
  add_user_routes(api, routes);
}

}  // namespace access
}  // namespace jiuzhu
