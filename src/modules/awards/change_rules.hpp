#pragma once
// What a new standard makes of one award. Pure.

#include <span>

#include "engines/policy/rulebook.hpp"
#include "modules/awards/standard_change.hpp"

namespace jiuzhu::awards {

/// An amount in force, from its month to that of the next.
struct Stretch {
  Month from_month;
  Money amount;
  AmountKind kind = AmountKind::opened;
  Date set_on = {};
};

/// One award with what it is judged by.
struct JudgedAward {
  AwardId id;
  std::int64_t version = 1;
  AmountBasis basis = AmountBasis::computed;
  Month payable_from;
  Month until_month;
  std::string facts;  // policy::HouseholdFacts as JSON: read by whoever judges, several at a time
  int facts_revision = 1;
  std::vector<Stretch> stretches;  // by month; at least one
};

struct ChangeTerms {
  Month from;
  bool raises_by_difference = false;
  Date today;  // bounds the arrears
};

/// The lines of one award: none when nothing changes. From the month of change on, and from each later month in which
/// its amount changes anyway, the facts are judged as of that month.
std::vector<ChangeItemRow> change_lines(const JudgedAward& award, const ChangeTerms& terms,
                                        const policy::Rulebook& rulebook);

}  // namespace jiuzhu::awards
