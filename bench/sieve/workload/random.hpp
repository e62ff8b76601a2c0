#pragma once
// Random numbers that are the same on every machine; the standard library's distributions are not.

#include <cstdint>

namespace jiuzhu::bench::sieve {

constexpr std::uint64_t mixed(std::uint64_t value) {  // SplitMix64's finaliser
  value += 0x9E3779B97F4A7C15U;
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9U;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBU;
  return value ^ (value >> 31);
}

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(mixed(seed)) {}

  std::uint64_t next() { return mixed(state_ += 0x9E3779B97F4A7C15U); }
  /// Of [0, bound).
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32); }
  /// Of [from, to].
  std::uint32_t between(std::uint32_t from, std::uint32_t to) { return from + below(to - from + 1); }

 private:
  std::uint64_t state_;
};

}  // namespace jiuzhu::bench::sieve
