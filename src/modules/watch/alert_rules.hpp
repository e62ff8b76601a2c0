#pragma once
// Which of the things that registers say about a household are news to the watch. Pure.

#include <span>

#include "modules/registers/look_up.hpp"
#include "modules/watch/watch_store.hpp"

namespace jiuzhu::watch {

/// A fact that a rule with an alert looks at, told from others by the register's `identified_by`.
struct AlertingFact {
  std::size_t rule_place = 0;  // in the catalogue
  std::string digest;
  const registers::Fact* fact = nullptr;
};

/// Of one household, by the rules with an alert that applied; each fact once a rule. `registers`: which places of the
/// catalogue were asked.
std::vector<AlertingFact> alerting_facts(const sieve::Catalogue& catalogue, const registers::HouseholdAnswer& answer,
                                         std::span<const std::size_t> registers);

/// Field errors of what a visit found: "/found" and "/statement" at most, "field.empty".
std::vector<FieldError> problems_of_check(const std::string& found);

/// Field errors of muting: "field.empty" at "/reason", "watch.mute_range" {last} at "/until": after today, at most a
/// year.
std::vector<FieldError> problems_of_mute(const std::string& reason, Date until, Date today);

}  // namespace jiuzhu::watch
