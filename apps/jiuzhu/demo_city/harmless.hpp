#pragma once
// Rows about people in benefit to which no rule of the catalogue applies: what a program that finds too much would
// find.

#include "dice.hpp"
#include "household.hpp"
#include "register_files.hpp"

namespace jiuzhu::demo_city {

class HarmlessRows {
 public:
  HarmlessRows(std::uint64_t seed, Date as_of, RegisterFiles& files);

  /// Adds some, or none, about a household in which nothing is planted.
  void add_about(const Household& household);

 private:
  void add(const Person& person, const Entry& entry);
  void add_property(const Household& household, const Person& adult);
  void add_past_work(const Person& adult);
  void add_past_benefits(const Person& person);
  void add_pensions(const Person& elder);

  Dice dice_;
  Date as_of_;
  RegisterFiles& files_;
};

}  // namespace jiuzhu::demo_city
