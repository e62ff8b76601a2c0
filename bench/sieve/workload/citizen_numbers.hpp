#pragma once
// The citizen numbers of the workload. All begin with 140399, a region that was never assigned, so none is a living
// person's. What is left of a number is a birth date of 1905 to 2024 and three digits: 43.8 million different ones,
// each known by its index. A permutation deals them out: the first go to the people, the others to strangers, so a
// stranger never has a person's number and both are spread over the whole range. Immutable after construction; threads
// may share it.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "workload/random.hpp"

namespace jiuzhu::bench::sieve {

/// One way of writing a number that means it, or none.
struct WrittenNumber {
  char text[24];
  std::uint32_t length = 0;
  bool is_malformed = false;
  std::string_view view() const { return {text, length}; }
};

class CitizenNumbers {
 public:
  CitizenNumbers(std::uint64_t seed, std::uint32_t people, std::string_view word_for_none);

  std::uint32_t count() const { return count_; }
  /// Index of a person's number, `person` < people.
  std::uint32_t of_person(std::uint32_t person) const { return permuted(person); }
  std::uint32_t of_stranger(Random& random) const { return permuted(people_ + random.below(count_ - people_)); }

  /// As registers hold it: 1 % with 15 digits, some between blanks, x in both cases, 0.2 % malformed.
  WrittenNumber written(std::uint32_t index, Random& random) const;
  /// As the roster holds it: the same without malformed ones.
  WrittenNumber written_well(std::uint32_t index, Random& random) const;

 private:
  std::uint32_t permuted(std::uint32_t position) const;
  WrittenNumber complete(std::uint32_t index) const;
  WrittenNumber malformed(std::uint32_t index, Random& random) const;

  std::vector<char> dates_;                    // eight characters each
  std::vector<std::uint32_t> weighted_dates_;  // their share in the check sum, with the region's
  std::uint64_t round_keys_[4];
  std::uint32_t count_ = 0;
  std::uint32_t people_ = 0;
  std::string word_for_none_;
};

}  // namespace jiuzhu::bench::sieve
