#include "modules/access/officer_search.hpp"

#include "base/text.hpp"
#include "kernel/regions/region_json.hpp"

namespace jiuzhu {

struct OfficerSearchRequest {
  std::string name;
};
BOOST_DESCRIBE_STRUCT(OfficerSearchRequest, (), (name))
template <>
inline constexpr json::Meta json::meta<&OfficerSearchRequest::name>{.title = "姓名", .max_length = 50};

struct OfficerChoice {
  UserId user;
  std::string name;
  Role role = Role::village_cadre;
  std::string region_name;
};
BOOST_DESCRIBE_STRUCT(OfficerChoice, (), (user, name, role, region_name))

struct OfficerChoices {
  std::vector<OfficerChoice> items;
};
BOOST_DESCRIBE_STRUCT(OfficerChoices, (), (items))

namespace access {
namespace {

std::size_t character_count(std::string_view text) {
  std::size_t count = 0;
  for (const char byte : text) count += (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
  return count;
}

}  // namespace

Result<std::vector<OfficerRow>> search_officers(const Surroundings& surroundings, const Actor& actor,
                                                const std::string& name) {
  if (!allows(actor.role, Permission::case_file)) JZ_TRY_VOID(require(actor, Permission::objection_record));
  const std::string start(trim(name));
  if (character_count(start) < kOfficerNameMin) {
    return refuse(
        Error{.code = ErrorCode::invalid_input,
              .key = "request.invalid",
              .fields = {{"/name", "officer.name_too_short", {{"minimum", std::to_string(kOfficerNameMin)}}}}});
  }
  const RegionRange county = actor.region.county().range();
  return surroundings.database.read([&](db::Transaction& tx) -> Result<std::vector<OfficerRow>> {
    return officers_named(tx, {county.from, county.until}, start, kOfficersMax);
  });
}

void add_officer_routes(api::Api& api, const Surroundings& surroundings,
                        std::function<std::string(const RegionCode&)> region_name) {
  // A POST: names must not stand in addresses, which are logged everywhere.
  api.post<OfficerSearchRequest, OfficerChoices>(
      "/officer-searches", {.id = "searchOfficers", .summary = "按姓名查找本县经办人员", .tag = "cases"},
      [&surroundings, region_name = std::move(region_name)](api::Call& call,
                                                            OfficerSearchRequest request) -> Result<OfficerChoices> {
        JZ_TRY(const auto officers, search_officers(surroundings, call.actor(), request.name));
        OfficerChoices choices;
        for (const OfficerRow& officer : officers) {
          choices.items.push_back({officer.user, officer.name, officer.role, region_name(officer.region)});
        }
        return choices;
      });
}

}  // namespace access
}  // namespace jiuzhu
