#include "stories.hpp"

namespace jiuzhu::demo_city {
namespace {

void register_death(Planting& planting, const Person& person) {
  const Date died_on = planting.days_ago(6, 200);
  planting.enter(person,
                 death(died_on, planting.dice().one_in(5) ? std::nullopt : std::optional(died_on.plus_days(3))));
}

void died_alone(Planting& planting) {
  const Person& person = planting.applicant();
  register_death(planting, person);
  planting.find(
      {"DEATH", RegisterName::deaths, &person, "一人户，登记死亡", Remedy::end, "停发，追回死亡后多发的资金"});
}

void died_in_the_family(Planting& planting) {
  const Person& person = planting.elder();
  register_death(planting, person);
  planting.find(
      {"DEATH", RegisterName::deaths, &person, "多人户中年龄最大的成员登记死亡", Remedy::adjust, "减少一人后重新核定"});
}

void is_dead_under_another_name(Planting& planting) {
  const Person& person = planting.elder();
  planting.enter_under_another_name(person, death(planting.days_ago(6, 200), std::nullopt));
  planting.find({"DEATH", RegisterName::deaths, &person, "死亡登记号码相同、姓名不同", Remedy::identify,
                 "入户看望，核实是否录错号码"});
}

void flew_for_treatment(Planting& planting) {
  const Person& person = planting.applicant();
  planting.enter(person, flight(planting.dice(), planting.days_ago(5, 330)));
  planting.find({"AIR-TRAVEL", RegisterName::flights, &person, "近一年乘机一次，外出就医", Remedy::keep,
                 "有就医材料，核实后保持"});
}

void flies_often(Planting& planting) {
  const Person& person = planting.other_adult();
  for (int i = planting.dice().between(3, 6); i > 0; --i) {
    planting.enter(person, flight(planting.dice(), planting.days_ago(5, 330)));
  }
  planting.find(
      {"AIR-TRAVEL", RegisterName::flights, &person, "近一年多次乘机", Remedy::adjust, "消费与申报不符，核查收入"});
}

void went_to_prison(Planting& planting) {
  const Person& person = planting.other_adult();
  planting.enter(person,
                 prisoner(planting.days_ago(30, 700), planting.as_of().plus_days(planting.dice().between(1, 2000))));
  planting.find(
      {"IMPRISONED", RegisterName::prisoners, &person, "正在服刑，刑期未满", Remedy::adjust, "服刑人员不计入家庭成员"});
}

void is_imprisoned_for_life(Planting& planting) {
  const Person& person = planting.applicant();
  planting.enter(person, prisoner(planting.days_ago(30, 700), std::nullopt));
  planting.find(
      {"IMPRISONED", RegisterName::prisoners, &person, "一人户，正在服刑，没有刑期止日", Remedy::end, "服刑期间停发"});
}

void draws_other_assistance(Planting& planting) {
  const Person& person = planting.elder();
  planting.enter(person, other_benefit("特困人员救助供养", "阳泉市郊区", planting.days_ago(20, 600), std::nullopt));
  planting.find({"DUPLICATE-BENEFIT", RegisterName::other_benefits, &person, "在邻区同时享受特困供养", Remedy::adjust,
                 "两种待遇只能享受一种"});
}

void draws_twice(Planting& planting) {
  const Person& person = planting.applicant();
  const Date until = planting.as_of().plus_days(planting.dice().between(1, 300));
  planting.enter(person, other_benefit("农村低保", "平定县", planting.days_ago(20, 600), until));
  planting.find({"DUPLICATE-BENEFIT", RegisterName::other_benefits, &person, "在平定县重复享受低保，尚未到期",
                 Remedy::end, "只保留一处，追回重复领取的资金"});
}

}  // namespace

std::vector<Story> life_stories() {
  const Wish alone{.size = Size::lone};
  const Wish several{.size = Size::several};
  return {{alone, died_alone},
          {several, died_in_the_family},
          {{.has_elder = true}, is_dead_under_another_name},
          {{}, flew_for_treatment},
          {several, flies_often},
          {several, went_to_prison},
          {alone, is_imprisoned_for_life},
          {{.has_elder = true}, draws_other_assistance},
          {{}, draws_twice}};
}

std::vector<Story> all_stories() {
  std::vector<Story> stories = property_stories();
  for (const auto& more : {work_stories(), life_stories()}) stories.insert(stories.end(), more.begin(), more.end());
  return stories;
}

}  // namespace jiuzhu::demo_city
