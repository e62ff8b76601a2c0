#include "modules/roster/places.hpp"

#include <array>

#include "base/text.hpp"

namespace jiuzhu::roster {
namespace {

/// What offices leave out when they write a name: 西街社区居委会 is 西街社区 is 西街.
constexpr std::array<std::string_view, 9> kEndings{"居民委员会", "村民委员会", "居委会", "村委会", "街道办事处",
                                                   "社区",       "街道",       "村",     "办事处"};

std::string without_blanks(std::string_view name) {
  std::string whole(name);
  std::erase(whole, ' ');
  return whole;
}

std::string core_of(std::string_view name) {
  std::string core = without_blanks(name);
  for (bool has_cut = true; has_cut;) {
    has_cut = false;
    for (const std::string_view ending : kEndings) {
      if (core.size() > ending.size() && core.ends_with(ending)) {
        core.resize(core.size() - ending.size());
        has_cut = true;
      }
    }
  }
  return core;
}

}  // namespace

Places::Places(const RegionCode& county, const std::vector<PlaceName>& names) : county_(county) {
  for (const PlaceName& place : names) {
    name_of_[place.code] = place.name;
    codes_of_.emplace(core_of(place.name), place.code);
    codes_of_whole_.emplace(without_blanks(place.name), place.code);
  }
}

std::vector<std::string> Places::codes_below(const Names& names, const std::string& name,
                                             const std::string& above) const {
  std::vector<std::string> codes;
  const auto [begin, end] = names.equal_range(name);
  for (auto match = begin; match != end; ++match) {
    const auto parent = name_of_.find(match->second.substr(0, match->second.size() - 3));
    if (above.empty() || (parent != name_of_.end() && core_of(parent->second) == above)) codes.push_back(match->second);
  }
  return codes;
}

Result<RegionCode> Places::find(std::string_view text) const {
  if (const auto code = RegionCode::parse(text)) {
    if (!county_.contains(*code)) return refuse(ErrorCode::invalid_input, "roster.place_elsewhere");
    if (!name_of_.contains(code->to_text())) return refuse(ErrorCode::invalid_input, "roster.place_unknown");
    return *code;
  }
  const std::size_t slash = text.find_last_of("/ ");
  const std::string_view own = slash == std::string_view::npos ? text : text.substr(slash + 1);
  const std::string above = slash == std::string_view::npos ? "" : core_of(text.substr(0, slash));
  // Somebody's whole name is nobody else's: 前街村 may stand beside 前街社区, and 下站街道 above 下站社区.
  std::vector<std::string> matches = codes_below(codes_of_whole_, without_blanks(own), above);
  if (matches.size() != 1) matches = codes_below(codes_of_, core_of(own), above);
  // A village bears its township's name often; whoever writes one name means the village.
  if (matches.size() > 1 && above.empty()) {
    std::erase_if(matches, [](const std::string& code) { return code.size() == 9; });
  }
  if (matches.empty()) return refuse(ErrorCode::invalid_input, "roster.place_unknown");
  if (matches.size() > 1) return refuse(ErrorCode::invalid_input, "roster.place_ambiguous");
  return RegionCode::parse(matches.front());
}

}  // namespace jiuzhu::roster
