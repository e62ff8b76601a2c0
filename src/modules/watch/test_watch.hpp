#pragma once
// For tests of the watch: households in benefit in a county that receives registers.

#include "modules/awards/test_awards.hpp"
#include "modules/registers/test_registers.hpp"
#include "modules/watch/check_service.hpp"

namespace jiuzhu::test {

class WatchOnBothDatabases : public AwardsOnBothDatabases {
 public:
  Date today() { return clock().today(); }
  const watch::WatchWorld& watch_world() { return *watch_; }
  RegisterHall& hall() { return *hall_; }

  void deliver(const std::string& code, const std::string& bytes) {
    clock().advance_seconds(1);  // identifiers sort by time, and the later file counts
    const auto row = hall_->delivered(actor(Role::verification_officer), code, bytes, today());
    EXPECT_EQ(row.state, registers::DeliveryState::accepted) << row.fault_key.value_or("");
  }
  /// Of couple_with_child(family): m1 to m3 and o1 are 1 to 4.
  static std::string number_of(int family, int person) {
    static constexpr std::array kBirths{"19600301", "19621102", "20080615", "19850712"};
    return citizen_number(kBirths[static_cast<std::size_t>(person - 1)], family * 10 + person);
  }
  std::vector<watch::AlertRow> alerts(watch::AlertFilter filter = {}, Role role = Role::civil_affairs_assistant) {
    const auto found = watch::find_alerts(*watch_, actor(role), filter);
    EXPECT_TRUE(found) << found.error().key;
    return *found;
  }
  static watch::AlertTarget target(const watch::AlertRow& row) { return {row.region.county(), row.id, row.version}; }
  using AwardsOnBothDatabases::target;

 protected:
  void SetUp() override {
    AwardsOnBothDatabases::SetUp();
    if (IsSkipped()) return;
    hall_ = std::make_unique<RegisterHall>(world(), registers::DeliveryWatch());
    hall_->shared_world()->watch = watch::watch_deliveries(world(), case_world(), hall_->world().catalogue);
    watch_ = std::make_shared<const watch::WatchWorld>(world(), case_world(), hall_->shared_world());
    watch::provide_check_jobs(hall_->runner(), watch_);
  }
  void TearDown() override {
    watch_.reset();
    hall_.reset();
    AwardsOnBothDatabases::TearDown();
  }

 private:
  std::unique_ptr<RegisterHall> hall_;
  std::shared_ptr<const watch::WatchWorld> watch_;
};

}  // namespace jiuzhu::test
