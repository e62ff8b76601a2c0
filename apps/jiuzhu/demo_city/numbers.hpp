#pragma once
// Citizen numbers that were never assigned, no two alike. Of the thousand numbers of a day of birth, the first half
// goes to the households, the second to strangers, so neither has to know the other.

#include <cstdint>
#include <map>

#include "household.hpp"

namespace jiuzhu::demo_city {

/// For the people of the roster, one after the other.
class NumberGiver {
 public:
  /// A number of that day of birth, or of the nearest day before that has one left.
  std::string next(Date birth, bool is_male);

 private:
  std::map<std::pair<Date, bool>, int> given_;
};

/// Somebody who draws no benefit: the same one for the same index. There are kStrangersMost of them, aged 18 to 80.
inline constexpr std::uint32_t kStrangersMost = 5'000'000;
Subject stranger(std::uint32_t index, Date as_of);

/// As written before 1999, with 15 digits; empty for those born since 2000, who never had such a number.
std::string old_style(const std::string& number);

}  // namespace jiuzhu::demo_city
