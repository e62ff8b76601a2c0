#pragma once
// All SQL of the module.

#include <optional>
#include <string>

#include "engines/policy/decision.hpp"
#include "modules/cases/case_store.hpp"

namespace jiuzhu::decisions {

using DecisionId = Id<struct DecisionTag>;

enum class DecisionOutcome { approved, refused };
BOOST_DESCRIBE_ENUM(DecisionOutcome, approved, refused)

/// How a notice reached the family.
enum class DeliveryMethod { in_person, mail, left_with_witnesses, electronic, announcement };
BOOST_DESCRIBE_ENUM(DeliveryMethod, in_person, mail, left_with_witnesses, electronic, announcement)

struct DecisionRow {
  std::string county_code;
  cases::CaseId case_id;
  DecisionId id;
  DecisionOutcome outcome = DecisionOutcome::refused;
  std::optional<Money> amount;       // a month
  std::optional<Month> first_month;  // of the benefit
  policy::Outcome assessed_outcome = policy::Outcome::review;
  std::optional<Money> computed_amount;
  std::optional<Money> publicised_amount;
  int member_count = 0;  // who counts by the rules
  std::string reasons;   // the approver's, cases::StatedReason as JSON
  std::string law;       // the articles behind the assessment, JSON
  int facts_revision = 0;
  std::string trace;  // policy::ExplainedDecision as JSON
  UserId decided_by;
  std::string decided_by_name;
  Instant decided_at;
  Date decided_on;
  std::string notice_number;
  std::optional<Date> notice_due_on;  // the notice of a refusal must be delivered by then
  std::optional<Date> delivered_on;
  std::optional<DeliveryMethod> delivery_method;
  std::optional<std::string> received_by;
  std::optional<UserId> delivery_recorded_by;
};
BOOST_DESCRIBE_STRUCT(DecisionRow, (),
                      (county_code, case_id, id, outcome, amount, first_month, assessed_outcome, computed_amount,
                       publicised_amount, member_count, reasons, law, facts_revision, trace, decided_by,
                       decided_by_name, decided_at, decided_on, notice_number, notice_due_on, delivered_on,
                       delivery_method, received_by, delivery_recorded_by))

std::int64_t next_notice_number(db::Transaction& tx, const std::string& county, int year);
void insert_decision(db::Transaction& tx, const DecisionRow& row);
/// Writes what is known about the delivery.
void update_delivery(db::Transaction& tx, const DecisionRow& row);
std::optional<DecisionRow> decision_of(db::Transaction& tx, const std::string& county, cases::CaseId id);

}  // namespace jiuzhu::decisions
