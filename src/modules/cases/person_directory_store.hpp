#pragma once
// The small directory of everybody who is a member of an application that is open or in benefit, over all counties.
// Its key is the person, so of two counties that file somebody in the same moment the second waits for the first and is
// refused (S1 art. 9: one household, one application). Obligors are not in it: a son may owe support to two households
// and be helped in a third.

#include <optional>
#include <string>
#include <vector>

#include "modules/cases/case_store.hpp"

namespace jiuzhu::cases {

/// Enters the members of a case as they stand in case_person. Gives those who stand in another application: the case
/// must then not be kept. Call it for every case that comes into the database, also for one in benefit already.
std::vector<OtherApplication> claim_members(db::Transaction& tx, const std::string& county, CaseId id);

/// Takes the members of a case out, before its persons are replaced or when it is closed. Somebody who stands in a
/// second application nevertheless (filed before there was a directory) is then entered with that one.
void release_members(db::Transaction& tx, const std::string& county, CaseId id);

/// Who stands where, for many people at once.
struct DirectoryEntry {
  std::string citizen_index;
  std::string county_code;
  CaseId case_id;
  std::optional<std::string> case_number;  // absent while the case is being written
};
BOOST_DESCRIBE_STRUCT(DirectoryEntry, (), (citizen_index, county_code, case_id, case_number))
std::vector<DirectoryEntry> find_entries(db::Transaction& tx, const std::vector<std::string>& citizen_indexes);

/// Enters members of cases that are about to be written, where nobody has them yet; find_entries() then tells who has.
void enter_members(db::Transaction& tx, const std::vector<PersonRow>& persons);
/// Takes them out again.
void withdraw_members(db::Transaction& tx, const std::string& county, CaseId id);

}  // namespace jiuzhu::cases
