#include "modules/payments/payment_views.hpp"

namespace jiuzhu::payments {

PaymentRunView view_of(const RunRow& run, Date today) {
  return {.id = run.id,
          .programme = run.programme,
          .month = run.month,
          .run_number = run.run_number,
          .state = run.state,
          .item_count = run.item_count,
          .amount = run.amount,
          .excluded_count = run.excluded_count,
          .paid_count = run.paid_count,
          .paid_amount = run.paid_amount,
          .failed_count = run.failed_count,
          .due_on = run.due_on,
          .days_left = days_between(today, run.due_on),
          .prepared_by_name = run.prepared_by_name,
          .prepared_at = run.prepared_at,
          .approved_by_name = run.approved_by_name,
          .approved_at = run.approved_at,
          .file_digest = run.file_digest,
          .issued_at = run.issued_at,
          .settled_on = run.settled_on};
}

PaymentItemView view_of(const ItemRow& item) {
  return {.award = item.award_id,
          .position = item.position,
          .state = item.state,
          .holder_name = item.holder_name,
          .amount = item.amount,
          .month_amount = item.month_amount,
          .previous_amount = item.previous_amount,
          .arrears = item.arrears,
          .repeated = item.repeated,
          .change_kind = item.change_kind,
          .account_number_masked = item.account_number_masked,
          .account_holder = item.account_holder,
          .bank = item.bank,
          .failure_reason = item.failure_reason,
          .settled_on = item.settled_on};
}

PaymentReturnView view_of(const ReturnRow& row) {
  return {.row_count = row.row_count,
          .paid_count = row.paid_count,
          .failed_count = row.failed_count,
          .unchanged_count = row.unchanged_count,
          .read_by_name = row.read_by_name,
          .read_at = row.read_at};
}

AwardPaymentsView view_of(const AwardPayments& payments) {
  AwardPaymentsView view;
  for (const MonthRow& row : payments.months) view.months.push_back({row.month, row.entitled, row.committed});
  for (const LineRow& line : payments.lines) {
    view.payments.push_back({.run = line.run_id,
                             .run_number = line.run_number,
                             .month = line.month,
                             .kind = line.kind,
                             .amount = line.amount,
                             .state = line.state,
                             .settled_on = line.settled_on,
                             .failure_reason = line.failure_reason});
  }
  return view;
}

}  // namespace jiuzhu::payments
