#include "modules/registers/delivery_service.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "platform/embedded/embedded.hpp"

namespace jiuzhu::registers {
namespace {

constexpr const char* kCheckJob = "registers.check";
constexpr std::int64_t kGibMost = 64;
constexpr std::int64_t kBytesMost = kGibMost << 30;
constexpr int kUploadDaysMost = 7;
constexpr int kDaysToTakeBack = 7;

std::unexpected<Error> refuse_fields(std::vector<FieldError> problems) {
  return refuse(Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = std::move(problems)});
}

/// The last part of a path as a name; at most 100 characters.
std::string plain_name(std::string_view file_name) {
  const std::size_t slash = file_name.find_last_of("/\\");
  const std::string_view name = slash == std::string_view::npos ? file_name : file_name.substr(slash + 1);
  if (!is_clean_utf8(name)) return {};
  std::string plain;
  std::size_t count = 0;
  for (const char32_t point : to_code_points(trim(name))) {
    if (++count > 100) break;
    if (point >= U' ' && point != 0x7F) append_utf8(plain, point);
  }
  return plain;
}

bool is_over(const jobs::JobRow& job) {
  return job.state == jobs::JobState::refused || job.state == jobs::JobState::cancelled ||
         job.state == jobs::JobState::broken;
}

Delivery with_job(db::Transaction& tx, DeliveryRow row) {
  Delivery delivery{.row = std::move(row)};
  if (delivery.row.state == DeliveryState::checking && delivery.row.job_id) {
    auto job = jobs::find_job(tx, delivery.row.county_code, *delivery.row.job_id);
    if (job && is_over(*job)) {
      delivery.row.state = DeliveryState::uploaded;
      delivery.refusal = jobs::refusal_of(*job);
    } else {
      delivery.job = std::move(job);
    }
  }
  if (!delivery.row.digest.empty()) delivery.is_repeated = accepted_before(tx, delivery.row).has_value();
  return delivery;
}

/// What the actor may look at.
Result<Delivery> find_own(db::Transaction& tx, const Actor& actor, Permission permission, const RegionCode& county,
                          DeliveryId id) {
  JZ_TRY_VOID(require(actor, permission));
  auto row = find_delivery(tx, county.to_text(), id);
  if (!row || !actor.region.contains(county)) return refuse(ErrorCode::not_found, "registers.not_found");
  return with_job(tx, std::move(*row));
}

Status store(db::Transaction& tx, const DeliveryRow& row, const DeliveryRow& before) {
  if (update_delivery(tx, row, before.state, before.received)) return {};
  return refuse(ErrorCode::conflict, "registers.changed_meanwhile");
}

/// As it stands in the table: a delivery whose check was cancelled still says "checking" there.
Status store(db::Transaction& tx, const DeliveryRow& row, const Delivery& before, DeliveryState stored) {
  if (update_delivery(tx, row, stored, before.row.received)) return {};
  return refuse(ErrorCode::conflict, "registers.changed_meanwhile");
}

AuditEntry delivery_entry(const char* action, const DeliveryRow& row) {
  return {.action = action,
          .subject_kind = "register_delivery",
          .subject_id = row.id.to_text(),
          .basis = "SX-2019/2-5",
          .changes = json::Value()
                         .set("register", row.register_code)
                         .set("file", row.file_name)
                         .set("as_of", row.as_of.to_text())
                         .set("columns", row.columns)};
}

/// Who erases when nobody asks for it.
Actor program_of(const RegionCode& county) {
  return {.name = "program", .role = Role::county_administrator, .region = county};
}

std::vector<FieldError> problems_of(const NewDelivery& wish, const sieve::Register& record, Date today) {
  std::vector<FieldError> problems;
  if (plain_name(wish.file_name).empty()) problems.push_back({"/file_name", "field.empty"});
  if (wish.size <= 0) problems.push_back({"/size", "registers.file_empty"});
  if (wish.size > kBytesMost) {
    problems.push_back({"/size", "registers.file_too_large", {{"max_gib", std::to_string(kGibMost)}}});
  }
  if (wish.as_of > today) problems.push_back({"/as_of", "registers.as_of_in_future"});
  if (wish.as_of.plus_days(record.kept_days) < today) {
    problems.push_back({"/as_of", "registers.as_of_stale", {{"days", std::to_string(record.kept_days)}}});
  }
  return problems;
}

Result<const sieve::Register*> known_register(const RegisterWorld& world, const std::string& code) {
  if (const sieve::Register* record = world.catalogue.find(code)) return record;
  return refuse(ErrorCode::not_found, "registers.unknown");
}

/// In the catalogue's order, so that equal ones are equal as texts.
std::vector<ColumnMatch> in_order(const sieve::Register& record, const std::vector<ColumnMatch>& matches) {
  std::vector<ColumnMatch> ordered;
  for (const sieve::RegisterColumn& column : record.columns) {
    const auto found = std::ranges::find(matches, column.title, &ColumnMatch::column);
    if (found != matches.end()) ordered.push_back(*found);
  }
  return ordered;
}

}  // namespace

