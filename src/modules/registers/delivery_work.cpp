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
    if (adds_up_twice()) return refuse_delivery(Error{.code = ErrorCode::conflict, .key = "registers.repeated"});
    const Result<Answers> answers = answers_of_delivery();
    JZ_TRY_VOID(stopping_.status());
    return answers ? accept(*answers) : refuse_delivery(answers.error());
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

  /// The same contents once more, where deliveries add up: every amount would count twice.
  bool adds_up_twice() const {
    if (world_.catalogue.registers[place_].extent == sieve::RegisterExtent::whole) return false;
    const auto before =
        world_.surroundings.database.read([&](db::Transaction& tx) { return accepted_before(tx, row_); });
    return before && !before->erased_on;
  }

  Result<Answers> look_up_in(std::vector<DeliveryRow> deliveries, std::span<const Household> households) {
    const auto registers = only(catalogue_, place_, std::move(deliveries));
    return look_up(catalogue_, world_.files,
                   {.households = households,
                    .registers = registers,
                    .today = world_.surroundings.clock.today(),
                    .stop = stopping_.token(),
                    .on_progress = [&](std::int64_t done, std::int64_t total) { stopping_.advance(done, total); }});
  }

  /// What the register says with this delivery. Where deliveries add up, those before it are asked, too.
  Result<Answers> answers_of_delivery() {
    std::vector<Household> households;
    std::vector<DeliveryRow> before;
    world_.surroundings.database.read([&](db::Transaction& tx) {
      catalogue_ = county_catalogue(tx, world_.catalogue, county_);
      if (world_.watch.people) households = world_.watch.people(tx, county_);
      before = kept_deliveries(tx, county_);
      return 0;
    });
    JZ_TRY(Answers answers, look_up_in({row_}, households));
    write_counts(row_, answers.counts[place_]);
    const sieve::Register& record = world_.catalogue.registers[place_];
    std::erase_if(before, [&](const DeliveryRow& other) { return other.register_code != row_.register_code; });
    if (record.extent == sieve::RegisterExtent::whole || before.empty() || !world_.watch.take) return answers;
    before.push_back(row_);
    return look_up_in(std::move(before), households);
  }

  Status accept(const Answers& answers) {
    const Status accepted =
        run_use_case(world_.surroundings, run_.actor, *RegionCode::parse(county_), [&](UseCase& act) -> Status {
          DeliveryRow row = row_;
          row.state = DeliveryState::accepted;
          row.accepted_at = act.now;
          JZ_TRY_VOID(store(act.tx, row));
          save_register(act.tx, {.county_code = county_,
                                 .register_code = row.register_code,
                                 .is_used = true,
                                 .shape = row.shape,
                                 .columns = row.columns,
                                 .changed_by_name = act.actor.name,
                                 .changed_at = act.now});
          if (world_.watch.take) JZ_TRY_VOID(world_.watch.take(act, row, place_, answers));
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
  DeliveryRow row_;
  std::size_t place_ = 0;
};

}  // namespace

void provide_register_jobs(jobs::Runner& runner, const std::shared_ptr<const RegisterWorld>& world) {
  runner.provide(kCheckJob, [world](const jobs::JobRun& run) -> Status { return Check(*world, run)(); });
}

}  // namespace jiuzhu::registers
