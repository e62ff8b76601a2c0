#pragma once
// A JSON document as plain values. Our own small tree instead of boost::json's keeps that header (2 s a file) out of
// every module, and keeps numbers exact: integers are 64-bit, anything else stays text and is refused by typed readers.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.hpp"

namespace jiuzhu::json {

/// A number that is not a 64-bit integer, kept as written. No part of the system computes with it.
struct OtherNumber {
  std::string text;
  bool operator==(const OtherNumber&) const = default;
};

class Value {
 public:
  using Array = std::vector<Value>;
  using Member = std::pair<std::string, Value>;
  using Object = std::vector<Member>;  // in source order; names are unique after parse()

  Value() = default;
  Value(std::nullptr_t) {}
  Value(bool value) : value_(value) {}
  Value(int value) : value_(static_cast<std::int64_t>(value)) {}
  Value(std::int64_t value) : value_(value) {}
  Value(std::size_t value) : value_(static_cast<std::int64_t>(value)) {}
  Value(const char* text) : value_(std::string(text)) {}
  Value(std::string_view text) : value_(std::string(text)) {}
  Value(std::string text) : value_(std::move(text)) {}
  Value(OtherNumber number) : value_(std::move(number)) {}
  Value(Array elements) : value_(std::move(elements)) {}
  Value(Object members) : value_(std::move(members)) {}

  bool is_null() const { return std::holds_alternative<std::nullptr_t>(value_); }
  const bool* as_bool() const { return std::get_if<bool>(&value_); }
  const std::int64_t* as_int() const { return std::get_if<std::int64_t>(&value_); }
  const OtherNumber* as_other_number() const { return std::get_if<OtherNumber>(&value_); }
  const std::string* as_text() const { return std::get_if<std::string>(&value_); }
  const Array* as_array() const { return std::get_if<Array>(&value_); }
  const Object* as_object() const { return std::get_if<Object>(&value_); }
  Array* as_array() { return std::get_if<Array>(&value_); }
  Object* as_object() { return std::get_if<Object>(&value_); }

  /// The member of that name, or null when this is no object or has none.
  const Value* find(std::string_view name) const;
  /// Adds or replaces a member; turns null into an object.
  Value& set(std::string name, Value value);

  bool operator==(const Value&) const = default;

 private:
  std::variant<std::nullptr_t, bool, std::int64_t, OtherNumber, std::string, Array, Object> value_ = nullptr;
};

struct ParseLimits {
  std::size_t depth = 32;
};

/// Strict RFC 8259. Refuses with "json.malformed" (params line, column), "json.duplicate_name", "json.too_deep",
/// "json.nul_character".
Result<Value> parse(std::string_view text, ParseLimits limits = {});

/// One line, members in their order.
std::string print(const Value& value);

/// Indented by two blanks, for files that people read.
std::string print_pretty(const Value& value);

}  // namespace jiuzhu::json
