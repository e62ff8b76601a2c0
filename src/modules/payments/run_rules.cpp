#include "modules/payments/run_rules.hpp"

#include <charconv>

namespace jiuzhu::payments {
namespace {

std::string padded(std::int64_t number, std::size_t digits) {
  std::string text = std::to_string(number);
  if (text.size() < digits) text.insert(0, digits - text.size(), '0');
  return text;
}

}  // namespace

Status check_month(Month month, Date today, const std::optional<RunRow>& latest) {
  if (month > today.month_of()) {
    return refuse_by_rule("payment.month_in_future", {"DB-2012/31"}, {{"month", month.to_text()}});
  }
  if (latest && latest->state == RunState::prepared) {
    return refuse(ErrorCode::conflict, "payment.run_open", {{"number", latest->run_number}});
  }
  if (latest && latest->month > month) {
    return refuse(ErrorCode::refused_by_rule, "payment.month_passed", {{"month", latest->month.to_text()}});
  }
  return {};
}

std::string run_number(const std::string& county, cases::CaseProgramme programme, Month month, std::int64_t number) {
  const char* letter = programme == cases::CaseProgramme::urban_minimum_living ? "U" : "R";
  return county + letter + padded(month.year(), 4) + padded(month.month(), 2) + "-" + padded(number, 4);
}

std::string transfer_reference(const std::string& run_number, std::int64_t position) {
  return run_number + "-" + padded(position, 6);
}

std::optional<std::int64_t> position_of(std::string_view reference, const std::string& run_number) {
  if (!reference.starts_with(run_number) || reference.size() < run_number.size() + 2) return std::nullopt;
  if (reference[run_number.size()] != '-') return std::nullopt;
  const std::string_view digits = reference.substr(run_number.size() + 1);
  std::int64_t position = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), position);
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size() || position < 1) return std::nullopt;
  // Only the form that was sent: "1" and "000001" must not both count.
  if (transfer_reference(run_number, position) != reference) return std::nullopt;
  return position;
}

}  // namespace jiuzhu::payments
