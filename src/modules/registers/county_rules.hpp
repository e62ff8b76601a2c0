#pragma once
// Limits that a county sets itself: the condition of a rule of the catalogue, or that it does not want the rule. Every
// look-up asks the county's own catalogue.

#include "modules/registers/delivery_service.hpp"

namespace jiuzhu::registers {

/// The catalogue as the county has set it. A condition that today's catalogue does not understand any more (a measure
/// was renamed) leaves the catalogue's own in force, which the page of rules says.
sieve::Catalogue county_catalogue(db::Transaction& tx, const sieve::Catalogue& catalogue, const std::string& county);

/// A rule as the county has it.
struct RuleStatus {
  const sieve::RegisterRule* rule = nullptr;  // the catalogue's own
  std::string condition;                      // in force
  bool is_off = false;
  bool is_own = false;     // the county's condition
  bool is_broken = false;  // the county's condition is not understood any more
  std::int64_t version = 0;
  std::string changed_by_name;
};
/// Needs Permission::register_read and a county's region or below; above it, the catalogue's own.
Result<std::vector<RuleStatus>> read_rules(const RegisterWorld& world, const Actor& actor);

/// What conditions may ask for: built-in figures, attributes, measures.
std::vector<std::string> figure_names_of(const sieve::Catalogue& catalogue);

/// `condition` empty: the catalogue's own. Needs Permission::policy_change: limits are the approver's. Refuses with
/// "registers.rule_unknown", "registers.changed_meanwhile" (version: that the caller saw, 0 when there was none), the
/// field error "condition.…" {near, column} at "/condition", and "registers.rule_leaves_register" where a rule with an
/// alert asks for another register than its own.
Status set_rule(const RegisterWorld& world, const Actor& actor, const std::string& code, bool is_off,
                const std::string& condition, std::int64_t version);

}  // namespace jiuzhu::registers
