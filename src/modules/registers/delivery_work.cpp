// What the job does: read a delivery once through, and tell the watch what it says about those in benefit.

#include <algorithm>

#include "base/enum_text.hpp"
#include "modules/registers/county_rules.hpp"
#include "platform/json/value.hpp"

namespace jiuzhu::registers {
namespace {

constexpr const char* kCheckJob = "registers.check";

/// Lets the sieve stop when the job has to.
class Stopping {
 public:
  explicit Stopping(const jobs::JobRun& run) : run_(run) {}

  std::stop_token token() const { return source_.get_token(); }
  void advance(std::int64_t done, std::int64_t total) {
    if (!status_) return;
    status_ = run_.advance(done, total);
    if (!status_) source_.request_stop();
  }
  /// Why the job has to stop, where it is that and no fault of the registers.
  Status status() const { return status_; }

 private:
  const jobs::JobRun& run_;
  std::stop_source source_;
  Status status_;
};

std::string malformed_json(const sieve::RowCounts& counts) {
  json::Value value(json::Value::Object{});
  for (std::size_t i = 0; i < counts.malformed.size(); ++i) {
    if (counts.malformed[i] == 0) continue;
    value.set(std::string(enum_text(static_cast<sieve::Malformed>(i))), static_cast<std::int64_t>(counts.malformed[i]));
  }
  return json::print(value);
}

void write_counts(DeliveryRow& row, const sieve::RowCounts& counts) {
  row.row_count = static_cast<std::int64_t>(counts.rows);
  row.matched_count = static_cast<std::int64_t>(counts.matched);
  row.not_ours_count = static_cast<std::int64_t>(counts.not_ours);
  row.filtered_count = static_cast<std::int64_t>(counts.filtered);
  row.malformed = malformed_json(counts);
}

/// A delivery alone, as if nothing else were there: its rows are counted.
std::vector<HeldRegister> only(const sieve::Catalogue& catalogue, std::size_t place,
                               std::vector<DeliveryRow> deliveries) {
  std::vector<HeldRegister> registers;
  for (std::size_t i = 0; i < catalogue.registers.size(); ++i) {
    registers.push_back({.place = i, .is_used = i == place});
    if (i == place) registers.back().deliveries = std::move(deliveries);
  }
  return registers;
}

/// The check of one delivery.
class Check {
 public:
  Check(const RegisterWorld& world, const jobs::JobRun& run)
      : world_(world), run_(run), stopping_(run), county_(run.job.county_code) {}

  Status operator()() {
    JZ_TRY_VOID(find());
    JZ_TRY(row_.digest, world_.files.digest_of(county_, row_.id,
                                               [&](std::int64_t bytes) { return run_.advance(bytes, row_.size); }));
    gather();
    if (adds_up_twice()) return refuse_delivery(Error{.code = ErrorCode::conflict, .key = "registers.repeated"});
    Result<Answers> answers = look_up_in({row_});
    JZ_TRY_VOID(stopping_.status());
    if (!answers) return refuse_delivery(answers.error());
    write_counts(row_, answers->counts[place_]);
    if (const auto fault = fault_of_size()) return refuse_delivery(*fault);
    if (!kept_.empty() && is_period()) {
      // Together with those before it. What is wrong now is not this file's fault: it stays, and may be tried again.
      std::vector<DeliveryRow> all = kept_;
      all.push_back(row_);
      answers = look_up_in(std::move(all));
      JZ_TRY_VOID(stopping_.status());
      if (!answers) return refuse(answers.error());
    }
    return accept(*answers);
  }

 private:
  Status find() {
    const auto row = world_.surroundings.database.read(
        [&](db::Transaction& tx) { return find_delivery(tx, county_, *DeliveryId::parse(run_.job.subject_id)); });
    if (!row || row->state != DeliveryState::checking) return refuse(ErrorCode::not_found, "registers.not_found");
    row_ = *row;
    const sieve::Register* record = world_.catalogue.find(row_.register_code);
    if (!record) return refuse(ErrorCode::not_found, "registers.unknown");
    place_ = static_cast<std::size_t>(record - world_.catalogue.registers.data());
    return {};
  }

  bool is_period() const { return world_.catalogue.registers[place_].extent == sieve::RegisterExtent::period; }

  void gather() {
    world_.surroundings.database.read([&](db::Transaction& tx) {
      catalogue_ = county_catalogue(tx, world_.catalogue, county_);
      if (world_.watch.people) households_ = world_.watch.people(tx, county_);
      kept_ = kept_deliveries(tx, county_);
      return 0;
    });
    std::erase_if(kept_, [&](const DeliveryRow& other) { return other.register_code != row_.register_code; });
  }

  /// The same contents once more, where deliveries add up: every amount would count twice.
  bool adds_up_twice() const {
    return is_period() && std::ranges::find(kept_, row_.digest, &DeliveryRow::digest) != kept_.end();
  }

