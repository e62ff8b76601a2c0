#pragma once
// One thread's work on the registers: window by window, who is ours, and what their rows say. Strangers' rows, nearly
// all, only pass decode_numbers and sift_keys; everything else is done for the few that are left.

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "engines/sieve/findings.hpp"
#include "engines/sieve/key_table.hpp"
#include "engines/sieve/name_index.hpp"
#include "engines/sieve/people.hpp"
#include "engines/sieve/source_columns.hpp"

namespace jiuzhu::sieve {

struct SourceFile {
  std::uint16_t source = 0;
  std::uint32_t file = 0;  // of the source
  TableFile table;
  SourceColumns columns;
};

/// What all threads share.
struct Sifting {
  const Plan& plan;
  const People& people;
  const Kernels& kernels;
  const NameIndex* names = nullptr;  // where a source is searched by name
  Findings& findings;
  const std::atomic<bool>* is_stopped = nullptr;
};

class Sifter {
 public:
  explicit Sifter(const Sifting& shared);

  void sift(const SourceFile& file, const Window& window);
  /// Hands over what this thread has counted and gathered.
  void finish();

 private:
  static constexpr std::size_t kBatch = 2048;
  /// A row's share in one measure, before it is known whose it is.
  struct MeasuredValue {
    const MeasureColumns* measure = nullptr;
    std::int32_t date = 0;
    std::int64_t value = 0;
    std::string text;  // what a spooled measure keeps; unset for others
  };
  struct Owner {
    HouseholdIndex household = 0;
    PersonIndex person = 0;
    NameGrade grade = NameGrade::no_name;
  };
  enum class Fate { matched, filtered, malformed };

  void sift_batch(std::size_t first, std::size_t rows);
  NumberKey decode_slowly(std::size_t row);
  void take_row(std::size_t row, PersonIndex first_person);
  Fate read_row(std::string_view row);
  std::optional<bool> is_valid();
  bool are_shown_readable();
  std::optional<bool> passes(const std::vector<FilterColumns>& filters);
  bool read_share(const MeasureColumns& measure, std::optional<DayOrMonth> date);
  bool read_spooled(const MeasureColumns& measure, std::string_view field, MeasuredValue& share);
  void find_owners(PersonIndex first_person, std::string_view name);
  void add_shares(const Owner& owner);
  void sift_by_name(const Window& window);
  void take_row_by_name(std::size_t row);
  void add_candidate(const Candidate& candidate, std::size_t row, DayOrMonth birth);
  void add_shown(std::string& record);
  void add_hit(const Owner& owner, std::size_t row, std::string_view name);
  void add_malformed(std::size_t row, Malformed kind);
  RowPlace place_of(std::size_t row) const;
  bool fail(Malformed kind);

  const Sifting& shared_;
  Spool::Writer values_;
  Spool::Writer hits_;
  Spool::Writer malformed_;
  Spool::Writer by_name_;
  std::vector<RowCounts> counts_;

  // Of the window at hand.
  const SourceFile* file_ = nullptr;
  const Window* window_ = nullptr;
  RowCounts* count_ = nullptr;

  // Reused from batch to batch, and from row to row.
  std::vector<NumberKey> keys_ = std::vector<NumberKey>(kBatch);
  std::vector<std::uint32_t> candidates_ = std::vector<std::uint32_t>(kBatch + 8);
  std::vector<NumberKey> candidate_keys_ = std::vector<NumberKey>(kBatch);
  std::vector<PersonIndex> persons_ = std::vector<PersonIndex>(kBatch);
  std::vector<Change> changes_;
  Record record_;
  Malformed problem_ = Malformed::value;
  std::vector<MeasuredValue> shares_;
  std::size_t shares_size_ = 0;
  std::vector<Owner> owners_;
  TextRoom room_;
  std::string spooled_;
  std::string registered_name_;
  std::string registered_region_;
  std::vector<Candidate> candidates_by_name_;
};

}  // namespace jiuzhu::sieve
