#pragma once
// Time and randomness are passed in: a rule never asks for them, a use case gets them from its surroundings.

#include <array>
#include <cstdint>
#include <span>

#include "base/date.hpp"
#include "base/id.hpp"

namespace jiuzhu {

/// Any thread may call.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
  Date today() const { return now().china_date(); }
};

/// Cryptographic randomness in production, a seeded generator in tests. Any thread may call.
class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> bytes) = 0;
};

/// A fresh identifier.
template <class AnyId>
AnyId make_id(const Clock& clock, Random& random) {
  std::array<std::uint8_t, 10> bytes{};
  random.fill(bytes);
  return AnyId(Uuid::version_7(clock.now(), bytes));
}

}  // namespace jiuzhu
