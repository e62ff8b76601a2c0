#include "modules/watch/watched_people.hpp"

#include <set>

#include "base/assert.hpp"
#include "modules/cases/facts_json.hpp"

namespace jiuzhu::watch {
namespace {

using PersonOfCase = std::pair<std::string, std::string>;

/// Whose facts speak of a disability, by case and person.
std::set<PersonOfCase> disabled_people(db::Transaction& tx, const std::string& county, const RegionCode& region) {
  std::set<PersonOfCase> disabled;
  each_disabled_household(tx, county, region, [&](const WatchedFactsRow& row) {
    const auto facts = cases::read_facts(row.facts);
    JZ_ASSERT(facts.has_value());
    for (const policy::MemberFacts& member : facts->members) {
      if (member.disability) disabled.emplace(row.case_id.to_text(), member.key);
    }
  });
  return disabled;
}

}  // namespace

WatchedPeople watched_people(db::Transaction& tx, const Vault& vault, const std::string& county,
                             const RegionCode& region, Date today) {
  WatchedPeople people;
  std::map<std::string, std::size_t> places;  // by case
  for (WatchedRow& row : watched_households(tx, county, region)) {
    places.emplace(row.case_id.to_text(), people.households.size());
    people.households.push_back({.id = row.award_id.to_text()});
    people.rows.emplace(row.award_id.to_text(), std::move(row));
  }
  const auto disabled = disabled_people(tx, county, region);
  each_watched_person(tx, county, region, [&](const WatchedPersonRow& row) {
    const std::string case_id = row.case_id.to_text();
    const auto place = places.find(case_id);
    if (place == places.end()) return;  // approved since the first statement
    registers::Person person{.key = row.person_key,
                             .name = row.name,
                             .is_obligor = row.role == cases::PersonRole::obligor,
                             .is_disabled = disabled.contains({case_id, row.person_key}),
                             .is_authorised = row.authorised_on && *row.authorised_on <= today};
    if (person.is_authorised) {
      auto number = vault.open(row.citizen_number, cases::kCitizenNumberContext);
      JZ_ASSERT(number.has_value());
      person.citizen_number = std::move(*number);
    } else {
      ++people.unauthorised;
    }
    people.households[place->second].persons.push_back(std::move(person));
  });
  return people;
}

}  // namespace jiuzhu::watch
