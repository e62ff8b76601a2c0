#include "engines/sieve/key_table.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <thread>

namespace jiuzhu::sieve {
namespace {

/// 8 MiB: what two cores can expect to keep of a shared cache.
constexpr std::size_t kFilterWordsMost = std::size_t{1} << 20;
constexpr std::size_t kKeysAWord = 4;
/// Below this, one thread builds it: the parts would be too small to be filled evenly.
constexpr std::size_t kPersonsLeastForParts = 1 << 16;
constexpr unsigned kPartsMost = 16;
constexpr std::size_t kAhead = 32;

/// Multiplied so that all digits reach the high bits, which choose the word and the slot; folded, so that the low ones
/// choose bits in the word.
std::uint64_t hash_of(NumberKey key) {
  const std::uint64_t product = key * 0x9E3779B97F4A7C15;
  return product ^ product >> 32;
}

std::uint64_t bits_of(std::uint64_t hash) {
  return std::uint64_t{1} << (hash & 63) | std::uint64_t{1} << (hash >> 6 & 63) |
         std::uint64_t{1} << (hash >> 12 & 63) | std::uint64_t{1} << (hash >> 18 & 63);
}

unsigned shift_for(std::size_t size) { return static_cast<unsigned>(64 - std::countr_zero(size)); }

}  // namespace

KeyTable::KeyTable(std::span<const NumberKey> keys, unsigned threads) : keys_(keys) {
  const std::size_t words = std::clamp(std::bit_ceil(keys.size() / kKeysAWord + 1), std::size_t{2}, kFilterWordsMost);
  const std::size_t slots = std::max(std::bit_ceil(keys.size() * 2), std::size_t{2});
  filter_shift_ = shift_for(words);
  slot_shift_ = shift_for(slots);
  filter_.assign(words, 0);
  slots_.assign(slots, kNobody);
  next_.assign(keys.size(), kNobody);
  parts_ = keys.size() < kPersonsLeastForParts ? 1 : std::min(std::bit_floor(std::max(threads, 1U)), kPartsMost);
  std::vector<std::jthread> builders;
  for (unsigned part = 1; part < parts_; ++part) builders.emplace_back([this, part] { build(part); });
  build(0);
}

/// A part has the words and slots whose numbers begin with its own, so that no two threads write to the same place.
/// Each sees persons in their order, so the result is the same for any number of parts except for which slots are
/// taken.
void KeyTable::build(unsigned part) {
  const auto part_bits = static_cast<unsigned>(std::countr_zero(parts_));
  const std::size_t first_slot = slots_of_part() * part;
  const std::size_t end_slot = first_slot + slots_of_part();
  // From the last to the first, so that each can be put in front of those with the same number.
  for (std::size_t person = keys_.size(); person-- > 0;) {
    if (keys_[person] == kNoKey) continue;
    const std::uint64_t hash = hash_of(keys_[person]);
    if (part_bits > 0 && hash >> (64 - part_bits) != part) continue;
    filter_[hash >> filter_shift_] |= bits_of(hash);
    std::size_t slot = hash >> slot_shift_;
    while (slots_[slot] != kNobody && keys_[slots_[slot]] != keys_[person]) {
      ++slot;
      if (slot == end_slot) slot = first_slot;
    }
    next_[person] = slots_[slot];
    slots_[slot] = static_cast<PersonIndex>(person);
  }
}

std::size_t KeyTable::sift(std::span<const NumberKey> keys, std::uint32_t* candidates) const {
  const std::uint64_t* const filter = filter_.data();
  const std::size_t size = keys.size();
  std::size_t found = 0;
  for (std::size_t i = 0; i < std::min(kAhead, size); ++i)
    __builtin_prefetch(filter + (hash_of(keys[i]) >> filter_shift_));
  for (std::size_t i = 0; i < size; ++i) {
    if (i + kAhead < size) __builtin_prefetch(filter + (hash_of(keys[i + kAhead]) >> filter_shift_));
    const std::uint64_t hash = hash_of(keys[i]);
    const std::uint64_t bits = bits_of(hash);
    candidates[found] = static_cast<std::uint32_t>(i);
    const bool may_be_ours = (filter[hash >> filter_shift_] & bits) == bits;
    found += static_cast<std::size_t>(may_be_ours || keys[i] == kNoKey);
  }
  return found;
}

void KeyTable::find(std::span<const NumberKey> keys, PersonIndex* persons) const {
  for (const NumberKey key : keys) __builtin_prefetch(slots_.data() + (hash_of(key) >> slot_shift_));
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const PersonIndex first = slots_[hash_of(keys[i]) >> slot_shift_];
    if (first != kNobody) __builtin_prefetch(keys_.data() + first);
  }
  for (std::size_t i = 0; i < keys.size(); ++i) {
    persons[i] = kNobody;
    if (keys[i] == kNoKey) continue;
    std::size_t slot = hash_of(keys[i]) >> slot_shift_;
    const std::size_t part_end = (slot / slots_of_part() + 1) * slots_of_part();
    while (slots_[slot] != kNobody) {
      if (keys_[slots_[slot]] == keys[i]) {
        persons[i] = slots_[slot];
        break;
      }
      ++slot;
      if (slot == part_end) slot = part_end - slots_of_part();
    }
  }
}

}  // namespace jiuzhu::sieve
