#include "household_maker.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "names.hpp"

namespace jiuzhu::demo_city {
namespace {

constexpr int kElder = 60;

struct Seat {
  std::string_view relation;
  int age_from = 0;
  int age_to = 0;
};

constexpr std::array kLoneElder{Seat{"本人", 60, 86}};
constexpr std::array kLoneAdult{Seat{"本人", 35, 59}};
constexpr std::array kElderCouple{Seat{"本人", 62, 82}, Seat{"配偶", 60, 82}};
constexpr std::array kCouple{Seat{"本人", 45, 58}, Seat{"配偶", 44, 58}};
constexpr std::array kLoneParent{Seat{"本人", 30, 48}, Seat{"子女", 3, 17}};
constexpr std::array kGrandparent{Seat{"本人", 60, 74}, Seat{"孙子女", 5, 16}};
constexpr std::array kSiblings{Seat{"本人", 40, 59}, Seat{"兄弟姐妹", 38, 59}};
constexpr std::array kFamily{Seat{"本人", 34, 50}, Seat{"配偶", 33, 50}, Seat{"子女", 4, 17}};
constexpr std::array kWithStudent{Seat{"本人", 44, 56}, Seat{"配偶", 43, 55}, Seat{"子女", 18, 22}};
constexpr std::array kWithParent{Seat{"本人", 38, 50}, Seat{"配偶", 37, 50}, Seat{"子女", 5, 17}, Seat{"父母", 66, 84}};
constexpr std::array kFive{Seat{"本人", 36, 48}, Seat{"配偶", 35, 48}, Seat{"子女", 9, 16}, Seat{"子女", 2, 8},
                           Seat{"父母", 64, 80}};

/// As often as they stand here.
constexpr std::array<std::span<const Seat>, 14> kShapes{
    kLoneElder, kLoneElder,  kLoneElder,   kLoneAdult, kLoneAdult,   kElderCouple, kCouple,
    kCouple,    kLoneParent, kGrandparent, kSiblings,  kWithStudent, kFamily,      kWithParent};

bool fits(std::span<const Seat> shape, const Wish& wish) {
  if (wish.size == Size::lone && shape.size() > 1) return false;
  if (wish.size == Size::several && shape.size() == 1) return false;
  return !wish.has_elder || std::ranges::any_of(shape, [](const Seat& seat) { return seat.age_from >= kElder; });
}

std::span<const Seat> any_shape(Dice& dice, const Wish& wish) {
  if (wish.size != Size::lone && dice.one_in(16)) return kFive;
  while (true) {
    const auto shape = dice.pick(kShapes);
    if (fits(shape, wish)) return shape;
  }
}

bool takes_applicants_surname(std::string_view relation) {
  return relation == "子女" || relation == "孙子女" || relation == "兄弟姐妹";
}

std::string label_of(int number) { return "DB" + std::to_string(10'000'000 + number).substr(1); }

}  // namespace

Household HouseholdMaker::next(const Wish& wish) {
  const Place& place = dice_.pick(places_);
  Household household{.label = label_of(++made_), .is_rural = place.is_rural, .place = place.name};
  add_persons(household, wish);
  household.first_month = as_of_.month_of().plus(-3 - dice_.between(0, 80));
  if (!dice_.one_in(4)) household.review_due_on = as_of_.plus_days(dice_.between(20, 360));
  set_amount(household);
  return household;
}

void HouseholdMaker::add_persons(Household& household, const Wish& wish) {
  const std::string_view surname = any_surname(dice_);
  const bool applicant_is_male = !dice_.one_in(3);
  std::vector<std::string_view> given_names;
  for (const Seat& seat : any_shape(dice_, wish)) {
    const bool is_spouse = seat.relation == "配偶";
    const bool is_first = household.persons.empty();
    Person person{.relation = seat.relation, .age = dice_.between(seat.age_from, seat.age_to)};
    person.is_male = is_spouse ? !applicant_is_male : is_first ? applicant_is_male : dice_.one_in(2);
    // No two of a household share a name: an account's holder is told by it.
    std::string_view given = any_given_name(dice_, person.is_male);
    while (std::ranges::find(given_names, given) != given_names.end()) given = any_given_name(dice_, person.is_male);
    given_names.push_back(given);
    const bool has_surname = is_first || takes_applicants_surname(seat.relation);
    person.subject.name = std::string(has_surname ? surname : any_surname(dice_)).append(given);
    if (is_first && dice_.one_in(200)) person.subject.name = any_name(dice_, person.is_male);
    const Date birth = as_of_.plus_years(-person.age).plus_days(-dice_.between(0, 360));
    person.subject.number = numbers_.next(birth, person.is_male);
    person.is_covered = is_first || !person.is_of_working_age() || !dice_.one_in(25);
    person.authorised_on = as_of_.plus_days(-dice_.between(10, 330));
    household.persons.push_back(person);
    add_condition(household.persons.back(), wish);
  }
}

void HouseholdMaker::add_condition(Person& person, const Wish& wish) {
  constexpr std::array kClasses{"视力", "听力", "言语", "肢体", "肢体", "智力", "精神", "多重"};
  constexpr std::array kGrades{"一级", "二级", "三级", "四级"};
  if (wish.disability == Disability::applicant && person.relation == "本人") {
    person.disability_class = "肢体";
    person.disability_grade = dice_.one_in(2) ? "一级" : "二级";
  } else if (wish.disability != Disability::nobody && dice_.one_in(6)) {
    person.disability_class = dice_.pick(kClasses);
    person.disability_grade = dice_.pick(kGrades);
  }
  person.is_seriously_ill = dice_.one_in(9);
  if (!person.is_of_working_age()) {
    person.labour_capacity = "完全丧失";
  } else if (person.is_severely_disabled()) {
    person.labour_capacity = dice_.one_in(3) ? "部分丧失" : "完全丧失";
  } else {
    person.labour_capacity = person.is_seriously_ill || dice_.one_in(3) ? "部分丧失" : "有";
  }
}

void HouseholdMaker::set_amount(Household& household) {
  const auto covered = std::ranges::count_if(household.persons, &Person::is_covered);
  const Money standard = household.is_rural ? standards_.rural : standards_.urban;
  const auto most = static_cast<int>((standard * covered).in_fen() / 100);
  // Together at most seven tenths of what the household may have.
  const auto share_of_most = [&](int tenths) { return dice_.one_in(3) ? dice_.between(0, most * tenths / 10) : 0; };
  const bool has_worker = std::ranges::any_of(household.persons, &Person::is_of_working_age);
  household.wages = has_worker ? share_of_most(3) : 0;
  household.business = household.is_rural ? share_of_most(2) : 0;
  household.property = share_of_most(1);
  household.transfers = share_of_most(1);
  const int income = household.wages + household.business + household.property + household.transfers;
  household.amount = Money::yuan(most - income);
}

}  // namespace jiuzhu::demo_city
