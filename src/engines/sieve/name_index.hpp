#pragma once
// People by name, for registers that have no numbers. What is found this way is a candidate: somebody has to look, and
// no rule counts it. Built once, then read by any thread.

#include <optional>
#include <string_view>
#include <vector>

#include "engines/sieve/people.hpp"
#include "engines/sieve/values.hpp"

namespace jiuzhu::sieve {

/// How much of a person agrees with a row that has no number. The name always does (names.hpp).
/// - strong: the birth date and the region
/// - likely: the birth date; the register says no region
/// - possible: the birth date, in another region; or the region and the year of birth; or the month of birth where the
///   register says no day
enum class CandidateGrade : std::uint8_t { strong, likely, possible };
BOOST_DESCRIBE_ENUM(CandidateGrade, strong, likely, possible)

struct RegisteredPerson {
  std::string_view name;
  DayOrMonth birth;
  std::string_view region;  // a code; empty: the register says none
};

struct Candidate {
  PersonIndex person = kNobody;
  CandidateGrade grade = CandidateGrade::possible;
};

class NameIndex {
 public:
  /// Needs people with texts. Somebody without a right number has no birth date, and is nobody's candidate.
  NameIndex(const People& people, unsigned threads);

  /// In the order of people.
  void find(const RegisteredPerson& registered, std::vector<Candidate>& candidates) const;

 private:
  const People& people_;
  LargeVector<PersonEntry> entries_;  // keys are hashes of comparable names
  KeyTable table_;
};

/// Of a person whose number this is: the birth date and the first six digits, where the number was first issued.
std::optional<CandidateGrade> grade_of(NumberKey key, DayOrMonth birth, std::string_view region);

}  // namespace jiuzhu::sieve
