#include "engines/sieve/condition.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "base/assert.hpp"
#include "base/date.hpp"
#include "base/text.hpp"

namespace jiuzhu::sieve {
namespace {

constexpr int kOne = 10'000;
/// Operands inside operands. It bounds the parser's recursion, and so the values that wait on the stack of holds().
constexpr int kDepthMost = 60;
/// A thousand million million yuan: more than there is, and far from the end of 128 bits.
constexpr std::size_t kDigitsMost = 15;
constexpr std::size_t kDecimalsMost = 4;
constexpr std::size_t kNearMost = 40;

bool is_blank(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Bytes of the character at the front, so that "＞" is shown whole.
std::size_t character_length(std::string_view text) {
  std::size_t length = 1;
  while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) ++length;
  return length;
}

/// The beginning, without half a character at its end.
std::string_view shortened(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return text.substr(0, most);
}

std::size_t token_length(std::string_view rest) {
  if (rest.empty()) return 0;
  if (is_word(rest[0])) {
    const bool is_number = is_digit(rest[0]);
    std::size_t length = 1;
    while (length < rest.size() && (is_word(rest[length]) || (is_number && rest[length] == '.'))) ++length;
    return length;
  }
  if (rest.size() > 1 && rest[1] == '=' && std::string_view("=!<>").contains(rest[0])) return 2;
  return character_length(rest);
}

}  // namespace

// A Pratt parser: every operator has a binding power, and an operand is read up to the first operator that binds less.
class ConditionParser {
 public:
  ConditionParser(std::string_view text, const FigureNames& names) : names_(names) {
    result_.text_ = std::string(text);
  }

  std::expected<Condition, ConditionError> run() {
    advance();
    if (token_.empty()) return std::unexpected(ConditionError{.key = "condition.empty"});
    const Operand whole = parse_operand(0);
    if (!error_ && !token_.empty()) fail("condition.unexpected");
    want(whole, Kind::condition);
    if (error_) return std::unexpected(*error_);
    return std::move(result_);
  }

 private:
  using Operation = Condition::Operation;
  enum class Kind { condition, number };
  /// What has been read, its text from `begin` up to `end`.
  struct Operand {
    Kind kind = Kind::number;
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  struct Infix {
    Operation operation;
    int power;
    Kind of;
    Kind gives;
  };

  std::string_view text() const { return result_.text_; }

  void fail_at(std::string key, std::size_t position, std::string_view near) {
    if (error_) return;
    error_ = ConditionError{.key = std::move(key),
                            .column = 1 + static_cast<int>(code_points(text().substr(0, position))),
                            .near = std::string(shortened(near, kNearMost))};
    token_ = {};
  }
  void fail(std::string key) { fail_at(std::move(key), token_begin_, token_); }
  void fail_unexpected() { fail(token_.empty() ? "condition.ends_early" : "condition.unexpected"); }

  void advance() {
    if (error_) return;
    previous_end_ = token_begin_ + token_.size();
    token_begin_ = previous_end_;
    while (token_begin_ < text().size() && is_blank(text()[token_begin_])) ++token_begin_;
    const std::string_view rest = text().substr(token_begin_);
    token_ = rest.substr(0, token_length(rest));
  }

  bool take(std::string_view expected) {
    if (error_ || token_ != expected) return false;
    advance();
    return true;
  }

  Operand operand(Kind kind, std::size_t begin) const { return {kind, begin, previous_end_}; }
  void add(Operation operation) { result_.steps_.push_back({.operation = operation}); }

  void want(const Operand& operand, Kind kind) {
    if (error_ || operand.kind == kind) return;
    fail_at(kind == Kind::condition ? "condition.not_a_condition" : "condition.not_a_number", operand.begin,
            text().substr(operand.begin, operand.end - operand.begin));
  }

