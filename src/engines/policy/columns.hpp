#pragma once
// Many households at once, as columns: for re-computing every award after a new standard, and for what-ifs over a whole
// county. Only arithmetic happens here; the questions of fact are settled before, by the same code as assess() uses.
//
// The subset. A household fits when nothing about it is open: a whole-household application without overrides, 1 to 15
// counted members none of whom is in doubt, registration settled, every income of a kind whose treatment follows from
// region, programme and date alone, deductions, obligors' shares and property measures exact. Everything else is
// outside: to_columns() lists those rows, and assess_many() sends them through assess() one by one. Filling the columns
// costs about as much as assessing; the gain comes when the same columns are computed again.
//
// Costs of the kernel: one pass over each column in batches of 2,048 rows, integers only, no allocation and no virtual
// call per row (benchmark: assess_columns).

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engines/policy/assess.hpp"

namespace jiuzhu::policy {

inline constexpr int kColumnPersonsMost = 15;

/// What region, programme and date say, for many rows.
struct ColumnKey {
  std::string region;
  Programme programme = Programme::urban;
  Date date;

  auto operator<=>(const ColumnKey&) const = default;
};

struct ColumnLimit {
  /// By [a severely ill or disabled member?][persons]; INT64_MAX where nothing can exceed it.
  std::array<std::array<std::int64_t, kColumnPersonsMost + 1>, 2> limit{};
  Consequence consequence = Consequence::review;
};

/// One key, compiled. Scaled amounts are fen times twelve over the income period of W months.
struct ColumnContext {
  std::int64_t standard_scaled = 0;  // per person: yearly standard * W
  std::int64_t month_divisor = 144;  // 12 * W
  std::uint32_t counted_kinds = 0;   // bit = IncomeKind
  std::uint32_t open_kinds = 0;      // treatment does not follow from the key: rows with such income are outside
  std::vector<ColumnLimit> limits;
  std::int64_t amount_divisor = 144;  // common denominator of the gap and the uplifts
  std::int64_t gap_factor = 1;        // amount_divisor / month_divisor
  std::vector<std::int64_t>
      uplift_parts;  // fen * amount_divisor, by uplift; -1: depends on the household, stay outside
  std::vector<std::int64_t> uplift_rounded;  // fen, rounded by itself, for rounding per person
  std::int64_t rounding_unit = 1;
  RoundingMode rounding_mode = RoundingMode::exact;
  RoundingLevel rounding_level = RoundingLevel::household;
};

using ColumnPlan = std::vector<ColumnContext>;

/// Compiles keys; refuses like assess() for a date without rules or a region without values. Context i is keys[i].
Result<ColumnPlan> make_column_plan(std::span<const ColumnKey> keys, const Rulebook& rulebook);

inline constexpr std::uint8_t kRowSevereMember = 1;
inline constexpr std::uint8_t kRowRegistered = 2;

/// The rows. An empty optional column (income, measure, uplift) stands for zeros.
struct HouseholdColumns {
  std::vector<std::uint16_t> context;  // into the plan
  std::vector<std::uint8_t> persons;
  std::vector<std::uint8_t> flags;
  std::array<std::vector<std::int64_t>, enumerator_count<IncomeKind>()> incomes;  // scaled, of members only
  std::vector<std::int64_t> obligor_support;                                      // scaled
  std::vector<std::int64_t> deducted;                                             // scaled, capped
  std::vector<std::vector<std::int64_t>> measures;       // by limit: fen, pieces or square metres
  std::vector<std::vector<std::uint8_t>> uplift_counts;  // by uplift: persons who get it

  std::size_t size() const { return context.size(); }
};

/// `outcome` and `amount_fen` (0 unless eligible) have one element a row.
struct DecisionColumns {
  std::span<Outcome> outcome;
  std::span<std::int64_t> amount_fen;
};

/// The kernel. All columns and outputs are of one length; contexts lie inside the plan. Any thread.
void assess_columns(const ColumnPlan& plan, const HouseholdColumns& rows, DecisionColumns out);

/// The result of converting: columns for what fits, and the rest by index.
struct ColumnBatch {
  ColumnPlan plan;
  std::vector<ColumnKey> keys;
  HouseholdColumns columns;
  std::vector<std::size_t> source;   // row of `columns` to index of the household
  std::vector<std::size_t> outside;  // households to assess one by one, malformed ones among them
};
ColumnBatch to_columns(std::span<const HouseholdFacts> households, const Rulebook& rulebook);

struct BriefDecision {
  Outcome outcome = Outcome::review;
  Money amount_month;  // zero unless eligible
  bool operator==(const BriefDecision&) const = default;
};
/// Every household: through the kernel where it fits, one by one where not. A refusal stands at its own index.
std::vector<Result<BriefDecision>> assess_many(std::span<const HouseholdFacts> households, const Rulebook& rulebook);

}  // namespace jiuzhu::policy
