#pragma once
// What the registers say about a household, worked out so that an officer can look it through: for each person a
// result, for each finding where it comes from and which rules it met, and the declared beside the found. Pure.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engines/policy/facts.hpp"
#include "modules/registers/look_up.hpp"
#include "modules/verification/verification_store.hpp"

namespace jiuzhu::verification {

/// A register that the county uses, and whether it could be asked.
struct AskedRegister {
  std::string code;
  std::string title;
  std::optional<Date> as_of;  // of its newest data
  bool answered = false;      // they are as fresh as the register demands
};
BOOST_DESCRIBE_STRUCT(AskedRegister, (), (code, title, as_of, answered))

struct LookedUpPerson {
  std::string person;
  std::string citizen_index;  // whom the look-up was about, under this key
  bool is_authorised = false;
  PersonResult result = PersonResult::no_anomaly;
};
BOOST_DESCRIBE_STRUCT(LookedUpPerson, (), (person, citizen_index, is_authorised, result))

struct LookedUpFinding {
  std::string person;
  std::string register_code;
  std::string source;   // the register's title and department
  std::string content;  // "号牌：晋C12345；车辆类型：小型轿车"
  std::optional<Money> amount;
  Date as_of;
  std::string delivery_id;
  std::optional<sieve::NameGrade> grade;  // none where nothing was found because nothing could be asked
  std::string register_name;              // the name there, where it is another one
  std::vector<std::string> rules;         // codes of those that it met
};
BOOST_DESCRIBE_STRUCT(LookedUpFinding, (),
                      (person, register_code, source, content, amount, as_of, delivery_id, grade, register_name, rules))

struct MetRule {
  std::string code;
  std::string title;
  std::string title_en;
  sieve::RuleResult result = sieve::RuleResult::clue;
  std::vector<std::string> law;
};
BOOST_DESCRIBE_STRUCT(MetRule, (), (code, title, title_en, result, law))

/// Both in fen or both counts. They stand here whether they differ or not.
struct DeclaredBesideFound {
  sieve::DeclaredFigure figure = sieve::DeclaredFigure::vehicles;
  std::string register_code;
  std::int64_t declared = 0;
  std::int64_t found = 0;
  bool is_more = false;  // found than declared, by more than the catalogue tolerates
};
BOOST_DESCRIBE_STRUCT(DeclaredBesideFound, (), (figure, register_code, declared, found, is_more))

struct LookupAnswer {
  std::vector<AskedRegister> registers;
  std::vector<LookedUpPerson> persons;
  std::vector<LookedUpFinding> findings;
  std::vector<MetRule> rules;
  std::vector<DeclaredBesideFound> comparisons;
};
BOOST_DESCRIBE_STRUCT(LookupAnswer, (), (registers, persons, findings, rules, comparisons))

/// A fact as people read it.
struct FactWords {
  std::string source;   // the register's title and department
  std::string content;  // "号牌：晋C12345；车辆类型：小型轿车"
  std::optional<Money> amount;
};
FactWords words_of(const sieve::Register& record, const registers::Fact& fact);

/// Those in use.
std::vector<AskedRegister> asked_registers(const sieve::Catalogue& catalogue,
                                           std::span<const registers::HeldRegister> held);

/// What a household is to the registers.
registers::Household household_of(const std::string& id, std::span<const cases::PersonRow> persons,
                                  const policy::HouseholdFacts& facts,
                                  const std::function<std::string(const cases::PersonRow&)>& citizen_number,
                                  Date today);

/// Whether the household was asked for its property: a roster that was taken over does not say it.
enum class PropertyDeclared { yes, not_asked };

/// A person without a letter, or a register in use without fresh data, leaves "source_unavailable" (unless something
/// exceeds): what was not asked is not clear. More found than declared is a clue.
LookupAnswer answer_of(const sieve::Catalogue& catalogue, std::span<const registers::HeldRegister> held,
                       const registers::Household& household, std::span<const cases::PersonRow> persons,
                       const registers::HouseholdAnswer& found, const policy::HouseholdFacts& declared,
                       PropertyDeclared property, Date today);

}  // namespace jiuzhu::verification
