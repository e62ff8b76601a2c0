#pragma once
// Who has this number: the question that is asked for every row of every register. Nearly all rows are strangers', so a
// filter that stays in the cache answers first (a blocked Bloom filter: four bits in one word, sixteen bits a key, so
// that half a percent of the strangers pass), then an open-addressing table. Built once, then read by any thread.
// Benchmark: make bench-sieve.

#include <cstdint>
#include <span>

#include "engines/sieve/kernels.hpp"
#include "engines/sieve/large_vector.hpp"
#include "engines/sieve/number_key.hpp"
#include "engines/sieve/tally.hpp"

namespace jiuzhu::sieve {

using PersonIndex = std::uint32_t;
inline constexpr PersonIndex kNobody = ~PersonIndex{0};

/// What is asked of a person when somebody with that number is met, in one line of the cache.
struct PersonEntry {
  NumberKey key;  // kNoKey: cannot be looked up
  HouseholdIndex household;
  PersonIndex next;  // with the same number, kNobody behind the last; set by the table
};

class KeyTable {
 public:
  KeyTable() = default;
  /// Finds the persons with the same number, too: sets their `next`. The entries must outlive this.
  KeyTable(std::span<PersonEntry> persons, unsigned threads);

  /// For Kernels::sift_keys.
  KeyFilter filter() const { return {.words = filter_.data(), .shift = filter_shift_}; }
  /// The same for one key.
  bool may_hold(NumberKey key) const;

  /// For each key its first person, or kNobody.
  void find(std::span<const NumberKey> keys, PersonIndex* persons) const;

 private:
  /// False when a part is full.
  bool build(unsigned part);
  /// The one behind it; behind the last of a part its first.
  std::size_t next_slot(std::size_t slot) const { return (slot & ~part_mask_) | ((slot + 1) & part_mask_); }

  std::span<PersonEntry> persons_;
  LargeVector<std::uint64_t> filter_;
  LargeVector<PersonIndex> slots_;  // the first person of each number; kNobody: free
  unsigned parts_ = 1;
  std::size_t part_mask_ = 0;
  unsigned filter_shift_ = 63;
  unsigned slot_shift_ = 63;
};

}  // namespace jiuzhu::sieve
