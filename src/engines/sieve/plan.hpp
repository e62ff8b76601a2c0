#pragma once
// What one run of the sieve is to do: whom to look for, in which registers, what to measure and where the limits are.
// Made from a run file by kernel/sieve_files, or by a module from its own records. Plain values.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/date.hpp"
#include "engines/sieve/condition.hpp"

namespace jiuzhu::sieve {

/// utf_8 also reads plain ASCII.
enum class Encoding { utf_8, gb18030 };
BOOST_DESCRIBE_ENUM(Encoding, utf_8, gb18030)

/// How the bytes of a delimited file are to be read.
struct TableShape {
  Encoding encoding = Encoding::utf_8;
  /// A single character of ASCII that is no digit, letter, blank, quote or line break.
  char separator = ',';
  /// A field that begins with it ends with it; doubled inside it stands for itself. 0: quotes mean nothing.
  char quote = '"';
  /// The first record names the columns.
  bool has_header = true;
};

/// A column by its header, or by its number from 1 where there is no header.
struct ColumnName {
  std::string name;
  int number = 0;
};

/// Rows whose value is (or, with `is_excluded`, is not) one of these texts.
struct RowFilter {
  ColumnName column;
  std::vector<std::string> values;
  bool is_excluded = false;
};

/// What stands in a column that is measured.
/// - money: yuan with at most two decimals, kept in fen
/// - decimal: a number with at most four decimals, kept in ten-thousandths
/// - date: 2025-06-30, 20250630 or 2025/6/30, or a month 2025-06, kept as days since 1970 (a month as its first day)
/// - text
enum class ValueType { money, decimal, date, text };
BOOST_DESCRIBE_ENUM(ValueType, money, decimal, date, text)

/// `count` is of rows, `distinct` of different values, `latest` the value at the latest date (of several the greatest),
/// `average` of the rows' values, rounded down to what `type` keeps.
enum class Aggregate { count, sum, min, max, latest, average, distinct };
BOOST_DESCRIBE_ENUM(Aggregate, count, sum, min, max, latest, average, distinct)

/// One figure for a household, from the rows of one source that belong to its persons.
struct Measure {
  std::string name;  // unique in the plan; rules use it
  Aggregate aggregate = Aggregate::count;
  std::optional<ColumnName> column;  // not for count
  ValueType type = ValueType::decimal;
  /// Only rows whose date lies in the last so many months up to the plan's date: later than the same day so many
  /// months before. Where the column holds months, the last so many calendar months.
  int within_months = 0;
  std::vector<RowFilter> filters;
};

struct Source {
  std::string name;
  std::string title;               // for people; the name where empty
  std::vector<std::string> files;  // paths; the order does not matter
  TableShape shape;
  ColumnName number;
  /// Instead of the number, in a register that has none: people are looked for by name, and found ones are candidates.
  std::optional<ColumnName> birth_date;
  std::optional<ColumnName> region;  // a code of six digits or more, beside birth_date
  std::optional<ColumnName> person_name;
  std::optional<ColumnName> date;  // for `latest` and within_months
  std::optional<ColumnName> valid_from;
  std::optional<ColumnName> valid_until;  // the first day on which the row no longer counts
  std::vector<RowFilter> filters;
  std::vector<ColumnName> shown;  // written out with each hit
  std::vector<Measure> measures;
  /// A source of which more numbers than this are malformed is refused: the columns are likely to be swapped.
  /// In hundredths of the rows.
  int malformed_most = 20;

  bool is_by_name() const { return birth_date.has_value(); }
};

/// exceeds: the limit is passed by what registers say. clue: somebody has to look. review: the law leaves it open.
/// What is found only under another name is never more than a clue.
enum class RuleResult { review, clue, exceeds };
BOOST_DESCRIBE_ENUM(RuleResult, review, clue, exceeds)

struct Rule {
  std::string code;
  std::string title;
  std::vector<std::string> law;  // "DB-2021/14"
  RuleResult result = RuleResult::clue;
  Condition when;
  std::optional<Condition> unless;  // e.g. a vehicle that compensates a disability
};

/// How many persons of a household have one of these values in a column of the people's file; rules use it by name.
struct Attribute {
  std::string name;
  ColumnName column;
  std::vector<std::string> values;
};

struct PeopleFile {
  std::vector<std::string> files;
  TableShape shape;
  ColumnName household;
  ColumnName person;
  ColumnName name;
  ColumnName number;
  std::optional<ColumnName> role;  // whose value `obligor_value` is means somebody who owes support
  std::string obligor_value = "obligor";
  std::vector<Attribute> attributes;
};

struct Outputs {
  std::string households;  // paths; empty: not written
  std::string hits;
  std::string candidates;
  std::string malformed;
  std::string statistics;
};

struct Plan {
  std::string title;
  Date as_of;
  PeopleFile people;
  std::vector<Source> sources;
  std::vector<Rule> rules;
  Outputs outputs;
};

}  // namespace jiuzhu::sieve
