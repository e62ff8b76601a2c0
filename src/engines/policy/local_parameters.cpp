#include "engines/policy/local_parameters.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace jiuzhu::policy {
namespace {

std::optional<LocalContent> parse_money(std::string_view text) {
  const auto money = Money::parse(text);
  if (!money || *money <= Money() || *money > Money::yuan(1'000'000)) return std::nullopt;
  return *money;
}

std::optional<LocalContent> parse_number(std::string_view text, const Rational& least, const Rational& most) {
  const auto number = Rational::parse(text);
  if (!number || *number < least || *number > most) return std::nullopt;
  return *number;
}

std::optional<LocalContent> parse_count(std::string_view text, int least, int most) {
  if (text.find('.') != std::string_view::npos) return std::nullopt;
  return parse_number(text, Rational(least), Rational(most));
}

std::optional<LocalContent> parse_flag(std::string_view text) {
  if (text != "true" && text != "false") return std::nullopt;
  return text == "true";
}

template <class E>
std::optional<LocalContent> parse_enum(std::string_view text) {
  const auto found = enum_named<E>(text);
  return found ? std::optional<LocalContent>(*found) : std::nullopt;
}

/// base/money.hpp does not describe its modes.
std::optional<LocalContent> parse_rounding_mode(std::string_view text) {
  if (text == "exact") return RoundingMode::exact;
  if (text == "up") return RoundingMode::up;
  if (text == "down") return RoundingMode::down;
  if (text == "nearest") return RoundingMode::nearest;
  return std::nullopt;
}

/// "none" is the empty list: a decision that nothing is listed, not the absence of one.
template <class E>
std::optional<LocalContent> parse_list(std::string_view text) {
  std::vector<E> list;
  if (text == "none") return list;
  for (std::string_view word : split(text, ' ')) {
    if (word.empty()) continue;
    const auto found = enum_named<E>(word);
    if (!found) return std::nullopt;
    list.push_back(*found);
  }
  return list.empty() ? std::nullopt : std::optional<LocalContent>(list);
}

bool overlaps(const LocalValue& a, const LocalValue& b) {
  return (!a.until || b.use.valid_from < *a.until) && (!b.until || a.use.valid_from < *b.until);
}

}  // namespace

std::optional<LocalContent> parse_local(LocalName name, std::string_view text) {
  switch (name) {
    case LocalName::standard_urban_month:
    case LocalName::standard_rural_year:
    case LocalName::rounding_unit: return parse_money(text);
    case LocalName::income_period_months: return parse_count(text, 1, 24);
    case LocalName::long_common_residence_months: return parse_count(text, 0, 600);
    case LocalName::keep_disregard_share: return parse_number(text, Rational(0), Rational(1));
    case LocalName::rounding_mode: return parse_rounding_mode(text);
    case LocalName::rounding_level: return parse_enum<RoundingLevel>(text);
    case LocalName::uplift_stacking: return parse_enum<UpliftStacking>(text);
    case LocalName::exclude_conscripts:
    case LocalName::exclude_drug_treatment:
    case LocalName::exclude_missing:
    case LocalName::exclude_serving_outside_prison:
    case LocalName::exclude_destitute_recipients:
    case LocalName::exempt_necessities:
    case LocalName::residence_permit_applications: return parse_flag(text);
    case LocalName::obligor_formula_urban:
    case LocalName::obligor_formula_rural:
      return text.empty() ? std::nullopt : std::optional<LocalContent>(std::string(text));
    case LocalName::local_income_exclusions: return parse_list<IncomeKind>(text);
    case LocalName::local_deductions: return parse_list<DeductionKind>(text);
    case LocalName::uplifts:
    case LocalName::property_limits: return std::nullopt;
  }
  return std::nullopt;
}

Status LocalRegister::add(LocalName name, LocalValue value) {
  Dated& dated = values_[name][value.use.region];
  for (const auto& other : dated) {
    if (overlaps(*other, value)) {
      return refuse(ErrorCode::invalid_input, "policy.dates_overlap",
                    {{"name", std::string(name_of(name))},
                     {"region", value.use.region},
                     {"from", value.use.valid_from.to_text()},
                     {"other_from", other->use.valid_from.to_text()}});
    }
  }
  dated.push_back(std::make_shared<const LocalValue>(std::move(value)));
  std::ranges::sort(dated, {}, [](const auto& entry) { return entry->use.valid_from; });
  return {};
}

void LocalRegister::put_over(LocalName name, LocalValue value) {
  Dated& dated = values_[name][value.use.region];
  const Date from = value.use.valid_from;
  value.until.reset();
  Dated kept;
  for (const auto& other : dated) {
    if (other->use.valid_from > from && (!value.until || other->use.valid_from < *value.until)) {
      value.until = other->use.valid_from;
    }
    if (other->use.valid_from == from) continue;
    if (other->use.valid_from > from || (other->until && *other->until <= from)) {
      kept.push_back(other);
      continue;
    }
    LocalValue shortened = *other;
    shortened.until = from;
    kept.push_back(std::make_shared<const LocalValue>(std::move(shortened)));
  }
  kept.push_back(std::make_shared<const LocalValue>(std::move(value)));
  std::ranges::sort(kept, {}, [](const auto& entry) { return entry->use.valid_from; });
  dated = std::move(kept);
}

LocalParameters LocalRegister::on(std::string_view region, Date date) const {
  const std::string county(region.substr(0, 6));
  const std::array<std::string, 4> chain{county, county.substr(0, 4) + "00", county.substr(0, 2) + "0000", "000000"};
  LocalParameters parameters;
  for (const auto& [name, regions] : values_) {
    for (const std::string& place : chain) {
      const auto found = regions.find(place);
      if (found == regions.end()) continue;
      const auto in_force = std::ranges::find_if(
          found->second, [&](const auto& entry) { return Period{entry->use.valid_from, entry->until}.contains(date); });
      if (in_force == found->second.end()) continue;
      parameters.put(name, *in_force);
      break;
    }
  }
  return parameters;
}

std::vector<const LocalValue*> LocalRegister::all() const {
  std::vector<const LocalValue*> list;
  for (const auto& [name, regions] : values_) {
    for (const auto& [region, dated] : regions) {
      for (const auto& value : dated) list.push_back(value.get());
    }
  }
  return list;
}

}  // namespace jiuzhu::policy
