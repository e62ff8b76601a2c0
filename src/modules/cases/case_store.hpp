#pragma once
// All SQL of the module, and the rows that other modules may see.

#include <optional>
#include <string>
#include <vector>

#include "base/money.hpp"
#include "kernel/access/actor.hpp"
#include "kernel/regions/region_column.hpp"
#include "modules/cases/road.hpp"
#include "platform/db/database.hpp"

namespace jiuzhu::cases {

using CaseId = Id<struct CaseTag>;

enum class CaseProgramme { urban_minimum_living, rural_minimum_living };
BOOST_DESCRIBE_ENUM(CaseProgramme, urban_minimum_living, rural_minimum_living)

enum class Proposal { none, approve, refuse };
BOOST_DESCRIBE_ENUM(Proposal, none, approve, refuse)

enum class PersonRole { member, obligor };
BOOST_DESCRIBE_ENUM(PersonRole, member, obligor)

/// No limit runs; sorts behind every date.
inline const Date kNoLimit = *Date::of(9999, 12, 31);

struct CaseRow {
  std::string county_code;
  CaseId id;
  std::string case_number;
  CaseProgramme programme = CaseProgramme::urban_minimum_living;
  RegionCode region;
  State state = State::filed;
  std::int64_t version = 1;
  std::string applicant_name;
  int member_count = 0;
  Date filed_on;  // the law of this date applies to the case
  std::optional<Date> accepted_on;
  Date entered_on;  // the current state
  Date due_on = kNoLimit;
  Date overall_due_on = kNoLimit;
  Proposal proposal = Proposal::none;
  std::optional<Money> proposed_amount;
  bool is_kin_filed = false;
  bool is_doubtful = false;
  bool is_reported = false;
  bool is_promise_given = false;
  bool is_kin_asked = false;
  std::optional<std::string> entrusted_to;
  UserId created_by;
  std::optional<Date> closed_on;
};
BOOST_DESCRIBE_STRUCT(CaseRow, (),
                      (county_code, id, case_number, programme, region, state, version, applicant_name, member_count,
                       filed_on, accepted_on, entered_on, due_on, overall_due_on, proposal, proposed_amount,
                       is_kin_filed, is_doubtful, is_reported, is_promise_given, is_kin_asked, entrusted_to, created_by,
                       closed_on))

struct PersonRow {
  std::string county_code;
  CaseId case_id;
  std::string person_key;
  PersonRole role = PersonRole::member;
  std::string name;
  Date birth_date;
  db::Bytes citizen_number;  // sealed, context kCitizenNumberContext
  std::string citizen_index;
  std::string citizen_number_masked;
  std::optional<db::Bytes> phone;  // sealed
  std::optional<Date> authorised_on;
  std::optional<std::string> authorised_by;
};
BOOST_DESCRIBE_STRUCT(PersonRow, (),
                      (county_code, case_id, person_key, role, name, birth_date, citizen_number, citizen_index,
                       citizen_number_masked, phone, authorised_on, authorised_by))

inline constexpr std::string_view kCitizenNumberContext = "person.citizen_number";
inline constexpr std::string_view kPhoneContext = "person.phone";
inline constexpr std::string_view kAccountContext = "account.number";

struct KinRow {
  std::string county_code;
  CaseId case_id;
  int position = 0;
  std::string person_key;
  std::optional<UserId> handler_user;
  std::string handler_name;
  std::string handler_post;
  std::string relation_code;  // GB/T 4761: what the handler is to the person
  std::string outcome;        // filed, note, clarify, none
  // Of kin that came out after acceptance:
  std::optional<Date> added_on;
  std::optional<std::string> added_by_name;
  std::optional<std::string> added_reason;
};
BOOST_DESCRIBE_STRUCT(KinRow, (),
                      (county_code, case_id, position, person_key, handler_user, handler_name, handler_post,
                       relation_code, outcome, added_on, added_by_name, added_reason))

struct AccountRow {
  std::string county_code;
  CaseId case_id;
  std::string kind;  // bank_card, passbook
  db::Bytes number;  // sealed, context kAccountContext
  std::string number_masked;
  std::string holder_key;
  std::string bank;
};
BOOST_DESCRIBE_STRUCT(AccountRow, (), (county_code, case_id, kind, number, number_masked, holder_key, bank))

struct FactsRow {
  std::string county_code;
  CaseId case_id;
  int revision = 1;
  std::string facts;  // policy::HouseholdFacts as JSON
  std::string reason;
  UserId recorded_by;
  Instant recorded_at;
};
BOOST_DESCRIBE_STRUCT(FactsRow, (), (county_code, case_id, revision, facts, reason, recorded_by, recorded_at))

struct StepRow {
  std::string county_code;
  CaseId case_id;
  std::int64_t sequence = 0;  // the case's version after the step
  Action action = Action::correct;
  State from_state = State::filed;
  State to_state = State::filed;
  UserId actor_id;
  std::string actor_name;
  Role actor_role = Role::village_cadre;
  Instant taken_at;
  Date taken_on;
  std::string note;
};
BOOST_DESCRIBE_STRUCT(StepRow, (),
                      (county_code, case_id, sequence, action, from_state, to_state, actor_id, actor_name, actor_role,
                       taken_at, taken_on, note))

/// A person who stands in another application that is open or in benefit.
struct OtherApplication {
  std::string citizen_index;
  std::string county_code;
  std::string case_number;
};
BOOST_DESCRIBE_STRUCT(OtherApplication, (), (citizen_index, county_code, case_number))

/// Holds the county's counter until the transaction ends, so that numbers have no gaps.
std::int64_t next_case_number(db::Transaction& tx, const std::string& county, int year);
/// The first of `count` numbers in a row.
std::int64_t reserve_case_numbers(db::Transaction& tx, const std::string& county, int year, std::int64_t count);
void insert_case(db::Transaction& tx, const CaseRow& row);
void insert_person(db::Transaction& tx, const PersonRow& row);
void insert_kin(db::Transaction& tx, const KinRow& row);
void insert_account(db::Transaction& tx, const AccountRow& row);
void insert_facts(db::Transaction& tx, const FactsRow& row);
void insert_step(db::Transaction& tx, const StepRow& row);
/// For corrections: what intake wrote about persons, kin and account goes; facts keep their revisions.
void delete_declaration(db::Transaction& tx, const std::string& county, CaseId id);

std::optional<CaseRow> find_case(db::Transaction& tx, const std::string& county, CaseId id);
/// Raises the version when it is `expected`, which also locks the row until the transaction ends.
std::optional<CaseRow> lock_case(db::Transaction& tx, const std::string& county, CaseId id, std::int64_t expected);
/// Writes everything that a step may change, on a row locked before.
void update_case(db::Transaction& tx, const CaseRow& row);

std::vector<PersonRow> persons_of(db::Transaction& tx, const std::string& county, CaseId id);
std::vector<KinRow> kin_of(db::Transaction& tx, const std::string& county, CaseId id);
std::optional<AccountRow> account_of(db::Transaction& tx, const std::string& county, CaseId id);
std::optional<FactsRow> latest_facts(db::Transaction& tx, const std::string& county, CaseId id);
/// The latest revision before the registers' findings came in: what the village took down itself.
std::optional<FactsRow> facts_before_verification(db::Transaction& tx, const std::string& county, CaseId id);
std::vector<StepRow> steps_of(db::Transaction& tx, const std::string& county, CaseId id);

struct CaseFilter {
  Scope scope;
  std::vector<State> states = {};  // any when empty
  std::optional<CaseProgramme> programme = {};
  std::optional<std::string> citizen_index = {};  // a person of the case
  std::optional<std::string> search = {};         // case number, or the start of the applicant's name
  std::optional<Date> after_due_on = {};          // the last row of the page before …
  std::string after_id = {};                      // … by (due_on, id)
  int limit = 50;
};

/// Ordered by (due_on, id): overdue first.
std::vector<CaseRow> list_cases(db::Transaction& tx, const CaseFilter& filter);

struct StateCount {
  State state = State::filed;
  std::int64_t count = 0;
  std::int64_t overdue = 0;
};
BOOST_DESCRIBE_STRUCT(StateCount, (), (state, count, overdue))
std::vector<StateCount> count_cases(db::Transaction& tx, const Scope& scope, Date today);

}  // namespace jiuzhu::cases
