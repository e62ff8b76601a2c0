#include "modules/roster/roster_service.hpp"

#include "base/enum_text.hpp"
#include "base/text.hpp"
#include "modules/roster/annotated_copy.hpp"
#include "platform/crypto/digest.hpp"
#include "platform/files/xlsx_writer.hpp"
#include "platform/json/described.hpp"

namespace jiuzhu::roster {
namespace {

constexpr const char* kCheckJob = "roster.check";
constexpr const char* kFileReadAction = "roster.file_read";
constexpr const char* kCopyReadAction = "roster.annotated_copy_read";
constexpr const char* kApplyJob = "roster.apply";

bool is_over(const jobs::JobRow& job) {
  return job.state == jobs::JobState::refused || job.state == jobs::JobState::cancelled ||
         job.state == jobs::JobState::broken;
}

/// The last parts of a path as a name; at most 100 characters.
std::string plain_name(std::string_view file_name) {
  const std::size_t slash = file_name.find_last_of("/\\");
  const std::string_view name = slash == std::string_view::npos ? file_name : file_name.substr(slash + 1);
  if (!is_clean_utf8(name) || trim(name).empty()) return "名册";
  std::string plain;
  std::size_t count = 0;
  for (const char32_t point : to_code_points(name)) {
    if (++count > 100) break;
    if (point >= U' ' && point != 0x7F) append_utf8(plain, point);
  }
  return plain;
}

/// The file as this program reads it, for whoever takes it over: what was uploaded may hide rows and columns from a
/// reader's eyes, and hold formulas that his computer would run.
Result<std::string> plain_copy(const RosterWorld& world, std::string_view bytes) {
  const auto draft = world.files.draft_path(make_id<ImportId>(world.surroundings.clock, world.surroundings.random));
  JZ_TRY_VOID(write_annotated_copy(draft, bytes, Tally(), Lines::all, world.messages, world.surroundings.clock.now()));
  return world.files.take_draft(draft);
}

/// Job and row together tell how an import stands.
Import with_job(const RosterWorld& world, db::Transaction& tx, ImportRow row) {
  Import import{.row = std::move(row), .state = {}, .job = {}, .refusal = {}, .applied_before = {}};
  import.state = import.row.state;
  std::optional<jobs::JobRow> job;
  if (import.row.job_id) job = jobs::find_job(tx, import.row.county_code, *import.row.job_id);
  const bool is_running = import.state == ImportState::checking || import.state == ImportState::applying;
  if (is_running && job && is_over(*job)) {
    const bool was_checking = import.state == ImportState::checking;
    import.state = was_checking ? ImportState::unreadable : ImportState::checked;
    import.refusal = jobs::refusal_of(*job);
    if (!import.refusal) import.refusal = Error{.code = ErrorCode::conflict, .key = "job.cancelled"};
  } else if (is_running) {
    import.job = std::move(job);
  }
  if (auto before = applied_with_digest(tx, import.row.county_code, import.row.file_digest);
      before && before->id != import.row.id) {
    import.applied_before = std::move(before);
  }
  import.has_file = world.files.has(import.row.county_code, import.row.id, FileKind::upload);
  import.has_annotated_copy = world.files.has(import.row.county_code, import.row.id, FileKind::annotated);
  return import;
}

/// The officer who prepares a roster and the approver who takes it over both see it.
Status require_hand(const Actor& actor) {
  return allows(actor.role, Permission::case_decide) ? Status() : require(actor, Permission::roster_import);
}

/// What the actor may look at and work with.
Result<Import> find_own(const RosterWorld& world, db::Transaction& tx, const Actor& actor, const RegionCode& county,
                        ImportId id) {
  JZ_TRY_VOID(require_hand(actor));
  auto row = find_import(tx, county.to_text(), id);
  if (!row || !actor.region.contains(county)) return refuse(ErrorCode::not_found, "roster.not_found");
  return with_job(world, tx, std::move(*row));
}

Status refuse_month(Month payable_from, Date today) {
  const Month first = today.month_of().plus(-1);
  const Month last = today.month_of().plus(2);
  if (first <= payable_from && payable_from <= last) return {};
  return refuse(Error{
      .code = ErrorCode::invalid_input,
      .key = "request.invalid",
      .fields = {
          {"/payable_from", "roster.payable_from_range", {{"first", first.to_text()}, {"last", last.to_text()}}}}});
}

Status refuse_unready(const Import& import, Extent extent) {
  if (import.state != ImportState::checked) return refuse(ErrorCode::conflict, "roster.not_checked");
  if (import.row.good_count == 0) return refuse(ErrorCode::conflict, "roster.nothing_good");
  if (extent == Extent::all_or_nothing && import.row.bad_row_count > 0) {
    return refuse(ErrorCode::conflict, "roster.has_findings", {{"rows", std::to_string(import.row.bad_row_count)}});
  }
  return {};
}

Status store(UseCase& act, const ImportRow& row, const ImportRow& before) {
  if (update_import(act.tx, row, before.state, before.job_id)) return {};
  return refuse(ErrorCode::conflict, "roster.changed_meanwhile");
}

AuditEntry import_entry(const char* action, const ImportRow& row) {
  return {.action = action, .subject_kind = "roster_import", .subject_id = row.id.to_text(), .basis = row.file_name};
}

}  // namespace

Result<ImportRow> store_upload(const RosterWorld& world, const Actor& actor, const std::string& file_name,
                               std::string_view bytes, bool wants_job) {
  JZ_TRY_VOID(require(actor, Permission::roster_import));
  if (bytes.empty()) {
    return refuse(
        Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = {{"/file", "content.empty"}}});
  }
  const RegionCode county = actor.region.county();
  ImportRow row{.county_code = county.to_text(),
                .id = make_id<ImportId>(world.surroundings.clock, world.surroundings.random),
                .file_name = plain_name(file_name),
                .file_digest = sm3(bytes).to_text(),
                .uploaded_by = actor.user,
                .uploaded_by_name = actor.name,
                .uploaded_at = world.surroundings.clock.now()};
  world.files.write(row.county_code, row.id, FileKind::upload, bytes);
  const auto stored = run_use_case(world.surroundings, actor, county, [&](UseCase& act) -> Result<ImportRow> {
    if (wants_job) row.job_id = jobs::request_job(act, kCheckJob, row.id.to_text(), "{}");
    insert_import(act.tx, row);
    act.record(import_entry("roster.uploaded", row));
    return row;
  });
  if (!stored) world.files.remove(row.county_code, row.id, FileKind::upload);
  return stored;
}

