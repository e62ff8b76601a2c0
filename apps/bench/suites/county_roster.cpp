#include "suites/county_roster.hpp"

#include <array>

#include "base/date.hpp"
#include "kernel/identity/citizen_number.hpp"

namespace jiuzhu::bench {
namespace {

constexpr std::array kVillages{"140302001001", "140302001002", "140302002001"};
constexpr int kPersonsADay = 999;  // the three digits between birth date and check digit

/// Born from 1968 on: of working age in all years that are measured.
std::string number_of(int person) {
  const Date birth = Date::of(1968, 1, 1)->plus_days(person / kPersonsADay);
  std::string digits = "140399";
  for (const char c : birth.to_text()) {
    if (c != '-') digits += c;
  }
  digits += std::to_string(1000 + person % kPersonsADay).substr(1);
  return digits + citizen_number_check_character(digits);
}

}  // namespace

std::string roster_of(int first, int households) {
  std::string csv =
      "户编号,与申请人关系,姓名,公民身份号码,劳动能力,救助类型,村（社区）,月保障金额,起始月份,转移净收入,账户类型,"
      "开户银行,账号\r\n";
  for (int i = first; i < first + households; ++i) {
    const std::string label = std::to_string(i);
    csv += label + ",本人,王建国," + number_of(2 * i) + ",完全丧失,城市低保," +
           kVillages[static_cast<std::size_t>(i) % kVillages.size()] + ",880,2019-03,600,存折,农信社," +
           std::to_string(14'030'000'000'000LL + i) + "\r\n";
    csv += label + ",配偶,李秀英," + number_of(2 * i + 1) + ",完全丧失,,,,,,,,\r\n";
  }
  return csv;
}

}  // namespace jiuzhu::bench