  /// A file without rows would clear everybody, and one that lost most of them is likely to be cut off.
  std::optional<Error> fault_of_size() const {
    if (row_.row_count == 0) return Error{.code = ErrorCode::invalid_input, .key = "registers.no_rows"};
    if (is_period() || kept_.empty()) return std::nullopt;
    const std::int64_t before = kept_.back().row_count;
    if (2 * row_.row_count >= before) return std::nullopt;
    return Error{.code = ErrorCode::conflict,
                 .key = "registers.much_smaller",
                 .params = {{"rows", std::to_string(row_.row_count)},
                            {"before", std::to_string(before)},
                            {"file", kept_.back().file_name}}};
  }

  Result<Answers> look_up_in(std::vector<DeliveryRow> deliveries) {
    const auto registers = only(catalogue_, place_, std::move(deliveries));
    return look_up(catalogue_, world_.files,
                   {.households = households_,
                    .registers = registers,
                    .today = world_.surroundings.clock.today(),
                    .stop = stopping_.token(),
                    .on_progress = [&](std::int64_t done, std::int64_t total) { stopping_.advance(done, total); }});
  }

  /// Whether it is what the county's registers answer from: an older file that comes late is kept, but says nothing.
  bool answers_now(db::Transaction& tx, const DeliveryRow& row) const {
    const auto held = held_registers(tx, world_.catalogue, county_, world_.surroundings.clock.today());
    return held[place_].is_fresh &&
           std::ranges::find(held[place_].deliveries, row.id, &DeliveryRow::id) != held[place_].deliveries.end();
  }

  Status accept(const Answers& answers) {
    const Status accepted =
        run_use_case(world_.surroundings, run_.actor, *RegionCode::parse(county_), [&](UseCase& act) -> Status {
          DeliveryRow row = row_;
          row.state = DeliveryState::accepted;
          row.accepted_at = act.now;
          JZ_TRY_VOID(refuse_other_columns(act.tx, world_.catalogue.registers[place_], row));
          JZ_TRY_VOID(store(act.tx, row));
          CountyRegisterRow setting = find_register(act.tx, county_, row.register_code)
                                          .value_or(CountyRegisterRow{.county_code = county_,
                                                                      .register_code = row.register_code,
                                                                      .shape = row.shape,
                                                                      .columns = row.columns});
          const bool is_current = answers_now(act.tx, row);
          if (is_current) {
            setting.shape = row.shape;
            setting.columns = row.columns;
          }
          setting.is_used = true;
          setting.changed_by_name = act.actor.name;
          setting.changed_at = act.now;
          save_register(act.tx, setting);
          if (is_current && world_.watch.take) JZ_TRY_VOID(world_.watch.take(act, row, place_, answers));
          JZ_TRY_VOID(run_.finish(act.tx));
          act.record({.action = "registers.accepted",
                      .subject_kind = "register_delivery",
                      .subject_id = row.id.to_text(),
                      .basis = "SX-2019/2-5",
                      .changes = json::Value()
                                     .set("register", row.register_code)
                                     .set("digest", row.digest)
                                     .set("rows", row.row_count)
                                     .set("matched", row.matched_count)});
          return {};
        });
    if (accepted) erase_outdated(world_);
    return accepted;
  }

  /// The file is of no use: that is kept, the file is not.
  Status refuse_delivery(const Error& why) {
    const Status refused =
        run_use_case(world_.surroundings, run_.actor, *RegionCode::parse(county_), [&](UseCase& act) -> Status {
          DeliveryRow row = row_;
          row.state = DeliveryState::refused;
          row.fault_key = why.key;
          json::Value params(json::Value::Object{});
          for (const auto& [name, value] : why.params) params.set(name, value);
          row.fault_params = json::print(params);
          row.erased_on = act.today;
          JZ_TRY_VOID(store(act.tx, row));
          JZ_TRY_VOID(run_.finish(act.tx));
          act.record({.action = "registers.refused",
                      .subject_kind = "register_delivery",
                      .subject_id = row.id.to_text(),
                      .basis = "SX-2019/2-5",
                      .changes = json::Value().set("register", row.register_code).set("why", why.key)});
          return {};
        });
    if (refused) world_.files.remove(county_, row_.id);
    return refused;
  }

  Status store(db::Transaction& tx, const DeliveryRow& row) const {
    if (update_delivery(tx, row, DeliveryState::checking, row.received)) return {};
    return refuse(ErrorCode::conflict, "registers.changed_meanwhile");
  }

  const RegisterWorld& world_;
  const jobs::JobRun& run_;
  Stopping stopping_;
  const std::string county_;
  sieve::Catalogue catalogue_;  // with the county's own limits
  std::vector<Household> households_;
  std::vector<DeliveryRow> kept_;  // of the register, before this one
  DeliveryRow row_;
  std::size_t place_ = 0;
};

}  // namespace

void provide_register_jobs(jobs::Runner& runner, const std::shared_ptr<const RegisterWorld>& world) {
  runner.provide(kCheckJob, [world](const jobs::JobRun& run) -> Status { return Check(*world, run)(); });
}

}  // namespace jiuzhu::registers
