#include "harness/timing.hpp"

#include <algorithm>
#include <cmath>

namespace jiuzhu::bench {

Spread spread_of(std::vector<double> values) {
  if (values.empty()) return {};
  std::ranges::sort(values);
  const auto at = [&](double share) {
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
    return values[std::max<std::size_t>(rank, 1) - 1];
  };
  return {.count = values.size(),
          .median = at(0.5),
          .p95 = at(0.95),
          .p99 = at(0.99),
          .min = values.front(),
          .max = values.back()};
}

}  // namespace jiuzhu::bench
