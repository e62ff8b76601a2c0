#include "platform/clock/system_clock.hpp"

#include <chrono>

namespace jiuzhu {

Instant SystemClock::now() const {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return Instant{std::chrono::duration_cast<std::chrono::microseconds>(since_epoch).count() + shift_microseconds_};
}

}  // namespace jiuzhu