  std::optional<Infix> infix() const {
    if (token_ == "or") return Infix{Operation::logical_or, 10, Kind::condition, Kind::condition};
    if (token_ == "and") return Infix{Operation::logical_and, 20, Kind::condition, Kind::condition};
    if (token_ == "==") return Infix{Operation::equal, 40, Kind::number, Kind::condition};
    if (token_ == "!=") return Infix{Operation::unequal, 40, Kind::number, Kind::condition};
    if (token_ == "<") return Infix{Operation::less, 40, Kind::number, Kind::condition};
    if (token_ == "<=") return Infix{Operation::less_equal, 40, Kind::number, Kind::condition};
    if (token_ == ">") return Infix{Operation::greater, 40, Kind::number, Kind::condition};
    if (token_ == ">=") return Infix{Operation::greater_equal, 40, Kind::number, Kind::condition};
    if (token_ == "+") return Infix{Operation::add, 50, Kind::number, Kind::number};
    if (token_ == "-") return Infix{Operation::subtract, 50, Kind::number, Kind::number};
    if (token_ == "*") return Infix{Operation::multiply, 60, Kind::number, Kind::number};
    return std::nullopt;
  }

  Operand parse_operand(int power_least) {
    if (++depth_ > kDepthMost) fail("condition.too_deep");
    const std::size_t begin = token_begin_;
    Operand left = parse_prefix();
    for (auto next = infix(); !error_ && next && next->power > power_least; next = infix()) {
      want(left, next->of);
      advance();
      want(parse_operand(next->power), next->of);
      add(next->operation);
      left = operand(next->gives, begin);
    }
    // Before anybody finds fault with the operand: "vehicles => 2" is no matter of numbers and conditions.
    if (!token_.empty() && !infix() && token_ != ")") fail("condition.unexpected");
    --depth_;
    return left;
  }

  Operand parse_prefix() {
    const std::size_t begin = token_begin_;
    if (error_) return {};
    if (take("(")) {
      const Operand inner = parse_operand(0);
      if (!take(")")) fail_unexpected();
      return operand(inner.kind, begin);
    }
    if (take("not")) {
      want(parse_operand(30), Kind::condition);
      add(Operation::logical_not);
      return operand(Kind::condition, begin);
    }
    if (take("-")) {
      want(parse_operand(70), Kind::number);
      add(Operation::negate);
      return operand(Kind::number, begin);
    }
    if (token_ == "date") return parse_date(begin);
    if (!token_.empty() && is_digit(token_.front())) return parse_number(begin);
    const bool is_name = !token_.empty() && is_word(token_.front()) && token_ != "and" && token_ != "or";
    if (is_name) return parse_name(begin);
    fail_unexpected();
    return {};
  }

  void add_constant(Wide ten_thousandths) {
    result_.steps_.push_back({.operation = Operation::constant, .constant = Figure::of(ten_thousandths)});
  }

  Operand parse_number(std::size_t begin) {
    const std::size_t point = std::min(token_.find('.'), token_.size());
    const std::string_view whole = token_.substr(0, point);
    const std::string_view decimals = token_.substr(std::min(point + 1, token_.size()));
    const bool has_point = point < token_.size();
    if (!std::ranges::all_of(whole, is_digit) || !std::ranges::all_of(decimals, is_digit) ||
        has_point == decimals.empty()) {
      fail("condition.unexpected");
      return {};
    }
    if (whole.size() > kDigitsMost || decimals.size() > kDecimalsMost) {
      fail("condition.number_too_long");
      return {};
    }
    Wide value = 0;
    for (const char digit : whole) value = value * 10 + (digit - '0');
    for (std::size_t i = 0; i < kDecimalsMost; ++i) value = value * 10 + (i < decimals.size() ? decimals[i] - '0' : 0);
    add_constant(value);
    advance();
    return operand(Kind::number, begin);
  }

  /// date(2025-06-30) is one word: the hyphens in it are no minus.
  Operand parse_date(std::size_t begin) {
    const std::string_view rest = text().substr(begin);
    const std::size_t open = rest.find_first_not_of(" \t\r\n", token_.size());
    const std::size_t close = rest.find(')');
    const std::string_view whole = rest.substr(0, close == std::string_view::npos ? rest.size() : close + 1);
    std::optional<Date> date;
    if (whole.ends_with(')') && open < whole.size() && whole[open] == '(') {
      date = Date::parse(trim(whole.substr(open + 1, whole.size() - open - 2)));
    }
    if (!date) {
      fail_at("condition.bad_date", begin, whole);
      return {};
    }
    add_constant(Wide{days_between(Date(), *date)} * kOne);
    token_ = whole;
    advance();
    return operand(Kind::number, begin);
  }

