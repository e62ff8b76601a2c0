#include "modules/verification/verification_store.hpp"

namespace jiuzhu::verification {
namespace {

using db::Statement;

#define JZ_ORDER_COLUMNS \
  "county_code, id, case_id, case_version, reason, note, ordered_on, due_on, ordered_by, ordered_by_name"

constexpr Statement kInsertOrder{"verification.insert_order", "insert into verification_order (" JZ_ORDER_COLUMNS
                                                              ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kLatestOrder{"verification.latest_order",
                                 "select " JZ_ORDER_COLUMNS
                                 " from verification_order where county_code = ? and case_id = ? "
                                 "order by case_version desc limit 1"};
constexpr Statement kOrders{"verification.orders", "select " JZ_ORDER_COLUMNS
                                                   " from verification_order where county_code = ? and case_id = ? "
                                                   "order by case_version"};
constexpr Statement kInsertReport{
    "verification.insert_report",
    "insert into verification_report (county_code, order_id, outcome, reported_on, valid_until, officer_id, "
    "officer_name, reported_at, note, lookup_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kReport{
    "verification.report",
    "select county_code, order_id, outcome, reported_on, valid_until, officer_id, officer_name, reported_at, note, "
    "lookup_id from verification_report where county_code = ? and order_id = ?"};
constexpr Statement kReports{
    "verification.reports",
    "select r.county_code, r.order_id, r.outcome, r.reported_on, r.valid_until, r.officer_id, r.officer_name, "
    "r.reported_at, r.note, r.lookup_id from verification_report r join verification_order o on o.county_code = "
    "r.county_code "
    "and o.id = r.order_id where o.county_code = ? and o.case_id = ? order by o.case_version"};
constexpr Statement kInsertResult{
    "verification.insert_result",
    "insert into verification_result (county_code, order_id, person_key, role, citizen_index, result) "
    "values (?, ?, ?, ?, ?, ?)"};
constexpr Statement kResults{"verification.results",
                             "select county_code, order_id, person_key, role, citizen_index, result "
                             "from verification_result where county_code = ? and order_id = ? order by person_key"};
constexpr Statement kAllResults{
    "verification.all_results",
    "select r.county_code, r.order_id, r.person_key, r.role, r.citizen_index, r.result from verification_result r "
    "join verification_order o on o.county_code = r.county_code and o.id = r.order_id "
    "where o.county_code = ? and o.case_id = ? order by o.case_version, r.role, r.person_key"};
constexpr Statement kInsertFinding{
    "verification.insert_finding",
    "insert into verification_finding (county_code, order_id, person_key, position, source, content, amount, as_of, "
    "register_code, delivery_id, rules, name_grade, dismissed_reason) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kInsertLookup{
    "verification.insert_lookup",
    "insert into verification_lookup (county_code, id, order_id, made_at, made_by, made_by_name, answer) "
    "values (?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kLatestLookup{
    "verification.latest_lookup",
    "select county_code, id, order_id, made_at, made_by, made_by_name, answer from verification_lookup "
    "where county_code = ? and order_id = ? order by made_at desc, id desc limit 1"};
constexpr Statement kForgetLookups{
    "verification.forget_earlier_lookups",
    "delete from verification_lookup where county_code = ? and order_id = ? and id <> ? and not exists (select 1 "
    "from verification_report r where r.county_code = verification_lookup.county_code and r.lookup_id = "
    "verification_lookup.id)"};
constexpr Statement kFindLookup{
    "verification.find_lookup",
    "select county_code, id, order_id, made_at, made_by, made_by_name, answer from verification_lookup "
    "where county_code = ? and id = ?"};
constexpr Statement kFindings{
    "verification.findings",
    "select f.county_code, f.order_id, f.person_key, f.position, f.source, f.content, f.amount, f.as_of, "
    "f.register_code, f.delivery_id, f.rules, f.name_grade, f.dismissed_reason from verification_finding f join "
    "verification_order o on o.county_code = f.county_code and o.id = f.order_id "
    "where o.county_code = ? and o.case_id = ? order by o.case_version, f.person_key, f.position"};

}  // namespace

void insert_order(db::Transaction& tx, const OrderRow& row) { tx.enqueue_row(kInsertOrder, row); }
void insert_report(db::Transaction& tx, const ReportRow& row) { tx.enqueue_row(kInsertReport, row); }
void insert_result(db::Transaction& tx, const ResultRow& row) { tx.enqueue_row(kInsertResult, row); }
void insert_finding(db::Transaction& tx, const FindingRow& row) { tx.enqueue_row(kInsertFinding, row); }
void insert_lookup(db::Transaction& tx, const LookupRow& row) { tx.enqueue_row(kInsertLookup, row); }

std::optional<LookupRow> latest_lookup(db::Transaction& tx, const std::string& county, OrderId order) {
  return tx.find<LookupRow>(kLatestLookup, county, order);
}

std::optional<LookupRow> find_lookup(db::Transaction& tx, const std::string& county, LookupId id) {
  return tx.find<LookupRow>(kFindLookup, county, id);
}

void forget_earlier_lookups(db::Transaction& tx, const std::string& county, OrderId order, LookupId latest) {
  tx.execute(kForgetLookups, county, order, latest);
}

std::optional<OrderRow> latest_order(db::Transaction& tx, const std::string& county, cases::CaseId id) {
  return tx.find<OrderRow>(kLatestOrder, county, id);
}

std::optional<ReportRow> report_of(db::Transaction& tx, const std::string& county, OrderId order) {
  return tx.find<ReportRow>(kReport, county, order);
}

std::vector<ResultRow> results_of(db::Transaction& tx, const std::string& county, OrderId order) {
  return tx.select<ResultRow>(kResults, county, order);
}

std::vector<OrderRow> orders_of(db::Transaction& tx, const std::string& county, cases::CaseId id) {
  return tx.select<OrderRow>(kOrders, county, id);
}

std::vector<ReportRow> reports_of(db::Transaction& tx, const std::string& county, cases::CaseId id) {
  return tx.select<ReportRow>(kReports, county, id);
}

std::vector<ResultRow> all_results_of(db::Transaction& tx, const std::string& county, cases::CaseId id) {
  return tx.select<ResultRow>(kAllResults, county, id);
}

std::vector<FindingRow> findings_of(db::Transaction& tx, const std::string& county, cases::CaseId id) {
  return tx.select<FindingRow>(kFindings, county, id);
}

}  // namespace jiuzhu::verification
