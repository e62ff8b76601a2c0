// What the jobs do: check a file, and write what it holds.

#include <algorithm>

#include "base/enum_text.hpp"
#include "modules/access/access_store.hpp"
#include "modules/roster/annotated_copy.hpp"
#include "modules/roster/roster_report.hpp"
#include "modules/roster/roster_service.hpp"
#include "platform/json/described.hpp"

namespace jiuzhu::roster {
namespace {

void keep_annotated_copy(const RosterWorld& world, const std::string& county, ImportId id, std::string_view bytes,
                         const Tally& tally, Lines lines) {
  if (tally.findings.empty()) return world.files.remove(county, id, FileKind::annotated);
  // A name of its own: a runner that lost the job may still be writing another one. The former copy stays until this
  // one is there.
  const std::filesystem::path draft =
      world.files.draft_path(make_id<ImportId>(world.surroundings.clock, world.surroundings.random));
  const Status written =
      write_annotated_copy(draft, bytes, tally, lines, world.messages, world.surroundings.clock.now());
  JZ_ASSERT(written.has_value());  // it was read before, and has no more rows than then
  world.files.write(county, id, FileKind::annotated, world.files.take_draft(draft));
}

/// Somebody may have removed the import while its copy was being written.
void forget_if_discarded(const RosterWorld& world, const std::string& county, ImportId id) {
  const auto row = world.surroundings.database.read([&](db::Transaction& tx) { return find_import(tx, county, id); });
  if (!row || row->state != ImportState::discarded) return;
  for (const FileKind kind : {FileKind::upload, FileKind::annotated}) world.files.remove(county, id, kind);
}

/// The row as it is written with the outcome of a job that still owns it.
Status store(db::Transaction& tx, const ImportRow& row, ImportState before) {
  if (update_import(tx, row, before, row.job_id)) return {};
  return refuse(ErrorCode::conflict, "roster.changed_meanwhile");
}

Result<ImportRow> find_row(const RosterWorld& world, const std::string& county, ImportId id) {
  auto row = world.surroundings.database.read([&](db::Transaction& tx) { return find_import(tx, county, id); });
  if (!row) return refuse(ErrorCode::not_found, "roster.not_found");
  return std::move(*row);
}

/// A job may have waited: the post may be gone by now.
Status require_post(db::Transaction& tx, const Actor& actor) {
  const auto user = access::find_user(tx, actor.user);
  const auto grants = access::grants_of(tx, actor.user);
  const bool has_post = std::ranges::find(grants, actor.grant, &access::GrantRow::id) != grants.end();
  if (user && !user->is_disabled && has_post) return {};
  return refuse(ErrorCode::forbidden, "access.permission_missing");
}

Status refuse_incomplete(const Tally& tally, Extent extent) {
  if (tally.good_count == 0) return refuse(ErrorCode::conflict, "roster.nothing_good");
  if (extent == Extent::all_or_nothing && !tally.findings.empty()) {
    return refuse(ErrorCode::conflict, "roster.has_findings", {{"rows", std::to_string(tally.bad_row_count())}});
  }
  return {};
}

}  // namespace

Result<ImportRow> run_check(const RosterWorld& world, const Actor& actor, const std::string& county, ImportId id,
                            const Around& around) {
  JZ_TRY(ImportRow row, find_row(world, county, id));
  JZ_TRY(const std::string bytes, world.files.read(county, id, FileKind::upload));
  const Result<Tally> tally = world.surroundings.database.read([&](db::Transaction& tx) {
    return check_roster(tx, world.surroundings, world.cases, *RegionCode::parse(county), bytes,
                        [&](std::int64_t persons) { return around.advance(persons, 0); });
  });
  if (tally) {
    write_report(row, *tally);
    row.state = ImportState::checked;
    keep_annotated_copy(world, county, id, bytes, *tally, Lines::all);
  } else if (tally.error().key.starts_with("job.")) {
    return std::unexpected<Error>(tally.error());
  } else {
    write_fault(row, tally.error());
    row.state = ImportState::unreadable;
  }
  const auto stored =
      run_use_case(world.surroundings, actor, *RegionCode::parse(county), [&](UseCase& act) -> Result<ImportRow> {
        JZ_TRY_VOID(store(act.tx, row, ImportState::checking));
        JZ_TRY_VOID(around.finish(act.tx));
        return row;
      });
  if (!stored) forget_if_discarded(world, county, id);
  return stored;
}

Result<ImportRow> run_application(const RosterWorld& world, const Actor& actor, const std::string& county, ImportId id,
                                  const Application& application, const Around& around) {
  JZ_TRY(const ImportRow found, find_row(world, county, id));
  JZ_TRY(const std::string bytes, world.files.read(county, id, FileKind::upload));
  const RegionCode where = *RegionCode::parse(county);
  JZ_TRY_VOID(require(actor, Permission::case_decide, where));
  Tally tally;
  const auto applied = run_use_case(world.surroundings, actor, where, [&](UseCase& act) -> Result<ImportRow> {
    JZ_TRY_VOID(require_post(act.tx, act.actor));
    JZ_TRY(tally, write_roster(act, world.cases, bytes, {application.payable_from, found.file_name},
                               [&](std::int64_t persons) { return around.advance(persons, found.person_count); }));
    JZ_TRY_VOID(refuse_incomplete(tally, application.extent));
    ImportRow row = found;
    write_report(row, tally);
    row.state = ImportState::applied;
    row.applied_count = tally.good_count;
    row.applied_by_name = act.actor.name;
    row.applied_at = act.now;
    JZ_TRY_VOID(store(act.tx, row, ImportState::applying));
    JZ_TRY_VOID(around.finish(act.tx));
    act.record({.action = "roster.applied",
                .subject_kind = "roster_import",
                .subject_id = id.to_text(),
                .basis = found.file_name,
                .changes = json::Value()
                               .set("households", tally.good_count)
                               .set("amount", tally.amount.to_text())
                               .set("extent", enum_text(application.extent))
                               .set("payable_from", application.payable_from.to_text())});
    return row;
  });
  if (applied) {
    keep_annotated_copy(world, county, id, bytes, tally, Lines::bad_households);
    world.files.remove(county, id, FileKind::upload);
    return applied;
  }
  const std::string& key = applied.error().key;
  if (key == "roster.has_findings" || key == "roster.nothing_good") {
    ImportRow row = found;
    write_report(row, tally);
    keep_annotated_copy(world, county, id, bytes, tally, Lines::all);
    const Status stored = world.surroundings.database.write(
        [&](db::Transaction& tx) -> Status { return store(tx, row, ImportState::applying); });
    if (!stored) forget_if_discarded(world, county, id);
    JZ_TRY_VOID(stored);
  }
  return applied;
}

void provide_roster_jobs(jobs::Runner& runner, const std::shared_ptr<const RosterWorld>& world) {
  world->files.sweep_drafts();
  const auto import_of = [](const jobs::JobRun& run) { return *ImportId::parse(run.job.subject_id); };
  runner.provide("roster.check", [world, import_of](const jobs::JobRun& run) -> Status {
    JZ_TRY_VOID(run_check(*world, run.actor, run.job.county_code, import_of(run), {run.advance, run.finish}));
    return {};
  });
  runner.provide("roster.apply", [world, import_of](const jobs::JobRun& run) -> Status {
    JZ_TRY(const ImportRow row, find_row(*world, run.job.county_code, import_of(run)));
    JZ_ASSERT(row.extent && row.payable_from);
    JZ_TRY_VOID(run_application(*world, run.actor, run.job.county_code, row.id, {*row.extent, *row.payable_from},
                                {run.advance, run.finish}));
    return {};
  });
}

}  // namespace jiuzhu::roster
