#pragma once
// What goes into a statement and what comes out of a row. Only four kinds of value are stored, so that the same SQL
// means the same on both databases: integers (money in fen, instants in microseconds, booleans as 0 and 1), text (dates
// as ISO 8601, ids, enumerators as spelt), bytes, and null.

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/assert.hpp"
#include "base/date.hpp"
#include "base/enum_text.hpp"
#include "base/id.hpp"
#include "base/money.hpp"

namespace jiuzhu::db {

using Bytes = std::vector<std::uint8_t>;

using Parameter = std::variant<std::nullptr_t, std::int64_t, std::string, Bytes>;

/// One column of one row; borrowed from the driver until the next row.
class Cell {
 public:
  static Cell null() { return Cell(); }
  static Cell integer(std::int64_t value);
  static Cell text(std::string_view value);
  static Cell bytes(std::string_view value);
  /// PostgreSQL's text form of bytea, "\x0a1b".
  static Cell hex(std::string_view value);

  bool is_null() const { return kind_ == Kind::null; }
  /// Asserts that the column is not null and holds an integer.
  std::int64_t as_int() const;
  std::string_view as_text() const;
  Bytes as_bytes() const;

 private:
  enum class Kind { null, integer, text, bytes, hex };
  Kind kind_ = Kind::null;
  std::int64_t integer_ = 0;
  std::string_view text_;
};

/// How a type is stored. Other types join by specialising it.
template <class T>
struct ColumnCodec;

template <class T>
  requires(std::is_integral_v<T>)
struct ColumnCodec<T> {
  static Parameter write(T value) { return static_cast<std::int64_t>(value); }
  static T read(const Cell& cell) { return static_cast<T>(cell.as_int()); }
};

template <>
struct ColumnCodec<std::string> {
  static Parameter write(std::string_view value) { return std::string(value); }
  static std::string read(const Cell& cell) { return std::string(cell.as_text()); }
};

template <>
struct ColumnCodec<std::string_view> {
  static Parameter write(std::string_view value) { return std::string(value); }
};

template <>
struct ColumnCodec<Bytes> {
  static Parameter write(Bytes value) { return value; }
  static Bytes read(const Cell& cell) { return cell.as_bytes(); }
};

namespace detail {

/// The database only holds what we wrote: text that does not parse is a broken database or a bug.
template <class T>
T parsed(const Cell& cell) {
  auto value = T::parse(cell.as_text());
  JZ_ASSERT(value.has_value());
  return *value;
}

}  // namespace detail

template <>
struct ColumnCodec<Date> {
  static Parameter write(Date value) { return value.to_text(); }
  static Date read(const Cell& cell) { return detail::parsed<Date>(cell); }
};

template <>
struct ColumnCodec<Month> {
  static Parameter write(Month value) { return value.to_text(); }
  static Month read(const Cell& cell) { return detail::parsed<Month>(cell); }
};

template <>
struct ColumnCodec<Money> {
  static Parameter write(Money value) { return value.in_fen(); }
  static Money read(const Cell& cell) { return Money::fen(cell.as_int()); }
};

template <>
struct ColumnCodec<Instant> {
  static Parameter write(Instant value) { return value.microseconds; }
  static Instant read(const Cell& cell) { return Instant{cell.as_int()}; }
};

template <class Tag>
struct ColumnCodec<Id<Tag>> {
  static Parameter write(const Id<Tag>& value) { return value.to_text(); }
  static Id<Tag> read(const Cell& cell) { return detail::parsed<Id<Tag>>(cell); }
};

template <class E>
  requires(std::is_enum_v<E> && boost::describe::has_describe_enumerators<E>::value)
struct ColumnCodec<E> {
  static Parameter write(E value) {
    const std::string_view text = enum_text(value);
    JZ_ASSERT(!text.empty());
    return std::string(text);
  }
  static E read(const Cell& cell) {
    const auto found = enum_from_text<E>(cell.as_text());
    JZ_ASSERT(found.has_value());
    return *found;
  }
};

template <class T>
struct ColumnCodec<std::optional<T>> {
  static Parameter write(const std::optional<T>& value) {
    return value ? ColumnCodec<T>::write(*value) : Parameter(nullptr);
  }
  static std::optional<T> read(const Cell& cell) {
    return cell.is_null() ? std::nullopt : std::optional<T>(ColumnCodec<T>::read(cell));
  }
};

template <class T>
Parameter to_parameter(const T& value) {
  if constexpr (std::is_convertible_v<T, std::string_view>) {
    return ColumnCodec<std::string>::write(value);
  } else {
    return ColumnCodec<T>::write(value);
  }
}

}  // namespace jiuzhu::db
