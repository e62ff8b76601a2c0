#include "engines/policy/expression.hpp"

#include <algorithm>
#include <cctype>

namespace jiuzhu::policy {

// A Pratt parser: every operator has a binding power, and an operand is read up to the first operator that binds less.
class ExpressionParser {
 public:
  ExpressionParser(std::string_view text, Scopes scopes) : scopes_(scopes) { result_.text_ = std::string(text); }

  std::expected<Expression, ExpressionError> run(ValueType wanted) {
    advance();
    const int root = parse_operand(0);
    if (!error_ && !token_.empty()) fail("expression.unexpected");
    if (!error_ && result_.nodes_[index(root)].type != wanted) fail_at("expression.wrong_type", 0, result_.text_);
    if (!error_ && pending_symbol_) fail_at("expression.unknown_word", pending_begin_, pending_text_);
    if (error_) return std::unexpected(*error_);
    result_.root_ = root;
    return std::move(result_);
  }

 private:
  using Operation = Expression::Operation;
  using Node = Expression::Node;
  static std::size_t index(int node) { return static_cast<std::size_t>(node); }
  const std::string& text() const { return result_.text_; }
  static bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.'; }

  void fail_at(std::string key, std::size_t position, std::string_view near) {
    if (error_) return;
    const std::string_view before = std::string_view(text()).substr(0, position);
    const std::size_t line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    error_ = ExpressionError{.key = std::move(key),
                             .line = 1 + static_cast<int>(std::ranges::count(before, '\n')),
                             .column = 1 + static_cast<int>(position - line_start),
                             .near = std::string(near)};
    token_ = {};
  }
  void fail(std::string key) { fail_at(std::move(key), token_begin_, token_); }

  void advance() {
    if (error_) return;
    const std::string& source = text();
    while (position_ < source.size() && std::isspace(static_cast<unsigned char>(source[position_])) != 0) ++position_;
    previous_end_ = token_end_;
    token_begin_ = position_;
    std::size_t length = 0;
    if (position_ < source.size()) {
      length = 1;
      if (is_word(source[position_])) {
        while (position_ + length < source.size() && is_word(source[position_ + length])) ++length;
      } else if (source.find_first_of("=!<>", position_) == position_ && position_ + 1 < source.size() &&
                 source[position_ + 1] == '=') {
        length = 2;
      }
    }
    token_ = std::string_view(source).substr(position_, length);
    position_ += length;
    token_end_ = position_;
  }

  bool take(std::string_view expected) {
    if (error_ || token_ != expected) return false;
    advance();
    return true;
  }
  void expect(std::string_view expected) {
    if (!take(expected)) fail("expression.unexpected");
  }

  int add(Node node, std::size_t begin) {
    node.begin = begin;
    node.end = previous_end_;
    result_.nodes_.push_back(std::move(node));
    return static_cast<int>(result_.nodes_.size()) - 1;
  }

  struct Infix {
    Operation operation;
    int power;
  };
  std::optional<Infix> infix() const {
    if (token_ == "or") return Infix{Operation::logical_or, 10};
    if (token_ == "and") return Infix{Operation::logical_and, 20};
    if (token_ == "==" || token_ == "in") return Infix{Operation::equal, 40};
    if (token_ == "!=") return Infix{Operation::unequal, 40};
    if (token_ == "<") return Infix{Operation::less, 40};
    if (token_ == "<=") return Infix{Operation::less_equal, 40};
    if (token_ == ">") return Infix{Operation::greater, 40};
    if (token_ == ">=") return Infix{Operation::greater_equal, 40};
    if (token_ == "+") return Infix{Operation::add, 50};
    if (token_ == "-") return Infix{Operation::subtract, 50};
    if (token_ == "*") return Infix{Operation::multiply, 60};
    if (token_ == "/") return Infix{Operation::divide, 60};
    return std::nullopt;
  }

  int parse_operand(int power_least) {
    // Depth is bounded so that a hostile file cannot exhaust the stack.
    if (++depth_ > 60) fail("expression.too_deep");
    const std::size_t begin = token_begin_;
    int left = parse_prefix();
    for (auto next = infix(); !error_ && next && next->power > power_least; next = infix()) {
      const bool is_list = token_ == "in";
      advance();
      left = is_list ? parse_list(left, begin) : combine(next->operation, left, parse_operand(next->power), begin);
    }
    --depth_;
    return left;
  }

  int parse_prefix() {
    const std::size_t begin = token_begin_;
    if (error_ || token_.empty()) {
      fail("expression.ends_early");
      return add({}, begin);
    }
    if (take("(")) {
      const int inner = parse_operand(0);
      expect(")");
      return inner;
    }
    if (take("not")) {
      const int operand = parse_operand(30);
      want(operand, ValueType::boolean, begin);
      return add({.operation = Operation::logical_not, .type = ValueType::boolean, .children = {operand}}, begin);
    }
    if (take("-")) {
      const int operand = parse_operand(70);
      const int zero = add({.type = ValueType::number, .constant = Value::of(Rational(0))}, begin);
      return combine(Operation::subtract, zero, operand, begin);
    }
    if (std::isdigit(static_cast<unsigned char>(token_.front())) != 0) return parse_number(begin);
    if (is_word(token_.front())) return parse_word(begin);
    fail("expression.unexpected");
    return add({}, begin);
  }

