#pragma once
// One description of a struct (Boost.Describe) reads it from JSON, writes it, and yields its JSON Schema for OpenAPI.
// Reading collects every problem with its JSON pointer instead of stopping at the first.
//
//   struct Applicant { std::string name; std::optional<Date> birth_date; };
//   BOOST_DESCRIBE_STRUCT(Applicant, (), (name, birth_date))
//   template <> inline constexpr json::Meta json::meta<&Applicant::name>{.title = "姓名", .max_length = 50};
//
// A member that is neither std::optional nor marked `optional` must be present. Unknown members are refused.
// Enumerators are written exactly as spelt. Other types join by specialising Codec.

#include <array>
#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/assert.hpp"
#include "base/date.hpp"
#include "base/enum_text.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/text.hpp"
#include "platform/json/value.hpp"

namespace jiuzhu::json {

/// Limits and texts of one member.
struct Meta {
  std::string_view title = {};  // Chinese, for documents and forms
  std::size_t min_length = 0;   // code points of a text, or elements of an array
  std::size_t max_length = 10'000;
  std::int64_t minimum = std::numeric_limits<std::int64_t>::min();
  std::int64_t maximum = std::numeric_limits<std::int64_t>::max();
  bool optional = false;  // may be absent; the member's initialiser stands
};

template <auto Member>
inline constexpr Meta meta{};

using FieldErrors = std::vector<FieldError>;

/// Where a reader is and what it found wrong so far.
struct Reader {
  std::string pointer;
  FieldErrors& errors;

  void fail(std::string key, MessageParams params = {}) {
    errors.push_back(FieldError{pointer, std::move(key), std::move(params)});
  }
  Reader at(std::string_view name) const {
    std::string inner = pointer + "/";
    for (char c : name) {
      if (c == '~') {
        inner += "~0";
      } else if (c == '/') {
        inner += "~1";
      } else {
        inner += c;
      }
    }
    return Reader{std::move(inner), errors};
  }
};

/// The schemas of all named types met so far, in the order of first use.
using Components = Value::Object;

/// How a type stands in JSON: `write`, `read` (false after reporting to the reader) and `schema`.
template <class T>
struct Codec;

template <class T>
concept DescribedStruct = std::is_class_v<T> && boost::describe::has_describe_members<T>::value;

template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

/// "HouseholdFacts" for jiuzhu::policy::HouseholdFacts.
template <class T>
constexpr std::string_view type_name() {
  constexpr std::string_view function = __PRETTY_FUNCTION__;
  constexpr std::string_view marker = "T = ";
  constexpr std::size_t start = function.find(marker) + marker.size();
  constexpr std::string_view qualified = function.substr(start, function.find_first_of(";]", start) - start);
  constexpr std::size_t colon = qualified.rfind(':');
  return colon == std::string_view::npos ? qualified : qualified.substr(colon + 1);
}

using jiuzhu::enum_from_text;
using jiuzhu::enum_text;

namespace detail {

inline Value text_schema(std::string_view format = {}) {
  Value schema;
  schema.set("type", "string");
  if (!format.empty()) schema.set("format", format);
  return schema;
}

/// For types that are one text in JSON: parse gives an optional, `key` names what is wrong otherwise.
template <class T>
bool read_text_as(const Value& value, Reader& reader, T& out, const char* key) {
  if (const std::string* text = value.as_text()) {
    if (auto parsed = T::parse(*text)) {
      out = *parsed;
      return true;
    }
    reader.fail(key);
    return false;
  }
  reader.fail("field.not_text");
  return false;
}

inline void check_length(std::size_t length, const Meta& limits, Reader& reader) {
  if (length < limits.min_length) {
    reader.fail(limits.min_length == 1 ? "field.empty" : "field.too_short",
                {{"minimum", std::to_string(limits.min_length)}});
  }
  if (length > limits.max_length) reader.fail("field.too_long", {{"maximum", std::to_string(limits.max_length)}});
}

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;

template <class T>
void check_limits(const T& value, const Meta& limits, Reader& reader) {
  if constexpr (is_optional<T>) {
    if (value) check_limits(*value, limits, reader);
  } else if constexpr (std::is_same_v<T, std::string>) {
    check_length(code_points(value), limits, reader);
  } else if constexpr (is_vector<T>) {
    check_length(value.size(), limits, reader);
  } else if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
    if (value < limits.minimum || value > limits.maximum) reader.fail("field.out_of_range");
  }
}

inline void add_limits(Value& schema, const Meta& limits) {
  const Value* type = schema.find("type");
  const std::string kind = type && type->as_text() ? *type->as_text() : "";
  if (!limits.title.empty()) schema.set("title", limits.title);
  if (kind == "string" && !schema.find("format") && !schema.find("pattern") && !schema.find("enum")) {
    if (limits.min_length > 0) schema.set("minLength", limits.min_length);
    schema.set("maxLength", limits.max_length);
  }
  if (kind == "array") {
    if (limits.min_length > 0) schema.set("minItems", limits.min_length);
    schema.set("maxItems", limits.max_length);
  }
  if (kind == "integer") {
    if (limits.minimum != std::numeric_limits<std::int64_t>::min()) schema.set("minimum", limits.minimum);
    if (limits.maximum != std::numeric_limits<std::int64_t>::max()) schema.set("maximum", limits.maximum);
  }
}

}  // namespace detail

