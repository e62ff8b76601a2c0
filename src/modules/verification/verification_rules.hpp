#pragma once
// What a report must contain, what it says as a whole, and whether a decision may rest on it (notice 2(5), 逢进必核).
// Pure; any thread.

#include <span>

#include "base/result.hpp"
#include "modules/verification/verification_store.hpp"

namespace jiuzhu::verification {

struct Finding {
  std::string source;   // the department or institution
  std::string content;  // what it holds
  std::optional<Money> amount;
  std::optional<Date> as_of;
};

struct ReportedPerson {
  std::string person;  // key of a member or obligor
  PersonResult result = PersonResult::no_anomaly;
  std::vector<Finding> findings;
};

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
