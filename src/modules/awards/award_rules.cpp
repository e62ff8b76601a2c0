#include "modules/awards/award_rules.hpp"

#include "base/text.hpp"

namespace jiuzhu::awards {
namespace {

constexpr int kMonthsAhead = 2;

/// What a month is worth today.
Money amount_in(Month month, const std::vector<AmountRow>& amounts) {
  Money amount;
  std::optional<Month> from;
  for (const AmountRow& row : amounts) {
    if (row.superseded_by || row.from_month > month || (from && row.from_month < *from)) continue;
    from = row.from_month;
    amount = row.amount;
  }
  return amount;
}

}  // namespace

std::vector<FieldError> problems_of(const Adjustment& adjustment, const AwardRow& row,
                                    const std::vector<AmountRow>& amounts, Date today) {
  std::vector<FieldError> problems;
  const Month latest = today.month_of().plus(kMonthsAhead);
  if (adjustment.from_month < row.payable_from) {
    problems.push_back({"/from_month", "award.month_before_first", {{"first", row.payable_from.to_text()}}});
  } else if (adjustment.from_month > latest) {
    problems.push_back({"/from_month", "award.month_too_late", {{"last", latest.to_text()}}});
  }
  if (adjustment.amount <= Money()) {
    problems.push_back({"/amount", "award.amount_required"});
  } else if (adjustment.amount == row.amount && adjustment.amount == amount_in(adjustment.from_month, amounts)) {
    problems.push_back({"/amount", "award.amount_same"});
  }
  return problems;
}

std::vector<FieldError> problems_of(const Ending& ending, const AwardRow& row, Date today) {
  std::vector<FieldError> problems;
  const Month latest = today.month_of().plus(1);
  if (ending.last_month > latest) {
    problems.push_back({"/last_month", "award.last_month_too_late", {{"last", latest.to_text()}}});
  } else if (ending.last_month < row.first_month.plus(-1)) {
    problems.push_back({"/last_month", "award.last_month_before_first", {{"first", row.first_month.to_text()}}});
  }
  if (trim(ending.note).empty()) problems.push_back({"/note", "field.empty"});
  return problems;
}

bool needs_approver(EndReason reason) {
  switch (reason) {
    case EndReason::no_longer_eligible:
    case EndReason::deceived: return true;
    case EndReason::recipient_died:
    case EndReason::gave_up:
    case EndReason::moved_away:
    case EndReason::other_programme: return false;
  }
  return true;
}

}  // namespace jiuzhu::awards
