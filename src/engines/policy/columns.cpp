#include "engines/policy/columns.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace jiuzhu::policy {
namespace {

// Small enough for the totals to stay in the first-level cache, large enough to hide the loop overhead.
constexpr std::size_t kBatch = 2048;

/// value / divisor brought to a multiple of `unit`, as multiply_divide() does; value >= 0.
std::int64_t round_fen(std::int64_t value, std::int64_t divisor, std::int64_t unit, RoundingMode mode) {
  const std::int64_t size = mode == RoundingMode::exact ? 1 : unit;
  const std::int64_t whole = divisor * size;
  switch (mode) {
    case RoundingMode::exact:
    case RoundingMode::down: return value / whole * size;
    case RoundingMode::up: return (value + whole - 1) / whole * size;
    case RoundingMode::nearest: return (2 * value + whole) / (2 * whole) * size;
  }
  return 0;
}

class Kernel {
 public:
  Kernel(const ColumnPlan& plan, const HouseholdColumns& rows, DecisionColumns out)
      : plan_(plan), rows_(rows), out_(out) {}

  void run() {
    for (begin_ = 0; begin_ < rows_.size(); begin_ += kBatch) {
      count_ = std::min(kBatch, rows_.size() - begin_);
      add_incomes();
      check_property();
      decide();
    }
  }

 private:
  const ColumnContext& context(std::size_t row) const { return plan_[rows_.context[begin_ + row]]; }

  /// 1 where the kind counts for every context, 0 for none, -1 where they differ.
  int counted_everywhere(std::uint32_t bit) const {
    bool all = true;
    bool none = true;
    for (const ColumnContext& context : plan_) {
      const bool counts = (context.counted_kinds & bit) != 0;
      all = all && counts;
      none = none && !counts;
    }
    return all ? 1 : none ? 0 : -1;
  }

  void add_incomes() {
    std::fill_n(totals_.begin(), count_, 0);
    for (std::size_t kind = 0; kind < rows_.incomes.size(); ++kind) {
      if (rows_.incomes[kind].empty()) continue;
      const std::uint32_t bit = 1U << kind;
      const int counted = counted_everywhere(bit);
      const std::int64_t* income = rows_.incomes[kind].data() + begin_;
      if (counted == 1) {
        for (std::size_t i = 0; i < count_; ++i) totals_[i] += income[i];
      } else if (counted == -1) {
        for (std::size_t i = 0; i < count_; ++i) totals_[i] += (context(i).counted_kinds & bit) != 0 ? income[i] : 0;
      }
    }
    add_column(rows_.obligor_support, 1);
    add_column(rows_.deducted, -1);
    for (std::size_t i = 0; i < count_; ++i) totals_[i] = std::max<std::int64_t>(0, totals_[i]);
  }

  void add_column(const std::vector<std::int64_t>& column, std::int64_t sign) {
    if (column.empty()) return;
    for (std::size_t i = 0; i < count_; ++i) totals_[i] += sign * column[begin_ + i];
  }

  void check_property() {
    std::fill_n(within_.begin(), count_, Truth::yes);
    for (std::size_t index = 0; index < rows_.measures.size(); ++index) {
      if (rows_.measures[index].empty()) continue;
      const std::int64_t* measure = rows_.measures[index].data() + begin_;
      for (std::size_t i = 0; i < count_; ++i) {
        const ColumnContext& rules = context(i);
        if (index >= rules.limits.size()) continue;
        const ColumnLimit& limit = rules.limits[index];
        const std::size_t severe = rows_.flags[begin_ + i] & kRowSevereMember;
        if (measure[i] <= limit.limit[severe][rows_.persons[begin_ + i]]) continue;
        within_[i] = both(within_[i], limit.consequence == Consequence::exceeds ? Truth::no : Truth::unknown);
      }
    }
  }

  void decide() {
    for (std::size_t i = 0; i < count_; ++i) {
      const std::size_t row = begin_ + i;
      const ColumnContext& rules = context(i);
      const std::int64_t gap = rules.standard_scaled * rows_.persons[row] - totals_[i];
      const Truth registered = truth_of((rows_.flags[row] & kRowRegistered) != 0);
      const Truth eligible = both(both(registered, within_[i]), truth_of(gap > 0));
      out_.outcome[row] = eligible == Truth::yes  ? Outcome::eligible
                          : eligible == Truth::no ? Outcome::not_eligible
                                                  : Outcome::review;
      out_.amount_fen[row] = eligible == Truth::yes ? amount(rules, gap, row) : 0;
    }
  }

  std::int64_t amount(const ColumnContext& rules, std::int64_t gap, std::size_t row) const {
    const bool per_person = rules.rounding_level == RoundingLevel::person;
    const std::vector<std::int64_t>& parts = per_person ? rules.uplift_rounded : rules.uplift_parts;
    std::int64_t uplifts = 0;
    for (std::size_t k = 0; k < rows_.uplift_counts.size() && k < parts.size(); ++k) {
      if (!rows_.uplift_counts[k].empty()) uplifts += parts[k] * rows_.uplift_counts[k][row];
    }
    const auto round = [&](std::int64_t value, std::int64_t divisor) {
      return round_fen(value, divisor, rules.rounding_unit, rules.rounding_mode);
    };
    const std::int64_t persons = rows_.persons[row];
    switch (rules.rounding_level) {
      case RoundingLevel::household: return round(gap * rules.gap_factor + uplifts, rules.amount_divisor);
      case RoundingLevel::person: return round(gap, rules.month_divisor * persons) * persons + uplifts;
      case RoundingLevel::year: return round((gap * rules.gap_factor + uplifts) * 12, rules.amount_divisor) / 12;
    }
    return 0;
  }

  const ColumnPlan& plan_;
  const HouseholdColumns& rows_;
  DecisionColumns out_;
  std::size_t begin_ = 0;
  std::size_t count_ = 0;
  std::array<std::int64_t, kBatch> totals_{};
  std::array<Truth, kBatch> within_{};
};

}  // namespace

void assess_columns(const ColumnPlan& plan, const HouseholdColumns& rows, DecisionColumns out) {
  const std::size_t size = rows.size();
  JZ_ASSERT(rows.persons.size() == size && rows.flags.size() == size);
  JZ_ASSERT(out.outcome.size() == size && out.amount_fen.size() == size);
  JZ_ASSERT(std::ranges::all_of(rows.context, [&](std::uint16_t index) { return index < plan.size(); }));
  JZ_ASSERT(std::ranges::all_of(rows.persons, [](std::uint8_t n) { return n >= 1 && n <= kColumnPersonsMost; }));
  const auto fits = [&](const auto& column) { return column.empty() || column.size() == size; };
  JZ_ASSERT(std::ranges::all_of(rows.incomes, fits) && fits(rows.obligor_support) && fits(rows.deducted));
  JZ_ASSERT(std::ranges::all_of(rows.measures, fits) && std::ranges::all_of(rows.uplift_counts, fits));
  Kernel(plan, rows, out).run();
}

}  // namespace jiuzhu::policy
