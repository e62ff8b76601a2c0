#pragma once
// For tests: files of registers as departments write them, and a county that receives them. Numbers carry the
// never-assigned prefix 140399.

#include <random>

#include "kernel/identity/citizen_number.hpp"
#include "modules/registers/delivery_service.hpp"

namespace jiuzhu::test {

/// A different person for every number below 9000.
inline std::string register_number(int person) {
  std::string digits =
      "140399" + std::to_string(1970 + person / 900) + "0301" + std::to_string(1000 + person % 900).substr(1);
  return digits + citizen_number_check_character(digits);
}

/// The catalogue's own titles; `plate` and what follows as in the row.
inline std::string vehicle_row(int person, const std::string& name, const std::string& day, const std::string& plate,
                               const std::string& kind = "小型轿车") {
  return register_number(person) + "," + name + "," + day + "," + plate + "," + kind + ",50000\n";
}
inline const std::string kVehicleTitles = "所有人证件号,所有人,登记日期,号牌,车辆类型,价格\n";

inline std::string wage_row(int person, const std::string& name, const std::string& month, const std::string& firm,
                            const std::string& wage) {
  return register_number(person) + "," + name + "," + month + "," + firm + "," + wage + "\n";
}
inline const std::string kWageTitles = "社会保障号,姓名,缴费月份,单位名称,缴费基数\n";

/// Registers of one county, with a runner that does the checks on the caller's thread.
class RegisterHall {
 public:
  RegisterHall(const Surroundings& surroundings, registers::DeliveryWatch watch)
      : folder_(std::filesystem::temp_directory_path() /
                ("jiuzhu-registers-" + std::to_string(std::random_device{}()))),
        runner_(surroundings),
        world_(std::make_shared<registers::RegisterWorld>(registers::RegisterWorld{
            surroundings, registers::load_catalogue(), registers::RegisterFiles(folder_), std::move(watch)})) {
    registers::provide_register_jobs(runner_, world_);
  }
  ~RegisterHall() { std::filesystem::remove_all(folder_); }
  RegisterHall(const RegisterHall&) = delete;
  RegisterHall& operator=(const RegisterHall&) = delete;

  const registers::RegisterWorld& world() const { return *world_; }
  const std::shared_ptr<registers::RegisterWorld>& shared_world() { return world_; }
  jobs::Runner& runner() { return runner_; }
  const std::filesystem::path& folder() const { return folder_; }

  registers::DeliveryRow uploaded(const Actor& officer, const std::string& code, const std::string& bytes, Date as_of) {
    const auto begun = registers::begin_delivery(*world_, officer,
                                                 {code, code + ".csv", static_cast<std::int64_t>(bytes.size()), as_of});
    EXPECT_TRUE(begun) << begun.error().key;
    const auto row = registers::add_contents(*world_, officer, officer.region.county(), begun->id, 0, bytes);
    EXPECT_TRUE(row) << row.error().key;
    return *row;
  }
  /// Uploads, takes the columns as they are proposed, and runs the check.
  registers::DeliveryRow delivered(const Actor& officer, const std::string& code, const std::string& bytes,
                                   Date as_of) {
    const auto row = uploaded(officer, code, bytes, as_of);
    const RegionCode county = officer.region.county();
    const auto preview = registers::look_at_delivery(*world_, officer, county, row.id, {});
    EXPECT_TRUE(preview) << preview.error().key;
    const auto said =
        registers::accept_columns(*world_, officer, county, row.id, preview->begin.shape, preview->matches);
    EXPECT_TRUE(said) << said.error().key << (said.error().fields.empty() ? "" : said.error().fields.front().key);
    runner_.run_waiting();
    const auto checked = registers::read_delivery(*world_, officer, county, row.id);
    EXPECT_TRUE(checked);
    return checked->row;
  }

 private:
  std::filesystem::path folder_;
  jobs::Runner runner_;
  std::shared_ptr<registers::RegisterWorld> world_;
};

}  // namespace jiuzhu::test
