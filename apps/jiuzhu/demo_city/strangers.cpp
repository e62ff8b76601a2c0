#include "strangers.hpp"

#include <algorithm>
#include <array>

#include "numbers.hpp"

namespace jiuzhu::demo_city {
namespace {

constexpr std::uint64_t kStrangersStream = 3;
constexpr std::uint32_t kMalformedOneIn = 1000;

/// What clerks make of a number. The check character tells a wrong digit.
std::string spoilt(Dice& dice, std::string number) {
  switch (dice.below(5)) {
    case 0: return {};
    case 1: return number.substr(0, 17);
    case 2: number[9] = number[9] == '9' ? '0' : static_cast<char>(number[9] + 1); return number;
    case 3: number[13] = 'O'; return number;
    default: return "E" + number.substr(10);
  }
}

}  // namespace

Strangers::Strangers(std::uint64_t seed, Date as_of, std::uint32_t rows_each, RegisterFiles& files)
    : dice_(seed, kStrangersStream),
      as_of_(as_of),
      people_(std::clamp<std::uint32_t>(rows_each, 1, kStrangersMost / 3) * 3),
      files_(files) {}

void Strangers::go_on_to(std::uint32_t rows) {
  for (; rows_ < rows; ++rows_) {
    for (const Delivery& delivery : deliveries()) add_row(delivery.name);
  }
}

void Strangers::add_row(RegisterName where) {
  Subject subject = stranger(dice_.below(people_), as_of_);
  if (!dice_.one_in(kMalformedOneIn)) return files_.add(subject, entry(where));
  subject.number = spoilt(dice_, subject.number);
  files_.add_malformed(subject, entry(where));
}

Entry Strangers::entry(RegisterName where) {
  constexpr std::array kVehicles{"小型轿车",     "小型轿车",       "小型普通客车",
                                 "轻型普通货车", "普通二轮摩托车", "轻便摩托车"};
  constexpr std::array kUses{"成套住宅", "成套住宅", "成套住宅", "住宅", "非成套住宅", "商铺", "办公", "车库"};
  constexpr std::array kRoles{"法定代表人", "股东", "经营者"};
  constexpr std::array kStates{"存续", "存续", "在业", "注销", "吊销"};
  constexpr std::array kBenefits{"特困人员救助供养", "临时救助", "低保边缘家庭", "孤儿基本生活费"};
  constexpr std::array kPlaces{"阳泉市矿区", "阳泉市郊区", "平定县", "盂县", "晋中市寿阳县"};
  const Date day = as_of_.plus_days(-dice_.between(1, 5000));
  const Date recently = as_of_.plus_days(-dice_.between(1, 360));
  const Month month = recently.month_of();
  switch (where) {
    case RegisterName::vehicles: return vehicle(dice_, dice_.pick(kVehicles), day, 1000 * dice_.between(3, 260));
    case RegisterName::flights: return flight(dice_, recently);
    case RegisterName::employment: return contribution(any_employer(dice_), month, 100 * dice_.between(30, 160));
    case RegisterName::pensions: return pension("企业职工基本养老保险", month, dice_.between(1400, 5200));
    case RegisterName::real_estate: return real_estate(dice_, dice_.pick(kUses), day);
    case RegisterName::companies: return company(dice_, dice_.pick(kRoles), day, dice_.pick(kStates));
    case RegisterName::housing_fund: return housing_fund(any_employer(dice_), month, 10 * dice_.between(30, 300));
    case RegisterName::deposits: return deposit(dice_, "活期", as_of_.plus_days(-5), dice_.between(0, 300'000));
    case RegisterName::deaths: return death(recently, recently.plus_days(3));
    case RegisterName::public_payroll: return public_payroll(any_office(dice_));
    case RegisterName::prisoners: return prisoner(day, day.plus_days(dice_.between(300, 5000)));
    case RegisterName::other_benefits: {
      const auto until = dice_.one_in(2) ? std::optional(recently) : std::nullopt;
      return other_benefit(dice_.pick(kBenefits), dice_.pick(kPlaces), day.plus_days(-400), until);
    }
  }
  JZ_ASSERT(false);
  return {};
}

}  // namespace jiuzhu::demo_city
