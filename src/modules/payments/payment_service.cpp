#include "modules/payments/payment_service.hpp"

#include <algorithm>

#include "modules/payments/ledger_store.hpp"
#include "modules/payments/run_rules.hpp"

namespace jiuzhu::payments {
namespace {

using cases::CaseProgramme;

json::Value amounts_of(const RunRow& run) {
  return json::Value()
      .set("run_number", run.run_number)
      .set("month", run.month.to_text())
      .set("items", run.item_count)
      .set("amount", run.amount.to_text())
      .set("excluded", run.excluded_count);
}

void record(UseCase& act, const std::string& what, const RunRow& run) {
  act.record({.action = "payment." + what,
              .subject_kind = "payment_run",
              .subject_id = run.id.to_text(),
              .basis = "DB-2012/31",
              .changes = amounts_of(run)});
}

/// Locks the programme's ledger, then reads the run as it is under the lock.
Result<RunRow> open_run(UseCase& act, RunId id) {
  const std::string county = act.county.to_text();
  const auto known = find_run(act.tx, county, id);
  if (!known) return refuse(ErrorCode::not_found, "payment.not_found");
  lock_ledger(act.tx, county, known->programme);
  return *find_run(act.tx, county, id);
}

}  // namespace

Result<RunRow> prepare_run(const Surroundings& surroundings, const cases::CaseWorld& world, const Actor& actor,
                           const RegionCode& county, CaseProgramme programme, Month month) {
  JZ_TRY_VOID(require(actor, Permission::payment_prepare, county));
  return run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<RunRow> {
    const std::string code = county.to_text();
    lock_ledger(act.tx, code, programme);
    JZ_TRY_VOID(check_month(month, act.today, latest_run(act.tx, code, programme)));
    JZ_TRY(const policy::Procedure procedure, world.rulebook->procedure_on(code, month.first_day()));
    RunRow run{.county_code = code,
               .id = act.new_id<RunId>(),
               .programme = programme,
               .month = month,
               .run_number = run_number(code, programme, month, next_run_number(act.tx, code, programme)),
               .due_on = month.first_day().plus_days(*procedure.payment_day - 1),
               .prepared_by = actor.user,
               .prepared_by_name = actor.name,
               .prepared_at = act.now};
    insert_run(act.tx, run);
    run = write_items(surroundings.database, act.tx, run);
    if (run.item_count == 0) {
      return refuse(ErrorCode::refused_by_rule, "payment.nothing_due", {{"month", month.to_text()}});
    }
    update_run(act.tx, run);
    record(act, "prepared", run);
    return run;
  });
}

Result<RunRow> approve_run(const Surroundings& surroundings, const Actor& actor, const RegionCode& county, RunId id) {
  JZ_TRY_VOID(require(actor, Permission::payment_approve, county));
  return run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<RunRow> {
    JZ_TRY(RunRow run, open_run(act, id));
    if (run.state != RunState::prepared) return refuse(ErrorCode::conflict, "payment.not_prepared");
    if (run.prepared_by == actor.user) return refuse_by_rule("payment.same_person", {"SA-2014/5", "DB-2012/31"});
    if (const auto stale = count_stale(act.tx, run)) {
      return refuse(ErrorCode::conflict, "payment.stale", {{"count", std::to_string(stale)}});
    }
    run.state = RunState::approved;
    run.approved_by = actor.user;
    run.approved_by_name = actor.name;
    run.approved_at = act.now;
    update_run(act.tx, run);
    record(act, "approved", run);
    return run;
  });
}

Result<RunRow> discard_run(const Surroundings& surroundings, const Actor& actor, const RegionCode& county, RunId id) {
  JZ_TRY_VOID(require(actor, Permission::payment_prepare, county));
  return run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<RunRow> {
    JZ_TRY(RunRow run, open_run(act, id));
    if (run.state != RunState::prepared) return refuse(ErrorCode::conflict, "payment.not_prepared");
    release_all(act.tx, run);
    set_items_state(act.tx, run, ItemState::planned, ItemState::discarded);
    run.state = RunState::discarded;
    update_run(act.tx, run);
    record(act, "discarded", run);
    return run;
  });
}

Result<RunFile> read_run(const Surroundings& surroundings, const Actor& actor, const RegionCode& county, RunId id,
                         ItemFilter filter, const std::string& after_award, int limit) {
  JZ_TRY_VOID(require(actor, Permission::payment_read, county));
  return surroundings.database.read([&](db::Transaction& tx) -> Result<RunFile> {
    const auto run = find_run(tx, county.to_text(), id);
    if (!run) return refuse(ErrorCode::not_found, "payment.not_found");
    return RunFile{*run, list_items(tx, county.to_text(), id, filter, after_award, limit),
                   returns_of(tx, county.to_text(), id)};
  });
}

Result<std::vector<ExclusionRow>> read_exclusions(const Surroundings& surroundings, const Actor& actor,
                                                  const RegionCode& county, RunId id, const ExclusionCursor& after,
                                                  int limit) {
  JZ_TRY_VOID(require(actor, Permission::payment_read, county));
  return surroundings.database.read(
      [&](db::Transaction& tx) { return list_exclusions(tx, county.to_text(), id, after, limit); });
}

Result<std::vector<RunRow>> find_runs(const Surroundings& surroundings, const Actor& actor, const RegionCode& county,
                                      const std::string& before_id, int limit) {
  JZ_TRY_VOID(require(actor, Permission::payment_read, county));
  return surroundings.database.read(
      [&](db::Transaction& tx) { return list_runs(tx, county.to_text(), before_id, limit); });
}

Result<std::vector<CalendarEntry>> read_calendar(const Surroundings& surroundings, const cases::CaseWorld& world,
                                                 const Actor& actor, const RegionCode& county) {
  JZ_TRY_VOID(require(actor, Permission::payment_read, county));
  const Date today = surroundings.clock.today();
  const Month month = today.month_of();
  JZ_TRY(const policy::Procedure procedure, world.rulebook->procedure_on(county.to_text(), today));
  return surroundings.database.read([&](db::Transaction& tx) -> Result<std::vector<CalendarEntry>> {
    std::vector<CalendarEntry> entries;
    for (const PayableCount& payable : count_payable(tx, county.to_text(), month)) {
      CalendarEntry entry{.programme = payable.programme,
                          .month = month,
                          .due_on = month.first_day().plus_days(*procedure.payment_day - 1),
                          .households = payable.households,
                          .run = latest_run(tx, county.to_text(), payable.programme)};
      if (entry.run && entry.run->month != month) entry.run.reset();
      const bool has_bank = entry.run && entry.run->issued_at.has_value();
      entry.is_overdue = !has_bank && today > entry.due_on;
      entries.push_back(std::move(entry));
    }
    return entries;
  });
}

Result<AwardPayments> read_award_payments(const Surroundings& surroundings, const Actor& actor,
                                          const RegionCode& county, awards::AwardId award) {
  JZ_TRY_VOID(require(actor, Permission::award_read));
  return run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<AwardPayments> {
    const auto row = awards::find_award(act.tx, county.to_text(), award);
    if (!row || !actor.region.contains(row->region)) return refuse(ErrorCode::not_found, "award.not_found");
    act.record({.action = "award.payments_read", .subject_kind = "award", .subject_id = award.to_text()});
    return AwardPayments{months_of_award(act.tx, county.to_text(), award),
                         lines_of_award(act.tx, county.to_text(), award)};
  });
}

}  // namespace jiuzhu::payments
