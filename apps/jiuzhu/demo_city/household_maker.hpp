#pragma once
// Makes households in benefit, one after the other: of one to five persons, with ages, disabilities, incomes and the
// amount that fills them up to the standard. The same dice give the same households. One thread at a time.

#include "dice.hpp"
#include "household.hpp"
#include "numbers.hpp"
#include "places.hpp"

namespace jiuzhu::demo_city {

/// For each person and month.
struct Standards {
  Money urban;
  Money rural;
};

class HouseholdMaker {
 public:
  HouseholdMaker(std::uint64_t seed, Date as_of, std::vector<Place> places, Standards standards)
      : dice_(seed), as_of_(as_of), places_(std::move(places)), standards_(standards) {}

  Household next(const Wish& wish);

 private:
  void add_persons(Household& household, const Wish& wish);
  void add_condition(Person& person, const Wish& wish);
  void set_amount(Household& household);

  Dice dice_;
  Date as_of_;
  std::vector<Place> places_;
  Standards standards_;
  NumberGiver numbers_;
  int made_ = 0;
};

}  // namespace jiuzhu::demo_city
