#pragma once
// What can have happened to a household in benefit, each as the registers would show it. Every rule of the catalogue
// occurs in some story; the test beside this folder holds the stories to the rules.

#include <vector>

#include "household.hpp"
#include "planting.hpp"

namespace jiuzhu::demo_city {

struct Story {
  Wish wish;
  void (*plant)(Planting& planting);
};

std::vector<Story> property_stories();
std::vector<Story> work_stories();
std::vector<Story> life_stories();

/// All of them.
std::vector<Story> all_stories();

}  // namespace jiuzhu::demo_city
