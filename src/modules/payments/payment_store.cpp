#include "modules/payments/payment_store.hpp"

namespace jiuzhu::payments {
namespace {

using db::Statement;

#define JZ_RUN_COLUMNS                                                                                             \
  "county_code, id, programme, month, run_number, state, item_count, amount, excluded_count, paid_count, "         \
  "paid_amount, failed_count, due_on, prepared_by, prepared_by_name, prepared_at, approved_by, approved_by_name, " \
  "approved_at, file_digest, issued_at, settled_on"
#define JZ_ITEM_COLUMNS                                                                                        \
  "county_code, run_id, award_id, position, state, amount, month_amount, previous_amount, arrears, repeated, " \
  "change_kind, holder_name, account_kind, account_number, account_number_masked, account_holder, bank, "      \
  "account_version, "                                                                                          \
  "failure_reason, settled_on"
#define JZ_RETURN_COLUMNS                                                                             \
  "county_code, run_id, file_digest, row_count, paid_count, failed_count, unchanged_count, read_by, " \
  "read_by_name, read_at"

constexpr Statement kInsertRun{"payments.insert_run",
                               "insert into payment_run (" JZ_RUN_COLUMNS
                               ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kUpdateRun{
    "payments.update_run",
    "update payment_run set state = ?, item_count = ?, amount = ?, excluded_count = ?, paid_count = ?, "
    "paid_amount = ?, failed_count = ?, approved_by = ?, approved_by_name = ?, approved_at = ?, file_digest = ?, "
    "issued_at = ?, settled_on = ? where county_code = ? and id = ?"};
constexpr Statement kFindRun{"payments.find_run",
                             "select " JZ_RUN_COLUMNS " from payment_run where county_code = ? and id = ?"};
// The one that is open counts, whatever a clock that was set back has made of the order of identifiers.
constexpr Statement kLatestRun{"payments.latest_run",
                               "select " JZ_RUN_COLUMNS
                               " from payment_run where county_code = ? and programme = ? and state <> 'discarded' "
                               "order by case when state = 'prepared' then 0 else 1 end, month desc, run_number desc "
                               "limit 1"};
constexpr Statement kListRuns{
    "payments.list_runs",
    "select " JZ_RUN_COLUMNS " from payment_run where county_code = ? and (? = '' or id < ?) order by id desc limit ?"};
constexpr Statement kListItems{
    "payments.list_items",
    "select " JZ_ITEM_COLUMNS
    " from payment_item where county_code = ? and run_id = ? and award_id > ? and (? = 'all' "
    "or (? = 'fresh' and previous_amount is null) or (? = 'raised' and month_amount > previous_amount) "
    "or (? = 'reduced' and month_amount < previous_amount) or (? = 'arrears' and arrears > 0) "
    "or (? = 'repeated' and repeated > 0) or (? = 'failed' and state = 'failed')) order by award_id limit ?"};
constexpr Statement kListExclusions{
    "payments.list_exclusions",
    "select e.award_id, a.case_number, a.holder_name, a.region, e.reason, e.amount from payment_exclusion e "
    "join pub_award a on a.county_code = e.county_code and a.award_id = e.award_id "
    "where e.county_code = ? and e.run_id = ? and (e.award_id > ? or (e.award_id = ? and e.reason > ?)) "
    "order by e.award_id, e.reason limit ?"};
constexpr Statement kCountPayable{
    "payments.count_payable",
    "select programme, count(*) from pub_award where county_code = ? and payable_from <= ? and until_month > ? "
    "group by programme order by programme"};
constexpr Statement kMonths{
    "payments.months_of_award",
    "select month, entitled, committed from payment_month where county_code = ? and award_id = ? "
    "order by month desc"};
// From the runs, of which a county has few: lines lie by run, and a household's own would be looked for among all of
// them.
constexpr Statement kLines{
    "payments.lines_of_award",
    "select r.run_number, l.run_id, l.month, l.kind, l.amount, i.state, i.settled_on, i.failure_reason "
    "from payment_run r join payment_line l on l.county_code = r.county_code and l.run_id = r.id and l.award_id = ? "
    "join payment_item i on i.county_code = l.county_code and i.run_id = l.run_id and i.award_id = l.award_id "
    "where r.county_code = ? order by l.run_id desc, l.month desc"};
constexpr Statement kFindReturn{"payments.find_return",
                                "select " JZ_RETURN_COLUMNS
                                " from payment_return where county_code = ? and run_id = ? and file_digest = ?"};
constexpr Statement kInsertReturn{"payments.insert_return", "insert into payment_return (" JZ_RETURN_COLUMNS
                                                            ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kReturns{"payments.returns",
                             "select " JZ_RETURN_COLUMNS
                             " from payment_return where county_code = ? and run_id = ? order by read_at"};

}  // namespace

void insert_run(db::Transaction& tx, const RunRow& row) { tx.enqueue_row(kInsertRun, row); }

void update_run(db::Transaction& tx, const RunRow& row) {
  tx.enqueue(kUpdateRun, row.state, row.item_count, row.amount, row.excluded_count, row.paid_count, row.paid_amount,
             row.failed_count, row.approved_by, row.approved_by_name, row.approved_at, row.file_digest, row.issued_at,
             row.settled_on, row.county_code, row.id);
}

std::optional<RunRow> find_run(db::Transaction& tx, const std::string& county, RunId id) {
  return tx.find<RunRow>(kFindRun, county, id);
}

std::optional<RunRow> latest_run(db::Transaction& tx, const std::string& county, cases::CaseProgramme programme) {
  return tx.find<RunRow>(kLatestRun, county, programme);
}

std::vector<RunRow> list_runs(db::Transaction& tx, const std::string& county, const std::string& before_id, int limit) {
  return tx.select<RunRow>(kListRuns, county, before_id, before_id, limit);
}

std::vector<ItemRow> list_items(db::Transaction& tx, const std::string& county, RunId run, ItemFilter filter,
                                const std::string& after_award, int limit) {
  const std::string_view name = enum_text(filter);
  return tx.select<ItemRow>(kListItems, county, run, after_award, name, name, name, name, name, name, name, limit);
}

std::vector<ExclusionRow> list_exclusions(db::Transaction& tx, const std::string& county, RunId run,
                                          const ExclusionCursor& after, int limit) {
  return tx.select<ExclusionRow>(kListExclusions, county, run, after.award, after.award, after.reason, limit);
}

std::vector<PayableCount> count_payable(db::Transaction& tx, const std::string& county, Month month) {
  return tx.select<PayableCount>(kCountPayable, county, month, month);
}

std::vector<MonthRow> months_of_award(db::Transaction& tx, const std::string& county, awards::AwardId award) {
  return tx.select<MonthRow>(kMonths, county, award);
}

std::vector<LineRow> lines_of_award(db::Transaction& tx, const std::string& county, awards::AwardId award) {
  return tx.select<LineRow>(kLines, award, county);
}

std::optional<ReturnRow> find_return(db::Transaction& tx, const std::string& county, RunId run,
                                     const std::string& digest) {
  return tx.find<ReturnRow>(kFindReturn, county, run, digest);
}

void insert_return(db::Transaction& tx, const ReturnRow& row) { tx.enqueue_row(kInsertReturn, row); }

std::vector<ReturnRow> returns_of(db::Transaction& tx, const std::string& county, RunId run) {
  return tx.select<ReturnRow>(kReturns, county, run);
}

}  // namespace jiuzhu::payments
