#pragma once
// What touches a whole county at once: set by set, so that a hundred thousand households take seconds. All functions
// but lock_ledger() need its lock, which one run, settlement or discarding of a county and programme holds at a time.

#include "modules/payments/payment_store.hpp"

namespace jiuzhu::payments {

/// Locks the ledger until the transaction ends.
void lock_ledger(db::Transaction& tx, const std::string& county, cases::CaseProgramme programme);
/// Of the next run; goes back with the transaction, so that numbers have no gaps.
std::int64_t next_run_number(db::Transaction& tx, const std::string& county, cases::CaseProgramme programme);

/// Brings the books up to what the awards are worth, then writes items and lines for everything that is open up to the
/// run's month, and reserves it. What cannot be paid is written as an exclusion. Gives the run with its counts.
RunRow write_items(const db::Database& database, db::Transaction& tx, const RunRow& run);

/// How many awards of a prepared run were changed since: in their amounts, their end or their account.
std::int64_t count_stale(db::Transaction& tx, const RunRow& run);

void set_items_state(db::Transaction& tx, const RunRow& run, ItemState from, ItemState to);
/// Gives everything free that a prepared run had reserved.
void release_all(db::Transaction& tx, const RunRow& run);
/// Gives free what one transfer had reserved: it has not reached the household.
void release_item(db::Transaction& tx, const RunRow& run, awards::AwardId award);
void settle_item(db::Transaction& tx, const RunRow& run, awards::AwardId award, ItemState state, Date on,
                 const std::optional<std::string>& failure_reason);

/// The run with paid, failed and open transfers counted anew; settled when none is open.
RunRow count_results(db::Transaction& tx, const RunRow& run, Date today);

}  // namespace jiuzhu::payments
