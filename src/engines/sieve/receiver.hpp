#pragma once
// What a run has found, as values, for callers that keep it elsewhere than in files.

#include <cstdint>
#include <span>
#include <string_view>

#include "engines/sieve/findings.hpp"
#include "engines/sieve/judge.hpp"

namespace jiuzhu::sieve {

/// A household with a figure that its rows changed, or to which a rule applies. Borrowed for the call, as everything
/// here.
struct FoundHousehold {
  std::string_view household;
  std::span<const Applied> applied;  // in the order of the plan's rules
  std::span<const Figure> figures;   // in their places (figures.hpp), of all rows
};

/// A row of a register that is about one of the people.
struct FoundRow {
  std::string_view household;
  std::string_view person;
  std::size_t source = 0;  // in the order of the plan
  std::size_t file = 0;    // of the source
  std::uint64_t row = 0;   // in its file, from 1
  NameGrade grade = NameGrade::no_name;
  std::string_view register_name;
  std::span<const std::string_view> shown;  // in the order of Source::shown
};

/// Called on the thread that runs: first all households, then all rows, both by the bytes of their households.
class Receiver {
 public:
  virtual ~Receiver() = default;
  virtual void take_household(const FoundHousehold& household) = 0;
  virtual void take_row(const FoundRow& row) = 0;
};

}  // namespace jiuzhu::sieve
