#include "engines/sieve/key_table.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <thread>

#include "engines/sieve/key_hash.hpp"

namespace jiuzhu::sieve {
namespace {

/// 8 MiB: what two cores can expect to keep of a shared cache.
constexpr std::size_t kFilterWordsMost = std::size_t{1} << 20;
constexpr std::size_t kKeysAWord = 4;
/// Below this, one thread builds it: the parts would be too small to be filled evenly.
constexpr std::size_t kPersonsLeastForParts = 1 << 16;
constexpr unsigned kPartsMost = 16;
constexpr std::size_t kAhead = 32;

unsigned shift_for(std::size_t size) { return static_cast<unsigned>(64 - std::countr_zero(size)); }

}  // namespace

KeyTable::KeyTable(std::span<PersonEntry> persons, unsigned threads) : persons_(persons) {
  const std::size_t words =
      std::clamp(std::bit_ceil(persons.size() / kKeysAWord + 1), std::size_t{2}, kFilterWordsMost);
  const std::size_t slots = std::max(std::bit_ceil(persons.size() * 2), std::size_t{2});
  filter_shift_ = shift_for(words);
  slot_shift_ = shift_for(slots);
  filter_.resize(words);
  slots_.resize(slots);
  parts_ = persons.size() < kPersonsLeastForParts ? 1 : std::min(std::bit_floor(std::max(threads, 1U)), kPartsMost);
  part_mask_ = slots / parts_ - 1;
  std::atomic<bool> is_part_full = false;
  {
    std::vector<std::jthread> builders;
    for (unsigned part = 1; part < parts_; ++part) {
      builders.emplace_back([this, part, &is_part_full] {
        if (!build(part)) is_part_full = true;
      });
    }
    if (!build(0)) is_part_full = true;
  }
  if (!is_part_full) return;
  // Numbers that were chosen to lie close together: one part has twice as many slots as there are persons.
  parts_ = 1;
  part_mask_ = slots - 1;
  build(0);
}

/// A part has the words and slots whose numbers begin with its own, so that no two threads write to the same place.
/// Each sees persons in their order, so the result is the same for any number of parts except for which slots are
/// taken.
bool KeyTable::build(unsigned part) {
  const auto part_bits = static_cast<unsigned>(std::countr_zero(parts_));
  const std::size_t slots_of_part = slots_.size() / parts_;
  const std::size_t first_slot = slots_of_part * part;
  const std::size_t words_of_part = std::max<std::size_t>(filter_.size() / parts_, 1);
  std::fill_n(slots_.begin() + static_cast<std::ptrdiff_t>(first_slot), slots_of_part, kNobody);
  std::fill_n(filter_.begin() + static_cast<std::ptrdiff_t>(words_of_part * part), words_of_part, 0);
  std::size_t taken = 0;
  // From the last to the first, so that each can be put in front of those with the same number.
  for (std::size_t person = persons_.size(); person-- > 0;) {
    if (person >= kAhead) {
      const std::uint64_t later = key_hash(persons_[person - kAhead].key);
      __builtin_prefetch(slots_.data() + (later >> slot_shift_), 1);
      __builtin_prefetch(filter_.data() + (later >> filter_shift_), 1);
    }
    const NumberKey key = persons_[person].key;
    const std::uint64_t hash = key_hash(key);
    const bool is_of_part = part_bits == 0 || hash >> (64 - part_bits) == part;
    if (!is_of_part) continue;
    persons_[person].next = kNobody;
    if (key == kNoKey) continue;
    filter_[hash >> filter_shift_] |= filter_bits(hash);
    std::size_t slot = hash >> slot_shift_;
    while (slots_[slot] != kNobody && persons_[slots_[slot]].key != key) {
      slot = next_slot(slot);
    }
    if (slots_[slot] == kNobody && ++taken == slots_of_part) return false;
    persons_[person].next = slots_[slot];
    slots_[slot] = static_cast<PersonIndex>(person);
  }
  return true;
}

bool KeyTable::may_hold(NumberKey key) const {
  const std::uint64_t hash = key_hash(key);
  const std::uint64_t bits = filter_bits(hash);
  return (filter_[hash >> filter_shift_] & bits) == bits;
}

void KeyTable::find(std::span<const NumberKey> keys, PersonIndex* persons) const {
  for (const NumberKey key : keys) __builtin_prefetch(slots_.data() + (key_hash(key) >> slot_shift_));
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const PersonIndex first = slots_[key_hash(keys[i]) >> slot_shift_];
    if (first != kNobody) __builtin_prefetch(persons_.data() + first);
  }
  for (std::size_t i = 0; i < keys.size(); ++i) {
    persons[i] = kNobody;
    if (keys[i] == kNoKey) continue;
    std::size_t slot = key_hash(keys[i]) >> slot_shift_;
    while (slots_[slot] != kNobody) {
      if (persons_[slots_[slot]].key == keys[i]) {
        persons[i] = slots_[slot];
        break;
      }
      slot = next_slot(slot);
    }
  }
}

}  // namespace jiuzhu::sieve
