#pragma once
// The surroundings of a use case in tests: a real database with all migrations, a clock that the test turns, seeded
// randomness and a vault in a temporary folder.

#include "base/seeded_random.hpp"
#include "kernel/use_case/use_case.hpp"
#include "platform/crypto/random.hpp"
#include "platform/db/migration.hpp"
#include "platform/db/test_database.hpp"
#include "platform/embedded/embedded.hpp"

namespace jiuzhu::test {

/// Stands still until told otherwise; starts at 09:00 on the day after the notice of 2019-08-01.
class ManualClock final : public Clock {
 public:
  Instant now() const override { return now_; }
  void advance_seconds(std::int64_t seconds) { now_ = now_.plus_seconds(seconds); }
  void advance_days(int days) { advance_seconds(static_cast<std::int64_t>(days) * 86'400); }
  /// 09:00 in China on that date.
  void set_date(Date date) {
    now_ = Instant{static_cast<std::int64_t>(date.days().time_since_epoch().count()) * 86'400'000'000 + 3'600'000'000};
  }

 private:
  Instant now_{1'564'707'600'000'000};
};

class WorldOnBothDatabases : public db::OnBothDatabases {
 public:
  const Surroundings& world() { return *world_; }
  ManualClock& clock() { return clock_; }
  template <class AnyId>
  AnyId world_id() {
    return make_id<AnyId>(clock_, random_);
  }

 protected:
  void SetUp() override {
    OnBothDatabases::SetUp();
    if (IsSkipped()) return;
    std::vector<db::Migration> migrations;
    for (const auto& file : embedded::migrations())
      migrations.push_back({std::string(file.name), std::string(file.content)});
    ASSERT_TRUE(db::migrate(database(), std::move(migrations), clock_.now()));
    folder_ = std::filesystem::temp_directory_path() / ("jiuzhu-world-" + std::to_string(std::random_device{}()));
    std::filesystem::create_directory(folder_);
    auto vault = Vault::create(folder_ / "vault.key", random_);
    ASSERT_TRUE(vault) << vault.error().key;
    vault_ = std::make_unique<Vault>(std::move(*vault));
    world_ = std::make_unique<Surroundings>(Surroundings{database(), clock_, random_, *vault_});
  }

  void TearDown() override {
    world_.reset();
    vault_.reset();
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
    OnBothDatabases::TearDown();
  }

 private:
  ManualClock clock_;
  SeededRandom random_{20190801};
  std::filesystem::path folder_;
  std::unique_ptr<Vault> vault_;
  std::unique_ptr<Surroundings> world_;
};

}  // namespace jiuzhu::test
