#include "modules/access/user_export.hpp"

#include "modules/access/user_service.hpp"

namespace jiuzhu {

struct ExportUsersRequest {
  std::optional<std::string> search;
};
BOOST_DESCRIBE_STRUCT(ExportUsersRequest, (), (search))
template <>
inline constexpr json::Meta json::meta<&ExportUsersRequest::search>{.title = "查找", .max_length = 50};

namespace access {
namespace {

using exports::Column;

std::vector<Column<UserWithGrants>> columns_of(const exports::Context& context, const RegionName& region_name) {
  const auto posts = [&context, &region_name](const UserWithGrants& each) {
    std::string text;
    for (const GrantRow& grant : each.grants) {
      const RoleTitle& title = title_of(grant.role);
      if (!text.empty()) text += "; ";
      text +=
          std::string(context.words.language() == Language::zh ? title.zh : title.en) + " " + region_name(grant.region);
    }
    return text;
  };
  const auto state = [&context](const UserWithGrants& each) {
    if (each.user.is_disabled) return context.words.text("word.user_state_disabled");
    const bool is_locked = context.surroundings.clock.now() < each.user.locked_until;
    return context.words.text(is_locked ? "word.user_state_locked" : "word.user_state_active");
  };
  return {
      {"export.login", 18, ColumnKind::text, [](const UserWithGrants& each) { return each.user.login; }},
      {"export.name", 12, ColumnKind::text, [](const UserWithGrants& each) { return each.user.name; }},
      {"export.posts", 60, ColumnKind::text, posts},
      {"export.user_state", 10, ColumnKind::text, state},
      {"export.second_factor", 12, ColumnKind::text,
       [&context](const UserWithGrants& each) {
         return context.words.yes_or_nothing(each.user.totp_secret.has_value());
       }},
      {"export.created_on", 14, ColumnKind::date,
       [](const UserWithGrants& each) { return each.user.created_at.china_date(); }},
      {"export.last_login_on", 14, ColumnKind::date,
       [](const UserWithGrants& each) {
         return each.user.last_login_at ? XlsxValue(each.user.last_login_at->china_date()) : XlsxValue();
       }},
  };
}

}  // namespace

Result<api::FileContent> export_users(const exports::Context& context, const RegionName& region_name,
                                      const std::string& search) {
  // What was searched for may be somebody's name, so the record tells only that something was.
  return exports::export_list<UserWithGrants>(context, "export.users", "users", search.empty() ? "" : "search",
                                              columns_of(context, region_name), [&](const UserWithGrants* last) {
                                                return find_users(context.surroundings, context.actor, search,
                                                                  last ? last->user.login : "", exports::kPage);
                                              });
}

void add_user_export_routes(api::Api& api, const Surroundings& surroundings, const Messages& messages,
                            RegionName region_name) {
  api.post<ExportUsersRequest, api::FileContent>(
      "/users/export", {.id = "exportUsers", .summary = "导出用户列表（XLSX）", .tag = "users"},
      [&surroundings, &messages, region_name](api::Call& call, ExportUsersRequest request) {
        // The administrator exports accounts and nothing else: the audit record, which he may read, is not his to copy.
        const exports::Context context{surroundings, call.actor(), exports::Words(messages, call.language),
                                       Permission::user_manage};
        return export_users(context, region_name, request.search.value_or(""));
      });
}

}  // namespace access
}  // namespace jiuzhu
