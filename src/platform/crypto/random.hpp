#pragma once
// The randomness of production. Tests and demonstrations use SeededRandom (base/seeded_random.hpp).

#include "base/clock.hpp"

namespace jiuzhu {

/// The operating system's generator (getrandom). Any thread may call. Throws std::system_error when the system has
/// none, which no caller can mend.
class SystemRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> bytes) override;
};

}  // namespace jiuzhu