  int parse_number(std::size_t begin) {
    const auto number = Rational::parse(token_);
    if (!number) fail("expression.number");
    advance();
    return add({.type = ValueType::number, .constant = Value::of(number.value_or(Rational()))}, begin);
  }

  int parse_word(std::size_t begin) {
    const std::string word(token_);
    if (word == "true" || word == "false") {
      advance();
      return add({.type = ValueType::boolean, .constant = Value::of(word == "true")}, begin);
    }
    if (word == "max" || word == "min" || word == "if") return parse_call(word, begin);
    if (const auto slot = slot_named(word)) {
      const SlotWord& meaning = word_of(*slot);
      if ((scopes_ & static_cast<Scopes>(meaning.scope)) == 0) fail("expression.out_of_scope");
      advance();
      return add({.operation = Operation::slot, .type = meaning.type, .group = meaning.group, .slot = *slot}, begin);
    }
    // A symbol gets its meaning from what it is compared with.
    if (pending_symbol_) fail_at("expression.unknown_word", pending_begin_, pending_text_);
    pending_symbol_ = true;
    pending_text_ = word;
    pending_begin_ = begin;
    advance();
    return add({.type = ValueType::symbol}, begin);
  }

  int parse_call(const std::string& name, std::size_t begin) {
    advance();
    expect("(");
    std::vector<int> arguments{parse_operand(0)};
    while (take(",")) arguments.push_back(parse_operand(0));
    expect(")");
    if (error_) return add({}, begin);
    const std::size_t wanted = name == "if" ? 3 : 2;
    if (arguments.size() != wanted) {
      fail_at("expression.argument_count", begin, name);
      return add({}, begin);
    }
    const std::size_t first_number = name == "if" ? 1 : 0;
    if (name == "if") want(arguments[0], ValueType::boolean, begin);
    for (std::size_t i = first_number; i < wanted; ++i) want(arguments[i], ValueType::number, begin);
    const Operation operation = name == "if"    ? Operation::choose
                                : name == "max" ? Operation::maximum
                                                : Operation::minimum;
    return add({.operation = operation, .type = ValueType::number, .children = std::move(arguments)}, begin);
  }

  /// `left in (a, b)` is `left == a or left == b`.
  int parse_list(int left, std::size_t begin) {
    expect("(");
    int any = -1;
    do {
      const int same = combine(Operation::equal, left, parse_operand(40), begin);
      any = any < 0 ? same : combine(Operation::logical_or, any, same, begin);
    } while (take(","));
    expect(")");
    result_.nodes_[index(any)].end = previous_end_;
    return any;
  }

  void want(int node, ValueType type, std::size_t position) {
    if (error_ || result_.nodes_[index(node)].type == type) return;
    // A word that nothing gave a meaning to is the likelier mistake than a wrong type.
    if (pending_symbol_) return fail_at("expression.unknown_word", pending_begin_, pending_text_);
    fail_at("expression.wrong_type", position, text().substr(position, 20));
  }

  int combine(Operation operation, int left, int right, std::size_t begin) {
    if (error_) return add({}, begin);
    ValueType type = ValueType::boolean;
    switch (operation) {
      case Operation::logical_or:
      case Operation::logical_and:
        want(left, ValueType::boolean, begin);
        want(right, ValueType::boolean, begin);
        break;
      case Operation::equal:
      case Operation::unequal:
        resolve_symbol(left, right);
        resolve_symbol(right, left);
        want(right, result_.nodes_[index(left)].type, begin);
        if (result_.nodes_[index(left)].group != result_.nodes_[index(right)].group) {
          fail_at("expression.wrong_type", begin, text().substr(begin, 20));
        }
        break;
      case Operation::less:
      case Operation::less_equal:
      case Operation::greater:
      case Operation::greater_equal:
        want(left, ValueType::number, begin);
        want(right, ValueType::number, begin);
        break;
      case Operation::constant:
      case Operation::slot:
      case Operation::logical_not:
      case Operation::add:
      case Operation::subtract:
      case Operation::multiply:
      case Operation::divide:
      case Operation::maximum:
      case Operation::minimum:
      case Operation::choose:
        want(left, ValueType::number, begin);
        want(right, ValueType::number, begin);
        type = ValueType::number;
        break;
    }
    return add({.operation = operation, .type = type, .children = {left, right}}, begin);
  }

