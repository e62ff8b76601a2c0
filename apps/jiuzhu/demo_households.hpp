#pragma once
// Invented households for demonstrations. Their citizen numbers carry the prefix 140399, which was never assigned, so
// none can be a living person's. The same seed gives the same households.

#include "base/clock.hpp"
#include "modules/cases/intake.hpp"

namespace jiuzhu {

class DemoHouseholds {
 public:
  DemoHouseholds(Random& random, const Clock& clock) : random_(random), clock_(clock), today_(clock.today()) {}

  /// A complete application of a household that lives in `village`: one to five members, now and then an obligor,
  /// incomes around the standard so that some are eligible and some are not.
  cases::Intake next(const RegionCode& village, cases::CaseProgramme programme);

 private:
  struct Person {
    std::string name;
    int age = 0;
    bool is_male = true;
  };

  std::uint32_t below(std::uint32_t limit);
  std::string citizen_number(Date birth, bool is_male);
  std::string given_name(bool is_male);
  void add_person(cases::Intake& intake, cases::PersonRole role, const std::string& key, const Person& person,
                  policy::Relation relation);
  void add_incomes(cases::Intake& intake);
  void add_obligor(cases::Intake& intake, const std::string& surname);

  Random& random_;
  const Clock& clock_;
  Date today_;
  int count_ = 0;
};

}  // namespace jiuzhu
