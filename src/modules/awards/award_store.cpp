#include "modules/awards/award_store.hpp"

namespace jiuzhu::awards {
namespace {

using db::Statement;

#define JZ_AWARD_COLUMNS                                                                                          \
  "county_code, id, case_id, case_number, programme, region, state, version, holder_name, member_count, amount, " \
  "amount_from, amount_sequence, basis, first_month, payable_from, until_month, opened_on, review_due_on, "       \
  "ended_on, end_reason, end_note"
#define JZ_AMOUNT_COLUMNS                                                                                        \
  "county_code, award_id, sequence, from_month, until_month, amount, kind, reasons, change_id, facts_revision, " \
  "set_by, "                                                                                                     \
  "set_by_name, set_on, superseded_by"
#define JZ_ACCOUNT_COLUMNS                                                                                       \
  "county_code, award_id, kind, number, number_masked, holder_name, bank, version, refused_reason, changed_on, " \
  "changed_by, changed_by_name"

constexpr Statement kInsert{"awards.insert",
                            "insert into award (" JZ_AWARD_COLUMNS
                            ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kInsertAmount{"awards.insert_amount", "insert into award_amount (" JZ_AMOUNT_COLUMNS
                                                          ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kInsertMember{
    "awards.insert_member",
    "insert into award_member (county_code, award_id, person_key, citizen_index, from_month, until_month) "
    "values (?, ?, ?, ?, ?, ?)"};
constexpr Statement kInsertAccount{"awards.insert_account", "insert into award_account (" JZ_ACCOUNT_COLUMNS
                                                            ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kFind{"awards.find", "select " JZ_AWARD_COLUMNS " from award where county_code = ? and id = ?"};
constexpr Statement kFindOfCase{"awards.find_of_case",
                                "select " JZ_AWARD_COLUMNS " from award where county_code = ? and case_id = ?"};
constexpr Statement kLock{"awards.lock",
                          "update award set version = version + 1 where county_code = ? and id = ? and version = ? "
                          "returning " JZ_AWARD_COLUMNS};
constexpr Statement kUpdate{
    "awards.update",
    "update award set state = ?, amount = ?, amount_from = ?, amount_sequence = ?, basis = ?, until_month = ?, "
    "review_due_on = ?, ended_on = ?, end_reason = ?, end_note = ? where county_code = ? and id = ?"};
constexpr Statement kSupersede{
    "awards.supersede",
    "update award_amount set superseded_by = ? where county_code = ? and award_id = ? and from_month >= ? "
    "and superseded_by is null and sequence < ?"};
constexpr Statement kShorten{
    "awards.shorten",
    "update award_amount set until_month = ? where county_code = ? and award_id = ? and from_month < ? "
    "and until_month > ? and superseded_by is null"};
constexpr Statement kUpdateAccount{
    "awards.update_account",
    "update award_account set kind = ?, number = ?, number_masked = ?, holder_name = ?, bank = ?, version = version + "
    "1, refused_reason = ?, "
    "changed_on = ?, changed_by = ?, changed_by_name = ? where county_code = ? and award_id = ?"};
constexpr Statement kBarAccount{
    "awards.bar_account",
    "update award_account set refused_reason = ? where county_code = ? and award_id = ? and version = ?"};
constexpr Statement kEndMembers{
    "awards.end_members",
    "update award_member set until_month = ? where county_code = ? and award_id = ? and until_month is null"};
constexpr Statement kAmounts{"awards.amounts",
                             "select " JZ_AMOUNT_COLUMNS
                             " from award_amount where county_code = ? and award_id = ? order by sequence"};
constexpr Statement kMembers{"awards.members",
                             "select county_code, award_id, person_key, citizen_index, from_month, until_month "
                             "from award_member where county_code = ? and award_id = ? order by person_key"};
constexpr Statement kAccount{"awards.account",
                             "select " JZ_ACCOUNT_COLUMNS " from award_account where county_code = ? and award_id = ?"};
constexpr Statement kOfPerson{
    "awards.of_person",
    "select a.case_number from award_member m join award a on a.county_code = m.county_code and a.id = m.award_id "
    "where m.county_code = ? and m.citizen_index = ? and (m.until_month is null or m.until_month > ?) "
    "order by a.case_number"};
// Fixed text with inert branches keeps one prepared statement whatever the filter. The pair of (region, id) walks the
// index award_by_region from the cursor on, so the last page costs what the first does.
constexpr Statement kList{
    "awards.list",
    "select " JZ_AWARD_COLUMNS
    " from award a where (region, id) > (?, ?) and region < ? "
    "and (? = '' or state = ?) and (? = '' or programme = ?) "
    "and (? = '' or case_number = ? or holder_name like ?) "
    "and (? = '' or exists (select 1 from award_member m where m.county_code = a.county_code and m.award_id = a.id "
    "and m.citizen_index = ?)) "
    "and (? = 0 or exists (select 1 from award_account c where c.county_code = a.county_code and c.award_id = a.id "
    "and c.refused_reason is not null)) "
    "and (? = '' or review_due_on <= ?) order by region, id limit ?"};
constexpr Statement kCount{
    "awards.count",
    "select programme, count(*), coalesce(cast(sum(member_count) as bigint), 0), "
    "coalesce(cast(sum(amount) as bigint), 0) from award "
    "where region >= ? and region < ? and state = 'active' group by programme order by programme"};
constexpr Statement kCountRefused{
    "awards.count_refused",
    "select count(*) from award_account c join award a on a.county_code = c.county_code and a.id = c.award_id "
    "where c.refused_reason is not null and a.region >= ? and a.region < ?"};
constexpr Statement kHoldStill{"awards.hold_still", "lock table award in share row exclusive mode"};

}  // namespace

void hold_awards_still(const db::Database& database, db::Transaction& tx) {
  if (database.dialect() == db::Dialect::postgresql) tx.execute(kHoldStill);
}

void insert_award(db::Transaction& tx, const AwardRow& row) { tx.enqueue_row(kInsert, row); }
void insert_amount(db::Transaction& tx, const AmountRow& row) { tx.enqueue_row(kInsertAmount, row); }
void insert_member(db::Transaction& tx, const MemberRow& row) { tx.enqueue_row(kInsertMember, row); }
void insert_account(db::Transaction& tx, const AwardAccountRow& row) { tx.enqueue_row(kInsertAccount, row); }

std::optional<AwardRow> find_award(db::Transaction& tx, const std::string& county, AwardId id) {
  return tx.find<AwardRow>(kFind, county, id);
}

std::optional<AwardRow> award_of_case(db::Transaction& tx, const std::string& county, cases::CaseId id) {
  return tx.find<AwardRow>(kFindOfCase, county, id);
}

std::optional<AwardRow> lock_award(db::Transaction& tx, const std::string& county, AwardId id, std::int64_t expected) {
  return tx.find<AwardRow>(kLock, county, id, expected);
}

void update_award(db::Transaction& tx, const AwardRow& row) {
  tx.enqueue(kUpdate, row.state, row.amount, row.amount_from, row.amount_sequence, row.basis, row.until_month,
             row.review_due_on, row.ended_on, row.end_reason, row.end_note, row.county_code, row.id);
}

void supersede_amounts(db::Transaction& tx, const std::string& county, AwardId id, Month from, std::int64_t by) {
  tx.enqueue(kSupersede, by, county, id, from, by);
  tx.enqueue(kShorten, from, county, id, from, from);
}

void update_account(db::Transaction& tx, const AwardAccountRow& row) {
  tx.enqueue(kUpdateAccount, row.kind, row.number, row.number_masked, row.holder_name, row.bank, row.refused_reason,
             row.changed_on, row.changed_by, row.changed_by_name, row.county_code, row.award_id);
}

void bar_account(db::Transaction& tx, const std::string& county, AwardId id, std::int64_t version,
                 const std::string& reason) {
  tx.enqueue(kBarAccount, reason, county, id, version);
}

void end_members(db::Transaction& tx, const std::string& county, AwardId id, Month until) {
  tx.enqueue(kEndMembers, until, county, id);
}

std::vector<AmountRow> amounts_of(db::Transaction& tx, const std::string& county, AwardId id) {
  return tx.select<AmountRow>(kAmounts, county, id);
}

std::vector<MemberRow> members_of(db::Transaction& tx, const std::string& county, AwardId id) {
  return tx.select<MemberRow>(kMembers, county, id);
}

std::optional<AwardAccountRow> account_of(db::Transaction& tx, const std::string& county, AwardId id) {
  return tx.find<AwardAccountRow>(kAccount, county, id);
}

std::vector<std::string> awards_of_person(db::Transaction& tx, const std::string& county,
                                          const std::string& citizen_index, Month from) {
  return tx.select<std::string>(kOfPerson, county, citizen_index, from);
}

std::vector<AwardRow> list_awards(db::Transaction& tx, const AwardFilter& filter) {
  const std::string state = filter.state ? std::string(enum_text(*filter.state)) : "";
  const std::string programme = filter.programme ? std::string(enum_text(*filter.programme)) : "";
  const std::string search = filter.search.value_or("");
  const std::string citizen = filter.citizen_index.value_or("");
  const std::string review = filter.review_due_by ? filter.review_due_by->to_text() : "";
  // The cursor stands for the scope's beginning too: two lower bounds would keep SQLite from walking the index by
  // pairs.
  const bool is_within = filter.after.region >= filter.scope.from;
  const AwardCursor after = is_within ? filter.after : AwardCursor{filter.scope.from, ""};
  return tx.select<AwardRow>(kList, after.region, after.id, filter.scope.until, state, state, programme, programme,
                             search, search, search + "%", citizen, citizen, filter.refused_accounts_only, review,
                             review, filter.limit);
}

std::int64_t count_refused_accounts(db::Transaction& tx, const Scope& scope) {
  return tx.get<std::int64_t>(kCountRefused, scope.from, scope.until);
}

std::vector<AwardTotals> count_awards(db::Transaction& tx, const Scope& scope) {
  return tx.select<AwardTotals>(kCount, scope.from, scope.until);
}

}  // namespace jiuzhu::awards