template <>
struct Codec<Value> {
  static Value write(const Value& value) { return value; }
  static bool read(const Value& value, Reader&, Value& out) {
    out = value;
    return true;
  }
  static Value schema(Components&) { return Value(Value::Object{}); }
};

template <>
struct Codec<bool> {
  static Value write(bool value) { return value; }
  static bool read(const Value& value, Reader& reader, bool& out) {
    if (const bool* flag = value.as_bool()) {
      out = *flag;
      return true;
    }
    reader.fail("field.not_boolean");
    return false;
  }
  static Value schema(Components&) { return Value().set("type", "boolean"); }
};

template <class T>
  requires(std::is_integral_v<T> && !std::is_same_v<T, bool>)
struct Codec<T> {
  static Value write(T value) { return Value(static_cast<std::int64_t>(value)); }
  static bool read(const Value& value, Reader& reader, T& out) {
    const std::int64_t* number = value.as_int();
    if (!number) {
      reader.fail("field.not_integer");
      return false;
    }
    if (!std::in_range<T>(*number)) {
      reader.fail("field.out_of_range");
      return false;
    }
    out = static_cast<T>(*number);
    return true;
  }
  static Value schema(Components&) { return Value().set("type", "integer"); }
};

template <>
struct Codec<std::string> {
  static Value write(const std::string& value) { return value; }
  static bool read(const Value& value, Reader& reader, std::string& out) {
    if (const std::string* text = value.as_text()) {
      out = *text;
      return true;
    }
    reader.fail("field.not_text");
    return false;
  }
  static Value schema(Components&) { return detail::text_schema(); }
};

template <>
struct Codec<Date> {
  static Value write(Date value) { return value.to_text(); }
  static bool read(const Value& value, Reader& reader, Date& out) {
    return detail::read_text_as(value, reader, out, "field.not_date");
  }
  static Value schema(Components&) { return detail::text_schema("date"); }
};

template <>
struct Codec<Month> {
  static Value write(Month value) { return value.to_text(); }
  static bool read(const Value& value, Reader& reader, Month& out) {
    return detail::read_text_as(value, reader, out, "field.not_month");
  }
  static Value schema(Components&) { return detail::text_schema().set("pattern", "^[0-9]{4}-[0-9]{2}$"); }
};

/// Yuan as decimal text, "650.00": JavaScript's numbers cannot hold money safely.
template <>
struct Codec<Money> {
  static Value write(Money value) { return value.to_text(); }
  static bool read(const Value& value, Reader& reader, Money& out) {
    return detail::read_text_as(value, reader, out, "field.not_money");
  }
  static Value schema(Components&) { return detail::text_schema().set("pattern", "^-?[0-9]{1,15}(\\.[0-9]{1,2})?$"); }
};

/// Written only: clients never set a time of record.
template <>
struct Codec<Instant> {
  static Value write(Instant value) { return value.to_text(); }
  static bool read(const Value&, Reader& reader, Instant&) {
    reader.fail("field.read_only");
    return false;
  }
  static Value schema(Components&) { return detail::text_schema("date-time"); }
};

template <class Tag>
struct Codec<Id<Tag>> {
  static Value write(const Id<Tag>& value) { return value.to_text(); }
  static bool read(const Value& value, Reader& reader, Id<Tag>& out) {
    return detail::read_text_as(value, reader, out, "field.not_id");
  }
  static Value schema(Components&) { return detail::text_schema("uuid"); }
};

template <class T>
struct Codec<std::optional<T>> {
  static Value write(const std::optional<T>& value) { return value ? Codec<T>::write(*value) : Value(nullptr); }
  static bool read(const Value& value, Reader& reader, std::optional<T>& out) {
    if (value.is_null()) {
      out.reset();
      return true;
    }
    T inner{};
    if (!Codec<T>::read(value, reader, inner)) return false;
    out = std::move(inner);
    return true;
  }
  static Value schema(Components& components) { return Codec<T>::schema(components); }
};

