#include "modules/cases/intake.hpp"

#include <algorithm>
#include <set>

#include "kernel/identity/bank_account.hpp"
#include "kernel/identity/citizen_number.hpp"
#include "kernel/identity/kin.hpp"
#include "kernel/identity/person_name.hpp"
#include "kernel/identity/phone_number.hpp"

namespace jiuzhu::cases {
namespace {

class Checker {
 public:
  Checker(const Intake& intake, Date today) : intake_(intake), today_(today) {}

  std::vector<FieldError> run() {
    check_region();
    for (std::size_t i = 0; i < intake_.persons.size(); ++i) check_person(i);
    check_facts();
    check_kin();
    check_account();
    return std::move(problems_);
  }

 private:
  void add(std::string pointer, std::string key, MessageParams params = {}) {
    problems_.push_back({std::move(pointer), std::move(key), std::move(params)});
  }

  template <class T>
  void check_parsed(const Result<T>& result, std::string pointer) {
    if (!result) add(std::move(pointer), result.error().key, result.error().params);
  }

  void check_region() {
    const RegionLevel level = intake_.region.level();
    if (level != RegionLevel::village && level != RegionLevel::township) add("/region", "intake.region_too_wide");
  }

  void check_person(std::size_t index) {
    const IntakePerson& person = intake_.persons[index];
    const std::string pointer = "/persons/" + std::to_string(index);
    if (!keys_.insert(person.key).second) add(pointer + "/key", "intake.key_twice");
    check_parsed(PersonName::parse(person.name), pointer + "/name");
    const auto number = CitizenNumber::parse(person.citizen_number, today_);
    check_parsed(number, pointer + "/citizen_number");
    if (number && !numbers_.insert(number->reveal()).second) add(pointer + "/citizen_number", "intake.person_twice");
    if (person.phone) check_parsed(PhoneNumber::parse(*person.phone), pointer + "/phone");
    if (person.authorised_on && *person.authorised_on > today_)
      add(pointer + "/authorised_on", "intake.date_in_future");
  }

  const IntakePerson* find_person(const std::string& key, PersonRole role) const {
    for (const IntakePerson& person : intake_.persons) {
      if (person.key == key && person.role == role) return &person;
    }
    return nullptr;
  }

  template <class Facts>
  void check_keys(const std::vector<Facts>& facts, PersonRole role, const std::string& name) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < facts.size(); ++i) {
      const std::string pointer = "/facts/" + name + "/" + std::to_string(i) + "/key";
      if (!find_person(facts[i].key, role)) add(pointer, "intake.facts_without_person");
      if (!seen.insert(facts[i].key).second) add(pointer, "intake.key_twice");
    }
    for (std::size_t i = 0; i < intake_.persons.size(); ++i) {
      const IntakePerson& person = intake_.persons[i];
      if (person.role == role && !seen.contains(person.key)) {
        add("/persons/" + std::to_string(i) + "/key", "intake.person_without_facts");
      }
    }
  }

  void check_facts() {
    check_keys(intake_.facts.members, PersonRole::member, "members");
    check_keys(intake_.facts.obligors, PersonRole::obligor, "obligors");
    const auto applicants = std::count_if(intake_.facts.members.begin(), intake_.facts.members.end(),
                                          [](const auto& member) { return member.relation == policy::Relation::self; });
    if (applicants != 1) add("/facts/members", "intake.one_applicant");
    if (!problems_.empty()) return;  // the engine's own check would only repeat what is wrong with keys
    const auto facts = household_facts_of(intake_, intake_.region.county(), today_, today_);
    for (FieldError& problem : policy::problems_of(facts)) {
      problem.pointer = "/facts" + problem.pointer;
      problems_.push_back(std::move(problem));
    }
  }

  void check_kin() {
    if (!intake_.kin) return;
    if (intake_.kin->has_handler_kin == intake_.kin->handlers.empty()) add("/kin/handlers", "intake.kin_contradiction");
    for (std::size_t i = 0; i < intake_.kin->handlers.size(); ++i) {
      const IntakeHandlerKin& handler = intake_.kin->handlers[i];
      const std::string pointer = "/kin/handlers/" + std::to_string(i);
      if (!find_person(handler.person, PersonRole::member)) add(pointer + "/person", "intake.person_unknown");
      if (!relation_of_kinship_code(handler.relation_code)) add(pointer + "/relation_code", "intake.relation_unknown");
      check_parsed(PersonName::parse(handler.handler_name), pointer + "/handler_name");
    }
  }

  void check_account() {
    if (!intake_.account) return;
    const auto kind =
        intake_.account->kind == AccountKind::bank_card ? BankAccountKind::bank_card : BankAccountKind::passbook;
    check_parsed(BankAccount::parse(kind, intake_.account->number), "/account/number");
    if (!find_person(intake_.account->holder, PersonRole::member)) add("/account/holder", "intake.person_unknown");
  }

  const Intake& intake_;
  Date today_;
  std::vector<FieldError> problems_;
  std::set<std::string> keys_;
  std::set<std::string> numbers_;
};

}  // namespace

std::vector<FieldError> contradictions_in(const Intake& intake, Date today) { return Checker(intake, today).run(); }

policy::HouseholdFacts household_facts_of(const Intake& intake, const RegionCode& county, Date filed_on, Date today) {
  policy::HouseholdFacts facts{.region = county.to_text(),
                               .programme = intake.programme == CaseProgramme::urban_minimum_living
                                                ? policy::Programme::urban
                                                : policy::Programme::rural,
                               .unit = intake.facts.unit,
                               .date = filed_on,
                               .members = intake.facts.members,
                               .hardship_family = intake.facts.hardship_family,
                               .incomes = intake.facts.incomes,
                               .deductions = intake.facts.deductions,
                               .property = intake.facts.property,
                               .obligors = intake.facts.obligors};
  for (const IntakePerson& person : intake.persons) {
    const auto number = CitizenNumber::parse(person.citizen_number, today);
    if (!number) continue;
    for (auto& member : facts.members) {
      if (member.key == person.key) {
        member.birth_date = number->birth_date();
        member.label = person.name;
      }
    }
    for (auto& obligor : facts.obligors) {
      if (obligor.key == person.key) {
        obligor.birth_date = number->birth_date();
        obligor.label = person.name;
      }
    }
  }
  return facts;
}

}  // namespace jiuzhu::cases
