#include "modules/decisions/decision_store.hpp"

namespace jiuzhu::decisions {
namespace {

using db::Statement;

#define JZ_DECISION_COLUMNS                                                                                        \
  "county_code, case_id, id, outcome, amount, first_month, assessed_outcome, computed_amount, publicised_amount, " \
  "member_count, reasons, law, facts_revision, trace, decided_by, decided_by_name, decided_at, decided_on, "       \
  "notice_number, notice_due_on, delivered_on, delivery_method, received_by, delivery_recorded_by"

constexpr Statement kStartCounter{"decisions.start_counter",
                                  "insert into decision_counter (county_code, year, last_number) values (?, ?, 0) "
                                  "on conflict (county_code, year) do nothing"};
constexpr Statement kNextNumber{
    "decisions.next_number",
    "update decision_counter set last_number = last_number + 1 where county_code = ? and year = ? "
    "returning last_number"};
constexpr Statement kInsert{"decisions.insert",
                            "insert into case_decision (" JZ_DECISION_COLUMNS
                            ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kUpdateDelivery{
    "decisions.update_delivery",
    "update case_decision set delivered_on = ?, delivery_method = ?, received_by = ?, delivery_recorded_by = ? "
    "where county_code = ? and case_id = ?"};
constexpr Statement kFind{"decisions.find",
                          "select " JZ_DECISION_COLUMNS " from case_decision where county_code = ? and case_id = ?"};

}  // namespace

std::int64_t next_notice_number(db::Transaction& tx, const std::string& county, int year) {
  tx.execute(kStartCounter, county, year);
  return tx.get<std::int64_t>(kNextNumber, county, year);
}

void insert_decision(db::Transaction& tx, const DecisionRow& row) { tx.enqueue_row(kInsert, row); }

void update_delivery(db::Transaction& tx, const DecisionRow& row) {
  tx.enqueue(kUpdateDelivery, row.delivered_on, row.delivery_method, row.received_by, row.delivery_recorded_by,
             row.county_code, row.case_id);
}

std::optional<DecisionRow> decision_of(db::Transaction& tx, const std::string& county, cases::CaseId id) {
  return tx.find<DecisionRow>(kFind, county, id);
}

}  // namespace jiuzhu::decisions