template <class T>
struct Codec<std::vector<T>> {
  static Value write(const std::vector<T>& elements) {
    Value::Array array;
    array.reserve(elements.size());
    for (const T& element : elements) array.push_back(Codec<T>::write(element));
    return Value(std::move(array));
  }
  static bool read(const Value& value, Reader& reader, std::vector<T>& out) {
    const Value::Array* array = value.as_array();
    if (!array) {
      reader.fail("field.not_array");
      return false;
    }
    bool good = true;
    out.clear();
    for (std::size_t i = 0; i < array->size(); ++i) {
      T element{};
      Reader inner = reader.at(std::to_string(i));
      good = Codec<T>::read((*array)[i], inner, element) && good;
      out.push_back(std::move(element));
    }
    return good;
  }
  static Value schema(Components& components) {
    return Value().set("type", "array").set("items", Codec<T>::schema(components));
  }
};

template <DescribedEnum E>
struct Codec<E> {
  static Value write(E value) { return enum_text(value); }
  static bool read(const Value& value, Reader& reader, E& out) {
    if (const std::string* text = value.as_text()) {
      if (const auto found = enum_from_text<E>(*text)) {
        out = *found;
        return true;
      }
    }
    reader.fail("field.not_in_list");
    return false;
  }
  static Value schema(Components& components) {
    const std::string name(type_name<E>());
    const std::string reference = "#/components/schemas/" + name;
    Value::Array names;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
        [&](auto enumerator) { names.emplace_back(enumerator.name); });
    for (const auto& [known, schema] : components) {
      if (known != name) continue;
      // Two enumerations of one name in different modules would take each other's words.
      JZ_ASSERT(*schema.find("enum") == Value(names));
      return Value().set("$ref", reference);
    }
    components.emplace_back(name, Value().set("type", "string").set("enum", std::move(names)));
    return Value().set("$ref", reference);
  }
};

template <DescribedStruct T>
struct Codec<T> {
  using Members = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

  static Value write(const T& object) {
    Value::Object members;
    boost::mp11::mp_for_each<Members>([&](auto member) {
      const auto& field = object.*member.pointer;
      using Field = std::remove_cvref_t<decltype(field)>;
      if constexpr (detail::is_optional<Field>) {
        if (!field) return;  // absent rather than null: smaller, and the same to every reader
      }
      members.emplace_back(member.name, Codec<Field>::write(field));
    });
    return Value(std::move(members));
  }

  static bool read(const Value& value, Reader& reader, T& out) {
    const Value::Object* object = value.as_object();
    if (!object) {
      reader.fail("field.not_object");
      return false;
    }
    const std::size_t errors_before = reader.errors.size();
    boost::mp11::mp_for_each<Members>([&](auto member) {
      auto& field = out.*member.pointer;
      using Field = std::remove_cvref_t<decltype(field)>;
      constexpr const Meta& limits = meta<decltype(member)::pointer>;
      Reader inner = reader.at(member.name);
      const Value* found = value.find(member.name);
      if (!found) {
        if constexpr (!detail::is_optional<Field>) {
          if (!limits.optional) inner.fail("field.missing");
        }
        return;
      }
      if (Codec<Field>::read(*found, inner, field)) detail::check_limits(field, limits, inner);
    });
    for (const auto& [name, member_value] : *object) {
      bool known = false;
      boost::mp11::mp_for_each<Members>([&](auto member) { known = known || name == member.name; });
      if (!known) reader.at(name).fail("field.unknown");
    }
    return reader.errors.size() == errors_before;
  }

  static Value schema(Components& components) {
    const std::string name(type_name<T>());
    const std::string reference = "#/components/schemas/" + name;
    for (const auto& [known, schema] : components) {
      if (known == name) return Value().set("$ref", reference);
    }
    const std::size_t position = components.size();
    components.emplace_back(name, Value());  // reserves the place, and ends recursion
    Value::Object properties;
    Value::Array required;
    boost::mp11::mp_for_each<Members>([&](auto member) {
      using Field = std::remove_cvref_t<decltype(std::declval<T&>().*member.pointer)>;
      constexpr const Meta& limits = meta<decltype(member)::pointer>;
      Value property = Codec<Field>::schema(components);
      detail::add_limits(property, limits);
      properties.emplace_back(member.name, std::move(property));
      if (!detail::is_optional<Field> && !limits.optional) required.emplace_back(member.name);
    });
    Value schema;
    schema.set("type", "object").set("properties", std::move(properties));
    if (!required.empty()) schema.set("required", std::move(required));
    schema.set("additionalProperties", false);
    components[position].second = std::move(schema);
    return Value().set("$ref", reference);
  }
};

template <class T>
Value write(const T& object) {
  return Codec<T>::write(object);
}

/// Refuses with "request.invalid" and one field error per problem.
template <class T>
Result<T> read(const Value& value) {
  FieldErrors errors;
  Reader reader{"", errors};
  T object{};
  Codec<T>::read(value, reader, object);
  if (!errors.empty()) {
    return refuse(Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = std::move(errors)});
  }
  return object;
}

template <class T>
Result<T> read_text(std::string_view text) {
  JZ_TRY(const Value value, parse(text));
  return read<T>(value);
}

}  // namespace jiuzhu::json
