#pragma once
// What a household declared, in the figures that registers are compared with. Pure.

#include <span>

#include "engines/policy/facts.hpp"
#include "kernel/sieve_files/catalogue.hpp"
#include "modules/registers/look_up.hpp"

namespace jiuzhu::verification {

/// Counts as they are, money in fen a month; a yearly amount counts a twelfth, rounded down, one received once not at
/// all. Property without a value counts nothing.
std::int64_t declared_figure(const policy::HouseholdFacts& facts, sieve::DeclaredFigure figure);

/// The same of what a register holds about the members. A count is of different facts: a home of husband and wife is
/// one. Money of a register of periods is that of each member's latest month, equal rows once; otherwise the sum.
std::int64_t found_figure(const sieve::Register& record, const sieve::Comparison& comparison,
                          std::span<const registers::Fact* const> facts, Date today);

/// Property, as against income.
bool is_property(sieve::DeclaredFigure figure);

/// Money or a count.
bool is_money(sieve::DeclaredFigure figure);

}  // namespace jiuzhu::verification
