#include "entries.hpp"

#include "names.hpp"

namespace jiuzhu::demo_city {
namespace {

constexpr std::array kEmployers{"阳泉市恒泰物业服务有限公司", "山西晋阳劳务派遣有限公司", "阳泉百货大楼有限责任公司",
                                "阳泉市顺达运输有限公司",     "太行耐火材料厂",           "阳泉市惠民超市连锁有限公司",
                                "山西新景保安服务有限公司",   "阳泉市家和家政服务部",     "阳泉市城区环境卫生服务中心"};
constexpr std::array kOffices{"阳泉市城区第三小学", "阳泉市城区社区卫生服务中心", "阳泉市城区水利站",
                              "阳泉市城区文化馆",   "阳泉市城区市容管理所",       "阳泉市城区统计局"};
constexpr std::array kCities{"太原", "北京", "上海", "西安", "成都", "广州", "海口", "呼和浩特"};
constexpr std::array kStreets{"桃北东街", "德胜东街", "南大街", "北大西街", "泉中路", "平潭街"};
constexpr std::array kBanks{"中国工商银行", "中国农业银行", "中国建设银行", "阳泉市商业银行", "农村信用合作联社"};

std::string digits(Dice& dice, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += static_cast<char>('0' + dice.below(10));
  return text;
}

std::string text_of(std::string_view text) { return std::string(text); }
std::string text_of(std::optional<Date> day) { return day ? day->to_text() : ""; }
std::string text_of(int yuan) { return std::to_string(yuan) + ".00"; }

/// Some end in fen.
std::string balance_of(Dice& dice, int yuan) {
  return std::to_string(yuan) + "." + std::to_string(100 + dice.below(100)).substr(1);
}

}  // namespace

std::string_view any_employer(Dice& dice) { return dice.pick(kEmployers); }
std::string_view any_office(Dice& dice) { return dice.pick(kOffices); }

Entry vehicle(Dice& dice, std::string_view type, Date registered_on, int price) {
  return {RegisterName::vehicles,
          {{"号牌", "晋C" + digits(dice, 5)},
           {"车辆类型", text_of(type)},
           {"登记日期", registered_on.to_text()},
           {"价格", text_of(price)}}};
}

Entry flight(Dice& dice, Date day) {
  return {RegisterName::flights,
          {{"航班日期", day.to_text()},
           {"航班号", "MU" + digits(dice, 4)},
           {"起飞地", dice.pick(kCities)},
           {"到达地", dice.pick(kCities)}}};
}

Entry contribution(std::string_view employer, Month month, int wage) {
  return {RegisterName::employment,
          {{"单位名称", text_of(employer)}, {"缴费月份", month.to_text()}, {"缴费基数", text_of(wage)}}};
}

Entry pension(std::string_view kind, Month month, int amount) {
  return {RegisterName::pensions,
          {{"待遇类别", text_of(kind)}, {"发放月份", month.to_text()}, {"发放金额", text_of(amount)}}};
}

Entry real_estate(Dice& dice, std::string_view use, Date registered_on) {
  const std::string place = std::string("阳泉市城区") + dice.pick(kStreets) + digits(dice, 2) + "号, " +
                            std::to_string(dice.between(1, 12)) + "单元" + digits(dice, 3);
  return {RegisterName::real_estate,
          {{"不动产单元号", "140302" + digits(dice, 12)},
           {"坐落", place},
           {"用途", text_of(use)},
           {"登记日期", registered_on.to_text()}}};
}

Entry company(Dice& dice, std::string_view role, Date founded_on, std::string_view state) {
  constexpr std::array kTrades{"便利店", "餐饮店", "理发店", "建材经销部", "汽车修理部", "商贸有限公司"};
  return {RegisterName::companies,
          {{"企业名称", std::string("阳泉市\"").append(any_surname(dice)).append("记\"") + dice.pick(kTrades)},
           {"统一社会信用代码", "92140302MA0" + digits(dice, 7)},
           {"职务", text_of(role)},
           {"成立日期", founded_on.to_text()},
           {"登记状态", text_of(state)}}};
}

Entry housing_fund(std::string_view employer, Month month, int amount) {
  return {RegisterName::housing_fund,
          {{"单位名称", text_of(employer)}, {"缴存月份", month.to_text()}, {"月缴存额", text_of(amount)}}};
}

Entry deposit(Dice& dice, std::string_view kind, Date day, int balance) {
  return {RegisterName::deposits,
          {{"银行", dice.pick(kBanks)},
           {"存款种类", text_of(kind)},
           {"余额日期", day.to_text()},
           {"余额", balance_of(dice, balance)}}};
}

Entry death(Date died_on, std::optional<Date> cremated_on) {
  return {RegisterName::deaths, {{"死亡日期", died_on.to_text()}, {"火化日期", text_of(cremated_on)}}};
}

Entry public_payroll(std::string_view office) {
  return {RegisterName::public_payroll, {{"工作单位", text_of(office)}}};
}

Entry prisoner(Date since, std::optional<Date> until) {
  return {RegisterName::prisoners, {{"入监日期", since.to_text()}, {"刑期止日", text_of(until)}}};
}

Entry other_benefit(std::string_view kind, std::string_view place, Date since, std::optional<Date> until) {
  return {RegisterName::other_benefits,
          {{"待遇类别", text_of(kind)},
           {"发放地", text_of(place)},
           {"起始日期", since.to_text()},
           {"终止日期", text_of(until)}}};
}

}  // namespace jiuzhu::demo_city
