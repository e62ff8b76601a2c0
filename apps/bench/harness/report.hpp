#pragma once
// Where figures go: a table for people, with the limit beside each figure that has one, and a file of JSON lines that
// keeps every raw measurement. Progress goes to the error output, so that the table can be redirected.

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "harness/timing.hpp"
#include "platform/json/value.hpp"

namespace jiuzhu::bench {

enum class Bound { at_most, at_least };

struct Limit {
  Bound bound = Bound::at_most;
  double value = 0;

  bool holds_for(double figure) const { return bound == Bound::at_most ? figure <= value : figure >= value; }
};

inline Limit at_most(double value) { return {Bound::at_most, value}; }
inline Limit at_least(double value) { return {Bound::at_least, value}; }

struct Figure {
  std::string name;
  double value = 0;
  std::string unit = {};  // "s", "ms", "MiB", "/s"; empty for a ratio
  std::optional<Limit> limit = {};
  std::string note = {};  // "min 0.93, max 1.21 of 5 rounds"
};

/// "min …, max … of … rounds".
std::string note_of(const Spread& spread);

/// A number as a JSON value: our own JSON has integers only, so it is written out as text would be.
json::Value number(double value);

class Report {
 public:
  /// Raw figures are appended to `raw_file`, one line each, under the same `run` name.
  Report(std::filesystem::path raw_file, std::string run);

  void begin_suite(const std::string& name);
  /// What is being done now.
  void progress(const std::string& text);
  /// One raw measurement; `fields` is an object.
  void raw(const std::string& name, json::Value fields);
  void add(Figure figure);

  void print(std::ostream& out) const;
  bool do_all_limits_hold() const;

 private:
  struct Row {
    std::string suite;
    Figure figure;
  };
  void write_line(json::Value line);

  std::ofstream raw_;
  std::string run_;
  std::string suite_;
  std::vector<Row> rows_;
};

}  // namespace jiuzhu::bench
