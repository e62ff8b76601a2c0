#pragma once

#include <atomic>

#include "base/clock.hpp"

namespace jiuzhu {

/// The machine's clock, and optionally a shift that demonstrations use to let days pass. Any thread may call.
class SystemClock final : public Clock {
 public:
  Instant now() const override;

  void shift_days(int days) { shift_microseconds_ += static_cast<std::int64_t>(days) * 86'400'000'000; }
  int shift_in_days() const { return static_cast<int>(shift_microseconds_ / 86'400'000'000); }

 private:
  std::atomic<std::int64_t> shift_microseconds_ = 0;
};

}  // namespace jiuzhu
