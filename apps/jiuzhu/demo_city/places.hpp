#pragma once
// The villages and communities of a county, as its roster names them.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace jiuzhu::demo_city {

struct Place {
  std::string name;  // or its code, where a whole name stands twice in the county
  bool is_rural = false;
};

/// `csv`: policy/regions, lines of code,name,parent. Refuses with "demo_city.no_places" {county}.
Result<std::vector<Place>> places_of(std::string_view county, std::string_view csv);

}  // namespace jiuzhu::demo_city
