#include "kernel/regions/region_code.hpp"

#include <algorithm>
#include <array>

#include "base/assert.hpp"

namespace jiuzhu {
namespace {

constexpr std::array<std::size_t, 5> kLengths{2, 4, 6, 9, 12};

/// Cities without counties: in the statistical edition of 2023 the only county codes that end in 00.
constexpr std::array<std::string_view, 3> kCitiesThatAreTheirOwnCounty{"441900", "442000", "460400"};

bool is_its_own_county(std::string_view code) {
  return std::ranges::find(kCitiesThatAreTheirOwnCounty, code) != kCitiesThatAreTheirOwnCounty.end();
}

bool is_zero(std::string_view digits) { return digits.find_first_not_of('0') == std::string_view::npos; }

std::size_t level_index(std::string_view code) {
  const auto found = std::ranges::find(kLengths, code.size());
  JZ_ASSERT(found != kLengths.end());
  return static_cast<std::size_t>(found - kLengths.begin());
}

std::string_view without_padding(std::string_view code) {
  if (is_its_own_county(code)) return code;
  for (std::size_t level = level_index(code); level > 0; --level) {
    if (!is_zero(code.substr(kLengths[level - 1]))) break;
    code = code.substr(0, kLengths[level - 1]);
  }
  return code;
}

}  // namespace

Result<RegionCode> RegionCode::parse(std::string_view text) {
  const auto refusal = [] { return refuse(ErrorCode::invalid_input, "region.code"); };
  if (std::ranges::find(kLengths, text.size()) == kLengths.end()) return refusal();
  for (const char c : text) {
    if (c < '0' || c > '9') return refusal();
  }
  // Provinces start with 1 to 8 (1 to 6, 7 Taiwan, 8 Hong Kong and Macao). range() relies on it.
  if (text[0] == '0' || text[0] == '9') return refusal();
  const std::string_view code = without_padding(text);
  // A zero group in the middle names no place, but for the county group of a city without counties (441900003). Were
  // any other such county accepted, its own six digits would read back as the city.
  if (code.size() > 4 && is_zero(code.substr(2, 2))) return refusal();
  if (code.size() > 4 && is_zero(code.substr(4, 2)) && !is_its_own_county(code.substr(0, 6))) return refusal();
  if (code.size() > 9 && is_zero(code.substr(6, 3))) return refusal();
  return RegionCode(std::string(code));
}

RegionLevel RegionCode::level() const { return static_cast<RegionLevel>(level_index(code_)); }

RegionCode RegionCode::county() const {
  JZ_ASSERT(level() >= RegionLevel::county);
  return RegionCode(code_.substr(0, 6));
}

std::optional<RegionCode> RegionCode::parent() const {
  const std::size_t level = level_index(code_);
  if (level == 0) return std::nullopt;
  return RegionCode(code_.substr(0, kLengths[level - 1]));
}

RegionRange RegionCode::range() const {
  // The first text behind every text with this prefix: drop nines at the end, then count up the last digit. Carrying
  // into zeros instead ("140302999" to "140303000") would let the county 140303 in.
  std::string until = code_;
  while (until.back() == '9') until.pop_back();
  ++until.back();
  return {code_, std::move(until)};
}

}  // namespace jiuzhu
