#pragma once
// All SQL of the module, and its rows.

#include <optional>
#include <string>
#include <vector>

#include "modules/cases/case_store.hpp"

namespace jiuzhu::verification {

using OrderId = Id<struct VerificationOrderTag>;
using LookupId = Id<struct VerificationLookupTag>;

/// Why the agency was asked.
enum class OrderReason {
  first,               // 首次核对
  lapsed,              // 原报告过期,或人员有变化
  renewed,             // 报告仍有效,经办人认为需要再次核对
  objection,           // 申请人对结果有异议,复核
  source_unavailable,  // 数据源未返回结果,补核
};
BOOST_DESCRIBE_ENUM(OrderReason, first, lapsed, renewed, objection, source_unavailable)

/// What the registers say about one person (regulation C-08).
enum class PersonResult { no_anomaly, clue_found, exceeds, source_unavailable };
BOOST_DESCRIBE_ENUM(PersonResult, no_anomaly, clue_found, exceeds, source_unavailable)

/// What a report says as a whole.
enum class ReportOutcome {
  clear,       // nothing anomalous
  clues,       // something the visit must look into
  exceeds,     // income or property over the limit
  incomplete,  // a source gave no answer and nobody exceeds: covers nobody, another report is due
};
BOOST_DESCRIBE_ENUM(ReportOutcome, clear, clues, exceeds, incomplete)

struct OrderRow {
  std::string county_code;
  OrderId id;
  cases::CaseId case_id;
  std::int64_t case_version = 0;
  OrderReason reason = OrderReason::first;
  std::string note;  // the evidence of an objection, or why the officer asks again
  Date ordered_on;
  std::optional<Date> due_on;  // of a re-check
  UserId ordered_by;
  std::string ordered_by_name;
};
BOOST_DESCRIBE_STRUCT(OrderRow, (),
                      (county_code, id, case_id, case_version, reason, note, ordered_on, due_on, ordered_by,
                       ordered_by_name))

struct ReportRow {
  std::string county_code;
  OrderId order_id;
  ReportOutcome outcome = ReportOutcome::incomplete;
  Date reported_on;
  Date valid_until;  // the last day on which something may rest on it
  UserId officer_id;
  std::string officer_name;
  Instant reported_at;
  std::string note;
  std::optional<LookupId> lookup_id;  // of the registers, on which it rests
};
BOOST_DESCRIBE_STRUCT(ReportRow, (),
                      (county_code, order_id, outcome, reported_on, valid_until, officer_id, officer_name, reported_at,
                       note, lookup_id))

struct ResultRow {
  std::string county_code;
  OrderId order_id;
  std::string person_key;
  cases::PersonRole role = cases::PersonRole::member;
  std::string citizen_index;  // keyed; whose number was checked
  PersonResult result = PersonResult::no_anomaly;
};
BOOST_DESCRIBE_STRUCT(ResultRow, (), (county_code, order_id, person_key, role, citizen_index, result))

struct FindingRow {
  std::string county_code;
  OrderId order_id;
  std::string person_key;
  int position = 0;
  std::string source;
  std::string content;
  std::optional<Money> amount;
  std::optional<Date> as_of;
  std::optional<std::string> register_code;  // the last ones: of what a register said, and not an officer
  std::optional<std::string> delivery_id;
  std::string rules = "[]";  // those that it met, MetRule as JSON
  std::optional<std::string> name_grade;
  std::optional<std::string> dismissed_reason;  // why the officer does not hold it against the person
};
BOOST_DESCRIBE_STRUCT(FindingRow, (),
                      (county_code, order_id, person_key, position, source, content, amount, as_of, register_code,
                       delivery_id, rules, name_grade, dismissed_reason))

struct LookupRow {
  std::string county_code;
  LookupId id;
  OrderId order_id;
  Instant made_at;
  UserId made_by;
  std::string made_by_name;
  std::string answer;  // LookupAnswer as JSON
};
BOOST_DESCRIBE_STRUCT(LookupRow, (), (county_code, id, order_id, made_at, made_by, made_by_name, answer))

void insert_order(db::Transaction& tx, const OrderRow& row);
void insert_report(db::Transaction& tx, const ReportRow& row);
void insert_result(db::Transaction& tx, const ResultRow& row);
void insert_finding(db::Transaction& tx, const FindingRow& row);
void insert_lookup(db::Transaction& tx, const LookupRow& row);

std::optional<LookupRow> find_lookup(db::Transaction& tx, const std::string& county, LookupId id);
std::optional<LookupRow> latest_lookup(db::Transaction& tx, const std::string& county, OrderId order);
/// Without the answers that nobody needs any more: of the order's look-ups only the latest stays.
void forget_earlier_lookups(db::Transaction& tx, const std::string& county, OrderId order, LookupId latest);

std::optional<OrderRow> latest_order(db::Transaction& tx, const std::string& county, cases::CaseId id);
std::optional<ReportRow> report_of(db::Transaction& tx, const std::string& county, OrderId order);
std::vector<ResultRow> results_of(db::Transaction& tx, const std::string& county, OrderId order);

/// Everything of one case, oldest first.
std::vector<OrderRow> orders_of(db::Transaction& tx, const std::string& county, cases::CaseId id);
std::vector<ReportRow> reports_of(db::Transaction& tx, const std::string& county, cases::CaseId id);
std::vector<ResultRow> all_results_of(db::Transaction& tx, const std::string& county, cases::CaseId id);
std::vector<FindingRow> findings_of(db::Transaction& tx, const std::string& county, cases::CaseId id);

}  // namespace jiuzhu::verification