  Operand parse_name(std::size_t begin) {
    const auto found = names_.find(token_);
    if (found == names_.end()) {
      fail("condition.unknown_name");
      return {};
    }
    result_.steps_.push_back({.operation = Operation::figure, .figure = found->second});
    if (std::ranges::find(result_.uses_, found->second) == result_.uses_.end()) {
      result_.uses_.push_back(found->second);
    }
    advance();
    return operand(Kind::number, begin);
  }

  const FigureNames& names_;
  Condition result_;
  std::optional<ConditionError> error_;
  std::string_view token_;
  std::size_t token_begin_ = 0;
  std::size_t previous_end_ = 0;
  int depth_ = 0;
};

std::expected<Condition, ConditionError> Condition::parse(std::string_view text, const FigureNames& names) {
  return ConditionParser(text, names).run();
}

namespace {

/// A figure, or whether a condition holds (1 or 0). Without initialisers: a stack of figures would be wiped for every
/// rule of every household.
struct Value {
  Wide value;
  bool is_absent;
};

/// A result that does not fit is as absent as one that nobody gave.
Value sum(const Value& a, const Value& b) {
  Value result{};
  result.is_absent = a.is_absent || b.is_absent || __builtin_add_overflow(a.value, b.value, &result.value);
  return result;
}

Value difference(const Value& a, const Value& b) {
  Value result{};
  result.is_absent = a.is_absent || b.is_absent || __builtin_sub_overflow(a.value, b.value, &result.value);
  return result;
}

Value product(const Value& a, const Value& b) {
  Value result{};
  result.is_absent = a.is_absent || b.is_absent || __builtin_mul_overflow(a.value, b.value, &result.value);
  result.value /= kOne;
  return result;
}

Value truth(bool holds) { return {holds ? 1 : 0, false}; }
bool is_true(const Value& condition) { return condition.value != 0; }

Value comparison(const Value& a, const Value& b, bool holds) { return truth(!a.is_absent && !b.is_absent && holds); }

}  // namespace

bool Condition::holds(std::span<const Figure> figures) const {
  std::array<Value, kDepthMost + 2> stack;
  std::size_t size = 0;
  for (const Step& step : steps_) {
    if (step.operation == Operation::constant) {
      stack[size++] = {step.constant.value, false};
      continue;
    }
    if (step.operation == Operation::figure) {
      const Figure& figure = figures[static_cast<std::size_t>(step.figure)];
      stack[size++] = {figure.value, figure.is_absent};
      continue;
    }
    Value& top = stack[size - 1];
    if (step.operation == Operation::logical_not) {
      top = truth(!is_true(top));
      continue;
    }
    if (step.operation == Operation::negate) {
      top = difference({0, false}, top);
      continue;
    }
    const Value b = stack[--size];
    Value& a = stack[size - 1];
    switch (step.operation) {
      case Operation::logical_or: a = truth(is_true(a) || is_true(b)); break;
      case Operation::logical_and: a = truth(is_true(a) && is_true(b)); break;
      case Operation::equal: a = comparison(a, b, a.value == b.value); break;
      case Operation::unequal: a = comparison(a, b, a.value != b.value); break;
      case Operation::less: a = comparison(a, b, a.value < b.value); break;
      case Operation::less_equal: a = comparison(a, b, a.value <= b.value); break;
      case Operation::greater: a = comparison(a, b, a.value > b.value); break;
      case Operation::greater_equal: a = comparison(a, b, a.value >= b.value); break;
      case Operation::add: a = sum(a, b); break;
      case Operation::subtract: a = difference(a, b); break;
      case Operation::multiply: a = product(a, b); break;
      case Operation::constant:
      case Operation::figure:
      case Operation::logical_not:
      case Operation::negate: break;
    }
  }
  JZ_ASSERT(size == 1);
  return is_true(stack[0]);
}

}  // namespace jiuzhu::sieve