Result<Import> upload(const RosterWorld& world, const Actor& actor, const std::string& file_name,
                      std::string_view bytes) {
  JZ_TRY(const ImportRow row, store_upload(world, actor, file_name, bytes, true));
  return world.surroundings.database.read(
      [&](db::Transaction& tx) -> Result<Import> { return with_job(world, tx, row); });
}

Result<ImportRow> start_application(const RosterWorld& world, const Actor& actor, const RegionCode& county, ImportId id,
                                    const Application& application, bool wants_job) {
  JZ_TRY_VOID(require(actor, Permission::case_decide));
  JZ_TRY_VOID(refuse_month(application.payable_from, world.surroundings.clock.today()));
  return run_use_case(world.surroundings, actor, county, [&](UseCase& act) -> Result<ImportRow> {
    JZ_TRY(const Import import, find_own(world, act.tx, actor, county, id));
    if (import.row.uploaded_by == actor.user) return refuse_by_rule("roster.same_person", {"SA-2014/5", "DB-2012/29"});
    JZ_TRY_VOID(refuse_unready(import, application.extent));
    ImportRow row = import.row;
    row.state = ImportState::applying;
    row.extent = application.extent;
    row.payable_from = application.payable_from;
    row.job_id.reset();
    if (wants_job) row.job_id = jobs::request_job(act, kApplyJob, id.to_text(), "{}");
    JZ_TRY_VOID(store(act, row, import.row));
    act.record(import_entry("roster.application_requested", row));
    return row;
  });
}

