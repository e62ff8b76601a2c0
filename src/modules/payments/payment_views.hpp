#pragma once
// Payments as the browser sees them.

#include "modules/cases/case_http.hpp"
#include "modules/payments/payment_service.hpp"

namespace jiuzhu {

struct PaymentRunView {
  payments::RunId id;
  cases::CaseProgramme programme = cases::CaseProgramme::urban_minimum_living;
  Month month;
  std::string run_number;
  payments::RunState state = payments::RunState::prepared;
  std::int64_t item_count = 0;
  Money amount;
  std::int64_t excluded_count = 0;
  std::int64_t paid_count = 0;
  Money paid_amount;
  std::int64_t failed_count = 0;
  Date due_on;
  int days_left = 0;  // calendar days to due_on, negative when overdue
  std::string prepared_by_name;
  Instant prepared_at;
  std::optional<std::string> approved_by_name;
  std::optional<Instant> approved_at;
  std::optional<std::string> file_digest;
  std::optional<Instant> issued_at;
  std::optional<Date> settled_on;
};
BOOST_DESCRIBE_STRUCT(PaymentRunView, (),
                      (id, programme, month, run_number, state, item_count, amount, excluded_count, paid_count,
                       paid_amount, failed_count, due_on, days_left, prepared_by_name, prepared_at, approved_by_name,
                       approved_at, file_digest, issued_at, settled_on))

struct PaymentRunList {
  std::vector<PaymentRunView> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(PaymentRunList, (), (items, next))

struct PaymentItemView {
  awards::AwardId award;
  std::int64_t position = 0;
  payments::ItemState state = payments::ItemState::planned;
  std::string holder_name;
  Money amount;
  Money month_amount;
  std::optional<Money> previous_amount;
  Money arrears;
  Money repeated;
  std::optional<awards::AmountKind> change_kind;
  std::string account_number_masked;
  std::string account_holder;
  std::string bank;
  std::optional<std::string> failure_reason;
  std::optional<Date> settled_on;
};
BOOST_DESCRIBE_STRUCT(PaymentItemView, (),
                      (award, position, state, holder_name, amount, month_amount, previous_amount, arrears, repeated,
                       change_kind, account_number_masked, account_holder, bank, failure_reason, settled_on))

struct PaymentReturnView {
  std::int64_t row_count = 0;
  std::int64_t paid_count = 0;
  std::int64_t failed_count = 0;
  std::int64_t unchanged_count = 0;
  std::string read_by_name;
  Instant read_at;
};
BOOST_DESCRIBE_STRUCT(PaymentReturnView, (),
                      (row_count, paid_count, failed_count, unchanged_count, read_by_name, read_at))

struct PaymentRunDetail {
  PaymentRunView run;
  std::vector<PaymentItemView> items;
  std::optional<std::string> next;
  std::vector<PaymentReturnView> returns;
};
BOOST_DESCRIBE_STRUCT(PaymentRunDetail, (), (run, items, next, returns))

struct PaymentReturnResult {
  PaymentRunView run;
  PaymentReturnView result;
  bool is_repeated = false;
};
BOOST_DESCRIBE_STRUCT(PaymentReturnResult, (), (run, result, is_repeated))

struct PaymentExclusionView {
  awards::AwardId award;
  std::string case_number;
  std::string holder_name;
  std::string region_name;
  payments::ExclusionReason reason = payments::ExclusionReason::ended;
  Money amount;
};
BOOST_DESCRIBE_STRUCT(PaymentExclusionView, (), (award, case_number, holder_name, region_name, reason, amount))

struct PaymentExclusionList {
  std::vector<PaymentExclusionView> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(PaymentExclusionList, (), (items, next))

struct PaymentCalendarEntry {
  cases::CaseProgramme programme = cases::CaseProgramme::urban_minimum_living;
  Month month;
  Date due_on;
  int days_left = 0;
  std::int64_t households = 0;
  std::optional<PaymentRunView> run;
  bool is_overdue = false;
};
BOOST_DESCRIBE_STRUCT(PaymentCalendarEntry, (), (programme, month, due_on, days_left, households, run, is_overdue))

struct PaymentCalendar {
  std::vector<PaymentCalendarEntry> items;
};
BOOST_DESCRIBE_STRUCT(PaymentCalendar, (), (items))

struct AwardMonthView {
  Month month;
  Money entitled;
  Money committed;
};
BOOST_DESCRIBE_STRUCT(AwardMonthView, (), (month, entitled, committed))

struct AwardPaymentView {
  payments::RunId run;
  std::string run_number;
  Month month;
  payments::LineKind kind = payments::LineKind::regular;
  Money amount;
  payments::ItemState state = payments::ItemState::planned;
  std::optional<Date> settled_on;
  std::optional<std::string> failure_reason;
};
BOOST_DESCRIBE_STRUCT(AwardPaymentView, (), (run, run_number, month, kind, amount, state, settled_on, failure_reason))

struct AwardPaymentsView {
  std::vector<AwardMonthView> months;
  std::vector<AwardPaymentView> payments;
};
BOOST_DESCRIBE_STRUCT(AwardPaymentsView, (), (months, payments))

}  // namespace jiuzhu

namespace jiuzhu::payments {

PaymentRunView view_of(const RunRow& run, Date today);
PaymentItemView view_of(const ItemRow& item);
PaymentReturnView view_of(const ReturnRow& row);
AwardPaymentsView view_of(const AwardPayments& payments);

}  // namespace jiuzhu::payments
