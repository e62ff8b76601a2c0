#pragma once

#include "kernel/api/api.hpp"
#include "platform/clock/system_clock.hpp"

namespace jiuzhu {

/// Routes that only a demonstration has: letting days pass, so that a publicity period can be watched to its end.
void add_demo_routes(api::Api& api, SystemClock& clock);

}  // namespace jiuzhu
