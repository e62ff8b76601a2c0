#include "numbers.hpp"

#include "dice.hpp"
#include "kernel/identity/citizen_number.hpp"
#include "names.hpp"

namespace jiuzhu::demo_city {
namespace {

constexpr int kSequencesEach = 250;  // of one sex, on one day, for households or for strangers

/// The seventeenth digit is odd for men (GB 11643).
std::string number_of(Date birth, int sequence, bool is_male) {
  std::string digits = "140399";
  for (const char c : birth.to_text()) {
    if (c != '-') digits += c;
  }
  digits += std::to_string(1000 + 2 * sequence + (is_male ? 1 : 0)).substr(1);
  return digits + citizen_number_check_character(digits);
}

}  // namespace

std::string NumberGiver::next(Date birth, bool is_male) {
  int* given = &given_[{birth, is_male}];
  while (*given == kSequencesEach) {
    birth = birth.plus_days(-1);
    given = &given_[{birth, is_male}];
  }
  return number_of(birth, (*given)++, is_male);
}

Subject stranger(std::uint32_t index, Date as_of) {
  constexpr std::uint32_t kDays = 62 * 365;
  static_assert(kStrangersMost <= kDays * kSequencesEach);
  // A prime, so that few strangers are of all ages too, and no two of one round share a day.
  constexpr std::uint64_t kStride = 7919;
  const auto day = static_cast<int>(index * kStride % kDays);
  const bool is_male = (index >> 3) % 2 == 1;
  Dice dice(index);
  return {.number = number_of(as_of.plus_years(-18).plus_days(-day), kSequencesEach + static_cast<int>(index / kDays),
                              is_male),
          .name = any_name(dice, is_male)};
}

std::string old_style(const std::string& number) {
  if (number.compare(6, 2, "19") != 0) return {};
  return number.substr(0, 6) + number.substr(8, 9);
}

}  // namespace jiuzhu::demo_city
