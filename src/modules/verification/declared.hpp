#pragma once
// What a household declared, in the figures that registers are compared with. Pure.

#include <map>

#include "engines/policy/facts.hpp"
#include "kernel/sieve_files/catalogue.hpp"

namespace jiuzhu::verification {

/// Counts as they are, money in fen a month; a yearly amount counts a twelfth, rounded down, one received once not at
/// all. Property without a value counts nothing.
std::int64_t declared_figure(const policy::HouseholdFacts& facts, sieve::DeclaredFigure figure);

/// Money or a count.
bool is_money(sieve::DeclaredFigure figure);

}  // namespace jiuzhu::verification