Result<Import> request_application(const RosterWorld& world, const Actor& actor, const RegionCode& county, ImportId id,
                                   const Application& application) {
  JZ_TRY_VOID(start_application(world, actor, county, id, application, true));
  return read_import(world, actor, county, id);
}

Result<Import> cancel(const RosterWorld& world, jobs::Runner& runner, const Actor& actor, const RegionCode& county,
                      ImportId id) {
  JZ_TRY(const Import running, read_import(world, actor, county, id));
  if (!running.job || !runner.cancel(county.to_text(), running.job->id)) {
    return refuse(ErrorCode::conflict, "roster.not_running");
  }
  if (running.state == ImportState::checking) return discard(world, actor, county, id);
  return run_use_case(world.surroundings, actor, county, [&](UseCase& act) -> Result<Import> {
    act.record(import_entry("roster.application_cancelled", running.row));
    return find_own(world, act.tx, actor, county, id);
  });
}

Result<Import> discard(const RosterWorld& world, const Actor& actor, const RegionCode& county, ImportId id) {
  JZ_TRY_VOID(require_hand(actor));
  auto discarded = run_use_case(world.surroundings, actor, county, [&](UseCase& act) -> Result<Import> {
    JZ_TRY(Import import, find_own(world, act.tx, actor, county, id));
    if (import.job) return refuse(ErrorCode::conflict, "roster.running");
    // What was taken over stays so; only the copy with the rest goes.
    if (import.state != ImportState::applied) {
      ImportRow row = import.row;
      row.state = ImportState::discarded;
      JZ_TRY_VOID(store(act, row, import.row));
      import.row = row;
      import.state = row.state;
    }
    import.refusal.reset();
    import.has_file = false;
    import.has_annotated_copy = false;
    act.record(import_entry("roster.discarded", import.row));
    return import;
  });
  if (discarded) {
    for (const FileKind kind : {FileKind::upload, FileKind::annotated}) world.files.remove(county.to_text(), id, kind);
  }
  return discarded;
}

Result<Import> read_import(const RosterWorld& world, const Actor& actor, const RegionCode& county, ImportId id) {
  return world.surroundings.database.read([&](db::Transaction& tx) { return find_own(world, tx, actor, county, id); });
}

Result<std::vector<Import>> find_imports(const RosterWorld& world, const Actor& actor, const std::string& before_id,
                                         int limit) {
  JZ_TRY_VOID(require_hand(actor));
  return world.surroundings.database.read([&](db::Transaction& tx) -> Result<std::vector<Import>> {
    std::vector<Import> imports;
    for (ImportRow& row : list_imports(tx, scope_of(actor), before_id, limit)) {
      imports.push_back(with_job(world, tx, std::move(row)));
    }
    return imports;
  });
}

Result<RosterFile> read_file(const RosterWorld& world, const Actor& actor, const RegionCode& county, ImportId id,
                             FileKind kind) {
  JZ_TRY_VOID(require_hand(actor));
  auto file = run_use_case(world.surroundings, actor, county, [&](UseCase& act) -> Result<RosterFile> {
    JZ_TRY(const Import import, find_own(world, act.tx, actor, county, id));
    JZ_TRY(std::string bytes, world.files.read(county.to_text(), id, kind));
    act.record(import_entry(kind == FileKind::upload ? kFileReadAction : kCopyReadAction, import.row));
    return RosterFile{import.row.file_name, std::move(bytes)};
  });
  if (!file || kind != FileKind::upload) return file;
  JZ_TRY(file->bytes, plain_copy(world, file->bytes));
  return file;
}

Result<std::string> template_bytes(const RosterWorld& world, const Actor& actor) {
  JZ_TRY_VOID(require(actor, Permission::roster_import));
  const auto id = make_id<ImportId>(world.surroundings.clock, world.surroundings.random);
  const std::filesystem::path path = world.files.draft_path(id);
  JZ_TRY(XlsxWriter writer, XlsxWriter::create(path, sheet_of(false, world.surroundings.clock.now())));
  writer.finish();
  return world.files.take_draft(path);
}

}  // namespace jiuzhu::roster
