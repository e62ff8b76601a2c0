#pragma once
// Who has this number: the question that is asked for every row of every register. Nearly all rows are strangers', so a
// filter that stays in the cache answers first (a blocked Bloom filter: four bits in one word, sixteen bits a key, so
// that half a percent of the strangers pass), then an open-addressing table. Built once, then read by any thread.
// Benchmark: make bench-sieve.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engines/sieve/number_key.hpp"

namespace jiuzhu::sieve {

using PersonIndex = std::uint32_t;
inline constexpr PersonIndex kNobody = ~PersonIndex{0};

class KeyTable {
 public:
  /// `keys` of all persons, kNoKey for somebody who cannot be looked up; it must outlive this.
  KeyTable(std::span<const NumberKey> keys, unsigned threads);

  /// Writes the places of the keys that may be somebody's to `candidates`, those of kNoKey too: nobody has looked at
  /// their numbers yet. Returns how many; `candidates` has room for all.
  std::size_t sift(std::span<const NumberKey> keys, std::uint32_t* candidates) const;

  /// For each key its first person, or kNobody.
  void find(std::span<const NumberKey> keys, PersonIndex* persons) const;

  /// The next with the same number.
  PersonIndex next(PersonIndex person) const { return next_[person]; }

 private:
  void build(unsigned part);
  std::size_t slots_of_part() const { return slots_.size() / parts_; }

  std::span<const NumberKey> keys_;
  std::vector<std::uint64_t> filter_;
  std::vector<PersonIndex> slots_;  // the first person of each number; kNobody: free
  std::vector<PersonIndex> next_;
  unsigned parts_ = 1;
  unsigned filter_shift_ = 0;
  unsigned slot_shift_ = 0;
};

}  // namespace jiuzhu::sieve
