#pragma once
// Draws that are the same on every machine. Each part of the city has a stream of its own, so that more strangers do
// not change who draws a benefit.

#include <array>
#include <cstdint>
#include <cstring>
#include <iterator>

#include "base/seeded_random.hpp"

namespace jiuzhu::demo_city {

class Dice {
 public:
  explicit Dice(std::uint64_t seed, std::uint64_t stream = 0)
      : random_(seed * 0xD1342543DE82EF95U + stream * 0x2545F4914F6CDD1DU) {}

  /// From 0 up to but not including `limit`, which is not 0.
  std::uint32_t below(std::uint32_t limit) {
    std::array<std::uint8_t, 4> bytes{};
    random_.fill(bytes);
    std::uint32_t value = 0;
    std::memcpy(&value, bytes.data(), bytes.size());
    return value % limit;
  }
  /// Both ends included.
  int between(int from, int to) { return from + static_cast<int>(below(static_cast<std::uint32_t>(to - from + 1))); }
  bool one_in(std::uint32_t count) { return below(count) == 0; }
  template <class List>
  const auto& pick(const List& list) {
    return list[below(static_cast<std::uint32_t>(std::size(list)))];
  }

 private:
  SeededRandom random_;
};

}  // namespace jiuzhu::demo_city
