#pragma once
// Who lives in the demonstration city. All of it is invented; every citizen number carries the prefix 140399, which was
// never assigned.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/money.hpp"

namespace jiuzhu::demo_city {

/// What a register knows a person by.
struct Subject {
  std::string number;  // 18 characters
  std::string name;
};

struct Person {
  Subject subject;
  std::string_view relation;  // to the applicant, in the roster's words
  int age = 0;                // in years, on the city's day
  bool is_male = true;
  bool is_covered = true;
  std::string_view disability_class;  // empty: none
  std::string_view disability_grade;
  std::string_view labour_capacity;
  bool is_seriously_ill = false;
  std::optional<Date> authorised_on;  // of the letter that lets registers be looked into

  bool is_of_working_age() const { return age >= 18 && age < 60; }
  bool is_severely_disabled() const { return disability_grade == "一级" || disability_grade == "二级"; }
};

struct Household {
  std::string label;
  std::vector<Person> persons;  // the applicant first
  bool is_rural = false;
  std::string place;  // as the roster names it
  Money amount;
  Month first_month;
  std::optional<Date> review_due_on;
  // Yuan a month.
  int wages = 0;
  int business = 0;
  int property = 0;
  int transfers = 0;
};

enum class Size { any, lone, several };
enum class Disability { any, nobody, applicant };

/// What a household must be like for something to be planted in it.
struct Wish {
  Size size = Size::any;
  Disability disability = Disability::any;
  bool has_elder = false;  // somebody of 60 at least
};

}  // namespace jiuzhu::demo_city
