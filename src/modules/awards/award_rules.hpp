#pragma once
// What may be done with an award. Pure.

#include "modules/awards/award_service.hpp"

namespace jiuzhu::awards {

/// Field errors of an adjustment; empty when it may be made. The latest month is two after today's: a later change
/// is decided when it is near.
std::vector<FieldError> problems_of(const Adjustment& adjustment, const AwardRow& row,
                                    const std::vector<AmountRow>& amounts, Date today);

/// Field errors of an ending; empty when it may be made. The last paid month is at most the next one: the benefit
/// stops from the month after (regulation F-11, S1 art. 13).
std::vector<FieldError> problems_of(const Ending& ending, const AwardRow& row, Date today);

}  // namespace jiuzhu::awards
