#pragma once
// What a report must contain, what it says as a whole, and whether a decision may rest on it (notice 2(5), 逢进必核).
// Pure; any thread.

#include <span>

#include "base/result.hpp"
#include "modules/verification/lookup.hpp"

namespace jiuzhu::verification {

struct Finding {
  std::string source;   // the department or institution
  std::string content;  // what it holds
  std::optional<Money> amount;
  std::optional<Date> as_of;
  std::optional<LookedUpFinding> looked_up = {};     // where a register says it
  std::vector<MetRule> met = {};                     // and which rules that met
  std::optional<std::string> dismissed_reason = {};  // why the officer does not hold it against the person
};

struct ReportedPerson {
  std::string person;  // key of a member or obligor
  PersonResult result = PersonResult::no_anomaly;
  std::vector<Finding> findings;
};

/// What the officer says to one of a look-up's findings: that it is not to be held against the person, and why
/// (another person of this number, sold long ago, a vehicle for a disabled person).
struct Dismissal {
  std::size_t finding = 0;  // place in LookupAnswer::findings
  std::string reason;
};

/// `reported` with what the registers found before what the officer adds by hand: nothing that was found is left out.
std::vector<ReportedPerson> with_lookup(std::span<const ReportedPerson> reported, const LookupAnswer& answer,
                                        std::span<const Dismissal> dismissed);

/// Field errors below "/dismissed" and "/results": "verification.finding_unknown" (also of what only says that nothing
/// could be asked), "field.empty", "verification.below_registers" {person} where a result is milder than what is left
/// of the findings when those dismissed are taken away, and "verification.not_looked_up" {person} where somebody
/// without a letter is reported on as if registers had been asked.
std::vector<FieldError> faults_beside_lookup(std::span<const ReportedPerson> reported, const LookupAnswer& answer,
                                             std::span<const Dismissal> dismissed);

/// Field errors below "/results": every member and obligor exactly once and nobody else; a clue or an excess says where
/// it was found, and an unavailable source is named.
std::vector<FieldError> faults_in(std::span<const ReportedPerson> reported, std::span<const cases::PersonRow> persons,
                                  Date today);

/// One excess decides, whatever else is unknown: a silent register can only add to it. Otherwise one person without an
/// answer leaves the report incomplete, and incomplete is not clear.
ReportOutcome outcome_of(std::span<const ReportedPerson> reported);

/// The latest order with what came of it.
struct Evidence {
  std::optional<OrderRow> order;
  std::optional<ReportRow> report;
  std::vector<ResultRow> results;
};

/// Refuses with "verification.missing", "verification.outstanding", "verification.source_unavailable" (param persons),
/// "verification.expired" (param valid_until) or "verification.persons_changed" (param persons). `law` is cited.
Status check_valid(const Evidence& evidence, std::span<const cases::PersonRow> persons, Date today,
                   const std::vector<std::string>& law);

/// Refuses with "verification.missing" or "verification.exceeds" (param persons).
Status check_clear(const Evidence& evidence, const std::vector<std::string>& law);

}  // namespace jiuzhu::verification
