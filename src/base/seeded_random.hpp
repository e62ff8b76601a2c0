#pragma once
// A repeatable stream of bytes for tests, simulations and demonstration records. Never for keys, nonces or passwords:
// whoever knows the seed knows every byte.

#include <atomic>
#include <cstdint>

#include "base/clock.hpp"

namespace jiuzhu {

/// The same seed gives the same bytes on every machine. Any thread may call; with several threads each byte stream is
/// still free of repeats, but which thread gets which part is up to the scheduler.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}

  void fill(std::span<std::uint8_t> bytes) override {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      if (i % 8 == 0) word = next();
      bytes[i] = static_cast<std::uint8_t>(word >> (8 * (i % 8)));
    }
  }

 private:
  /// SplitMix64 (Steele, Lea, Flood 2014): an additive counter and a mixing function, so an atomic add is enough.
  std::uint64_t next() {
    constexpr std::uint64_t kIncrement = 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_.fetch_add(kIncrement) + kIncrement;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
  }

  std::atomic<std::uint64_t> state_;
};

}  // namespace jiuzhu
