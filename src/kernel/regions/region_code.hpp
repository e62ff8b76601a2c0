#pragma once
// A place in the five levels of administrative division, by its statistical code without trailing zeros: 2 digits for
// a province, 4 city, 6 county, 9 township, 12 village. Trimmed codes make "lies within" a prefix test, in memory and
// in SQL. The county code is the tenant of every table. Names live in a dictionary elsewhere; a code says nothing about
// whether the place exists today. Immutable value; any thread.

#include <boost/describe.hpp>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace jiuzhu {

enum class RegionLevel { province, city, county, township, village };
BOOST_DESCRIBE_ENUM(RegionLevel, province, city, county, township, village)

/// Texts from `from` up to but not including `until`, in byte order: the codes within one region. For SQL:
/// `region >= :from AND region < :until`, on a column that compares bytes (COLLATE "C" on PostgreSQL).
struct RegionRange {
  std::string from;
  std::string until;

  bool contains(std::string_view code) const { return from <= code && code < until; }
  bool operator==(const RegionRange&) const = default;
};

class RegionCode {
 public:
  /// No region: lies in none and contains none. Only a place to read into.
  RegionCode() = default;
  /// Accepts the trimmed code, and the same code padded with zeros to 6, 9 or 12 digits ("140300", "140302000000").
  /// Three cities have no counties and stand as their own county; their six digits are read as the county, in all
  /// longer padded forms as the city: 441900 东莞, 442000 中山, 460400 儋州.
  /// Refuses with "region.code".
  static Result<RegionCode> parse(std::string_view text);

  RegionLevel level() const;
  /// Needs at least county level; anything above trips an assertion.
  RegionCode county() const;
  /// Nothing for a province.
  std::optional<RegionCode> parent() const;
  /// True for the region itself and everything below it.
  bool contains(const RegionCode& other) const { return other.code_.starts_with(code_); }
  RegionRange range() const;

  /// The trimmed code, as stored and sent.
  const std::string& to_text() const { return code_; }

  /// Byte order of the texts: a region stands directly before everything within it.
  auto operator<=>(const RegionCode&) const = default;

 private:
  explicit RegionCode(std::string code) : code_(std::move(code)) {}
  std::string code_ = "-";
};

}  // namespace jiuzhu