Status refuse_other_columns(db::Transaction& tx, const sieve::Register& record, const DeliveryRow& row) {
  if (record.extent == sieve::RegisterExtent::whole) return {};
  for (const DeliveryRow& kept : kept_deliveries(tx, row.county_code)) {
    if (kept.register_code != row.register_code) continue;
    if (kept.shape == row.shape && kept.columns == row.columns) continue;
    return refuse(ErrorCode::conflict, "registers.columns_differ", {{"file", kept.file_name}});
  }
  return {};
}

sieve::Catalogue load_catalogue() {
  const auto text = embedded::find(embedded::policy(), "registers/registers.yaml");
  JZ_ASSERT(text.has_value());
  auto catalogue = sieve::read_catalogue(std::string(*text), "registers/registers.yaml");
  JZ_ASSERT(catalogue.has_value());  // kernel/sieve_files/catalogue_test.cpp reads it
  return std::move(*catalogue);
}

Result<std::vector<RegisterStatus>> read_registers(const RegisterWorld& world, const Actor& actor) {
  JZ_TRY_VOID(require(actor, Permission::register_read));
  std::vector<RegisterStatus> list;
  if (actor.region.level() < RegionLevel::county) {
    for (const sieve::Register& record : world.catalogue.registers) list.push_back({.record = &record});
    return list;
  }
  const std::string county = actor.region.county().to_text();
  return world.surroundings.database.read([&](db::Transaction& tx) -> Result<std::vector<RegisterStatus>> {
    const auto known = registers_of(tx, county);
    for (HeldRegister& held : held_registers(tx, world.catalogue, county, world.surroundings.clock.today())) {
      RegisterStatus status{.record = &world.catalogue.registers[held.place], .held = std::move(held)};
      const auto found = std::ranges::find(known, status.record->source.name, &CountyRegisterRow::register_code);
      if (found != known.end()) status.version = found->version;
      list.push_back(std::move(status));
    }
    return list;
  });
}

Status set_used(const RegisterWorld& world, const Actor& actor, const std::string& code, bool is_used) {
  JZ_TRY_VOID(require(actor, is_used ? Permission::register_deliver : Permission::policy_change));
  JZ_TRY_VOID(known_register(world, code));
  return run_use_case(world.surroundings, actor, actor.region.county(), [&](UseCase& act) -> Status {
    const std::string county = act.county.to_text();
    CountyRegisterRow row =
        find_register(act.tx, county, code).value_or(CountyRegisterRow{.county_code = county, .register_code = code});
    row.is_used = is_used;
    row.changed_by_name = act.actor.name;
    row.changed_at = act.now;
    save_register(act.tx, row);
    act.record({.action = is_used ? "registers.taken_into_use" : "registers.put_out_of_use",
                .subject_kind = "register",
                .subject_id = code,
                .basis = "SX-2019/2-5"});
    return {};
  });
}

