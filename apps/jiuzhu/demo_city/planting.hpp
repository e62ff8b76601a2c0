#pragma once
// What a story does with one household: rows in registers, and what has to be found because of them. One thread at a
// time.

#include <string>
#include <string_view>
#include <vector>

#include "dice.hpp"
#include "entries.hpp"
#include "household.hpp"
#include "register_files.hpp"

namespace jiuzhu::demo_city {

/// What an officer who looks into a finding comes to.
enum class Remedy {
  keep,      // 保持
  adjust,    // 调整
  end,       // 终止
  identify,  // 先核实身份
};

struct Finding {
  std::string rule;  // its code in the catalogue
  RegisterName where;
  const Person* person;  // of the household
  std::string what;
  Remedy remedy;
  std::string reason;
};

class Planting {
 public:
  Planting(const Household& household, Date as_of, Dice& dice, RegisterFiles& files)
      : household_(household), as_of_(as_of), dice_(dice), files_(files) {}

  const Household& household() const { return household_; }
  const Person& applicant() const { return household_.persons.front(); }
  /// The first of working age, or else the applicant.
  const Person& worker() const;
  /// The oldest.
  const Person& elder() const;
  /// The last adult: of several not the applicant where there is another.
  const Person& other_adult() const;

  Dice& dice() { return dice_; }
  Date days_ago(int from, int to) { return as_of_.plus_days(-dice_.between(from, to)); }
  Month months_ago(int count) const { return as_of_.month_of().plus(-count); }
  Date as_of() const { return as_of_; }

  void enter(const Person& person, const Entry& entry) { files_.add(person.subject, entry); }
  /// The right number under a wrong name.
  void enter_under_another_name(const Person& person, const Entry& entry);
  void find(Finding finding) { findings_.push_back(std::move(finding)); }
  const std::vector<Finding>& findings() const { return findings_; }

 private:
  const Household& household_;
  Date as_of_;
  Dice& dice_;
  RegisterFiles& files_;
  std::vector<Finding> findings_;
};

}  // namespace jiuzhu::demo_city
