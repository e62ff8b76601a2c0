#pragma once
// For tests: roster files as a county writes them. Numbers carry the never-assigned prefix 140399.

#include <map>
#include <string>
#include <vector>

#include "kernel/identity/citizen_number.hpp"
#include "modules/roster/roster_columns.hpp"

namespace jiuzhu::test {

/// A line by its columns' titles; what is not named is empty.
using RosterLine = std::map<std::string, std::string>;

/// A different person for every number below 9000.
inline std::string roster_number(int person) {
  std::string digits =
      "140399" + std::to_string(1970 + person / 900) + "0301" + std::to_string(1000 + person % 900).substr(1);
  return digits + citizen_number_check_character(digits);
}

/// A couple in urban benefit; `number` tells households apart.
inline std::vector<RosterLine> roster_household(int number) {
  return {{{"户编号", "H" + std::to_string(number)},
           {"与申请人关系", "本人"},
           {"姓名", "王建国"},
           {"公民身份号码", roster_number(2 * number)},
           {"劳动能力", "完全丧失"},
           {"救助类型", "城市低保"},
           {"村（社区）", "西街社区"},
           {"月保障金额", "500.00"},
           {"起始月份", "2018-07"},
           {"账户类型", "存折"},
           {"开户银行", "阳泉市农村信用合作联社"},
           {"账号", std::to_string(14030000000000LL + number)}},
          {{"户编号", "H" + std::to_string(number)},
           {"与申请人关系", "配偶"},
           {"姓名", "李秀英"},
           {"公民身份号码", roster_number(2 * number + 1)},
           {"劳动能力", "部分丧失"}}};
}

/// As CSV with all columns.
inline std::string roster_csv(const std::vector<std::vector<RosterLine>>& households) {
  std::string text;
  for (const auto& plan : roster::column_plans()) text += (text.empty() ? "" : ",") + std::string(plan.title);
  text += "\r\n";
  for (const auto& household : households) {
    for (const RosterLine& line : household) {
      std::string cells;
      for (const auto& plan : roster::column_plans()) {
        const auto cell = line.find(std::string(plan.title));
        if (plan.column != roster::Column::household) cells += ",";
        if (cell != line.end()) cells += cell->second;
      }
      text += cells + "\r\n";
    }
  }
  return text;
}

}  // namespace jiuzhu::test
