#pragma once
// Where the figures of a household lie when conditions are evaluated. One order for everybody who fills or asks them.

#include "engines/sieve/condition.hpp"
#include "engines/sieve/plan.hpp"

namespace jiuzhu::sieve {

/// Figures that every household has, in the first places.
enum class BuiltInFigure { members, obligors, persons };
BOOST_DESCRIBE_ENUM(BuiltInFigure, members, obligors, persons)
inline constexpr int kBuiltInFigures = 3;

/// Places from 0: the built-in ones, then the attributes in order, then the measures of all sources in order.
/// Of names used twice, which a plan must not have, the first keeps its place.
FigureNames figure_names(const Plan& plan);

/// The number of places.
int figure_count(const Plan& plan);

}  // namespace jiuzhu::sieve
