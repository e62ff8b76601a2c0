#pragma once
// A limit over the figures of one household, such as
//   vehicles >= 2 or max_price > 150000
//   deposits > 24 * 800 * members and not (companies >= 1)
// Figures are exact: yuan, plain numbers, counts, days. A figure that no row gave (the greatest price of a household
// without vehicles) is absent: every comparison with it fails, and so does its opposite; `not` of such a comparison
// holds. Arithmetic with an absent figure is absent, and so is what outgrows 128 bits. A product keeps four decimals.
// Immutable; any thread.
// Not engines/policy's Expression: that one knows the words of the law and the third value "nobody has found out yet";
// here the words are the run file's own, and what registers do not hold is absent, not open.
//
// Grammar, loosest first: or | and | not | == != < <= > >= | + - | * | - | number, date(2025-06-30), name, ( ).

#include <cstdint>
#include <expected>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace jiuzhu::sieve {

__extension__ using Wide = __int128;  // an extension that -Wpedantic names

/// A figure in ten-thousandths (of a yuan, a piece, a day since 1970).
struct Figure {
  Wide value = 0;
  bool is_absent = true;

  static Figure of(Wide ten_thousandths) { return {ten_thousandths, false}; }
};

/// Places of figures by name, as the household's figures lie in the span that is given to holds().
using FigureNames = std::map<std::string, int, std::less<>>;

/// `key` is "condition.…"; the column counts the characters of the text from 1.
struct ConditionError {
  std::string key;
  int column = 1;
  std::string near;
};

class Condition {
 public:
  /// Refuses with "condition.unexpected", ".ends_early", ".unknown_name", ".not_a_condition", ".not_a_number",
  /// ".number_too_long", ".bad_date", ".too_deep" or ".empty".
  static std::expected<Condition, ConditionError> parse(std::string_view text, const FigureNames& names);

  /// `figures` has a place for each of the names it was parsed with.
  bool holds(std::span<const Figure> figures) const;
  const std::string& text() const { return text_; }
  /// Places of the figures that it asks for.
  const std::vector<int>& uses() const { return uses_; }

 private:
  friend class ConditionParser;
  enum class Operation : std::uint8_t {
    constant,
    figure,
    logical_or,
    logical_and,
    logical_not,
    equal,
    unequal,
    less,
    less_equal,
    greater,
    greater_equal,
    add,
    subtract,
    multiply,
    negate
  };
  /// In the order of a stack machine: operands first.
  struct Step {
    Operation operation = Operation::constant;
    int figure = 0;
    Figure constant;
  };

  std::string text_;
  std::vector<Step> steps_;
  std::vector<int> uses_;
};

}  // namespace jiuzhu::sieve
