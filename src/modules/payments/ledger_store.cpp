#include "modules/payments/ledger_store.hpp"

#include <algorithm>

#include "platform/db/statistics.hpp"

namespace jiuzhu::payments {
namespace {

using db::Statement;

constexpr Statement kStartLedger{"payments.start_ledger",
                                 "insert into payment_ledger (county_code, programme, last_number) values (?, ?, 0) "
                                 "on conflict (county_code, programme) do nothing"};
constexpr Statement kLockLedger{
    "payments.lock_ledger",
    "update payment_ledger set last_number = last_number where county_code = ? and programme = ?"};
constexpr Statement kNextNumber{
    "payments.next_number",
    "update payment_ledger set last_number = last_number + 1 where county_code = ? and programme = ? "
    "returning last_number"};
constexpr Statement kThroughMonth{"payments.through_month",
                                  "select through_month from payment_ledger where county_code = ? and programme = ?"};
constexpr Statement kMoveThrough{"payments.move_through",
                                 "update payment_ledger set through_month = ? where county_code = ? and programme = ?"};

// Months of awards that were there before, and of new ones.
constexpr Statement kAddMonth{
    "payments.add_month",
    "insert into payment_month (county_code, award_id, month, entitled, committed) "
    "select e.county_code, e.award_id, cast(? as text), e.amount, 0 from pub_award_entitlement e "
    "where e.county_code = ? and e.programme = ? and e.payable_from <= ? and e.from_month <= ? and e.until_month > ?"};
// A month that was brought in before misses only the awards that are new.
constexpr Statement kAddMonthOfNew{
    "payments.add_month_of_new",
    "insert into payment_month (county_code, award_id, month, entitled, committed) "
    "select e.county_code, e.award_id, cast(? as text), e.amount, 0 from pub_award_entitlement e "
    "where e.county_code = ? and e.programme = ? and e.payable_from <= ? and e.from_month <= ? and e.until_month > ? "
    "and not exists (select 1 from payment_progress p where p.county_code = e.county_code "
    "and p.award_id = e.award_id)"};
// In one walk: how many awards' amounts or ends have moved on since they were seen, and when the first new one begins.
constexpr Statement kSurvey{"payments.survey",
                            "select coalesce(sum(case when p.seen_sequence < a.amount_sequence then 1 else 0 end), 0), "
                            "min(case when p.award_id is null then a.payable_from else null end) from pub_award a "
                            "left join payment_progress p on p.county_code = a.county_code and p.award_id = a.award_id "
                            "where a.county_code = ? and a.programme = ?"};
// Not `where not exists`: PostgreSQL would plan for the table as it was and read it whole for each row that it gains.
constexpr Statement kSeeNew{
    "payments.see_new",
    "insert into payment_progress (county_code, award_id, seen_sequence) "
    "select a.county_code, a.award_id, a.amount_sequence from pub_award a where a.county_code = ? and a.programme = ? "
    "on conflict (county_code, award_id) do nothing"};
constexpr Statement kRefreshMonths{
    "payments.refresh_months",
    "update payment_month set entitled = coalesce((select e.amount from pub_award_entitlement e "
    "where e.county_code = payment_month.county_code and e.award_id = payment_month.award_id "
    "and e.from_month <= payment_month.month and e.until_month > payment_month.month), 0) "
    "where county_code = ? and award_id in (select p.award_id from payment_progress p join pub_award a "
    "on a.county_code = p.county_code and a.award_id = p.award_id where p.county_code = ? and a.programme = ? "
    "and p.seen_sequence < a.amount_sequence)"};
constexpr Statement kSeeChanged{
    "payments.see_changed",
    "update payment_progress set seen_sequence = a.amount_sequence from pub_award a "
    "where payment_progress.county_code = ? and a.county_code = payment_progress.county_code "
    "and a.award_id = payment_progress.award_id and a.programme = ? "
    "and payment_progress.seen_sequence < a.amount_sequence"};

// Each open month is one that the bank sent back, the run's own, or arrears. The run's own month has no row yet where
// no run has met it before (`fresh`): it is worth what the award says.
constexpr Statement kWriteItems{
    "payments.write_items",
    "insert into payment_item (county_code, run_id, award_id, position, state, amount, month_amount, previous_amount, "
    "arrears, repeated, change_kind, holder_name, account_kind, account_number, account_number_masked, "
    "account_holder, bank, account_version, failure_reason, settled_on) "
    "select w.county_code, cast(? as text), w.award_id, row_number() over (order by w.award_id), 'planned', "
    "w.amount + w.fresh, w.month_amount, w.previous_amount, w.amount - w.regular - w.repeated, w.repeated, w.kind, "
    "w.holder_name, w.account_kind, w.account_number, w.account_number_masked, w.account_holder, w.bank, "
    "w.account_version, null, null from "
    "(select a.county_code, a.award_id, a.holder_name, a.account_kind, a.account_number, a.account_number_masked, "
    "a.account_holder, a.bank, a.account_version, e.kind, coalesce(e.amount, 0) as month_amount, "
    "case when a.payable_from <= ? then coalesce(b.amount, 0) else null end as previous_amount, "
    "case when ? = 1 then coalesce(e.amount, 0) else 0 end as fresh, coalesce(o.amount, 0) as amount, "
    "coalesce(o.regular, 0) as regular, coalesce(o.repeated, 0) as repeated from pub_award a "
    "left join pub_award_stretch e on e.county_code = a.county_code and e.award_id = a.award_id "
    "and a.payable_from <= ? and a.until_month > ? and e.from_month <= ? and e.until_month > ? "
    "left join pub_award_stretch b on b.county_code = a.county_code and b.award_id = a.award_id "
    "and a.until_month > ? and b.from_month <= ? and b.until_month > ? "
    "left join (select m.award_id, cast(sum(m.entitled - m.committed) as bigint) as amount, "
    "cast(sum(case when m.came_back = 1 then m.entitled - m.committed else 0 end) as bigint) as repeated, "
    "cast(sum(case when m.came_back = 0 and m.month = ? and m.committed = 0 then m.entitled else 0 end) as bigint) "
    "as regular from payment_month m where m.county_code = ? and m.month <= ? and m.entitled <> m.committed "
    "and m.entitled > m.committed group by m.award_id) o on o.award_id = a.award_id "
    "where a.county_code = ? and a.programme = ? and a.refused_reason is null) w where w.amount + w.fresh > 0"};
constexpr Statement kWriteLines{
    "payments.write_lines",
    "insert into payment_line (county_code, run_id, award_id, month, kind, amount, paid_before, is_reversed) "
    "select m.county_code, i.run_id, m.award_id, m.month, case when m.came_back = 1 then 'repeated' "
    "when m.month = ? and m.committed = 0 then 'regular' else 'arrears' end, "
    "m.entitled - m.committed, m.committed, 0 from payment_item i "
    "join payment_month m on m.county_code = i.county_code and m.award_id = i.award_id "
    "where i.county_code = ? and i.run_id = ? and m.month <= ? and m.entitled <> m.committed "
    "and m.entitled > m.committed"};
constexpr Statement kWriteFreshLines{
    "payments.write_fresh_lines",
    "insert into payment_line (county_code, run_id, award_id, month, kind, amount, paid_before, is_reversed) "
    "select i.county_code, i.run_id, i.award_id, cast(? as text), 'regular', i.month_amount, 0, 0 "
    "from payment_item i where i.county_code = ? and i.run_id = ? and i.month_amount > 0"};
// Written as paid where the run pays it: one row, instead of an open one that is closed in the same transaction.
constexpr Statement kAddFreshMonth{
    "payments.add_fresh_month",
    "insert into payment_month (county_code, award_id, month, entitled, committed) "
    "select e.county_code, e.award_id, cast(? as text), e.amount, coalesce(i.month_amount, 0) "
    "from pub_award_entitlement e left join payment_item i on i.county_code = e.county_code and i.run_id = ? "
    "and i.award_id = e.award_id "
    "where e.county_code = ? and e.programme = ? and e.payable_from <= ? and e.from_month <= ? and e.until_month > ?"};
// What the lines of the run say, without looking at each.
constexpr Statement kReserve{
    "payments.reserve",
    "update payment_month set committed = entitled, came_back = 0 where county_code = ? and month <= ? "
    "and entitled <> committed and entitled > committed and exists (select 1 from payment_item i "
    "where i.county_code = payment_month.county_code and i.run_id = ? and i.award_id = payment_month.award_id)"};
constexpr Statement kExclude{
    "payments.exclude",
    "insert into payment_exclusion (county_code, run_id, award_id, reason, amount) "
    "select m.county_code, cast(? as text), m.award_id, 'account_refused', "
    "cast(sum(m.entitled - m.committed) as bigint) from payment_month m join pub_award a "
    "on a.county_code = m.county_code and a.award_id = m.award_id where m.county_code = ? and a.programme = ? "
    "and a.refused_reason is not null and m.month <= ? and m.entitled <> m.committed and m.entitled > m.committed "
    "group by m.county_code, m.award_id "
    "union all select m.county_code, cast(? as text), m.award_id, 'overpaid', "
    "cast(sum(m.committed - m.entitled) as bigint) from payment_month m join pub_award a "
    "on a.county_code = m.county_code and a.award_id = m.award_id where m.county_code = ? and a.programme = ? "
    "and m.month <= ? and m.entitled <> m.committed and m.entitled < m.committed group by m.county_code, m.award_id "
    "union all select a.county_code, cast(? as text), a.award_id, 'ended', 0 from pub_award a "
    "where a.county_code = ? and a.programme = ? and a.until_month = ? and a.until_month > a.payable_from"};
constexpr Statement kCountItems{
    "payments.count_items",
    "select count(*), coalesce(cast(sum(amount) as bigint), 0) from payment_item where county_code = ? and run_id = ?"};
constexpr Statement kCountExclusions{
    "payments.count_exclusions",
    "select count(distinct award_id) from payment_exclusion where county_code = ? and run_id = ?"};

constexpr Statement kCountStale{
    "payments.count_stale",
    "select count(*) from payment_item i join pub_award a on a.county_code = i.county_code "
    "and a.award_id = i.award_id join payment_progress p on p.county_code = i.county_code "
    "and p.award_id = i.award_id where i.county_code = ? and i.run_id = ? and (a.amount_sequence > p.seen_sequence "
    "or a.account_version <> i.account_version or a.refused_reason is not null)"};
constexpr Statement kSetItemsState{
    "payments.set_items_state", "update payment_item set state = ? where county_code = ? and run_id = ? and state = ?"};
constexpr Statement kReleaseAll{
    "payments.release_all",
    "update payment_month set committed = committed - l.amount, "
    "came_back = case when l.kind = 'repeated' then 1 else came_back end from payment_line l where l.county_code = ? "
    "and l.run_id = ? and l.is_reversed = 0 and payment_month.county_code = l.county_code "
    "and payment_month.award_id = l.award_id and payment_month.month = l.month"};
constexpr Statement kReverseAll{"payments.reverse_all",
                                "update payment_line set is_reversed = 1 where county_code = ? and run_id = ?"};
constexpr Statement kReleaseItem{
    "payments.release_item",
    "update payment_month set committed = committed - l.amount, came_back = 1 from payment_line l "
    "where l.county_code = ? and l.run_id = ? and l.award_id = ? and l.is_reversed = 0 and payment_month.county_code = "
    "l.county_code "
    "and payment_month.award_id = l.award_id and payment_month.month = l.month"};
constexpr Statement kReverseItem{
    "payments.reverse_item",
    "update payment_line set is_reversed = 1 where county_code = ? and run_id = ? and award_id = ?"};
constexpr Statement kSettleItem{
    "payments.settle_item",
    "update payment_item set state = ?, settled_on = ?, failure_reason = ? where county_code = ? and run_id = ? "
    "and award_id = ?"};
constexpr Statement kCountResults{"payments.count_results",
                                  "select cast(sum(case when state = 'paid' then 1 else 0 end) as bigint), "
                                  "cast(sum(case when state = 'paid' then amount else 0 end) as bigint), "
                                  "cast(sum(case when state = 'failed' then 1 else 0 end) as bigint), "
                                  "cast(sum(case when state = 'issued' then 1 else 0 end) as bigint) from payment_item "
                                  "where county_code = ? and run_id = ?"};

struct Survey {
  std::int64_t changed = 0;
  std::optional<Month> first_month_of_new;
};
BOOST_DESCRIBE_STRUCT(Survey, (), (changed, first_month_of_new))

struct Total {
  std::int64_t count = 0;
  Money amount;
};
BOOST_DESCRIBE_STRUCT(Total, (), (count, amount))

struct Results {
  std::int64_t paid = 0;
  Money paid_amount;
  std::int64_t failed = 0;
  std::int64_t open = 0;
};
BOOST_DESCRIBE_STRUCT(Results, (), (paid, paid_amount, failed, open))

constexpr Statement kAnalyzeMonths{"payments.analyze_months", "analyze (skip_locked) payment_month"};
// For this transaction: enough to sort and to hash a large county's months in memory.
constexpr Statement kAllowMemory{"payments.allow_memory", "set local work_mem = '64MB'"};
constexpr Statement kAnalyzeItems{"payments.analyze_items", "analyze (skip_locked) payment_item"};

/// Brings payment_month up to what the awards are worth: months not seen yet, and those whose worth has changed since.
/// True where no run has met the run's own month before: write_items() adds that one.
bool bring_up_to_date(db::Transaction& tx, const RunRow& run) {
  const std::string& county = run.county_code;
  const Survey survey = tx.get<Survey>(kSurvey, county, run.programme);
  if (survey.changed > 0) {
    tx.execute(kRefreshMonths, county, county, run.programme);
    tx.execute(kSeeChanged, county, run.programme);
  }
  const auto done = tx.get<std::optional<Month>>(kThroughMonth, county, run.programme);
  const bool is_fresh = !done || *done < run.month;
  // A run that was discarded may have brought in months after this one's: whoever is new needs those, too.
  const Month last = is_fresh ? run.month.plus(-1) : *done;
  const Month next = done ? done->plus(1) : survey.first_month_of_new.value_or(run.month);
  for (Month month = std::min(survey.first_month_of_new.value_or(next), next); month <= last; month = month.plus(1)) {
    tx.execute(done && month <= *done ? kAddMonthOfNew : kAddMonth, month, county, run.programme, month, month, month);
  }
  if (survey.first_month_of_new) tx.execute(kSeeNew, county, run.programme);
  if (is_fresh) tx.execute(kMoveThrough, run.month, county, run.programme);
  return is_fresh;
}

}  // namespace

void lock_ledger(db::Transaction& tx, const std::string& county, cases::CaseProgramme programme) {
  tx.execute(kStartLedger, county, programme);
  tx.execute(kLockLedger, county, programme);
}

std::int64_t next_run_number(db::Transaction& tx, const std::string& county, cases::CaseProgramme programme) {
  return tx.get<std::int64_t>(kNextNumber, county, programme);
}

RunRow write_items(const db::Database& database, db::Transaction& tx, const RunRow& run) {
  const std::string& county = run.county_code;
  const Month month = run.month;
  awards::hold_awards_still(database, tx);
  const bool is_fresh = bring_up_to_date(tx, run);
  if (database.dialect() == db::Dialect::postgresql) tx.execute(kAllowMemory);
  db::gather_statistics(database, tx, kAnalyzeMonths);
  const Month before = month.plus(-1);
  tx.execute(kWriteItems, run.id, before, is_fresh, month, month, month, month, before, before, before, month, county,
             month, county, run.programme);
  db::gather_statistics(database, tx, kAnalyzeItems);
  tx.execute(kWriteLines, month, county, run.id, month);
  tx.execute(kReserve, county, month, run.id);
  if (is_fresh) {
    tx.execute(kWriteFreshLines, month, county, run.id);
    tx.execute(kAddFreshMonth, month, run.id, county, run.programme, month, month, month);
  }
  tx.execute(kExclude, run.id, county, run.programme, month, run.id, county, run.programme, month, run.id, county,
             run.programme, month);
  RunRow counted = run;
  const Total total = tx.get<Total>(kCountItems, county, run.id);
  counted.item_count = total.count;
  counted.amount = total.amount;
  counted.excluded_count = tx.get<std::int64_t>(kCountExclusions, county, run.id);
  return counted;
}

std::int64_t count_stale(db::Transaction& tx, const RunRow& run) {
  return tx.get<std::int64_t>(kCountStale, run.county_code, run.id);
}

void set_items_state(db::Transaction& tx, const RunRow& run, ItemState from, ItemState to) {
  tx.execute(kSetItemsState, to, run.county_code, run.id, from);
}

void release_all(db::Transaction& tx, const RunRow& run) {
  tx.execute(kReleaseAll, run.county_code, run.id);
  tx.execute(kReverseAll, run.county_code, run.id);
}

void release_item(db::Transaction& tx, const RunRow& run, awards::AwardId award) {
  tx.enqueue(kReleaseItem, run.county_code, run.id, award);
  tx.enqueue(kReverseItem, run.county_code, run.id, award);
}

void settle_item(db::Transaction& tx, const RunRow& run, awards::AwardId award, ItemState state, Date on,
                 const std::optional<std::string>& failure_reason) {
  tx.enqueue(kSettleItem, state, on, failure_reason, run.county_code, run.id, award);
}

RunRow count_results(db::Transaction& tx, const RunRow& run, Date today) {
  const Results results = tx.get<Results>(kCountResults, run.county_code, run.id);
  RunRow counted = run;
  counted.paid_count = results.paid;
  counted.paid_amount = results.paid_amount;
  counted.failed_count = results.failed;
  counted.state = results.open == 0 ? RunState::settled : RunState::issued;
  counted.settled_on = results.open == 0 ? std::optional(today) : std::nullopt;
  return counted;
}

}  // namespace jiuzhu::payments
