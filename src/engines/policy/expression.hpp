#pragma once
// Conditions and formulas of the rule files, such as
//   age >= 18 and (cannot_live_independently or (studying and study_level in (vocational, bachelor)))
//   max(0, obligor_per_capita - 2 * standard_month) * 0.25 / persons_supported
// Exact numbers, three-valued logic (a fact that nobody established is unknown, and so is what depends on it), and no
// side effects. An expression is checked against the vocabulary when it is parsed and cannot fail afterwards; a
// division by zero yields unknown. Immutable after parsing; any thread may evaluate.
//
// Grammar, loosest first: or | and | not | == != < <= > >= in (…) | + - | * / | - | literal, word, call, ( ).
// Functions: max(a, b), min(a, b), if(condition, then, else).

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "engines/policy/vocabulary.hpp"

namespace jiuzhu::policy {

/// `key` is "expression.…"; line and column count from 1.
struct ExpressionError {
  std::string key;
  int line = 1;
  int column = 1;
  std::string near;
};

/// One comparison or yes/no word and what it came to.
struct Observation {
  std::string condition;
  std::string value;
};

/// What an evaluation looked at. `missing` names the slots that nobody established and that were asked for.
struct Observations {
  std::vector<Observation> conditions;
  std::vector<Slot> missing;
  std::vector<Slot> used;
};

class Expression {
 public:
  static std::expected<Expression, ExpressionError> parse(std::string_view text, ValueType wanted, Scopes scopes);

  Value evaluate(const Slots& slots, Observations* observations = nullptr) const;
  Truth holds(const Slots& slots, Observations* observations = nullptr) const {
    return evaluate(slots, observations).as_truth();
  }
  const std::string& text() const { return text_; }
  /// The slots that the text names.
  bool uses(Slot slot) const;

 private:
  friend class ExpressionParser;
  enum class Operation : std::uint8_t {
    constant,
    slot,
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
    divide,
    maximum,
    minimum,
    choose
  };
  struct Node {
    Operation operation = Operation::constant;
    ValueType type = ValueType::boolean;
    SymbolGroup group = SymbolGroup::none;
    Slot slot = Slot::count;
    Value constant;
    std::vector<int> children;
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  Value evaluate_node(int index, const Slots& slots, Observations* observations) const;
  Value compute(const Node& node, const Slots& slots, Observations* observations) const;
  Value compute_logic(const Node& node, const Slots& slots, Observations* observations) const;

  std::string text_;
  std::vector<Node> nodes_;
  int root_ = 0;
};

}  // namespace jiuzhu::policy