Result<DeliveryRow> begin_delivery(const RegisterWorld& world, const Actor& actor, const NewDelivery& wish) {
  JZ_TRY_VOID(require(actor, Permission::register_deliver));
  JZ_TRY(const sieve::Register* record, known_register(world, wish.register_code));
  return run_use_case(world.surroundings, actor, actor.region.county(), [&](UseCase& act) -> Result<DeliveryRow> {
    auto problems = problems_of(wish, *record, act.today);
    if (!problems.empty()) return refuse_fields(std::move(problems));
    const DeliveryRow row{.county_code = act.county.to_text(),
                          .id = act.new_id<DeliveryId>(),
                          .register_code = wish.register_code,
                          .file_name = plain_name(wish.file_name),
                          .as_of = wish.as_of,
                          .size = wish.size,
                          .delivered_by = act.actor.user,
                          .delivered_by_name = act.actor.name,
                          .delivered_at = act.now};
    insert_delivery(act.tx, row);
    act.record(delivery_entry("registers.announced", row));
    return row;
  });
}

Result<DeliveryRow> add_contents(const RegisterWorld& world, const Actor& actor, const RegionCode& county,
                                 DeliveryId id, std::int64_t offset, std::string_view bytes) {
  auto found = world.surroundings.database.read(
      [&](db::Transaction& tx) { return find_own(tx, actor, Permission::register_deliver, county, id); });
  if (!found) return refuse(found.error());
  const DeliveryRow& before = found->row;
  if (before.state != DeliveryState::uploading) return refuse(ErrorCode::conflict, "registers.not_uploading");
  if (offset != before.received) {
    return refuse(ErrorCode::conflict, "registers.other_offset", {{"received", std::to_string(before.received)}});
  }
  const auto count = static_cast<std::int64_t>(bytes.size());
  if (count == 0 || before.received + count > before.size) {
    return refuse(ErrorCode::conflict, "registers.more_than_announced");
  }
  // First the bytes, then the count of them: what is counted is on the disk.
  world.files.write(before.county_code, id, offset, bytes);
  DeliveryRow row = before;
  row.received += count;
  if (row.received == row.size) row.state = DeliveryState::uploaded;
  JZ_TRY_VOID(world.surroundings.database.write([&](db::Transaction& tx) -> Status { return store(tx, row, before); }));
  return row;
}

Result<DeliveryPreview> look_at_delivery(const RegisterWorld& world, const Actor& actor, const RegionCode& county,
                                         DeliveryId id, const std::optional<FileShape>& shape) {
  struct Known {
    Delivery delivery;
    std::vector<ColumnMatch> matches;
  };
  const auto known = run_use_case(world.surroundings, actor, county, [&](UseCase& act) -> Result<Known> {
    JZ_TRY(Delivery delivery, find_own(act.tx, actor, Permission::register_deliver, county, id));
    if (delivery.row.state != DeliveryState::uploaded) return refuse(ErrorCode::conflict, "registers.not_uploaded");
    const auto setting = find_register(act.tx, county.to_text(), delivery.row.register_code);
    act.record(delivery_entry("registers.looked_at", delivery.row));
    return Known{std::move(delivery), setting ? read_matches(setting->columns) : std::vector<ColumnMatch>()};
  });
  if (!known) return refuse(known.error());
  JZ_TRY(const sieve::Register* record, known_register(world, known->delivery.row.register_code));
  if (!world.files.has(county.to_text(), id)) return refuse(ErrorCode::conflict, "registers.contents_gone");
  DeliveryPreview preview;
  JZ_TRY(preview.begin, look_at_begin(world.files.path_of(county.to_text(), id), shape));
  preview.matches = propose_matches(*record, preview.begin.columns, known->matches);
  preview.problems = registers::problems_of(*record, preview.begin.shape, preview.matches, preview.begin);
  return preview;
}

