#include "modules/watch/check_service.hpp"

#include <algorithm>

#include "platform/json/described.hpp"

namespace jiuzhu::watch {
namespace {

constexpr const char* kCheckJob = "watch.check";

bool is_over(const jobs::JobRow& job) {
  return job.state == jobs::JobState::refused || job.state == jobs::JobState::cancelled ||
         job.state == jobs::JobState::broken;
}

/// A check whose job came to nothing is over, too; its row says so from then on.
Check with_job(db::Transaction& tx, CheckRow row) {
  Check check{.row = std::move(row)};
  if (!check.row.job_id) return check;
  auto job = jobs::find_job(tx, check.row.county_code, *check.row.job_id);
  if (!job) return check;
  if (is_over(*job)) {
    check.refusal = jobs::refusal_of(*job);
    if (!check.refusal) check.refusal = Error{.code = ErrorCode::conflict, .key = "job.cancelled"};
    check.row.state = CheckState::refused;
  } else if (check.row.state == CheckState::running) {
    check.job = std::move(job);
  }
  return check;
}

/// Whether the actor's region and the check's have something in common.
bool may_see(const Actor& actor, const CheckRow& row) {
  return actor.region.contains(row.region) || row.region.contains(actor.region);
}

Result<Check> find_own(db::Transaction& tx, const Actor& actor, const RegionCode& county, CheckId id) {
  JZ_TRY_VOID(require(actor, Permission::alert_read));
  auto row = find_check(tx, county.to_text(), id);
  if (!row || !may_see(actor, *row)) return refuse(ErrorCode::not_found, "watch.check_not_found");
  return with_job(tx, std::move(*row));
}

AuditEntry check_entry(const char* action, const CheckRow& row) {
  return {.action = action,
          .subject_kind = "recipient_check",
          .subject_id = row.id.to_text(),
          .basis = "SX-2019/2-5",
          .changes = json::Value().set("region", row.region.to_text())};
}

/// Lets one of a region go whose job was cancelled or broke, so that the next can begin.
Status make_way(UseCase& act, const RegionCode& region) {
  const auto running = running_check(act.tx, act.county.to_text(), region);
  if (!running) return {};
  Check check = with_job(act.tx, *running);
  if (check.row.state == CheckState::running) return refuse(ErrorCode::conflict, "watch.check_running");
  check.row.finished_at = act.now;
  finish_check(act.tx, check.row);
  return {};
}

}  // namespace

Result<Check> request_check(const WatchWorld& world, const Actor& actor, const RegionCode& region) {
  JZ_TRY_VOID(require(actor, Permission::recipient_check, region));
  return run_use_case(world.surroundings, actor, region.county(), [&](UseCase& act) -> Result<Check> {
    JZ_TRY_VOID(make_way(act, region));
    const auto held = registers::held_registers(act.tx, world.hall->catalogue, act.county.to_text(), act.today);
    if (std::ranges::none_of(held, &registers::HeldRegister::is_used)) {
      return refuse(ErrorCode::conflict, "verification.no_registers");
    }
    CheckRow row{.county_code = act.county.to_text(),
                 .id = act.new_id<CheckId>(),
                 .region = region,
                 .requested_by = act.actor.user,
                 .requested_by_name = act.actor.name,
                 .requested_at = act.now};
    row.job_id = jobs::request_job(act, kCheckJob, row.id.to_text(), "{}");
    if (!insert_check(act.tx, row)) return refuse(ErrorCode::conflict, "watch.check_running");
    act.record(check_entry("watch.check_requested", row));
    return with_job(act.tx, std::move(row));
  });
}

Status cancel_check(const WatchWorld& world, jobs::Runner& runner, const Actor& actor, const RegionCode& county,
                    CheckId id) {
  JZ_TRY_VOID(require(actor, Permission::recipient_check));
  JZ_TRY(const Check running, read_check(world, actor, county, id));
  JZ_TRY_VOID(require(actor, Permission::recipient_check, running.row.region));
  if (!running.job || !runner.cancel(county.to_text(), running.job->id)) {
    return refuse(ErrorCode::conflict, "watch.check_not_running");
  }
  return run_use_case(world.surroundings, actor, county, [&](UseCase& act) -> Status {
    act.record(check_entry("watch.check_cancelled", running.row));
    return {};
  });
}

Result<Check> read_check(const WatchWorld& world, const Actor& actor, const RegionCode& county, CheckId id) {
  return world.surroundings.database.read([&](db::Transaction& tx) { return find_own(tx, actor, county, id); });
}

Result<std::vector<Check>> find_checks(const WatchWorld& world, const Actor& actor, const std::string& before_id,
                                       int limit) {
  JZ_TRY_VOID(require(actor, Permission::alert_read));
  return world.surroundings.database.read([&](db::Transaction& tx) -> Result<std::vector<Check>> {
    std::vector<Check> checks;
    for (CheckRow& row : list_checks(tx, scope_of(actor), before_id, limit)) {
      checks.push_back(with_job(tx, std::move(row)));
    }
    return checks;
  });
}

Result<std::vector<CheckedRow>> find_checked_households(const WatchWorld& world, const Actor& actor,
                                                        const RegionCode& county, CheckId id,
                                                        std::optional<verification::ReportOutcome> outcome,
                                                        const CheckedCursor& after, int limit) {
  return world.surroundings.database.read([&](db::Transaction& tx) -> Result<std::vector<CheckedRow>> {
    JZ_TRY_VOID(find_own(tx, actor, county, id));
    return list_checked(tx, scope_of(actor), county.to_text(), id, outcome, after, limit);
  });
}

Result<CheckedHousehold> read_checked_household(const WatchWorld& world, const Actor& actor, const RegionCode& county,
                                                CheckId id, awards::AwardId award) {
  return run_use_case(world.surroundings, actor, county, [&](UseCase& act) -> Result<CheckedHousehold> {
    JZ_TRY(const Check check, find_own(act.tx, actor, county, id));
    auto row = find_checked(act.tx, county.to_text(), id, award);
    if (!row || !actor.region.contains(row->region)) return refuse(ErrorCode::not_found, "watch.check_not_found");
    CheckedHousehold household{.row = std::move(*row)};
    if (household.row.answer.empty()) {
      auto registers = json::read_text<std::vector<verification::AskedRegister>>(check.row.registers);
      JZ_ASSERT(registers.has_value());
      household.answer.registers = std::move(*registers);
    } else {
      auto answer = json::read_text<verification::LookupAnswer>(household.row.answer);
      JZ_ASSERT(answer.has_value());
      household.answer = std::move(*answer);
    }
    const auto found = awards::find_award(act.tx, county.to_text(), award);
    JZ_ASSERT(found.has_value());
    household.persons = cases::persons_of(act.tx, county.to_text(), found->case_id);
    act.record({.action = "watch.household_read",
                .subject_kind = "award",
                .subject_id = award.to_text(),
                .basis = "SX-2019/2-5"});
    return household;
  });
}

}  // namespace jiuzhu::watch
