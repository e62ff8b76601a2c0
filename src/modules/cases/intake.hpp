#pragma once
// What an office takes down from an applicant, and what is missing for acceptance.

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "engines/policy/facts.hpp"
#include "modules/cases/case_store.hpp"

namespace jiuzhu::cases {

/// A member or an obligor. `key` ties the person to the facts (members[].key, obligors[].key).
struct IntakePerson {
  std::string key;
  PersonRole role = PersonRole::member;
  std::string name;
  std::string citizen_number;
  std::optional<std::string> phone;
  std::optional<Date> authorised_on;         // the letter of authorisation was signed (S1 art. 58)
  std::optional<std::string> authorised_by;  // the legal representative who signed for a person without capacity
};
BOOST_DESCRIBE_STRUCT(IntakePerson, (), (key, role, name, citizen_number, phone, authorised_on, authorised_by))

/// A family member's close relative who handles assistance (notice 2(2)).
struct IntakeHandlerKin {
  std::string person;  // key of the member
  std::string handler_name;
  std::string handler_post;
  std::optional<UserId> handler;  // the handler's account, when he has one: recusal is then enforced
  std::string relation_code;      // GB/T 4761: what the handler is to the person
};
BOOST_DESCRIBE_STRUCT(IntakeHandlerKin, (), (person, handler_name, handler_post, handler, relation_code))

/// The question must be answered; "no" is an answer, silence is not (S2 art. 14).
struct IntakeKinDeclaration {
  bool has_handler_kin = false;
  std::vector<IntakeHandlerKin> handlers;
};
BOOST_DESCRIBE_STRUCT(IntakeKinDeclaration, (), (has_handler_kin, handlers))

enum class AccountKind { bank_card, passbook };
BOOST_DESCRIBE_ENUM(AccountKind, bank_card, passbook)

struct IntakeAccount {
  AccountKind kind = AccountKind::bank_card;
  std::string number;
  std::string holder;  // key of a member
  std::string bank;
};
BOOST_DESCRIBE_STRUCT(IntakeAccount, (), (kind, number, holder, bank))

/// What the family says about itself. The policy engine's own words; region, programme and date come from the case.
struct DeclaredFacts {
  policy::ApplicationUnit unit = policy::ApplicationUnit::household;
  std::vector<policy::MemberFacts> members;
  std::optional<bool> hardship_family;
  std::vector<policy::IncomeFacts> incomes;
  std::vector<policy::DeductionFacts> deductions;
  std::vector<policy::PropertyFacts> property;
  std::vector<policy::ObligorFacts> obligors;
};
BOOST_DESCRIBE_STRUCT(DeclaredFacts, (), (unit, members, hardship_family, incomes, deductions, property, obligors))

struct Intake {
  CaseProgramme programme = CaseProgramme::urban_minimum_living;
  RegionCode region;  // the village or community; a township for people without one
  std::vector<IntakePerson> persons;
  DeclaredFacts facts;
  std::optional<IntakeKinDeclaration> kin;
  std::optional<IntakeAccount> account;
  std::optional<std::string> entrusted_to;  // the committee or person who files for the household (S2 art. 9)
  bool promise_given = false;               // the written promise of truthfulness, signed (S2 art. 12)
};
BOOST_DESCRIBE_STRUCT(Intake, (), (programme, region, persons, facts, kin, account, entrusted_to, promise_given))

/// Contradictions that keep an application from being written down at all: identifiers that do not parse, keys that do
/// not fit, no applicant. Field errors with pointers into Intake.
std::vector<FieldError> contradictions_in(const Intake& intake, Date today);

/// What the engine judges: the declaration with region, programme and date, birth dates taken from citizen numbers.
policy::HouseholdFacts household_facts_of(const Intake& intake, const RegionCode& county, Date filed_on, Date today);

}  // namespace jiuzhu::cases
