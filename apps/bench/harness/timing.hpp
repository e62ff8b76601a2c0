#pragma once
// Time and what is said about many measurements of it.

#include <chrono>
#include <cstddef>
#include <utility>
#include <vector>

namespace jiuzhu::bench {

class Stopwatch {
 public:
  double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point start_ = Clock::now();
};

template <class Function>
double seconds_of(Function&& function) {
  const Stopwatch stopwatch;
  std::forward<Function>(function)();
  return stopwatch.seconds();
}

/// Median and extremes; percentiles are values that were really measured (nearest rank).
struct Spread {
  std::size_t count = 0;
  double median = 0;
  double p95 = 0;
  double p99 = 0;
  double min = 0;
  double max = 0;
};

Spread spread_of(std::vector<double> values);

}  // namespace jiuzhu::bench
