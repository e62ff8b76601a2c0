#include "modules/cases/facts_rules.hpp"

#include <algorithm>

#include "kernel/identity/person_name.hpp"

namespace jiuzhu::cases {
namespace {

policy::Programme programme_of(const CaseRow& row) {
  return row.programme == CaseProgramme::urban_minimum_living ? policy::Programme::urban : policy::Programme::rural;
}

bool is_name_of(const PersonRow& person, const std::string& label) {
  const auto name = PersonName::parse(label);
  return name && name->text() == person.name;
}

class FactsChecker {
 public:
  FactsChecker(const CaseRow& row, std::span<const PersonRow> persons) : row_(row), persons_(persons) {}

  std::vector<FieldError> run(const policy::HouseholdFacts& facts) {
    if (facts.region != row_.county_code) add("/region", "facts_record.not_the_cases_region");
    if (facts.programme != programme_of(row_)) add("/programme", "facts_record.not_the_cases_programme");
    if (facts.date != row_.filed_on) add("/date", "facts_record.not_the_cases_date");
    if (facts.approved_on) add("/approved_on", "facts_record.not_for_officers");
    if (!facts.overrides.empty()) add("/overrides", "facts_record.not_for_officers");
    check_persons("/members", facts.members, PersonRole::member);
    check_persons("/obligors", facts.obligors, PersonRole::obligor);
    for (FieldError& problem : policy::problems_of(facts)) {
      problem.pointer = "/facts" + problem.pointer;
      problems_.push_back(std::move(problem));
    }
    return std::move(problems_);
  }

 private:
  void add(const std::string& pointer, std::string key, MessageParams params = {}) {
    problems_.push_back({"/facts" + pointer, std::move(key), std::move(params)});
  }

  template <class Facts>
  void check_persons(const std::string& pointer, const std::vector<Facts>& facts, PersonRole role) {
    for (std::size_t i = 0; i < facts.size(); ++i) {
      const std::string here = pointer + "/" + std::to_string(i);
      const auto person = std::ranges::find_if(
          persons_, [&](const PersonRow& row) { return row.role == role && row.person_key == facts[i].key; });
      if (person == persons_.end()) {
        add(here + "/key", "facts_record.person_foreign");
        continue;
      }
      // What the citizen number says is no matter of opinion.
      const std::optional<Date> birth = facts[i].birth_date;
      if (birth && *birth != person->birth_date) add(here + "/birth_date", "facts_record.not_the_persons_birth_date");
      if (facts[i].label && !is_name_of(*person, *facts[i].label))
        add(here + "/label", "facts_record.not_the_persons_name");
    }
    for (const PersonRow& person : persons_) {
      if (person.role != role) continue;
      if (std::ranges::none_of(facts, [&](const Facts& known) { return known.key == person.person_key; })) {
        add(pointer, "facts_record.person_missing", {{"person", person.person_key}});
      }
    }
  }

  const CaseRow& row_;
  std::span<const PersonRow> persons_;
  std::vector<FieldError> problems_;
};

}  // namespace

std::vector<FieldError> facts_beside_case(const policy::HouseholdFacts& facts, const CaseRow& row,
                                          std::span<const PersonRow> persons) {
  return FactsChecker(row, persons).run(facts);
}

}  // namespace jiuzhu::cases
