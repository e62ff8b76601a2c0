#include "modules/watch/watch_store.hpp"

namespace jiuzhu::watch {
namespace {

using db::Statement;

#define JZ_CHECK_COLUMNS                                                                                            \
  "county_code, id, region, state, job_id, requested_by, requested_by_name, requested_at, finished_at, registers, " \
  "household_count, person_count, unauthorised_count, clear_count, clue_count, exceeds_count, incomplete_count, "   \
  "alert_count"
#define JZ_CHECKED_COLUMNS "county_code, check_id, award_id, region, case_number, holder_name, outcome, rules, answer"
#define JZ_ALERT_COLUMNS                                                                                            \
  "county_code, id, award_id, case_id, region, kind, register_code, rule_code, case_number, holder_name, state, "   \
  "version, opened_on, due_on, checked_on, visitors, checked_by_name, check_found, household_statement, proposal, " \
  "decided_on, decided_by_name, decision, decision_note, amount_sequence, muted_until, muted_by_name, muted_reason"

constexpr Statement kHouseholds{
    "watch.households",
    "select county_code, award_id, case_id, case_number, region, holder_name from pub_award "
    "where county_code = ? and state = 'active' and region >= ? and region < ? order by case_id"};
constexpr Statement kPersons{
    "watch.persons",
    "select p.case_id, p.person_key, p.role, p.name, p.citizen_number, p.citizen_index, p.authorised_on "
    "from pub_award a join pub_case_person p on p.county_code = a.county_code and p.case_id = a.case_id "
    "where a.county_code = ? and a.state = 'active' and a.region >= ? and a.region < ? "
    "order by p.case_id, p.person_key"};
constexpr Statement kDisabled{
    "watch.disabled",
    "select f.case_id, f.facts from pub_award a join pub_case_latest_facts f on f.county_code = a.county_code and "
    "f.case_id = a.case_id where a.county_code = ? and a.state = 'active' and a.region >= ? and a.region < ? "
    "and f.facts like '%\"disability\":{%'"};
constexpr Statement kInsertCheck{
    "watch.insert_check", "insert into recipient_check (" JZ_CHECK_COLUMNS
                          ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing"};
constexpr Statement kFindCheck{"watch.find_check",
                               "select " JZ_CHECK_COLUMNS " from recipient_check where county_code = ? and id = ?"};
constexpr Statement kRunningCheck{"watch.running_check",
                                  "select " JZ_CHECK_COLUMNS
                                  " from recipient_check where county_code = ? and region = ? and state = 'running'"};
constexpr Statement kFinishCheck{
    "watch.finish_check",
    "update recipient_check set state = ?, finished_at = ?, registers = ?, household_count = ?, person_count = ?, "
    "unauthorised_count = ?, clear_count = ?, clue_count = ?, exceeds_count = ?, incomplete_count = ?, "
    "alert_count = ? where county_code = ? and id = ? and state = 'running'"};
constexpr Statement kListChecks{
    "watch.list_checks",
    "select " JZ_CHECK_COLUMNS
    " from recipient_check where ((region >= ? and region < ?) or substr(?, 1, length(region)) = region) "
    "and (? = '' or id < ?) order by id desc limit ?"};
constexpr Statement kClearAnswers{"watch.clear_answers",
                                  "update checked_household set answer = '' where county_code = ? and answer <> '' "
                                  "and check_id in (select id from recipient_check where county_code = ? and "
                                  "requested_at < ?)"};
constexpr Statement kInsertChecked{"watch.insert_checked", "insert into checked_household (" JZ_CHECKED_COLUMNS
                                                           ") values (?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kFindChecked{"watch.find_checked",
                                 "select " JZ_CHECKED_COLUMNS
                                 " from checked_household where county_code = ? and check_id = ? and award_id = ?"};
constexpr Statement kListChecked{
    "watch.list_checked",
    "select county_code, check_id, award_id, region, case_number, holder_name, outcome, rules, '' "
    "from checked_household where county_code = ? and check_id = ? and (? = '' or outcome = ?) "
    "and region < ? and (region, award_id) > (?, ?) order by region, award_id limit ?"};
constexpr Statement kInsertAlert{"watch.insert_alert",
                                 "insert into watch_alert (" JZ_ALERT_COLUMNS
                                 ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                                 "?, ?, ?, ?)"};
constexpr Statement kFindAlert{"watch.find_alert",
                               "select " JZ_ALERT_COLUMNS " from watch_alert where county_code = ? and id = ?"};
constexpr Statement kLockAlert{"watch.lock_alert",
                               "update watch_alert set version = version + 1 where county_code = ? and id = ? and "
                               "version = ? returning " JZ_ALERT_COLUMNS};
constexpr Statement kUpdateAlert{
    "watch.update_alert",
    "update watch_alert set state = ?, due_on = ?, checked_on = ?, visitors = ?, checked_by_name = ?, check_found = "
    "?, "
    "household_statement = ?, proposal = ?, decided_on = ?, decided_by_name = ?, decision = ?, decision_note = ?, "
    "amount_sequence = ?, muted_until = ?, muted_by_name = ?, muted_reason = ? where county_code = ? and id = ?"};
constexpr Statement kListAlerts{
    "watch.list_alerts",
    "select " JZ_ALERT_COLUMNS
    " from watch_alert a where (region, id) > (?, ?) and region < ? and (? = '' or state = ?) and "
    "(? = '' or kind = ?) and (? = '' or award_id = ?) and (state = 'decided' or exists (select 1 from pub_award w "
    "where w.county_code = a.county_code and w.award_id = a.award_id and w.state = 'active')) "
    "order by region, id limit ?"};
constexpr Statement kListVisits{
    "watch.list_visits",
    "select a.county_code, a.case_id, a.region, a.award_id, a.case_number, a.holder_name, min(a.due_on) "
    "from watch_alert a "
    "where (a.region, a.award_id) > (?, ?) and a.region < ? and a.state = 'open' and exists (select 1 from pub_award w "
    "where w.county_code = a.county_code and w.award_id = a.award_id and w.state = 'active') "
    "group by a.county_code, a.case_id, a.region, a.award_id, a.case_number, a.holder_name order by a.region, "
    "a.award_id limit ?"};
constexpr Statement kCountAlerts{
    "watch.count_alerts",
    "select state, count(*), sum(case when state = 'open' and due_on < ? then 1 else 0 end) from watch_alert a "
    "where region >= ? and region < ? and (state = 'decided' or exists (select 1 from pub_award w where "
    "w.county_code = a.county_code and w.award_id = a.award_id and w.state = 'active')) group by state order by state"};
constexpr Statement kKnownFacts{"watch.known_facts",
                                "select award_id, digest, alert_id from watch_fact where county_code = ? and kind = ?"};
constexpr Statement kAlertsOf{
    "watch.alerts_of", "select " JZ_ALERT_COLUMNS " from watch_alert where county_code = ? and kind = ? and state = ?"};
constexpr Statement kInsertFact{
    "watch.insert_fact",
    "insert into watch_fact (county_code, award_id, kind, digest, alert_id, person_key, person_name, source, content, "
    "amount, as_of, name_grade, register_name, first_seen_on) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
    "on conflict (county_code, award_id, kind, digest) do nothing"};
constexpr Statement kFactsOf{
    "watch.facts_of",
    "select county_code, award_id, kind, digest, alert_id, person_key, person_name, source, content, amount, as_of, "
    "name_grade, register_name, first_seen_on from watch_fact where county_code = ? and alert_id = ? "
    "order by first_seen_on, person_key, content"};

/// The cursor stands for the scope's beginning too: two lower bounds would keep SQLite from walking the index by pairs.
CheckedCursor begin_of(const Scope& scope, const CheckedCursor& after) {
  return after.region >= scope.from ? after : CheckedCursor{scope.from, ""};
}

}  // namespace

std::vector<WatchedRow> watched_households(db::Transaction& tx, const std::string& county, const RegionCode& region) {
  const auto [from, until] = region.range();
  return tx.select<WatchedRow>(kHouseholds, county, from, until);
}

void each_watched_person(db::Transaction& tx, const std::string& county, const RegionCode& region,
                         const std::function<void(WatchedPersonRow)>& take) {
  const auto [from, until] = region.range();
  tx.each<WatchedPersonRow>(kPersons, take, county, from, until);
}

void each_disabled_household(db::Transaction& tx, const std::string& county, const RegionCode& region,
                             const std::function<void(WatchedFactsRow)>& take) {
  const auto [from, until] = region.range();
  tx.each<WatchedFactsRow>(kDisabled, take, county, from, until);
}

bool insert_check(db::Transaction& tx, const CheckRow& row) {
  return tx.execute(kInsertCheck, row.county_code, row.id, row.region, row.state, row.job_id, row.requested_by,
                    row.requested_by_name, row.requested_at, row.finished_at, row.registers, row.household_count,
                    row.person_count, row.unauthorised_count, row.clear_count, row.clue_count, row.exceeds_count,
                    row.incomplete_count, row.alert_count) == 1;
}

void clear_old_answers(db::Transaction& tx, const std::string& county, Instant before) {
  tx.execute(kClearAnswers, county, county, before);
}

std::optional<CheckRow> find_check(db::Transaction& tx, const std::string& county, CheckId id) {
  return tx.find<CheckRow>(kFindCheck, county, id);
}

std::optional<CheckRow> running_check(db::Transaction& tx, const std::string& county, const RegionCode& region) {
  return tx.find<CheckRow>(kRunningCheck, county, region);
}

bool finish_check(db::Transaction& tx, const CheckRow& row) {
  return tx.execute(kFinishCheck, row.state, row.finished_at, row.registers, row.household_count, row.person_count,
                    row.unauthorised_count, row.clear_count, row.clue_count, row.exceeds_count, row.incomplete_count,
                    row.alert_count, row.county_code, row.id) == 1;
}

std::vector<CheckRow> list_checks(db::Transaction& tx, const Scope& scope, const std::string& before_id, int limit) {
  return tx.select<CheckRow>(kListChecks, scope.from, scope.until, scope.from, before_id, before_id, limit);
}

void insert_checked(db::Transaction& tx, const CheckedRow& row) { tx.enqueue_row(kInsertChecked, row); }

std::optional<CheckedRow> find_checked(db::Transaction& tx, const std::string& county, CheckId id,
                                       awards::AwardId award) {
  return tx.find<CheckedRow>(kFindChecked, county, id, award);
}

std::vector<CheckedRow> list_checked(db::Transaction& tx, const Scope& scope, const std::string& county, CheckId id,
                                     std::optional<verification::ReportOutcome> outcome, const CheckedCursor& after,
                                     int limit) {
  const std::string word = outcome ? std::string(enum_text(*outcome)) : std::string();
  const CheckedCursor from = begin_of(scope, after);
  return tx.select<CheckedRow>(kListChecked, county, id, word, word, scope.until, from.region, from.award_id, limit);
}

void insert_alert(db::Transaction& tx, const AlertRow& row) { tx.enqueue_row(kInsertAlert, row); }

std::optional<AlertRow> find_alert(db::Transaction& tx, const std::string& county, AlertId id) {
  return tx.find<AlertRow>(kFindAlert, county, id);
}

std::optional<AlertRow> lock_alert(db::Transaction& tx, const std::string& county, AlertId id, std::int64_t expected) {
  return tx.find<AlertRow>(kLockAlert, county, id, expected);
}

void update_alert(db::Transaction& tx, const AlertRow& row) {
  tx.execute(kUpdateAlert, row.state, row.due_on, row.checked_on, row.visitors, row.checked_by_name, row.check_found,
             row.household_statement, row.proposal, row.decided_on, row.decided_by_name, row.decision,
             row.decision_note, row.amount_sequence, row.muted_until, row.muted_by_name, row.muted_reason,
             row.county_code, row.id);
}

std::vector<AlertRow> list_alerts(db::Transaction& tx, const AlertFilter& filter) {
  const std::string state = filter.state ? std::string(enum_text(*filter.state)) : std::string();
  const std::string kind = filter.kind ? std::string(enum_text(*filter.kind)) : std::string();
  const std::string award = filter.award ? filter.award->to_text() : std::string();
  const CheckedCursor from = begin_of(filter.scope, filter.after);
  return tx.select<AlertRow>(kListAlerts, from.region, from.award_id, filter.scope.until, state, state, kind, kind,
                             award, award, filter.limit);
}

std::vector<VisitTask> list_visits(db::Transaction& tx, const Scope& scope, const CheckedCursor& after, int limit) {
  const CheckedCursor begin = begin_of(scope, after);
  return tx.select<VisitTask>(kListVisits, begin.region, begin.award_id, scope.until, limit);
}

std::vector<AlertCount> count_alerts(db::Transaction& tx, const Scope& scope, Date today) {
  return tx.select<AlertCount>(kCountAlerts, today, scope.from, scope.until);
}

std::vector<KnownFact> known_facts(db::Transaction& tx, const std::string& county, sieve::AlertKind kind) {
  return tx.select<KnownFact>(kKnownFacts, county, kind);
}

std::vector<AlertRow> alerts_of(db::Transaction& tx, const std::string& county, sieve::AlertKind kind,
                                const std::vector<AlertState>& states) {
  std::vector<AlertRow> alerts;
  for (const AlertState state : states) {
    for (AlertRow& row : tx.select<AlertRow>(kAlertsOf, county, kind, state)) alerts.push_back(std::move(row));
  }
  return alerts;
}

void insert_fact(db::Transaction& tx, const FactRow& row) { tx.enqueue_row(kInsertFact, row); }

std::vector<FactRow> facts_of(db::Transaction& tx, const std::string& county, AlertId id) {
  return tx.select<FactRow>(kFactsOf, county, id);
}

}  // namespace jiuzhu::watch
