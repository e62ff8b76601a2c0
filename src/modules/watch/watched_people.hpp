#pragma once
// Everybody in benefit in a region, and those who owe them support, as the registers are asked about them.

#include <map>

#include "kernel/use_case/use_case.hpp"
#include "modules/registers/look_up.hpp"
#include "modules/watch/watch_store.hpp"

namespace jiuzhu::watch {

struct WatchedPeople {
  std::vector<registers::Household> households;  // their ids are those of the awards
  std::map<std::string, WatchedRow> rows;        // by award
  std::int64_t unauthorised = 0;                 // persons whom nobody may look up
};

/// Who has signed a letter is looked up for as long as the household is in benefit (notice 2(5); S1 art. 58): a letter
/// ends with leaving the programme, and whoever left is not in this list.
WatchedPeople watched_people(db::Transaction& tx, const Vault& vault, const std::string& county,
                             const RegionCode& region, Date today);

}  // namespace jiuzhu::watch
