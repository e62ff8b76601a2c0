#pragma once
// What the registers hold for each household, as it adds up. Every change commutes with every other, so the order in
// which rows are met does not matter. Rows under another name are kept apart, so that both questions can be answered:
// what the registers hold with them, and without.
//
// A household has some words of 64 bits, all zero at first: a household that no row was found for costs nothing else.
// Benchmark: make bench-sieve.

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "engines/sieve/condition.hpp"
#include "engines/sieve/large_vector.hpp"
#include "engines/sieve/plan.hpp"

namespace jiuzhu::sieve {

using HouseholdIndex = std::uint32_t;

/// One row's share in one measure of one household. `value` in what the type keeps (plan.hpp), `date` in days.
struct Change {
  HouseholdIndex household = 0;
  std::uint16_t measure = 0;  // in the order of the plan's sources and their measures
  bool is_other_name = false;
  std::int32_t date = 0;  // for `latest`
  std::int64_t value = 0;
};

/// Which rows count.
enum class Rows { same_name, all };

class Tally {
 public:
  Tally(const Plan& plan, std::size_t households);

  /// Any thread.
  void apply(std::span<const Change> changes);
  /// The number of different values, which a spool has counted. `all` are those with rows under another name.
  void set_distinct(HouseholdIndex household, std::uint16_t measure, std::uint64_t same_name, std::uint64_t all);

  /// A row under another name that changed no figure here: of a text, or of a value that was there already.
  void note_other_names(HouseholdIndex household) { other_row(household); }

  // The rest when all changes are in.

  /// Whether no row was found for it.
  bool is_untouched(HouseholdIndex household) const;
  bool has_other_names(HouseholdIndex household) const { return !others_.empty() && others_.contains(household); }
  /// What the measure kept, in its type's unit; a count as a plain number. A text measure is always absent here.
  std::optional<Wide> value(HouseholdIndex household, std::uint16_t measure, Rows rows) const;
  std::size_t households() const { return households_; }
  std::size_t measures() const { return cells_.size(); }

  /// For partial results: all words of a household, those of rows under another name apart (empty: none).
  std::span<const std::uint64_t> words(HouseholdIndex household) const;
  std::span<const std::uint64_t> other_words(HouseholdIndex household) const;
  /// Joins what another share found. False when there are not as many words as here.
  bool join(HouseholdIndex household, std::span<const std::uint64_t> words, std::span<const std::uint64_t> other_words);

 private:
  struct Cell {
    Aggregate aggregate = Aggregate::count;
    std::size_t word = 0;
  };
  static constexpr std::size_t kLocks = 4096;

  static void add(std::uint64_t* words, const Cell& cell, const Change& change);
  static void join(std::uint64_t* words, const Cell& cell, const std::uint64_t* others);
  std::uint64_t* row(HouseholdIndex household) { return words_.data() + household * words_per_household_; }
  std::vector<std::uint64_t>& other_row(HouseholdIndex household);

  std::vector<Cell> cells_;
  std::size_t words_per_household_ = 0;
  std::size_t households_ = 0;
  LargeVector<std::uint64_t> words_;
  std::array<std::atomic_flag, kLocks> locks_{};  // of the households with this remainder
  std::mutex others_lock_;
  std::unordered_map<HouseholdIndex, std::vector<std::uint64_t>> others_;
};

}  // namespace jiuzhu::sieve
