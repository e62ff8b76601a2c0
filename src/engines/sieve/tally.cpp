#include "engines/sieve/tally.hpp"

#include <algorithm>
#include <bit>

#include "base/assert.hpp"

namespace jiuzhu::sieve {
namespace {

__extension__ using UnsignedWide = unsigned __int128;  // as Wide

constexpr std::size_t kAhead = 8;
constexpr std::uint64_t kSign = std::uint64_t{1} << 63;

/// Values as words that sort as they do, and are never zero: zero is "none". Values are far from the ends of 64 bits.
std::uint64_t ordered(std::int64_t value) { return std::bit_cast<std::uint64_t>(value) ^ kSign; }
std::int64_t unordered(std::uint64_t word) { return std::bit_cast<std::int64_t>(word ^ kSign); }

std::size_t words_of(Aggregate aggregate) {
  switch (aggregate) {
    case Aggregate::count:
    case Aggregate::distinct:
    case Aggregate::min:
    case Aggregate::max: return 1;
    case Aggregate::sum:     // 128 bits: no number of rows outgrows it
    case Aggregate::latest:  // the date, the value
      return 2;
    case Aggregate::average: return 3;  // the sum, the number
  }
  return 0;
}

void add_wide(std::uint64_t* words, Wide value) {
  const Wide sum = static_cast<Wide>(static_cast<UnsignedWide>(words[1]) << 64 | words[0]) + value;
  words[0] = static_cast<std::uint64_t>(sum);
  words[1] = static_cast<std::uint64_t>(sum >> 64);
}

Wide wide(const std::uint64_t* words) {
  return static_cast<Wide>(static_cast<UnsignedWide>(words[1]) << 64 | words[0]);
}

void keep_latest(std::uint64_t* words, std::uint64_t date, std::uint64_t value) {
  if (date < words[0] || (date == words[0] && value <= words[1])) return;
  words[0] = date;
  words[1] = value;
}

Wide rounded_down(Wide sum, Wide count) {
  const Wide quotient = sum / count;
  return sum % count < 0 ? quotient - 1 : quotient;
}

class SpinLock {
 public:
  explicit SpinLock(std::atomic_flag& flag) : flag_(flag) {
    while (flag_.test_and_set(std::memory_order_acquire)) {
    }
  }
  ~SpinLock() { flag_.clear(std::memory_order_release); }
  SpinLock(const SpinLock&) = delete;
  SpinLock& operator=(const SpinLock&) = delete;

 private:
  std::atomic_flag& flag_;
};

}  // namespace

Tally::Tally(const Plan& plan, std::size_t households) : households_(households) {
  for (const Source& source : plan.sources) {
    for (const Measure& measure : source.measures) {
      cells_.push_back({.aggregate = measure.aggregate, .word = words_per_household_});
      words_per_household_ += words_of(measure.aggregate);
    }
  }
  words_per_household_ = std::max<std::size_t>(words_per_household_, 1);
  words_.resize(std::max<std::size_t>(households, 1) * words_per_household_);
  // Fresh memory is zero, and stays with the system until somebody touches it; only a small array may be used memory.
  constexpr std::size_t kSmall = LargeAllocator<std::uint64_t>::kHugePage / sizeof(std::uint64_t);
  if (words_.size() < kSmall) std::ranges::fill(words_, 0);
}

void Tally::add(std::uint64_t* words, const Cell& cell, const Change& change) {
  std::uint64_t* const own = words + cell.word;
  switch (cell.aggregate) {
    case Aggregate::count: ++own[0]; return;
    case Aggregate::sum: add_wide(own, change.value); return;
    case Aggregate::min: own[0] = std::max(own[0], ~ordered(change.value)); return;
    case Aggregate::max: own[0] = std::max(own[0], ordered(change.value)); return;
    case Aggregate::latest: keep_latest(own, ordered(change.date), ordered(change.value)); return;
    case Aggregate::average:
      add_wide(own, change.value);
      ++own[2];
      return;
    case Aggregate::distinct: return;
  }
}

void Tally::join(std::uint64_t* words, const Cell& cell, const std::uint64_t* others) {
  std::uint64_t* const own = words + cell.word;
  const std::uint64_t* const other = others + cell.word;
  switch (cell.aggregate) {
    case Aggregate::count: own[0] += other[0]; return;
    case Aggregate::sum: add_wide(own, wide(other)); return;
    case Aggregate::min:
    case Aggregate::max: own[0] = std::max(own[0], other[0]); return;
    case Aggregate::latest: keep_latest(own, other[0], other[1]); return;
    case Aggregate::average:
      add_wide(own, wide(other));
      own[2] += other[2];
      return;
    case Aggregate::distinct: own[0] += other[0]; return;
  }
}

std::vector<std::uint64_t>& Tally::other_row(HouseholdIndex household) {
  return others_.try_emplace(household, words_per_household_, std::uint64_t{0}).first->second;
}

void Tally::apply(std::span<const Change> changes) {
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (i + kAhead < changes.size()) {
      const Change& later = changes[i + kAhead];
      __builtin_prefetch(row(later.household) + cells_[later.measure].word, 1);
    }
    const Change& change = changes[i];
    const Cell& cell = cells_[change.measure];
    if (change.is_other_name) {
      const std::scoped_lock lock(others_lock_);
      add(other_row(change.household).data(), cell, change);
    } else {
      const SpinLock lock(locks_[change.household % kLocks]);
      add(row(change.household), cell, change);
    }
  }
}

