#pragma once
// Everybody that a run looks for, and their households. Of a person there is the number and the household, and
// who it is only if the run asks for that. Built once, then read by any thread.
//
// Households are numbered in the order of their identifiers' bytes, so that results do not depend on the order of
// people.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engines/sieve/key_table.hpp"
#include "engines/sieve/people_chunk.hpp"
#include "engines/sieve/plan.hpp"
#include "engines/sieve/workers.hpp"

namespace jiuzhu::sieve {

class People {
 public:
  /// Refuses with what TableFile refuses with, "sieve.person_incomplete" {file, row}, "sieve.too_many_people",
  /// "sieve.too_many_attributes" and "sieve.cancelled".
  static Result<People> load(const PeopleFile& file, PersonTexts texts, const Reading& reading,
                             const Watching& watching, Signals& signals);

  std::size_t size() const { return entries_.size(); }
  std::size_t households() const { return household_ids_.size(); }
  const PersonEntry& entry(PersonIndex person) const { return entries_[person]; }
  const KeyTable& table() const { return table_; }
  std::string_view household_id(HouseholdIndex household) const { return household_ids_[household]; }

  struct Person {
    std::string_view id;
    std::string_view name;
    bool is_obligor = false;
  };
  /// Needs texts that were kept. In UTF-8; what is not in the file's encoding is empty.
  Person person(PersonIndex person) const;

  std::uint32_t members(HouseholdIndex household) const { return counts_[household * counts_per_household_]; }
  std::uint32_t obligors(HouseholdIndex household) const { return counts_[household * counts_per_household_ + 1]; }
  std::uint32_t attribute(HouseholdIndex household, std::size_t attribute) const {
    return counts_[household * counts_per_household_ + 2 + attribute];
  }

  /// Somebody whose number is none: counted in the household, but not looked for.
  struct MalformedNumber {
    std::string file;
    std::uint64_t row = 0;
    Malformed kind = Malformed::empty;
  };
  const std::vector<MalformedNumber>& malformed() const { return malformed_; }
  /// A digest of nothing secret, to tell whether two shares had the same people.
  std::uint64_t fingerprint() const;

 private:
  People() = default;
  Status arrange();
  void number_households();
  bool number_ascending();
  void number_any();
  void fill(PeopleChunk& chunk);

  LargeVector<PersonEntry> entries_;
  KeyTable table_;
  LargeVector<std::string_view> household_ids_;
  LargeVector<std::uint32_t> counts_;  // members, obligors, attributes of each household
  std::size_t counts_per_household_ = 2;
  std::vector<std::unique_ptr<TextArena>> arenas_;
  std::vector<PeopleChunk> chunks_;     // by file and window
  std::vector<PeopleColumns> columns_;  // of each file
  std::vector<MalformedNumber> malformed_;
};

}  // namespace jiuzhu::sieve
