#include "demo_households.hpp"

#include <array>
#include <cstring>

#include "kernel/identity/citizen_number.hpp"

namespace jiuzhu {
namespace {

constexpr std::array kSurnames{"王", "李", "张", "刘", "赵", "郭", "杨", "石", "任", "白", "史", "苗", "荆", "葛"};
constexpr std::array kMaleNames{"建国", "志强", "海生", "润生", "国庆", "保林", "存柱", "俊杰", "浩然", "振华"};
constexpr std::array kFemaleNames{"秀英", "桂兰", "爱珍", "改莲", "玉梅", "晓燕", "雅婷", "瑞芳", "春花", "梦瑶"};

}  // namespace

std::uint32_t DemoHouseholds::below(std::uint32_t limit) {
  std::array<std::uint8_t, 4> bytes{};
  random_.fill(bytes);
  std::uint32_t value = 0;
  std::memcpy(&value, bytes.data(), bytes.size());
  return value % limit;
}

std::string DemoHouseholds::given_name(bool is_male) {
  return is_male ? kMaleNames[below(kMaleNames.size())] : kFemaleNames[below(kFemaleNames.size())];
}

std::string DemoHouseholds::citizen_number(Date birth, bool is_male) {
  std::string digits = "140399";
  for (const char c : birth.to_text()) {
    if (c != '-') digits += c;
  }
  // The seventeenth digit is odd for men (GB 11643).
  const int sequence = (count_++ % 499) * 2 + (is_male ? 1 : 0);
  digits += std::to_string(1000 + sequence).substr(1);
  return digits + citizen_number_check_character(digits);
}

void DemoHouseholds::add_person(cases::Intake& intake, cases::PersonRole role, const std::string& key,
                                const Person& person, policy::Relation relation) {
  const Date birth = today_.plus_years(-person.age).plus_days(-static_cast<int>(below(360)));
  intake.persons.push_back({.key = key,
                            .role = role,
                            .name = person.name,
                            .citizen_number = citizen_number(birth, person.is_male),
                            .phone = "1390353" + std::to_string(1000 + below(9000)),
                            .authorised_on = today_});
  if (person.age < 18) intake.persons.back().authorised_by = intake.persons.front().name;
  if (role != cases::PersonRole::member) return;
  policy::MemberFacts member{.key = key, .relation = relation, .birth_date = birth};
  member.registration =
      policy::RegistrationFacts{.region = intake.region.county().to_text(),
                                .registration_class = policy::RegistrationClass::unified,
                                .urban_conditions = intake.programme == cases::CaseProgramme::urban_minimum_living};
  const bool is_working_age = person.age >= 18 && person.age < 60;
  member.labour_capacity = is_working_age
                               ? (below(3) == 0 ? policy::LabourCapacity::partial : policy::LabourCapacity::full)
                               : policy::LabourCapacity::none;
  member.employed = is_working_age && below(2) == 0;
  if (below(5) == 0) {
    member.disability = policy::DisabilityFacts{policy::DisabilityClass::limb, static_cast<int>(1 + below(4))};
  }
  intake.facts.members.push_back(std::move(member));
}

void DemoHouseholds::add_incomes(cases::Intake& intake) {
  for (const auto& member : intake.facts.members) {
    if (member.employed.value_or(false)) {
      intake.facts.incomes.push_back({.kind = policy::IncomeKind::wages,
                                      .member = member.key,
                                      .amount = Money::yuan(300 + 100 * below(12)),
                                      .period = policy::IncomePeriod::month});
    }
    if (age_on(member.birth_date, today_) >= 60) {
      intake.facts.incomes.push_back({.kind = policy::IncomeKind::resident_basic_pension,
                                      .member = member.key,
                                      .amount = Money::yuan(108),
                                      .period = policy::IncomePeriod::month});
    }
  }
  if (intake.programme == cases::CaseProgramme::rural_minimum_living) {
    intake.facts.incomes.push_back({.kind = policy::IncomeKind::farming,
                                    .amount = Money::yuan(800 + 400 * below(10)),
                                    .period = policy::IncomePeriod::year});
  }
  intake.facts.property.push_back({.asset_class = policy::AssetClass::deposit, .value = Money::yuan(500 * below(12))});
}

void DemoHouseholds::add_obligor(cases::Intake& intake, const std::string& surname) {
  const bool is_male = below(2) == 0;
  add_person(intake, cases::PersonRole::obligor, "o1",
             {.name = surname + given_name(is_male), .age = static_cast<int>(30 + below(15)), .is_male = is_male},
             policy::Relation::other);
  intake.facts.obligors.push_back({.key = "o1",
                                   .supports = "m1",
                                   .relation = policy::ObligorRelation::child,
                                   .household_size = static_cast<int>(3 + below(2)),
                                   .household_income_month = Money::yuan(2000 + 500 * below(8)),
                                   .persons_supported = 1,
                                   .property_within_rule = true});
}

cases::Intake DemoHouseholds::next(const RegionCode& village, cases::CaseProgramme programme) {
  today_ = clock_.today();
  cases::Intake intake{.programme = programme, .region = village};
  const std::string surname = kSurnames[below(kSurnames.size())];
  const bool head_is_male = below(3) > 0;
  const int head_age = static_cast<int>(34 + below(45));
  add_person(intake, cases::PersonRole::member, "m1",
             {.name = surname + given_name(head_is_male), .age = head_age, .is_male = head_is_male},
             policy::Relation::self);
  if (below(3) > 0) {
    const std::string name = kSurnames[below(kSurnames.size())] + given_name(!head_is_male);
    add_person(intake, cases::PersonRole::member, "m2", {.name = name, .age = head_age - 2, .is_male = !head_is_male},
               policy::Relation::spouse);
  }
  if (head_age < 58 && below(3) > 0) {
    const bool is_male = below(2) == 0;
    add_person(intake, cases::PersonRole::member, "m3",
               {.name = surname + given_name(is_male), .age = static_cast<int>(6 + below(11)), .is_male = is_male},
               policy::Relation::child);
  }
  if (head_age >= 58) add_obligor(intake, surname);
  add_incomes(intake);
  intake.kin = cases::IntakeKinDeclaration{};
  intake.account = cases::IntakeAccount{.kind = cases::AccountKind::passbook,
                                        .number = "1403" + std::to_string(1'000'000'000LL + below(900'000'000)),
                                        .holder = "m1",
                                        .bank = "阳泉市农村信用合作联社"};
  intake.promise_given = true;
  return intake;
}

}  // namespace jiuzhu
