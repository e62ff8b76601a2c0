#pragma once
// One household, one date, one decision with its reasons. Pure: facts and rulebook in, decision out. Any thread.

#include <string>
#include <vector>

#include "base/result.hpp"
#include "engines/policy/decision.hpp"
#include "engines/policy/facts.hpp"
#include "engines/policy/rulebook.hpp"

namespace jiuzhu::policy {

/// Refuses with
///   "facts.invalid"             contradictory or malformed facts; every problem in `fields` with its JSON pointer
///   "policy.no_rules_for_date"  the date lies before the first rule pack
///   "policy.no_value_for_date"  a local parameter that every decision needs has no value on that date
///   "policy.override"           an override names no parameter, or its value does not fit (pointer in `fields`)
/// Never refuses because a fact is missing: the outcome is then `review`, or what holds whatever the fact is.
Result<Decision> assess(const HouseholdFacts& facts, const Rulebook& rulebook);

/// The decision as prose, paragraph by paragraph: law in force, members, income, property, calculation, result, open
/// questions; each with its articles, fit for the reasons of a written refusal (DB-2012/26, DB-2021/21).
std::vector<std::string> explain(const Decision& decision, Language language);

}  // namespace jiuzhu::policy
