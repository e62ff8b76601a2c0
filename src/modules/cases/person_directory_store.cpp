#include "modules/cases/person_directory_store.hpp"

#include <algorithm>
#include <array>

namespace jiuzhu::cases {
namespace {

using db::Statement;

// Ordered, so that two households that share several people wait for each other in one direction only.
constexpr Statement kClaim{"cases.claim_members",
                           "insert into person_directory (citizen_index, county_code, case_id) "
                           "select citizen_index, county_code, case_id from case_person "
                           "where county_code = ? and case_id = ? and role = 'member' order by citizen_index "
                           "on conflict (citizen_index) do nothing"};
constexpr Statement kElsewhere{
    "cases.members_elsewhere",
    "select p.citizen_index, c.county_code, c.case_number from case_person p "
    "join person_directory d on d.citizen_index = p.citizen_index "
    "join assistance_case c on c.county_code = d.county_code and c.id = d.case_id "
    "where p.county_code = ? and p.case_id = ? and p.role = 'member' and d.case_id <> p.case_id order by p.person_key"};
constexpr Statement kRelease{"cases.release_members",
                             "delete from person_directory where county_code = ? and case_id = ?"};
constexpr Statement kHandOver{
    "cases.hand_members_over",
    "insert into person_directory (citizen_index, county_code, case_id) "
    "select p.citizen_index, p.county_code, p.case_id from case_person p "
    "join assistance_case c on c.county_code = p.county_code and c.id = p.case_id "
    "where p.role = 'member' and c.state not in ('refused', 'withdrawn', 'terminated', 'ended') and c.id <> ? "
    "and p.citizen_index in (select o.citizen_index from case_person o "
    "where o.county_code = ? and o.case_id = ? and o.role = 'member') order by c.filed_on, c.id "
    "on conflict (citizen_index) do nothing"};

constexpr Statement kEnter{"cases.enter_member",
                           "insert into person_directory (citizen_index, county_code, case_id) values (?, ?, ?) "
                           "on conflict (citizen_index) do nothing"};
// A fixed number of places keeps one prepared statement; unused ones hold '', which no index is.
constexpr std::size_t kEntriesAtOnce = 64;
#define JZ_EIGHT_PLACES "?, ?, ?, ?, ?, ?, ?, ?"
constexpr Statement kFindEntries{
    "cases.find_entries",
    "select d.citizen_index, d.county_code, d.case_id, c.case_number from person_directory d "
    "left join assistance_case c on c.county_code = d.county_code and c.id = d.case_id "
    "where d.citizen_index in (" JZ_EIGHT_PLACES ", " JZ_EIGHT_PLACES ", " JZ_EIGHT_PLACES ", " JZ_EIGHT_PLACES
    ", " JZ_EIGHT_PLACES ", " JZ_EIGHT_PLACES ", " JZ_EIGHT_PLACES ", " JZ_EIGHT_PLACES ")"};

template <std::size_t... Place>
std::vector<DirectoryEntry> find_some(db::Transaction& tx, const std::array<std::string, kEntriesAtOnce>& indexes,
                                      std::index_sequence<Place...>) {
  return tx.select<DirectoryEntry>(kFindEntries, indexes[Place]...);
}

}  // namespace

std::vector<DirectoryEntry> find_entries(db::Transaction& tx, const std::vector<std::string>& citizen_indexes) {
  std::vector<DirectoryEntry> entries;
  for (std::size_t begin = 0; begin < citizen_indexes.size(); begin += kEntriesAtOnce) {
    std::array<std::string, kEntriesAtOnce> some;
    const std::size_t count = std::min(kEntriesAtOnce, citizen_indexes.size() - begin);
    std::copy_n(citizen_indexes.begin() + static_cast<std::ptrdiff_t>(begin), count, some.begin());
    for (DirectoryEntry& entry : find_some(tx, some, std::make_index_sequence<kEntriesAtOnce>())) {
      entries.push_back(std::move(entry));
    }
  }
  return entries;
}

void enter_members(db::Transaction& tx, const std::vector<PersonRow>& persons) {
  for (const PersonRow& person : persons) {
    if (person.role == PersonRole::member) tx.enqueue(kEnter, person.citizen_index, person.county_code, person.case_id);
  }
}

void withdraw_members(db::Transaction& tx, const std::string& county, CaseId id) { tx.enqueue(kRelease, county, id); }

std::vector<OtherApplication> claim_members(db::Transaction& tx, const std::string& county, CaseId id) {
  tx.enqueue(kClaim, county, id);
  return tx.select<OtherApplication>(kElsewhere, county, id);
}

void release_members(db::Transaction& tx, const std::string& county, CaseId id) {
  tx.enqueue(kRelease, county, id);
  tx.enqueue(kHandOver, id, county, id);
}

}  // namespace jiuzhu::cases
