#pragma once
// All SQL of the module, and its rows.

#include <optional>
#include <string>
#include <vector>

#include "kernel/jobs/job.hpp"
#include "kernel/sieve_files/catalogue.hpp"
#include "modules/awards/awards.hpp"
#include "modules/registers/register_store.hpp"
#include "modules/verification/verification_store.hpp"

namespace jiuzhu::watch {

using CheckId = Id<struct RecipientCheckTag>;
using AlertId = Id<struct WatchAlertTag>;

enum class CheckState { running, done, refused };
BOOST_DESCRIBE_ENUM(CheckState, running, done, refused)

/// A check of everybody in benefit in a region.
struct CheckRow {
  std::string county_code;
  CheckId id;
  RegionCode region;
  CheckState state = CheckState::running;
  std::optional<jobs::JobId> job_id;
  UserId requested_by;
  std::string requested_by_name;
  Instant requested_at;
  std::optional<Instant> finished_at;
  std::string registers = "[]";  // verification::AskedRegister as JSON
  std::int64_t household_count = 0;
  std::int64_t person_count = 0;        // with those who owe support
  std::int64_t unauthorised_count = 0;  // persons without a letter, who were not looked up
  std::int64_t clear_count = 0;         // households by what came out
  std::int64_t clue_count = 0;
  std::int64_t exceeds_count = 0;
  std::int64_t incomplete_count = 0;
  std::int64_t alert_count = 0;  // that it opened
};
BOOST_DESCRIBE_STRUCT(CheckRow, (),
                      (county_code, id, region, state, job_id, requested_by, requested_by_name, requested_at,
                       finished_at, registers, household_count, person_count, unauthorised_count, clear_count,
                       clue_count, exceeds_count, incomplete_count, alert_count))

/// What came out for one household; answers are kept where there is something to see.
struct CheckedRow {
  std::string county_code;
  CheckId check_id;
  awards::AwardId award_id;
  RegionCode region;
  std::string case_number;
  std::string holder_name;
  verification::ReportOutcome outcome = verification::ReportOutcome::clear;
  std::string rules = "[]";  // codes, as JSON
  std::string answer;        // verification::LookupAnswer as JSON; empty where nothing was found
};
BOOST_DESCRIBE_STRUCT(CheckedRow, (),
                      (county_code, check_id, award_id, region, case_number, holder_name, outcome, rules, answer))

enum class AlertState {
  open,     // waits for the township's visit
  checked,  // waits for the county's decision
  decided,
  muted,  // for a time, with a reason
};
BOOST_DESCRIBE_ENUM(AlertState, open, checked, decided, muted)

/// What a visit proposes and what the county decides.
enum class AlertOutcome { keep, raise, cut, stop };
BOOST_DESCRIBE_ENUM(AlertOutcome, keep, raise, cut, stop)

struct AlertRow {
  std::string county_code;
  AlertId id;
  awards::AwardId award_id;
  cases::CaseId case_id;
  RegionCode region;
  sieve::AlertKind kind = sieve::AlertKind::death;
  std::string register_code;
  std::string rule_code;
  std::string case_number;
  std::string holder_name;
  AlertState state = AlertState::open;
  std::int64_t version = 1;
  Date opened_on;
  Date due_on;  // the township's visit
  std::optional<Date> checked_on;
  std::string visitors;  // ids of all who did, separated by blanks
  std::optional<std::string> checked_by_name;
  std::optional<std::string> check_found;
  std::optional<std::string> household_statement;
  std::optional<AlertOutcome> proposal;
  std::optional<Date> decided_on;
  std::optional<std::string> decided_by_name;
  std::optional<AlertOutcome> decision;
  std::optional<std::string> decision_note;
  std::optional<std::int64_t> amount_sequence;  // of the award's amount that the decision made: its notice
  std::optional<Date> muted_until;              // the last day of silence
  std::optional<std::string> muted_by_name;
  std::optional<std::string> muted_reason;
};
BOOST_DESCRIBE_STRUCT(AlertRow, (),
                      (county_code, id, award_id, case_id, region, kind, register_code, rule_code, case_number,
                       holder_name, state, version, opened_on, due_on, checked_on, visitors, checked_by_name,
                       check_found, household_statement, proposal, decided_on, decided_by_name, decision, decision_note,
                       amount_sequence, muted_until, muted_by_name, muted_reason))

struct FactRow {
  std::string county_code;
  awards::AwardId award_id;
  sieve::AlertKind kind = sieve::AlertKind::death;
  std::string digest;  // of person, register and what tells one fact from another
  AlertId alert_id;    // the latest that it woke
  std::string person_key;
  std::string person_name;
  std::string source;
  std::string content;
  std::optional<Money> amount;
  Date as_of;
  std::string name_grade;
  std::string register_name;
  Date first_seen_on;
};
BOOST_DESCRIBE_STRUCT(FactRow, (),
                      (county_code, award_id, kind, digest, alert_id, person_key, person_name, source, content, amount,
                       as_of, name_grade, register_name, first_seen_on))

/// Whom the watch looks after: a household in benefit.
struct WatchedRow {
  std::string county_code;
  awards::AwardId award_id;
  cases::CaseId case_id;
  std::string case_number;
  RegionCode region;
  std::string holder_name;
};
BOOST_DESCRIBE_STRUCT(WatchedRow, (), (county_code, award_id, case_id, case_number, region, holder_name))

struct WatchedPersonRow {
  cases::CaseId case_id;
  std::string person_key;
  cases::PersonRole role = cases::PersonRole::member;
  std::string name;
  db::Bytes citizen_number;  // sealed, context cases::kCitizenNumberContext
  std::string citizen_index;
  std::optional<Date> authorised_on;
};
BOOST_DESCRIBE_STRUCT(WatchedPersonRow, (),
                      (case_id, person_key, role, name, citizen_number, citizen_index, authorised_on))

struct WatchedFactsRow {
  cases::CaseId case_id;
  std::string facts;
};
BOOST_DESCRIBE_STRUCT(WatchedFactsRow, (), (case_id, facts))

/// Active awards of a region, by case.
std::vector<WatchedRow> watched_households(db::Transaction& tx, const std::string& county, const RegionCode& region);
/// Of the same cases, by case.
void each_watched_person(db::Transaction& tx, const std::string& county, const RegionCode& region,
                         const std::function<void(WatchedPersonRow)>& take);
/// The latest facts of those of these cases that speak of a disability.
void each_disabled_household(db::Transaction& tx, const std::string& county, const RegionCode& region,
                             const std::function<void(WatchedFactsRow)>& take);

/// False when one of the region is running.
bool insert_check(db::Transaction& tx, const CheckRow& row);
/// What checks found that were asked for before: who came out how stays, what the registers said goes.
void clear_old_answers(db::Transaction& tx, const std::string& county, Instant before);
std::optional<CheckRow> find_check(db::Transaction& tx, const std::string& county, CheckId id);
std::optional<CheckRow> running_check(db::Transaction& tx, const std::string& county, const RegionCode& region);
/// False when it is not running any more.
bool finish_check(db::Transaction& tx, const CheckRow& row);
/// Newest first; of the actor's region, and of those around it.
std::vector<CheckRow> list_checks(db::Transaction& tx, const Scope& scope, const std::string& before_id, int limit);

void insert_checked(db::Transaction& tx, const CheckedRow& row);
std::optional<CheckedRow> find_checked(db::Transaction& tx, const std::string& county, CheckId id,
                                       awards::AwardId award);

/// The last row of a page.
struct CheckedCursor {
  std::string region = {};
  std::string award_id = {};
};
/// Without answers. By region, then by award.
std::vector<CheckedRow> list_checked(db::Transaction& tx, const Scope& scope, const std::string& county, CheckId id,
                                     std::optional<verification::ReportOutcome> outcome, const CheckedCursor& after,
                                     int limit);

void insert_alert(db::Transaction& tx, const AlertRow& row);
std::optional<AlertRow> find_alert(db::Transaction& tx, const std::string& county, AlertId id);
/// Raises the version when it is `expected`, which also locks the row.
std::optional<AlertRow> lock_alert(db::Transaction& tx, const std::string& county, AlertId id, std::int64_t expected);
/// Writes everything that an act may change.
void update_alert(db::Transaction& tx, const AlertRow& row);

struct AlertFilter {
  Scope scope;
  std::optional<AlertState> state = {};
  std::optional<sieve::AlertKind> kind = {};
  std::optional<awards::AwardId> award = {};
  CheckedCursor after = {};  // award_id: the alert's id
  int limit = 50;
};
/// Of benefits in force. By region, then by id.
std::vector<AlertRow> list_alerts(db::Transaction& tx, const AlertFilter& filter);

/// Whether this user visited after the alert, be it long ago.
inline bool has_visited(const AlertRow& row, UserId user) {
  return row.visitors.find(user.to_text()) != std::string::npos;
}

/// A household that waits for a visit, for whoever knows the way and need not know why.
struct VisitTask {
  std::string county_code;
  cases::CaseId case_id;
  RegionCode region;
  awards::AwardId award_id;
  std::string case_number;
  std::string holder_name;
  Date due_on;  // of its alerts the first
};
BOOST_DESCRIBE_STRUCT(VisitTask, (), (county_code, case_id, region, award_id, case_number, holder_name, due_on))
/// By region, then by award.
std::vector<VisitTask> list_visits(db::Transaction& tx, const Scope& scope, const CheckedCursor& after, int limit);

struct AlertCount {
  AlertState state = AlertState::open;
  std::int64_t count = 0;
  std::int64_t overdue = 0;  // of those: the visit was due before today
};
BOOST_DESCRIBE_STRUCT(AlertCount, (), (state, count, overdue))
std::vector<AlertCount> count_alerts(db::Transaction& tx, const Scope& scope, Date today);

/// Of all alerts of these kinds in the county: which facts have woken it before.
struct KnownFact {
  awards::AwardId award_id;
  std::string digest;
  AlertId alert_id;
};
BOOST_DESCRIBE_STRUCT(KnownFact, (), (award_id, digest, alert_id))
std::vector<KnownFact> known_facts(db::Transaction& tx, const std::string& county, sieve::AlertKind kind);
std::vector<AlertRow> alerts_of(db::Transaction& tx, const std::string& county, sieve::AlertKind kind,
                                const std::vector<AlertState>& states);
void insert_fact(db::Transaction& tx, const FactRow& row);
std::vector<FactRow> facts_of(db::Transaction& tx, const std::string& county, AlertId id);

}  // namespace jiuzhu::watch
