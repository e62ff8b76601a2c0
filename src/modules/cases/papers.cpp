#include "modules/cases/papers.hpp"

#include <algorithm>

namespace jiuzhu::cases {

std::string chinese_date(Date date) { return chinese_month(date.month_of()) + std::to_string(date.day()) + "日"; }

std::string chinese_month(Month month) {
  return std::to_string(month.year()) + "年" + std::to_string(month.month()) + "月";
}

std::string place_name(const RegionCode& region, const RegionName& name) {
  std::string text = name(region);
  if (region.level() >= RegionLevel::county) text = name(*region.county().parent()) + text;
  std::erase(text, ' ');
  return text;
}

std::string township_office(const RegionCode& region, const RegionName& name) {
  RegionCode township = region;
  while (township.level() == RegionLevel::village) township = *township.parent();
  if (township.level() != RegionLevel::township) return county_office(region, name);
  const std::string place = place_name(township, name);
  if (place.ends_with("街道")) return place + "办事处";
  if (place.ends_with("镇") || place.ends_with("乡")) return place + "人民政府";
  return place;  // a district that is no township by name (园区, 街道办事处 spelt out) signs as itself
}

std::string county_office(const RegionCode& region, const RegionName& name) {
  return place_name(region.county(), name) + "民政局";
}

std::string cite_by_instrument(const std::vector<std::string>& articles, const policy::Wording& wording) {
  std::vector<std::pair<std::string, std::string>> groups;  // title, its articles
  for (const std::string& article : articles) {
    const std::string title = wording.cite(article.substr(0, article.find('/')), policy::Language::zh);
    const std::string place = wording.cite(article, policy::Language::zh).substr(title.size());
    auto group = std::ranges::find(groups, title, &std::pair<std::string, std::string>::first);
    if (group == groups.end()) {
      groups.emplace_back(title, place);
    } else {
      group->second += "、" + place;
    }
  }
  std::string text;
  for (const auto& [title, places] : groups) text += (text.empty() ? "" : "，") + title + places;
  return text;
}

std::string programme_name(CaseProgramme programme) {
  switch (programme) {
    case CaseProgramme::urban_minimum_living: return "城市最低生活保障";
    case CaseProgramme::rural_minimum_living: return "农村最低生活保障";
  }
  return {};
}

}  // namespace jiuzhu::cases
