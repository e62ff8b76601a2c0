#include <array>

#include "stories.hpp"

namespace jiuzhu::demo_city {
namespace {

constexpr std::array kCars{"小型轿车", "小型普通客车", "轻型普通货车"};

Entry old_car(Planting& planting) {
  Dice& dice = planting.dice();
  return vehicle(dice, dice.pick(kCars), planting.days_ago(500, 3200), 1000 * dice.between(20, 120));
}

Entry new_car(Planting& planting) {
  Dice& dice = planting.dice();
  return vehicle(dice, dice.pick(kCars), planting.days_ago(5, 340), 1000 * dice.between(40, 160));
}

void owns_a_car(Planting& planting) {
  const Person& person = planting.other_adult();
  planting.enter(person, old_car(planting));
  planting.find({"VEHICLE", RegisterName::vehicles, &person, "名下有一辆登记一年以上的汽车，家中无残疾人", Remedy::end,
                 "家庭财产不符合规定的，按程序停止"});
}

void bought_a_car(Planting& planting) {
  const Person& person = planting.other_adult();
  planting.enter(person, new_car(planting));
  planting.find({"VEHICLE", RegisterName::vehicles, &person, "名下有一辆汽车，家中无残疾人", Remedy::end,
                 "家庭财产不符合规定的，按程序停止"});
  planting.find({"VEHICLE-PURCHASE", RegisterName::vehicles, &person, "近一年新登记一辆汽车", Remedy::end,
                 "享受期间购车，核查购车资金来源"});
}

void bought_a_car_for_the_disabled(Planting& planting) {
  const Person& person = planting.applicant();
  planting.enter(person, new_car(planting));
  planting.find({"VEHICLE-PURCHASE", RegisterName::vehicles, &person, "重度残疾人近一年新登记一辆代步车，仅此一辆",
                 Remedy::keep, "补偿残疾功能的一辆车不计入财产"});
}

void owns_two_cars(Planting& planting) {
  const Person& person = planting.applicant();
  planting.enter(person, old_car(planting));
  planting.enter(planting.other_adult(), old_car(planting));
  planting.find(
      {"VEHICLE", RegisterName::vehicles, &person, "家中有残疾人，但有两辆汽车", Remedy::end, "只有一辆可以豁免"});
}

void owns_a_car_under_another_name(Planting& planting) {
  const Person& person = planting.other_adult();
  planting.enter_under_another_name(person, old_car(planting));
  planting.find({"VEHICLE", RegisterName::vehicles, &person, "号码相同、登记姓名不同的一辆汽车", Remedy::identify,
                 "先核实登记的是否本人"});
}

void owns_two_dwellings(Planting& planting) {
  const Person& person = planting.applicant();
  planting.enter(person, real_estate(planting.dice(), "成套住宅", planting.days_ago(300, 8000)));
  planting.enter(planting.other_adult(), real_estate(planting.dice(), "住宅", planting.days_ago(300, 8000)));
  planting.find(
      {"HOUSES", RegisterName::real_estate, &person, "全家有两套住宅", Remedy::end, "非唯一住房，核查面积和用途"});
}

void inherited_a_dwelling(Planting& planting) {
  const Person& person = planting.applicant();
  planting.enter(person, real_estate(planting.dice(), "成套住宅", planting.days_ago(3000, 8000)));
  planting.enter(person, real_estate(planting.dice(), "非成套住宅", planting.days_ago(30, 300)));
  planting.find({"HOUSES", RegisterName::real_estate, &person, "继承的农村旧房使住宅达到两套", Remedy::keep,
                 "无法出租或出售的危旧房，核实后保持"});
}

void owns_a_shop(Planting& planting) {
  const Person& person = planting.applicant();
  planting.enter(person, real_estate(planting.dice(), "商铺", planting.days_ago(300, 6000)));
  planting.enter(person, real_estate(planting.dice(), "成套住宅", planting.days_ago(300, 6000)));
  planting.find({"PREMISES", RegisterName::real_estate, &person, "名下有一间商铺（住宅只有一套）", Remedy::end,
                 "有商业用房，家庭财产不符合规定"});
}

/// More than the limit by this much.
int above_limit(Planting& planting) { return planting.dice().between(12'000, 90'000); }
int limit(const Planting& planting) { return 20'000 * static_cast<int>(planting.household().persons.size()); }

void has_a_large_deposit(Planting& planting) {
  const Person& person = planting.applicant();
  planting.enter(person,
                 deposit(planting.dice(), "定期", planting.days_ago(3, 3), limit(planting) + above_limit(planting)));
  planting.find({"DEPOSITS", RegisterName::deposits, &person, "一笔定期存款，人均超过两万元", Remedy::end,
                 "存款超过规定，核查来源"});
}

void has_deposits_together(Planting& planting) {
  const Person& person = planting.applicant();
  const int half = (limit(planting) + above_limit(planting)) / 2;
  planting.enter(person, deposit(planting.dice(), "活期", planting.days_ago(3, 3), half));
  planting.enter(planting.other_adult(), deposit(planting.dice(), "定期", planting.days_ago(3, 3), half));
  planting.find({"DEPOSITS", RegisterName::deposits, &person, "两笔存款各未超过、合计人均超过两万元", Remedy::adjust,
                 "含一次性赔偿金的，扣除后重新计算"});
}

}  // namespace

std::vector<Story> property_stories() {
  const Wish without_disabled{.disability = Disability::nobody};
  const Wish with_disabled{.disability = Disability::applicant};
  return {{without_disabled, owns_a_car},
          {without_disabled, bought_a_car},
          {with_disabled, bought_a_car_for_the_disabled},
          {with_disabled, owns_two_cars},
          {without_disabled, owns_a_car_under_another_name},
          {{}, owns_two_dwellings},
          {{}, inherited_a_dwelling},
          {{}, owns_a_shop},
          {{}, has_a_large_deposit},
          {{.size = Size::several}, has_deposits_together}};
}

}  // namespace jiuzhu::demo_city
