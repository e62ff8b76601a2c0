#pragma once
// A year's amount, or one in fen, must not be paid every month because somebody filled in the wrong column.

#include "engines/policy/rulebook.hpp"
#include "modules/roster/household.hpp"

namespace jiuzhu::roster {

/// Twice the standard for each person of the household, by the standards of a county on one day. A benefit fills income
/// up to the standard (国务院令649号 art. 12), and local additions are a part of it.
class AmountLimit {
 public:
  AmountLimit(const policy::Rulebook& rulebook, const RegionCode& county, Date today);

  /// Adds the finding "roster.amount_implausible" {most, persons} to a household above it. Nothing without a standard.
  void look_at(ReadHousehold& read) const;

 private:
  std::optional<Money> urban_;  // a person and month
  std::optional<Money> rural_;
};

}  // namespace jiuzhu::roster
