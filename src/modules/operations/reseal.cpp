#include "modules/operations/reseal.hpp"

#include "modules/operations/sealed_store.hpp"

namespace jiuzhu::operations {
namespace {

constexpr int kBatchSize = 200;
/// A use case that began before the rotation may still have written under the old key: a second look finds that. More
/// looks than this mean that something keeps writing under a key it should have left.
constexpr int kLooksMax = 4;

/// Values of one column in one region.
struct Stretch {
  const SealedColumn* column = nullptr;
  std::string region;
  std::int64_t count = 0;
};

/// By audit chain.
using Plan = std::map<std::string, std::vector<Stretch>>;

struct Batch {
  std::optional<std::vector<std::string>> last;  // absent when nothing was left
  std::int64_t exchanged = 0;
  std::int64_t written_meanwhile = 0;
  std::int64_t unreadable = 0;
};

class Resealer {
 public:
  Resealer(const Surroundings& world, const SealedColumns& columns,
           const std::function<void(std::int64_t, std::int64_t)>& on_progress)
      : world_(world), columns_(columns), on_progress_(on_progress) {
    report_.version = world.vault.current_version();
    version_ = {static_cast<std::uint8_t>(report_.version)};
  }

  Result<ResealReport> run() {
    for (int look = 0; look < kLooksMax; ++look) {
      const Plan plan = make_plan();
      report_.unreadable = 0;
      const std::int64_t done_before = done_;
      for (const auto& [chain, stretches] : plan) JZ_TRY_VOID(reseal_chain(chain, stretches));
      if (done_ == done_before) break;
    }
    return report_;
  }

 private:
  Plan make_plan() {
    return world_.database.read([&](db::Transaction& tx) {
      Plan plan;
      total_ = done_;
      for (const SealedColumn& column : columns_) {
        for (const RegionCount& region : count_others(tx, column, version_)) {
          const auto code = RegionCode::parse(region.region);
          JZ_ASSERT(code.has_value());
          plan[audit_chain_of(*code)].push_back({&column, region.region, region.count});
          total_ += region.count;
        }
      }
      return plan;
    });
  }

  Status reseal_chain(const std::string& chain, const std::vector<Stretch>& stretches) {
    bool is_recorded = false;
    for (const Stretch& stretch : stretches) {
      std::vector<std::string> after;
      for (;;) {
        JZ_TRY(const Batch batch, world_.database.write([&](db::Transaction& tx) -> Result<Batch> {
          Batch done = reseal_batch(tx, stretch, after);
          if (!is_recorded && done.exchanged > 0) record(tx, chain, stretches);
          return done;
        }));
        if (!batch.last) break;
        is_recorded = is_recorded || batch.exchanged > 0;
        after = *batch.last;
        report_.resealed[name_of(*stretch.column)] += batch.exchanged;
        report_.written_meanwhile += batch.written_meanwhile;
        report_.unreadable += batch.unreadable;
        done_ += batch.exchanged;
        on_progress_(done_, total_);
      }
    }
    return {};
  }

  Batch reseal_batch(db::Transaction& tx, const Stretch& stretch, const std::vector<std::string>& after) const {
    Batch batch;
    for (const SealedRow& row : next_others(tx, *stretch.column, stretch.region, version_, after, kBatchSize)) {
      batch.last = row.key;
      const auto opened = world_.vault.open(row.sealed, stretch.column->context);
      if (!opened) {
        ++batch.unreadable;
      } else if (exchange(tx, *stretch.column, row, world_.vault.seal(*opened, stretch.column->context))) {
        ++batch.exchanged;
      } else {
        ++batch.written_meanwhile;
      }
    }
    return batch;
  }

  /// With the first change and not after the last: a run that is broken off has left its record.
  void record(db::Transaction& tx, const std::string& chain, const std::vector<Stretch>& stretches) const {
    json::Value changes;
    changes.set("key_version", json::Value().set("after", report_.version));
    std::map<std::string, std::int64_t> counts;
    for (const Stretch& stretch : stretches) counts[name_of(*stretch.column)] += stretch.count;
    for (const auto& [name, count] : counts) changes.set(name, json::Value().set("after", count));
    const Actor actor{
        .name = "operator", .role = Role::county_administrator, .region = *RegionCode::parse(stretches.front().region)};
    append_audit(tx, world_.vault, chain, actor, world_.clock.now(),
                 {{.action = "keys.resealed", .subject_kind = "county", .subject_id = chain, .changes = changes}});
  }

  const Surroundings& world_;
  const SealedColumns& columns_;
  const std::function<void(std::int64_t, std::int64_t)>& on_progress_;
  ResealReport report_;
  db::Bytes version_;
  std::int64_t done_ = 0;
  std::int64_t total_ = 0;
};

}  // namespace

Result<ResealReport> reseal(const Surroundings& world, const SealedColumns& columns,
                            const std::function<void(std::int64_t done, std::int64_t total)>& on_progress) {
  return Resealer(world, columns, on_progress).run();
}

}  // namespace jiuzhu::operations
