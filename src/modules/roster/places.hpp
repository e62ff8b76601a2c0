#pragma once
// Finds the place that a roster names: by its code, or by its name within the county.

#include <boost/describe.hpp>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "kernel/regions/region_code.hpp"

namespace jiuzhu::roster {

struct PlaceName {
  std::string code;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(PlaceName, (), (code, name))

class Places {
 public:
  /// Townships and villages of one county that are valid today.
  Places(const RegionCode& county, const std::vector<PlaceName>& names);

  /// `text` is a code, "西街社区", or "上站街道/西街社区" (also with a blank between). Endings such as 居委会 may be
  /// left out; a whole name means the place that bears it. Refuses with "roster.place_unknown",
  /// "roster.place_ambiguous" and "roster.place_elsewhere".
  Result<RegionCode> find(std::string_view text) const;
  const RegionCode& county() const { return county_; }

 private:
  using Names = std::multimap<std::string, std::string, std::less<>>;  // codes by name
  /// The codes of `name` whose township is `above`; of any when that is "".
  std::vector<std::string> codes_below(const Names& names, const std::string& name, const std::string& above) const;

  RegionCode county_;
  std::map<std::string, std::string, std::less<>> name_of_;  // by code
  Names codes_of_;                                           // by name without its ending
  Names codes_of_whole_;
};

}  // namespace jiuzhu::roster