Result<DeliveryRow> accept_columns(const RegisterWorld& world, const Actor& actor, const RegionCode& county,
                                   DeliveryId id, const FileShape& shape, const std::vector<ColumnMatch>& matches) {
  const auto found = world.surroundings.database.read(
      [&](db::Transaction& tx) { return find_own(tx, actor, Permission::register_deliver, county, id); });
  if (!found) return refuse(found.error());
  JZ_TRY(const sieve::Register* record, known_register(world, found->row.register_code));
  if (found->row.state != DeliveryState::uploaded) return refuse(ErrorCode::conflict, "registers.not_uploaded");
  if (!world.files.has(county.to_text(), id)) return refuse(ErrorCode::conflict, "registers.contents_gone");
  JZ_TRY(const FileBegin begin, look_at_begin(world.files.path_of(county.to_text(), id), shape));
  auto problems = registers::problems_of(*record, shape, matches, begin);
  if (!problems.empty()) return refuse_fields(std::move(problems));
  return run_use_case(world.surroundings, actor, county, [&](UseCase& act) -> Result<DeliveryRow> {
    const auto stored = find_delivery(act.tx, county.to_text(), id);
    JZ_TRY(const Delivery before, find_own(act.tx, actor, Permission::register_deliver, county, id));
    if (before.row.state != DeliveryState::uploaded) return refuse(ErrorCode::conflict, "registers.not_uploaded");
    DeliveryRow row = before.row;
    row.shape = write_shape(begin.is_workbook ? FileShape{.has_header = shape.has_header} : shape);
    row.columns = write_matches(in_order(*record, matches));
    JZ_TRY_VOID(refuse_other_columns(act.tx, *record, row));
    row.state = DeliveryState::checking;
    row.job_id = jobs::request_job(act, kCheckJob, id.to_text(), "{}");
    JZ_TRY_VOID(store(act.tx, row, before, stored->state));
    act.record(delivery_entry("registers.columns_said", row));
    return row;
  });
}

Result<DeliveryRow> withdraw_delivery(const RegisterWorld& world, const Actor& actor, const RegionCode& county,
                                      DeliveryId id) {
  auto withdrawn = run_use_case(world.surroundings, actor, county, [&](UseCase& act) -> Result<DeliveryRow> {
    const auto stored = find_delivery(act.tx, county.to_text(), id);
    JZ_TRY(const Delivery before, find_own(act.tx, actor, Permission::register_deliver, county, id));
    if (before.job) return refuse(ErrorCode::conflict, "registers.running");
    if (before.row.erased_on) return refuse(ErrorCode::conflict, "registers.not_held");
    DeliveryRow row = before.row;
    row.state = DeliveryState::withdrawn;
    row.erased_on = act.today;
    JZ_TRY_VOID(store(act.tx, row, before, stored->state));
    act.record(delivery_entry("registers.withdrawn", row));
    return row;
  });
  if (withdrawn) world.files.remove(county.to_text(), id);
  return withdrawn;
}

Result<Delivery> read_delivery(const RegisterWorld& world, const Actor& actor, const RegionCode& county,
                               DeliveryId id) {
  return world.surroundings.database.read(
      [&](db::Transaction& tx) { return find_own(tx, actor, Permission::register_read, county, id); });
}

std::optional<Error> fault_of(const DeliveryRow& row) {
  if (!row.fault_key) return std::nullopt;
  Error fault{.code = ErrorCode::invalid_input, .key = *row.fault_key};
  const auto params = json::parse(row.fault_params.value_or("{}"));
  JZ_ASSERT(params && params->as_object());
  for (const auto& [name, text] : *params->as_object()) fault.params.emplace_back(name, *text.as_text());
  return fault;
}

Result<std::vector<Delivery>> find_deliveries(const RegisterWorld& world, const Actor& actor,
                                              const std::string& register_code, const std::string& before_id,
                                              int limit) {
  JZ_TRY_VOID(require(actor, Permission::register_read));
  return world.surroundings.database.read([&](db::Transaction& tx) -> Result<std::vector<Delivery>> {
    std::vector<Delivery> deliveries;
    for (DeliveryRow& row : list_deliveries(tx, scope_of(actor), register_code, before_id, limit)) {
      deliveries.push_back(with_job(tx, std::move(row)));
    }
    return deliveries;
  });
}

