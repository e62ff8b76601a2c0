#pragma once
// Rows of runs and their SQL, one run or one page at a time. What touches a whole county at once is in
// ledger_store.hpp.

#include "modules/awards/awards.hpp"

namespace jiuzhu::payments {

using RunId = Id<struct PaymentRunTag>;

/// prepared: a preview that already reserves what it would pay; approved: released by a second person; issued: the
/// bank's file was taken; settled: the bank has answered for every transfer.
enum class RunState { prepared, discarded, approved, issued, settled };
BOOST_DESCRIBE_ENUM(RunState, prepared, discarded, approved, issued, settled)

enum class ItemState { planned, discarded, issued, paid, failed };
BOOST_DESCRIBE_ENUM(ItemState, planned, discarded, issued, paid, failed)

enum class LineKind {
  regular,   // the run's own month
  arrears,   // an earlier month, or the rest of one after a raise
  repeated,  // again, after the bank sent it back
};
BOOST_DESCRIBE_ENUM(LineKind, regular, arrears, repeated)

enum class ExclusionReason {
  account_refused,  // the bank sent the last transfer back; the account must be repaired first
  ended,            // paid in the month before, and not any more
  overpaid,         // more was paid than the months are worth; recovering it is a decision of its own
};
BOOST_DESCRIBE_ENUM(ExclusionReason, account_refused, ended, overpaid)

struct RunRow {
  std::string county_code;
  RunId id;
  cases::CaseProgramme programme = cases::CaseProgramme::urban_minimum_living;
  Month month;
  std::string run_number;
  RunState state = RunState::prepared;
  std::int64_t item_count = 0;
  Money amount;
  std::int64_t excluded_count = 0;
  std::int64_t paid_count = 0;
  Money paid_amount;
  std::int64_t failed_count = 0;
  Date due_on;  // regulation F-07: by the 10th
  UserId prepared_by;
  std::string prepared_by_name;
  Instant prepared_at;
  std::optional<UserId> approved_by;
  std::optional<std::string> approved_by_name;
  std::optional<Instant> approved_at;
  std::optional<std::string> file_digest;
  std::optional<Instant> issued_at;
  std::optional<Date> settled_on;
};
BOOST_DESCRIBE_STRUCT(RunRow, (),
                      (county_code, id, programme, month, run_number, state, item_count, amount, excluded_count,
                       paid_count, paid_amount, failed_count, due_on, prepared_by, prepared_by_name, prepared_at,
                       approved_by, approved_by_name, approved_at, file_digest, issued_at, settled_on))

struct ItemRow {
  std::string county_code;
  RunId run_id;
  awards::AwardId award_id;
  std::int64_t position = 0;
  ItemState state = ItemState::planned;
  Money amount;
  Money month_amount;                    // what the run's month is worth
  std::optional<Money> previous_amount;  // what the month before was worth; nothing for a new household
  Money arrears;
  Money repeated;
  std::optional<awards::AmountKind> change_kind;  // why the month is worth what it is
  std::string holder_name;
  std::string account_kind;
  db::Bytes account_number;  // sealed, context cases::kAccountContext
  std::string account_number_masked;
  std::string account_holder;
  std::string bank;
  std::int64_t account_version = 1;  // of the award's account, as it was when the run was prepared
  std::optional<std::string> failure_reason;
  std::optional<Date> settled_on;
};
BOOST_DESCRIBE_STRUCT(ItemRow, (),
                      (county_code, run_id, award_id, position, state, amount, month_amount, previous_amount, arrears,
                       repeated, change_kind, holder_name, account_kind, account_number, account_number_masked,
                       account_holder, bank, account_version, failure_reason, settled_on))

struct LineRow {
  std::string run_number;
  RunId run_id;
  Month month;
  LineKind kind = LineKind::regular;
  Money amount;
  ItemState state = ItemState::planned;
  std::optional<Date> settled_on;
  std::optional<std::string> failure_reason;
};
BOOST_DESCRIBE_STRUCT(LineRow, (), (run_number, run_id, month, kind, amount, state, settled_on, failure_reason))

struct MonthRow {
  Month month;
  Money entitled;
  Money committed;
};
BOOST_DESCRIBE_STRUCT(MonthRow, (), (month, entitled, committed))

struct ExclusionRow {
  awards::AwardId award_id;
  std::string case_number;
  std::string holder_name;
  RegionCode region;
  ExclusionReason reason = ExclusionReason::ended;
  Money amount;
};
BOOST_DESCRIBE_STRUCT(ExclusionRow, (), (award_id, case_number, holder_name, region, reason, amount))

/// Households that are paid for a month.
struct PayableCount {
  cases::CaseProgramme programme = cases::CaseProgramme::urban_minimum_living;
  std::int64_t households = 0;
};
BOOST_DESCRIBE_STRUCT(PayableCount, (), (programme, households))

/// The last line of a page. A household may have two reasons.
struct ExclusionCursor {
  std::string award = {};
  std::string reason = {};
};

struct ReturnRow {
  std::string county_code;
  RunId run_id;
  std::string file_digest;
  std::int64_t row_count = 0;
  std::int64_t paid_count = 0;
  std::int64_t failed_count = 0;
  std::int64_t unchanged_count = 0;
  UserId read_by;
  std::string read_by_name;
  Instant read_at;
};
BOOST_DESCRIBE_STRUCT(ReturnRow, (),
                      (county_code, run_id, file_digest, row_count, paid_count, failed_count, unchanged_count, read_by,
                       read_by_name, read_at))

void insert_run(db::Transaction& tx, const RunRow& row);
void update_run(db::Transaction& tx, const RunRow& row);
std::optional<RunRow> find_run(db::Transaction& tx, const std::string& county, RunId id);
/// The programme's latest run that was not discarded.
std::optional<RunRow> latest_run(db::Transaction& tx, const std::string& county, cases::CaseProgramme programme);
/// The county's, newest first.
std::vector<RunRow> list_runs(db::Transaction& tx, const std::string& county, const std::string& before_id, int limit);

/// What an officer looks through in a preview.
enum class ItemFilter { all, fresh, raised, reduced, arrears, repeated, failed };
BOOST_DESCRIBE_ENUM(ItemFilter, all, fresh, raised, reduced, arrears, repeated, failed)
/// By position, which is the order of awards; `after_award` is empty or the last one of the page before.
std::vector<ItemRow> list_items(db::Transaction& tx, const std::string& county, RunId run, ItemFilter filter,
                                const std::string& after_award, int limit);
std::vector<ExclusionRow> list_exclusions(db::Transaction& tx, const std::string& county, RunId run,
                                          const ExclusionCursor& after, int limit);

/// Everything about one award, newest month first.
/// Programmes for which nobody is paid are left out.
std::vector<PayableCount> count_payable(db::Transaction& tx, const std::string& county, Month month);
std::vector<MonthRow> months_of_award(db::Transaction& tx, const std::string& county, awards::AwardId award);
std::vector<LineRow> lines_of_award(db::Transaction& tx, const std::string& county, awards::AwardId award);

std::optional<ReturnRow> find_return(db::Transaction& tx, const std::string& county, RunId run,
                                     const std::string& digest);
void insert_return(db::Transaction& tx, const ReturnRow& row);
std::vector<ReturnRow> returns_of(db::Transaction& tx, const std::string& county, RunId run);

}  // namespace jiuzhu::payments