  /// Gives a symbol its enumeration from the other side.
  void resolve_symbol(int node_index, int other_index) {
    Node& node = result_.nodes_[index(node_index)];
    const Node& other = result_.nodes_[index(other_index)];
    if (!pending_symbol_ || node.operation != Operation::constant || node.type != ValueType::symbol ||
        node.group != SymbolGroup::none) {
      return;
    }
    const auto symbol = symbol_named(other.group, pending_text_);
    if (!symbol) return fail_at("expression.unknown_word", pending_begin_, pending_text_);
    node.group = other.group;
    node.constant = Value{.type = ValueType::symbol, .group = other.group, .known = true, .symbol = *symbol};
    pending_symbol_ = false;
  }

  Scopes scopes_;
  Expression result_;
  std::optional<ExpressionError> error_;
  std::string_view token_;
  std::size_t position_ = 0;
  std::size_t token_begin_ = 0;
  std::size_t token_end_ = 0;
  std::size_t previous_end_ = 0;
  bool pending_symbol_ = false;
  std::string pending_text_;
  std::size_t pending_begin_ = 0;
  int depth_ = 0;
};

std::expected<Expression, ExpressionError> Expression::parse(std::string_view text, ValueType wanted, Scopes scopes) {
  return ExpressionParser(text, scopes).run(wanted);
}

bool Expression::uses(Slot slot) const {
  return std::ranges::any_of(nodes_, [&](const Node& n) { return n.operation == Operation::slot && n.slot == slot; });
}

Value Expression::evaluate(const Slots& slots, Observations* observations) const {
  return evaluate_node(root_, slots, observations);
}

Value Expression::evaluate_node(int index, const Slots& slots, Observations* observations) const {
  const Node& node = nodes_[static_cast<std::size_t>(index)];
  const Value value = compute(node, slots, observations);
  if (!observations) return value;
  if (node.operation == Operation::slot) {
    observations->used.push_back(node.slot);
    if (!value.known) observations->missing.push_back(node.slot);
  }
  const bool is_logic = node.operation == Operation::logical_or || node.operation == Operation::logical_and ||
                        node.operation == Operation::logical_not || node.operation == Operation::constant;
  if (node.type == ValueType::boolean && !is_logic) {
    observations->conditions.push_back({text_.substr(node.begin, node.end - node.begin), value.to_text()});
  }
  return value;
}

Value Expression::compute_logic(const Node& node, const Slots& slots, Observations* observations) const {
  const Truth first = evaluate_node(node.children[0], slots, observations).as_truth();
  if (node.operation == Operation::logical_not) return Value::of(opposite(first));
  const bool is_or = node.operation == Operation::logical_or;
  if (first == (is_or ? Truth::yes : Truth::no)) return Value::of(first);
  const Truth second = evaluate_node(node.children[1], slots, observations).as_truth();
  return Value::of(is_or ? either(first, second) : both(first, second));
}

Value Expression::compute(const Node& node, const Slots& slots, Observations* observations) const {
  if (node.operation == Operation::constant) return node.constant;
  if (node.operation == Operation::slot) return slots[node.slot];
  if (node.operation == Operation::logical_or || node.operation == Operation::logical_and ||
      node.operation == Operation::logical_not) {
    return compute_logic(node, slots, observations);
  }
  if (node.operation == Operation::choose) {
    const Truth condition = evaluate_node(node.children[0], slots, observations).as_truth();
    if (condition == Truth::unknown) return Value::unknown(ValueType::number);
    return evaluate_node(node.children[condition == Truth::yes ? 1 : 2], slots, observations);
  }
  const Value a = evaluate_node(node.children[0], slots, observations);
  const Value b = evaluate_node(node.children[1], slots, observations);
  if (!a.known || !b.known) return Value::unknown(node.type);
  const bool same = a.type == ValueType::boolean  ? a.truth == b.truth
                    : a.type == ValueType::number ? a.number == b.number
                                                  : a.symbol == b.symbol;
  switch (node.operation) {
    case Operation::equal: return Value::of(same);
    case Operation::unequal: return Value::of(!same);
    case Operation::less: return Value::of(a.number < b.number);
    case Operation::less_equal: return Value::of(a.number <= b.number);
    case Operation::greater: return Value::of(a.number > b.number);
    case Operation::greater_equal: return Value::of(a.number >= b.number);
    case Operation::add: return Value::of(a.number + b.number);
    case Operation::subtract: return Value::of(a.number - b.number);
    case Operation::multiply: return Value::of(a.number * b.number);
    case Operation::divide: return b.number.is_zero() ? Value::unknown(node.type) : Value::of(a.number / b.number);
    case Operation::maximum: return Value::of(std::max(a.number, b.number));
    case Operation::minimum: return Value::of(std::min(a.number, b.number));
    case Operation::constant:
    case Operation::slot:
    case Operation::logical_or:
    case Operation::logical_and:
    case Operation::logical_not:
    case Operation::choose: break;
  }
  return Value::unknown(node.type);
}

}  // namespace jiuzhu::policy
