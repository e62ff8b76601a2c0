#pragma once
// Looking people up in the registers that a county holds: one household in the second in which somebody waits, or
// everybody in benefit in a job. The people are handed to the sieve in memory; what it finds about them lies on the
// disk for the moment only, in files without a name.

#include <functional>
#include <map>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "engines/sieve/findings.hpp"
#include "kernel/sieve_files/catalogue.hpp"
#include "modules/registers/register_files.hpp"
#include "modules/registers/register_store.hpp"

namespace jiuzhu::registers {

struct Person {
  std::string key;
  std::string name;
  std::string citizen_number;
  bool is_obligor = false;
  bool is_disabled = false;
  /// Nobody is looked up without a letter of authorisation (S1 art. 58): such a person counts in the household only.
  bool is_authorised = false;
};

/// Whom to look for. `id` and the persons' keys come back in the answer.
struct Household {
  std::string id;
  std::vector<Person> persons;
};

/// A register of the catalogue and the files from which it answers on a day.
struct HeldRegister {
  std::size_t place = 0;                // in the catalogue
  bool is_used = false;                 // the county receives it
  std::vector<DeliveryRow> deliveries;  // what it answers from, oldest first; all of one shape
  std::optional<Date> as_of;            // the day of the newest data
  bool is_fresh = false;                // they are not older than the register allows

  bool answers() const { return is_used && is_fresh; }
};

/// One for each register of the catalogue, in its order, as the county holds them on that day.
std::vector<HeldRegister> held_registers(db::Transaction& tx, const sieve::Catalogue& catalogue,
                                         const std::string& county, Date today);

/// A row of a register about one of the people.
struct Fact {
  std::string person;  // key
  std::string person_name;
  bool is_obligor = false;
  std::size_t register_place = 0;
  DeliveryId delivery;
  Date as_of;            // of the delivery
  std::int64_t row = 0;  // in its file
  sieve::NameGrade grade = sieve::NameGrade::no_name;
  std::string register_name;       // the name the register has for the number
  std::vector<std::string> shown;  // in the order of the register's Source::shown; empty where the file has no column
};

struct AppliedRule {
  std::size_t place = 0;  // in the catalogue
  sieve::RuleResult result = sieve::RuleResult::clue;
  /// The obligor whom it is about; empty: the members together. What an obligor has is no property of the household.
  std::string obligor;

  bool is_about(const Fact& fact) const { return fact.is_obligor ? fact.person == obligor : obligor.empty(); }
};

struct HouseholdAnswer {
  std::vector<AppliedRule> rules;
  std::vector<Fact> facts;
};

struct Answers {
  std::map<std::string, HouseholdAnswer> households;  // by their ids; who was not found has none
  std::vector<sieve::RowCounts> counts;               // by register, in the order of the catalogue
  std::int64_t persons = 0;
};

struct LookUp {
  std::span<const Household> households;
  std::span<const HeldRegister> registers;  // those without deliveries, or not used, find nothing
  Date today;
  std::stop_token stop = {};
  std::function<void(std::int64_t done, std::int64_t total)> on_progress = {};  // bytes
};

/// Refuses with "registers.contents_gone" {register} when a file was erased meanwhile, and with what the sieve refuses
/// with, its {file} being the delivery's own name.
Result<Answers> look_up(const sieve::Catalogue& catalogue, const RegisterFiles& files, const LookUp& wish);

}  // namespace jiuzhu::registers
