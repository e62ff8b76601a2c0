#pragma once
// What stands in a measured column, by its type (docs/formats/sieve-run.md). Pure.

#include <cstdint>
#include <optional>
#include <string_view>

namespace jiuzhu::sieve {

/// Yuan with at most two decimals, zeros behind them aside, in fen. Up to 13 digits before the point, a sign, nothing
/// else.
std::optional<std::int64_t> parse_fen(std::string_view text);

/// A number with at most four decimals, in ten-thousandths; otherwise like parse_fen.
std::optional<std::int64_t> parse_ten_thousandths(std::string_view text);

/// Without blanks and tabs at both ends.
std::string_view without_blanks(std::string_view text);

struct DayOrMonth {
  std::int32_t days = 0;  // since 1970-01-01; of a month its first day
  bool is_month = false;
};

/// 2025-06-30, 2025/6/30, 20250630, and the months 2025-06, 2025/6, 202506; a time behind the day is let fall
/// ("2025-06-30 12:00:00").
std::optional<DayOrMonth> parse_day(std::string_view text);

}  // namespace jiuzhu::sieve
