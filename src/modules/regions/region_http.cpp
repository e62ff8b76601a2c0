#include "modules/regions/region_http.hpp"

namespace jiuzhu {

struct RegionView {
  std::string code;
  std::string name;
  RegionLevel level = RegionLevel::province;
  bool has_children = false;
};
BOOST_DESCRIBE_STRUCT(RegionView, (), (code, name, level, has_children))

struct RegionList {
  std::vector<RegionView> items;
};
BOOST_DESCRIBE_STRUCT(RegionList, (), (items))

struct RegionQuery {
  std::string parent;
};
BOOST_DESCRIBE_STRUCT(RegionQuery, (), (parent))
template <>
inline constexpr json::Meta json::meta<&RegionQuery::parent>{
    .title = "上级地区代码", .max_length = 12, .optional = true};

namespace regions {

void add_region_routes(api::Api& api, db::Database& database) {
  api.get<RegionQuery, RegionList>(
      "/regions", {.id = "listRegions", .summary = "下级地区", .tag = "regions"},
      [&database](api::Call&, RegionQuery query) -> Result<RegionList> {
        RegionList list;
        for (const RegionRow& row : database.read([&](db::Transaction& tx) { return children_of(tx, query.parent); })) {
          const auto code = RegionCode::parse(row.code);
          JZ_ASSERT(code.has_value());
          list.items.push_back({row.code, row.name, code->level(), code->level() != RegionLevel::village});
        }
        return list;
      });
}

}  // namespace regions
}  // namespace jiuzhu