Status cancel_check(const RegisterWorld& world, jobs::Runner& runner, const Actor& actor, const RegionCode& county,
                    DeliveryId id) {
  const auto running = world.surroundings.database.read(
      [&](db::Transaction& tx) { return find_own(tx, actor, Permission::register_deliver, county, id); });
  if (!running) return refuse(running.error());
  if (!running->job || !runner.cancel(county.to_text(), running->job->id)) {
    return refuse(ErrorCode::conflict, "registers.not_running");
  }
  return run_use_case(world.surroundings, actor, county, [&](UseCase& act) -> Status {
    act.record(delivery_entry("registers.check_cancelled", running->row));
    return {};
  });
}

namespace {

bool is_later(const DeliveryRow& one, const DeliveryRow& other) {
  return std::pair(one.as_of, one.id.to_text()) > std::pair(other.as_of, other.id.to_text());
}

/// Whether contents have to go: given up, too old, or replaced long enough ago that nobody takes the later file back.
bool is_outdated(const RegisterWorld& world, const DeliveryRow& row, const std::vector<DeliveryRow>& all, Date today) {
  const sieve::Register* record = world.catalogue.find(row.register_code);
  if (!record) return true;
  if (row.state == DeliveryState::refused || row.state == DeliveryState::withdrawn) return true;
  if (row.state == DeliveryState::uploading || row.state == DeliveryState::uploaded) {
    return row.delivered_at.china_date().plus_days(kUploadDaysMost) < today;
  }
  if (row.state == DeliveryState::checking) return false;
  if (row.as_of.plus_days(record->kept_days) < today) return true;
  if (record->extent == sieve::RegisterExtent::period) return false;
  return std::ranges::any_of(all, [&](const DeliveryRow& other) {
    return other.county_code == row.county_code && other.register_code == row.register_code &&
           other.state == DeliveryState::accepted && is_later(other, row) &&
           other.accepted_at->china_date().plus_days(kDaysToTakeBack) < today;
  });
}

/// Whether its contents are gone without anybody having erased them: after a restore, since they are in no backup. The
/// register then has no data, and answers say so.
bool is_lost(const RegisterWorld& world, const DeliveryRow& row) {
  return row.state != DeliveryState::checking && row.received > 0 && !world.files.has(row.county_code, row.id);
}

}  // namespace

void erase_outdated(const RegisterWorld& world) {
  const Date today = world.surroundings.clock.today();
  // Files first, rows afterwards: a file that has just begun has its row by then.
  const std::vector<DeliveryId> files = world.files.all();
  std::vector<DeliveryRow> all;
  std::vector<DeliveryRow> as_seen;  // the same, but a check that was cancelled or broke is none
  world.surroundings.database.read([&](db::Transaction& tx) {
    all = deliveries_with_contents(tx);
    for (const DeliveryRow& row : all) as_seen.push_back(with_job(tx, row).row);
    return 0;
  });
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool is_lost_here = is_lost(world, as_seen[i]);
    if (!is_lost_here && !is_outdated(world, as_seen[i], all, today)) continue;
    const DeliveryRow& before = all[i];
    DeliveryRow row = as_seen[i];
    row.erased_on = today;
    const bool is_given_up = row.state == DeliveryState::uploading || row.state == DeliveryState::uploaded;
    if (is_given_up) row.state = DeliveryState::withdrawn;
    // First the row: what it says is gone is not read any more. Who is just being worked on is left alone.
    const auto county = *RegionCode::parse(row.county_code);
    const auto say = [&](UseCase& act) -> Status {
      JZ_TRY_VOID(store(act.tx, row, before));
      act.record(delivery_entry(is_lost_here ? "registers.found_missing" : "registers.erased", row));
      return {};
    };
    Status stored;
    try {
      stored = run_use_case(world.surroundings, program_of(county), county, say);
    } catch (const db::DatabaseError& error) {
      if (error.kind() != db::ErrorKind::busy) throw;
      continue;  // a county that is busy does not keep the others' contents; its own go the next time
    }
    if (stored) world.files.remove(row.county_code, row.id);
  }
  // What a kill left behind between the two.
  const auto kept = world.surroundings.database.read([](db::Transaction& tx) { return deliveries_with_contents(tx); });
  for (const DeliveryId& id : files) {
    if (std::ranges::find(kept, id, &DeliveryRow::id) == kept.end()) world.files.remove_any(id);
  }
}

}  // namespace jiuzhu::registers
