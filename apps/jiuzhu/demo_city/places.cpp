#include "places.hpp"

#include <map>

#include "base/text.hpp"

namespace jiuzhu::demo_city {
namespace {

constexpr std::size_t kVillageDigits = 12;

/// In statistical codes communities are numbered from 001 and villages from 200.
bool is_rural(std::string_view code) { return code[code.size() - 3] >= '2'; }

}  // namespace

Result<std::vector<Place>> places_of(std::string_view county, std::string_view csv) {
  std::vector<std::pair<std::string_view, std::string_view>> found;  // code, name
  std::map<std::string_view, int> bearers;
  for (const std::string_view line : split(csv, '\n')) {
    const auto cells = split(trim(line), ',');
    if (cells.size() != 3 || !cells[0].starts_with(county)) continue;
    ++bearers[cells[1]];
    if (cells[0].size() == kVillageDigits) found.emplace_back(cells[0], cells[1]);
  }
  if (found.empty()) return refuse(ErrorCode::not_found, "demo_city.no_places", {{"county", std::string(county)}});
  std::vector<Place> places;
  for (const auto& [code, name] : found) {
    places.push_back({.name = std::string(bearers[name] == 1 ? name : code), .is_rural = is_rural(code)});
  }
  return places;
}

}  // namespace jiuzhu::demo_city
