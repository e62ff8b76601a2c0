#pragma once
// What may be run, and how runs and transfers are numbered. Pure.

#include "modules/payments/payment_store.hpp"

namespace jiuzhu::payments {

/// Refuses with "payment.month_in_future" {month}, "payment.month_passed" {month}, "payment.run_open" {number}.
/// `latest` is the programme's latest run that was not discarded.
Status check_month(Month month, Date today, const std::optional<RunRow>& latest);

/// "140302U201909-0012": county, programme, month, the county's running number. Unique, and sortable by people.
std::string run_number(const std::string& county, cases::CaseProgramme programme, Month month, std::int64_t number);

/// "140302U201909-0012-000345": a transfer's reference, which the bank sends back.
std::string transfer_reference(const std::string& run_number, std::int64_t position);

/// Nothing when the text is no reference of this run.
std::optional<std::int64_t> position_of(std::string_view reference, const std::string& run_number);

}  // namespace jiuzhu::payments
