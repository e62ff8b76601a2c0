#pragma once
// One walk through a roster file: each household is read, looked up in the directory of persons and judged; what is
// good may be written. Check and application take the same walk, so that they cannot disagree.

#include <functional>

#include "modules/awards/awards.hpp"
#include "modules/cases/case_service.hpp"
#include "modules/cases/taking_over.hpp"
#include "modules/roster/roster_file.hpp"

namespace jiuzhu::roster {

/// Findings told one by one; of a household behind them only that it has some ("roster.problems_not_listed"). A file
/// whose every cell is wrong would fill the memory with millions that nobody reads.
inline constexpr std::size_t kFindingsMost = 200'000;

/// What a walk found.
struct Tally {
  std::int64_t person_count = 0;
  std::int64_t household_count = 0;
  std::int64_t good_count = 0;
  std::int64_t by_person_count = 0;  // good ones whose amount is not what the rules give
  Money amount;                      // of the good ones, a month
  std::vector<Finding> findings;     // by row
  std::vector<std::pair<std::int64_t, std::int64_t>> bad_households;  // first and last row, in order
  std::vector<std::string> unknown_columns;

  std::int64_t bad_row_count() const;
};

/// Persons walked so far; a refusal ends the walk.
using Advance = std::function<Status(std::int64_t persons)>;

/// Writes nothing. Refuses like read_roster().
Result<Tally> check_roster(db::Transaction& tx, const Surroundings& surroundings, const cases::CaseWorld& world,
                           const RegionCode& county, std::string_view bytes, const Advance& advance);

struct WritePlan {
  Month payable_from;  // earlier months were paid before this program came
  std::string file_name;
};
/// Writes every household without a finding, with its case and its benefit. Whether the others are a reason to roll
/// back is the caller's decision.
Result<Tally> write_roster(UseCase& act, const cases::CaseWorld& world, std::string_view bytes, const WritePlan& plan,
                           const Advance& advance);

}  // namespace jiuzhu::roster
