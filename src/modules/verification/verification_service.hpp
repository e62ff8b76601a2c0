#pragma once
// Asking the county's verification agency about a household, and taking its report down. The report moves the case: an
// excess to `verification_failed`, anything else to `investigating`; a report in which a source gave no answer moves
// nothing and is ordered again at once.

#include "modules/cases/case_service.hpp"
#include "modules/verification/verification_rules.hpp"

namespace jiuzhu::verification {

/// From `accepted`, or again from `investigating`. Needs Permission::verification_order. A further order while the
/// report still holds needs a reason in `note`: refuses with field error "verification.reason_missing".
Result<cases::CaseRow> order_verification(const Surroundings& surroundings, const cases::CaseWorld& world,
                                          const Actor& actor, const cases::CaseTarget& target, const std::string& note);

/// The family disputes an excess (S2 art. 20): a re-check is ordered. `evidence` says what it brought forward.
Result<cases::CaseRow> object_to_verification(const Surroundings& surroundings, const cases::CaseWorld& world,
                                              const Actor& actor, const cases::CaseTarget& target,
                                              const std::string& evidence);

struct ReportDraft {
  std::vector<ReportedPerson> persons;
  std::string note;
  std::optional<LookupId> lookup = {};  // of the registers, which the officer looked through
  std::vector<Dismissal> dismissed = {};
};

/// Needs Permission::verification_report and a case in `verifying`: refuses with "verification.no_open_order". Where
/// the county uses registers, the report rests on the order's latest look-up: refuses with
/// "verification.lookup_missing" and "verification.lookup_outdated" otherwise. Field errors below "/results" and
/// "/dismissed" as in faults_in() and faults_beside_lookup(). A clue marks the case doubtful, so that the county visits
/// the household (S2 art. 26).
Result<cases::CaseRow> report_verification(const Surroundings& surroundings, const cases::CaseWorld& world,
                                           const Actor& actor, const cases::CaseTarget& target,
                                           const ReportDraft& draft);

/// The household's facts as the registers have them: the next revision, with reason "verified". Needs
/// Permission::verification_report, a report, and a case before its appraisal: what was appraised and published must
/// not change behind it. Refuses with "verification.no_report" and "verification.facts_too_late".
Result<cases::CaseRow> record_verified_facts(const Surroundings& surroundings, const cases::CaseWorld& world,
                                             const Actor& actor, const cases::CaseTarget& target,
                                             const policy::HouseholdFacts& facts);

/// One order with its report. Findings are for those who work with them; a village cadre sees that it happened and how
/// it ended.
struct OrderFile {
  OrderRow order;
  std::optional<ReportRow> report;
  std::vector<ResultRow> results;
  std::vector<FindingRow> findings;
};

struct VerificationFile {
  std::vector<OrderFile> orders;  // oldest first
  std::vector<cases::PersonRow> persons;
  std::optional<Error> obstacle;  // why nothing may rest on the latest report today
  bool shows_findings = false;
};

/// Reading it is recorded. Needs Permission::case_read.
Result<VerificationFile> read_verification(const Surroundings& surroundings, const cases::CaseWorld& world,
                                           const Actor& actor, const RegionCode& county, cases::CaseId id);

/// One report with everything that it rests on.
struct ReportFile {
  cases::CaseRow row;
  OrderRow order;
  std::optional<ReportRow> report;
  std::vector<ResultRow> results;
  std::vector<FindingRow> findings;
  std::vector<cases::PersonRow> persons;
  std::optional<LookupAnswer> answer;  // of the registers, where it rests on them
};
/// Reading it is recorded. Needs Permission::case_read and a role that sees findings. Refuses with
/// "verification.no_report" where the order has none.
Result<ReportFile> read_report(const Surroundings& surroundings, const Actor& actor, const RegionCode& county,
                               cases::CaseId id, OrderId order);

/// The report on which a decision may rest today; refuses like check_valid().
Result<OrderId> valid_report_of(db::Transaction& tx, const cases::CaseRow& row, const policy::Procedure& procedure,
                                Date today);

/// valid_verification and clear_verification.
void provide_verification_needs(cases::CaseWorld& world);

}  // namespace jiuzhu::verification
