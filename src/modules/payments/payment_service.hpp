#pragma once
// Monthly payment runs of a county and programme: prepared by the funds officer, released by the approver, paid by the
// bank, settled by the bank's answer.

#include "modules/awards/award_service.hpp"
#include "modules/cases/case_service.hpp"
#include "modules/payments/payment_store.hpp"

namespace jiuzhu::payments {

/// Works out what is open up to and including `month` and reserves it. A second run of the same month pays what has
/// become open since: new households, arrears, what the bank sent back. Refuses with "payment.month_in_future",
/// "payment.month_passed" {month} (a later month was run already), "payment.run_open" {number} (one is prepared and not
/// yet released), "payment.nothing_due".
Result<RunRow> prepare_run(const Surroundings& surroundings, const cases::CaseWorld& world, const Actor& actor,
                           const RegionCode& county, cases::CaseProgramme programme, Month month);

/// Four eyes: not by whoever prepared it. Refuses with "payment.not_found", "payment.not_prepared",
/// "payment.same_person", and "payment.stale" {count} when awards were changed since: the run must be prepared anew.
Result<RunRow> approve_run(const Surroundings& surroundings, const Actor& actor, const RegionCode& county, RunId id);

/// Gives everything free that the run reserved. Refuses like approve_run(); a released run cannot be discarded.
Result<RunRow> discard_run(const Surroundings& surroundings, const Actor& actor, const RegionCode& county, RunId id);

/// The file for the bank (docs/formats/bank-file.md). The same bytes however often it is taken; each time is recorded.
/// Refuses with "payment.not_found" and "payment.not_approved".
struct BankFile {
  RunRow run;
  std::string bytes;
};
Result<BankFile> take_bank_file(const Surroundings& surroundings, const Actor& actor, const RegionCode& county,
                                RunId id);

/// The bank's answers. All rows or none: refuses with "payment.return_invalid" and a field error for each bad row.
/// A file that was read before changes nothing and gives what it gave then. Failed transfers give their months free,
/// and the account is barred until it is repaired; the next run pays them again. Refuses with "payment.not_found" and
/// "payment.not_issued".
struct ReturnResult {
  RunRow run;
  ReturnRow row;
  bool is_repeated = false;  // this very file was read before
};
Result<ReturnResult> read_return_file(const Surroundings& surroundings, const Actor& actor, const RegionCode& county,
                                      RunId id, std::string_view bytes);

struct RunFile {
  RunRow run;
  std::vector<ItemRow> items;
  std::vector<ReturnRow> returns;
};
Result<RunFile> read_run(const Surroundings& surroundings, const Actor& actor, const RegionCode& county, RunId id,
                         ItemFilter filter, const std::string& after_award, int limit);
Result<std::vector<ExclusionRow>> read_exclusions(const Surroundings& surroundings, const Actor& actor,
                                                  const RegionCode& county, RunId id, const ExclusionCursor& after,
                                                  int limit);
Result<std::vector<RunRow>> find_runs(const Surroundings& surroundings, const Actor& actor, const RegionCode& county,
                                      const std::string& before_id, int limit);

/// The current month of each programme: whether the 10th is kept.
struct CalendarEntry {
  cases::CaseProgramme programme = cases::CaseProgramme::urban_minimum_living;
  Month month;
  Date due_on;
  std::int64_t households = 0;  // that are paid for this month
  std::optional<RunRow> run;    // the month's latest that was not discarded
  bool is_overdue = false;      // after the day, and the bank has not got it
};
Result<std::vector<CalendarEntry>> read_calendar(const Surroundings& surroundings, const cases::CaseWorld& world,
                                                 const Actor& actor, const RegionCode& county);

/// All payments of one award. Reading it is recorded. Refuses with "award.not_found".
struct AwardPayments {
  std::vector<MonthRow> months;
  std::vector<LineRow> lines;
};
Result<AwardPayments> read_award_payments(const Surroundings& surroundings, const Actor& actor,
                                          const RegionCode& county, awards::AwardId award);

}  // namespace jiuzhu::payments
