#include "modules/roster/amount_limit.hpp"

namespace jiuzhu::roster {
namespace {

constexpr int kTimes = 2;
constexpr int kMonths = 12;

std::optional<Money> standard_of(const policy::Rulebook& rulebook, const RegionCode& county,
                                 policy::Programme programme, Date today) {
  const auto use = rulebook.standard_on(county.to_text(), programme, today);
  if (!use) return std::nullopt;
  const auto amount = Money::parse(use->value);
  if (!amount) return std::nullopt;
  if (programme == policy::Programme::urban) return *amount;
  return multiply_divide(*amount, 1, kMonths, {.mode = RoundingMode::up});
}

}  // namespace

AmountLimit::AmountLimit(const policy::Rulebook& rulebook, const RegionCode& county, Date today)
    : urban_(standard_of(rulebook, county, policy::Programme::urban, today)),
      rural_(standard_of(rulebook, county, policy::Programme::rural, today)) {}

void AmountLimit::look_at(ReadHousehold& read) const {
  const bool is_urban = read.household.intake.programme == cases::CaseProgramme::urban_minimum_living;
  const auto& standard = is_urban ? urban_ : rural_;
  if (!standard) return;
  const auto persons = static_cast<std::int64_t>(read.lines.size());
  const Money most = *standard * (kTimes * persons);
  if (read.household.amount <= most) return;
  read.findings.push_back({read.lines.front().row,
                           Column::amount,
                           "roster.amount_implausible",
                           {{"most", most.to_text()}, {"persons", std::to_string(persons)}}});
}

}  // namespace jiuzhu::roster
