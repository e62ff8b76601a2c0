#pragma once
// Words that the printed papers of several modules share. Papers are acts of an office: they are written in Chinese,
// whatever language the officer reads. Pure.

#include <functional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "engines/policy/wording.hpp"
#include "kernel/regions/region_code.hpp"
#include "modules/cases/case_store.hpp"

namespace jiuzhu::cases {

/// As pages show a place: from the county down, "城区 上站街道 新华社区"; a city by its own name.
using RegionName = std::function<std::string(const RegionCode&)>;

/// "2019年8月2日"
std::string chinese_date(Date date);

/// "2019年9月"
std::string chinese_month(Month month);

/// From the city down to the place, as papers write it: "阳泉市城区上站街道新华社区".
std::string place_name(const RegionCode& region, const RegionName& name);

/// The office that reviews: "阳泉市城区上站街道办事处", "…义井镇人民政府". Needs a region at or below a township; for a
/// county it is the county's office.
std::string township_office(const RegionCode& region, const RegionName& name);

/// The office that decides: "阳泉市城区民政局".
std::string county_office(const RegionCode& region, const RegionName& name);

/// Articles by instrument: "《社会救助暂行办法》第九条、第十条第二款，《城市居民最低生活保障条例》第二条". Instruments
/// and articles stay in the order in which they first appear.
std::string cite_by_instrument(const std::vector<std::string>& articles, const policy::Wording& wording);

/// "城市最低生活保障"
std::string programme_name(CaseProgramme programme);

}  // namespace jiuzhu::cases
