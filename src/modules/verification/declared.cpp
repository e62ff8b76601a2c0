#include "modules/verification/declared.hpp"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <set>

#include "engines/sieve/values.hpp"

namespace jiuzhu::verification {
namespace {

using policy::AssetClass;
using policy::IncomeKind;

constexpr std::int64_t kMonths = 12;

std::int64_t count(const policy::HouseholdFacts& facts, AssetClass asset) {
  return std::ranges::count(facts.property, asset, &policy::PropertyFacts::asset_class);
}

std::int64_t value(const policy::HouseholdFacts& facts, std::initializer_list<AssetClass> assets) {
  std::int64_t fen = 0;
  for (const policy::PropertyFacts& property : facts.property) {
    if (property.value && std::ranges::find(assets, property.asset_class) != assets.end())
      fen += property.value->in_fen();
  }
  return fen;
}

std::int64_t month(const policy::HouseholdFacts& facts, std::initializer_list<IncomeKind> kinds) {
  std::int64_t fen = 0;
  for (const policy::IncomeFacts& income : facts.incomes) {
    if (std::ranges::find(kinds, income.kind) == kinds.end()) continue;
    switch (income.period) {
      case policy::IncomePeriod::month: fen += income.amount.in_fen(); break;
      case policy::IncomePeriod::year: fen += income.amount.in_fen() / kMonths; break;
      case policy::IncomePeriod::once: break;
    }
  }
  return fen;
}

bool passes(const sieve::Comparison& comparison, const registers::Fact& fact) {
  return std::ranges::all_of(comparison.filters, [&](const auto& each) {
    const auto& [place, filter] = each;
    const bool is_one = std::ranges::find(filter.values, fact.shown[place]) != filter.values.end();
    return is_one != filter.is_excluded;
  });
}

/// What tells one fact from another, whoever's it is.
std::string identity_of(const sieve::Register& record, const registers::Fact& fact) {
  std::string text;
  for (const std::size_t place : record.identified_by) text += fact.shown[place] + '\n';
  return text;
}

/// "2026-06" of a day or a month; empty where the register has none.
std::string month_of(const sieve::Register& record, const registers::Fact& fact) {
  if (!record.day) return {};
  const auto day = sieve::parse_day(sieve::without_blanks(fact.shown[*record.day]));
  if (!day) return {};
  return Date(std::chrono::sys_days(std::chrono::days(day->days))).month_of().to_text();
}

}  // namespace

std::int64_t found_figure(const sieve::Register& record, const sieve::Comparison& comparison,
                          std::span<const registers::Fact* const> facts, Date today) {
  const std::string first =
      comparison.within_months == 0 ? std::string() : today.month_of().plus(1 - comparison.within_months).to_text();
  std::set<std::string> counted;
  std::map<std::string, std::string> latest;  // month, by person
  const bool is_period = record.extent == sieve::RegisterExtent::period;
  if (is_period) {
    for (const registers::Fact* fact : facts) {
      std::string& month = latest[fact->person];
      month = std::max(month, month_of(record, *fact));
    }
  }
  std::int64_t fen = 0;
  for (const registers::Fact* fact : facts) {
    if (!passes(comparison, *fact) || month_of(record, *fact) < first) continue;
    if (!is_money(comparison.declared)) {
      counted.insert(identity_of(record, *fact));
      continue;
    }
    if (is_period && month_of(record, *fact) != latest[fact->person]) continue;
    std::string row = fact->person;
    for (const std::string& shown : fact->shown) row += '\n' + shown;
    if (is_period && !counted.insert(std::move(row)).second) continue;
    const auto amount =
        record.amount ? sieve::parse_fen(sieve::without_blanks(fact->shown[*record.amount])) : std::nullopt;
    fen += amount.value_or(0);
  }
  return is_money(comparison.declared) ? fen : static_cast<std::int64_t>(counted.size());
}

std::int64_t declared_figure(const policy::HouseholdFacts& facts, sieve::DeclaredFigure figure) {
  switch (figure) {
    case sieve::DeclaredFigure::vehicles: return count(facts, AssetClass::vehicle);
    case sieve::DeclaredFigure::houses: return count(facts, AssetClass::house);
    case sieve::DeclaredFigure::financial_assets:
      return value(facts, {AssetClass::cash, AssetClass::deposit, AssetClass::security, AssetClass::fund,
                           AssetClass::commercial_insurance, AssetClass::internet_finance, AssetClass::claim});
    case sieve::DeclaredFigure::wages_month: return month(facts, {IncomeKind::wages, IncomeKind::bonus});
    case sieve::DeclaredFigure::pensions_month:
      return month(facts, {IncomeKind::retirement_pension, IncomeKind::resident_basic_pension});
  }
  return 0;
}

bool is_property(sieve::DeclaredFigure figure) {
  return figure != sieve::DeclaredFigure::wages_month && figure != sieve::DeclaredFigure::pensions_month;
}

bool is_money(sieve::DeclaredFigure figure) {
  return figure != sieve::DeclaredFigure::vehicles && figure != sieve::DeclaredFigure::houses;
}

}  // namespace jiuzhu::verification