void Tally::set_distinct(HouseholdIndex household, std::uint16_t measure, std::uint64_t same_name, std::uint64_t all) {
  const std::size_t word = cells_[measure].word;
  row(household)[word] = same_name;
  if (all > same_name) other_row(household)[word] = all - same_name;
}

bool Tally::is_untouched(HouseholdIndex household) const {
  return std::ranges::all_of(words(household), [](std::uint64_t word) { return word == 0; }) &&
         !has_other_names(household);
}

std::span<const std::uint64_t> Tally::words(HouseholdIndex household) const {
  return {words_.data() + household * words_per_household_, words_per_household_};
}

std::span<const std::uint64_t> Tally::other_words(HouseholdIndex household) const {
  if (others_.empty()) return {};
  const auto found = others_.find(household);
  if (found == others_.end()) return {};
  return found->second;
}

std::optional<Wide> Tally::value(HouseholdIndex household, std::uint16_t measure, Rows rows) const {
  const Cell& cell = cells_[measure];
  std::array<std::uint64_t, 3> joined{};
  const Cell alone{.aggregate = cell.aggregate};
  std::ranges::copy(words(household).subspan(cell.word, words_of(cell.aggregate)), joined.begin());
  if (const auto others = other_words(household); rows == Rows::all && !others.empty()) {
    join(joined.data(), alone, others.data() + cell.word);
  }
  switch (cell.aggregate) {
    case Aggregate::count:
    case Aggregate::distinct: return static_cast<Wide>(joined[0]);
    case Aggregate::sum: return wide(joined.data());
    case Aggregate::min:
      if (joined[0] == 0) return std::nullopt;
      return unordered(~joined[0]);
    case Aggregate::max:
      if (joined[0] == 0) return std::nullopt;
      return unordered(joined[0]);
    case Aggregate::latest:
      if (joined[0] == 0) return std::nullopt;
      return unordered(joined[1]);
    case Aggregate::average:
      if (joined[2] == 0) return std::nullopt;
      return rounded_down(wide(joined.data()), static_cast<Wide>(joined[2]));
  }
  return std::nullopt;
}

bool Tally::join(HouseholdIndex household, std::span<const std::uint64_t> words,
                 std::span<const std::uint64_t> other_words) {
  if (words.size() != words_per_household_ || (!other_words.empty() && other_words.size() != words_per_household_)) {
    return false;
  }
  for (const Cell& cell : cells_) {
    join(row(household), cell, words.data());
    if (!other_words.empty()) join(other_row(household).data(), cell, other_words.data());
  }
  return true;
}

}  // namespace jiuzhu::sieve
