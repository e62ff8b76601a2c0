#pragma once
// Everybody that a run looks for, and their households. The rows stay in memory as they were; names are only looked at
// when somebody is found. Built once, then read by any thread.
//
// Households are numbered in the order of their identifiers' bytes, so that results do not depend on the order of
// people.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engines/sieve/key_table.hpp"
#include "engines/sieve/plan.hpp"
#include "engines/sieve/record.hpp"
#include "engines/sieve/tally.hpp"
#include "engines/sieve/workers.hpp"

namespace jiuzhu::sieve {

struct Reading;
class TableFile;
struct Window;

class People {
 public:
  /// Refuses with what TableFile refuses with, "sieve.person_incomplete" {file, row}, "sieve.too_many_people",
  /// "sieve.too_many_attributes" and "sieve.cancelled".
  static Result<People> load(const PeopleFile& file, const Reading& reading, const Watching& watching,
                             Signals& signals);
  People(People&&) noexcept;
  People& operator=(People&&) noexcept;
  ~People();

  std::size_t size() const { return keys_.size(); }
  std::size_t households() const { return household_ids_.size(); }
  const std::vector<NumberKey>& keys() const { return keys_; }
  HouseholdIndex household_of(PersonIndex person) const { return household_of_[person]; }
  std::string_view household_id(HouseholdIndex household) const { return household_ids_[household]; }

  struct Person {
    std::string id;
    std::string name;
    bool is_obligor = false;
  };
  /// In UTF-8; what is not in the file's encoding is empty. Not cheap.
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
  struct Columns;
  struct Loaded;
  struct Chunk;
  class Loader;

  People();
  void number_households(std::vector<Loaded>& rows);

  std::vector<NumberKey> keys_;
  std::vector<HouseholdIndex> household_of_;
  std::vector<std::string_view> household_ids_;
  std::vector<std::uint32_t> counts_;  // members, obligors, attributes of each household
  std::size_t counts_per_household_ = 2;
  std::vector<std::unique_ptr<Chunk>> chunks_;
  std::vector<Columns> columns_;  // of each file
  std::string obligor_value_;
  std::vector<MalformedNumber> malformed_;
};

}  // namespace jiuzhu::sieve
