#include "harmless.hpp"

#include <algorithm>

#include "names.hpp"

namespace jiuzhu::demo_city {
namespace {

constexpr std::uint64_t kHarmlessStream = 4;

}  // namespace

HarmlessRows::HarmlessRows(std::uint64_t seed, Date as_of, RegisterFiles& files)
    : dice_(seed, kHarmlessStream), as_of_(as_of), files_(files) {}

void HarmlessRows::add(const Person& person, const Entry& entry) {
  Subject subject = person.subject;
  if (dice_.one_in(40)) subject.name = another_name(dice_, subject.name);
  files_.add(subject, entry);
}

void HarmlessRows::add_about(const Household& household) {
  const Person& applicant = household.persons.front();
  add_property(household, applicant);
  if (applicant.is_of_working_age()) add_past_work(applicant);
  add_past_benefits(applicant);
  for (const Person& person : household.persons) {
    if (person.age >= 60) add_pensions(person);
  }
}

void HarmlessRows::add_property(const Household& household, const Person& adult) {
  // Together far below the limit, even for one member alone.
  if (dice_.one_in(2)) add(adult, deposit(dice_, "活期", as_of_.plus_days(-5), dice_.between(3, 4000)));
  if (dice_.one_in(6)) add(adult, deposit(dice_, "定期", as_of_.plus_days(-5), dice_.between(2000, 9000)));
  if (dice_.one_in(3)) add(adult, real_estate(dice_, "成套住宅", as_of_.plus_days(-dice_.between(400, 9000))));
  if (dice_.one_in(12)) add(adult, vehicle(dice_, "轻便摩托车", as_of_.plus_days(-dice_.between(10, 3000)), 3200));
  const auto disabled = std::ranges::find_if(household.persons, &Person::is_severely_disabled);
  if (disabled == household.persons.end()) return;
  if (dice_.one_in(5)) {
    // One vehicle in the household of a disabled person is exempt.
    add(adult, vehicle(dice_, "小型轿车", as_of_.plus_days(-dice_.between(400, 3000)), 1000 * dice_.between(8, 45)));
  }
  if (dice_.one_in(5))
    add(*disabled, vehicle(dice_, "残疾人机动轮椅车", as_of_.plus_days(-dice_.between(10, 900)), 6800));
}

void HarmlessRows::add_past_work(const Person& adult) {
  if (dice_.one_in(5)) {
    const std::string_view employer = any_employer(dice_);
    const Month last = as_of_.month_of().plus(-dice_.between(5, 11));
    const int wage = 100 * dice_.between(18, 40);
    for (int ago = dice_.between(0, 4); ago >= 0; --ago) add(adult, contribution(employer, last.plus(-ago), wage));
  }
  if (dice_.one_in(25)) {
    add(adult, housing_fund(any_employer(dice_), as_of_.month_of().plus(-dice_.between(5, 20)), 240));
  }
  if (dice_.one_in(20)) {
    const std::string_view state = dice_.one_in(3) ? "吊销" : "注销";
    add(adult, company(dice_, "经营者", as_of_.plus_days(-dice_.between(900, 4000)), state));
  }
}

void HarmlessRows::add_past_benefits(const Person& person) {
  if (dice_.one_in(20)) {
    const Date until = as_of_.plus_days(-dice_.between(0, 900));
    add(person, other_benefit("低保边缘家庭", "阳泉市郊区", until.plus_days(-700), until));
  }
  if (dice_.one_in(120)) {
    add(person, other_benefit("特困人员救助供养", "阳泉市郊区", as_of_.plus_days(dice_.between(5, 60)), std::nullopt));
  }
  if (dice_.one_in(20)) {
    // Longer ago than the rule looks back.
    add(person, flight(dice_, as_of_.plus_months(-12).plus_days(-dice_.between(0, 700))));
  }
  if (dice_.one_in(90)) {
    const Date until = as_of_.plus_days(-dice_.between(0, 2500));
    add(person, prisoner(until.plus_days(-dice_.between(200, 1500)), until));
  }
}

void HarmlessRows::add_pensions(const Person& elder) {
  constexpr std::string_view kKind = "城乡居民基本养老保险";
  const Month now = as_of_.month_of();
  if (dice_.one_in(15)) {  // stopped
    const int last = dice_.between(4, 9);
    for (int ago = last + 3; ago >= last; --ago) add(elder, pension(kKind, now.plus(-ago), 138));
  } else if (dice_.one_in(30)) {  // suspended
    for (int ago = 6; ago >= 1; --ago) add(elder, pension(kKind, now.plus(-ago), ago > 2 ? 138 : 0));
  }
}

}  // namespace jiuzhu::demo_city
