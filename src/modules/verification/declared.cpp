#include "modules/verification/declared.hpp"

#include <algorithm>
#include <initializer_list>

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

}  // namespace

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

bool is_money(sieve::DeclaredFigure figure) {
  return figure != sieve::DeclaredFigure::vehicles && figure != sieve::DeclaredFigure::houses;
}

}  // namespace jiuzhu::verification
