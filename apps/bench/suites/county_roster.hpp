#pragma once
// Rosters of invented households: two adults who cannot work, with a small pension. Nobody appears twice in a run.

#include <string>

namespace jiuzhu::bench {

/// CSV of `households` households of three communities in 140302; numbers begin at `first`. What each draws is what
/// the rules give for its income under the demonstration's standard, so a new standard can be worked out for all.
std::string roster_of(int first, int households);

}  // namespace jiuzhu::bench
