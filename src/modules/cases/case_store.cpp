#include "modules/cases/case_store.hpp"

namespace jiuzhu::cases {
namespace {

using db::Statement;

#define JZ_CASE_COLUMNS                                                                                       \
  "county_code, id, case_number, programme, region, state, version, applicant_name, member_count, filed_on, " \
  "accepted_on, entered_on, due_on, overall_due_on, proposal, proposed_amount, is_kin_filed, is_doubtful, "   \
  "is_reported, is_promise_given, is_kin_asked, entrusted_to, created_by, closed_on"

constexpr Statement kStartCounter{"cases.start_counter",
                                  "insert into case_counter (county_code, year, last_number) values (?, ?, 0) "
                                  "on conflict (county_code, year) do nothing"};
constexpr Statement kNextNumber{
    "cases.next_number",
    "update case_counter set last_number = last_number + ? where county_code = ? and year = ? "
    "returning last_number"};
constexpr Statement kInsertCase{"cases.insert",
                                "insert into assistance_case (" JZ_CASE_COLUMNS
                                ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kFindCase{"cases.find",
                              "select " JZ_CASE_COLUMNS " from assistance_case where county_code = ? and id = ?"};
constexpr Statement kLockCase{"cases.lock",
                              "update assistance_case set version = version + 1 where county_code = ? and id = ? and "
                              "version = ? returning " JZ_CASE_COLUMNS};
constexpr Statement kUpdateCase{
    "cases.update",
    "update assistance_case set region = ?, programme = ?, state = ?, applicant_name = ?, member_count = ?, "
    "accepted_on = ?, entered_on = ?, due_on = ?, overall_due_on = ?, proposal = ?, proposed_amount = ?, "
    "is_kin_filed = ?, is_doubtful = ?, is_reported = ?, is_promise_given = ?, is_kin_asked = ?, entrusted_to = ?, "
    "closed_on = ? where county_code = ? and id = ?"};
constexpr Statement kInsertPerson{
    "cases.insert_person",
    "insert into case_person (county_code, case_id, person_key, role, name, birth_date, citizen_number, citizen_index, "
    "citizen_number_masked, phone, authorised_on, authorised_by) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kPersons{
    "cases.persons",
    "select county_code, case_id, person_key, role, name, birth_date, citizen_number, citizen_index, "
    "citizen_number_masked, phone, authorised_on, authorised_by from case_person "
    "where county_code = ? and case_id = ? order by role, person_key"};
constexpr Statement kInsertKin{
    "cases.insert_kin",
    "insert into case_kin (county_code, case_id, position, person_key, handler_user, handler_name, handler_post, "
    "relation_code, outcome, added_on, added_by_name, added_reason) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kKin{"cases.kin",
                         "select county_code, case_id, position, person_key, handler_user, handler_name, handler_post, "
                         "relation_code, outcome, added_on, added_by_name, added_reason from case_kin "
                         "where county_code = ? and case_id = ? order by position"};
constexpr Statement kInsertAccount{
    "cases.insert_account",
    "insert into case_account (county_code, case_id, kind, number, number_masked, holder_key, bank) "
    "values (?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kAccount{"cases.account",
                             "select county_code, case_id, kind, number, number_masked, holder_key, bank "
                             "from case_account where county_code = ? and case_id = ?"};
constexpr Statement kInsertFacts{
    "cases.insert_facts",
    "insert into case_facts (county_code, case_id, revision, facts, reason, recorded_by, recorded_at) "
    "values (?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kLatestFacts{
    "cases.latest_facts",
    "select county_code, case_id, revision, facts, reason, recorded_by, recorded_at "
    "from case_facts where county_code = ? and case_id = ? order by revision desc limit 1"};
constexpr Statement kFactsBeforeVerification{
    "cases.facts_before_verification",
    "select county_code, case_id, revision, facts, reason, recorded_by, recorded_at from case_facts f "
    "where county_code = ? and case_id = ? and not exists (select 1 from case_facts v where v.county_code = "
    "f.county_code "
    "and v.case_id = f.case_id and v.reason = 'verified' and v.revision <= f.revision) order by revision desc limit 1"};
constexpr Statement kInsertStep{
    "cases.insert_step",
    "insert into case_step (county_code, case_id, sequence, action, from_state, to_state, actor_id, actor_name, "
    "actor_role, taken_at, taken_on, note) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kSteps{"cases.steps",
                           "select county_code, case_id, sequence, action, from_state, to_state, actor_id, actor_name, "
                           "actor_role, taken_at, taken_on, note from case_step "
                           "where county_code = ? and case_id = ? order by sequence"};
constexpr Statement kDeletePersons{"cases.delete_persons",
                                   "delete from case_person where county_code = ? and case_id = ?"};
constexpr Statement kDeleteKin{"cases.delete_kin", "delete from case_kin where county_code = ? and case_id = ?"};
constexpr Statement kDeleteAccount{"cases.delete_account",
                                   "delete from case_account where county_code = ? and case_id = ?"};
// Fixed text with inert branches keeps one prepared statement whatever the filter; ' x y ' lists the wanted states.
constexpr Statement kList{
    "cases.list",
    "select " JZ_CASE_COLUMNS
    " from assistance_case c where region >= ? and region < ? "
    "and (? = '' or ? like '% ' || state || ' %') and (? = '' or programme = ?) "
    "and (? = '' or case_number = ? or applicant_name like ?) "
    "and (? = '' or exists (select 1 from case_person p where p.county_code = c.county_code and p.case_id = c.id "
    "and p.citizen_index = ?)) "
    "and (due_on > ? or (due_on = ? and id > ?)) order by due_on, id limit ?"};
constexpr Statement kCount{"cases.count",
                           "select state, count(*), sum(case when due_on < ? then 1 else 0 end) from assistance_case "
                           "where region >= ? and region < ? group by state order by state"};

}  // namespace

std::int64_t reserve_case_numbers(db::Transaction& tx, const std::string& county, int year, std::int64_t count) {
  tx.enqueue(kStartCounter, county, year);
  return tx.get<std::int64_t>(kNextNumber, count, county, year) - count + 1;
}

std::int64_t next_case_number(db::Transaction& tx, const std::string& county, int year) {
  return reserve_case_numbers(tx, county, year, 1);
}

void insert_case(db::Transaction& tx, const CaseRow& row) { tx.enqueue_row(kInsertCase, row); }
void insert_person(db::Transaction& tx, const PersonRow& row) { tx.enqueue_row(kInsertPerson, row); }
void insert_kin(db::Transaction& tx, const KinRow& row) { tx.enqueue_row(kInsertKin, row); }
void insert_account(db::Transaction& tx, const AccountRow& row) { tx.enqueue_row(kInsertAccount, row); }
void insert_facts(db::Transaction& tx, const FactsRow& row) { tx.enqueue_row(kInsertFacts, row); }
void insert_step(db::Transaction& tx, const StepRow& row) { tx.enqueue_row(kInsertStep, row); }

void delete_declaration(db::Transaction& tx, const std::string& county, CaseId id) {
  tx.enqueue(kDeletePersons, county, id);
  tx.enqueue(kDeleteKin, county, id);
  tx.enqueue(kDeleteAccount, county, id);
}

std::optional<CaseRow> find_case(db::Transaction& tx, const std::string& county, CaseId id) {
  return tx.find<CaseRow>(kFindCase, county, id);
}

std::optional<CaseRow> lock_case(db::Transaction& tx, const std::string& county, CaseId id, std::int64_t expected) {
  return tx.find<CaseRow>(kLockCase, county, id, expected);
}

void update_case(db::Transaction& tx, const CaseRow& row) {
  tx.enqueue(kUpdateCase, row.region, row.programme, row.state, row.applicant_name, row.member_count, row.accepted_on,
             row.entered_on, row.due_on, row.overall_due_on, row.proposal, row.proposed_amount, row.is_kin_filed,
             row.is_doubtful, row.is_reported, row.is_promise_given, row.is_kin_asked, row.entrusted_to, row.closed_on,
             row.county_code, row.id);
}

std::vector<PersonRow> persons_of(db::Transaction& tx, const std::string& county, CaseId id) {
  return tx.select<PersonRow>(kPersons, county, id);
}

std::vector<KinRow> kin_of(db::Transaction& tx, const std::string& county, CaseId id) {
  return tx.select<KinRow>(kKin, county, id);
}

std::optional<AccountRow> account_of(db::Transaction& tx, const std::string& county, CaseId id) {
  return tx.find<AccountRow>(kAccount, county, id);
}

std::optional<FactsRow> latest_facts(db::Transaction& tx, const std::string& county, CaseId id) {
  return tx.find<FactsRow>(kLatestFacts, county, id);
}

std::optional<FactsRow> facts_before_verification(db::Transaction& tx, const std::string& county, CaseId id) {
  return tx.find<FactsRow>(kFactsBeforeVerification, county, id);
}

std::vector<StepRow> steps_of(db::Transaction& tx, const std::string& county, CaseId id) {
  return tx.select<StepRow>(kSteps, county, id);
}

std::vector<CaseRow> list_cases(db::Transaction& tx, const CaseFilter& filter) {
  std::string states;
  for (const State state : filter.states) states += " " + std::string(enum_text(state));
  if (!states.empty()) states += " ";
  const std::string programme = filter.programme ? std::string(enum_text(*filter.programme)) : "";
  const std::string search = filter.search.value_or("");
  const std::string citizen = filter.citizen_index.value_or("");
  const Date after = filter.after_due_on.value_or(*Date::of(1800, 1, 1));
  return tx.select<CaseRow>(kList, filter.scope.from, filter.scope.until, states, states, programme, programme, search,
                            search, search + "%", citizen, citizen, after, after, filter.after_id, filter.limit);
}

std::vector<StateCount> count_cases(db::Transaction& tx, const Scope& scope, Date today) {
  return tx.select<StateCount>(kCount, today, scope.from, scope.until);
}

}  // namespace jiuzhu::cases
