#pragma once
// What the law leaves to provinces, cities and counties: standards, rounding, income period, property limits, obligor
// formula, uplifts. Values by region and date. A county without a value of its own is under its city's, then its
// province's, then the national one ("000000"); before a value's first day there is none, and never a default.

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/money.hpp"
#include "base/result.hpp"
#include "engines/policy/expression.hpp"
#include "engines/policy/facts.hpp"

namespace jiuzhu::policy {

enum class LocalName : std::uint8_t {
  standard_urban_month,
  standard_rural_year,
  income_period_months,
  rounding_unit,
  rounding_mode,
  rounding_level,
  long_common_residence_months,
  exclude_conscripts,
  exclude_drug_treatment,
  exclude_missing,
  exclude_serving_outside_prison,
  exclude_destitute_recipients,
  exempt_necessities,
  residence_permit_applications,
  keep_disregard_share,
  obligor_formula_urban,
  obligor_formula_rural,
  local_income_exclusions,
  local_deductions,
  uplift_stacking,
  uplifts,
  property_limits
};
BOOST_DESCRIBE_ENUM(LocalName, standard_urban_month, standard_rural_year, income_period_months, rounding_unit,
                    rounding_mode, rounding_level, long_common_residence_months, exclude_conscripts,
                    exclude_drug_treatment, exclude_missing, exclude_serving_outside_prison,
                    exclude_destitute_recipients, exempt_necessities, residence_permit_applications,
                    keep_disregard_share, obligor_formula_urban, obligor_formula_rural, local_income_exclusions,
                    local_deductions, uplift_stacking, uplifts, property_limits)

/// The amount that rounding is applied to (regulation F-03).
enum class RoundingLevel : std::uint8_t { household, person, year };
BOOST_DESCRIBE_ENUM(RoundingLevel, household, person, year)

enum class UpliftStacking : std::uint8_t { highest_only, stack };
BOOST_DESCRIBE_ENUM(UpliftStacking, highest_only, stack)

enum class Measure : std::uint8_t { value, count, area };
BOOST_DESCRIBE_ENUM(Measure, value, count, area)

enum class Consequence : std::uint8_t { exceeds, review };
BOOST_DESCRIBE_ENUM(Consequence, exceeds, review)

/// The assets that `select` picks must together not pass `limit` (yuan, pieces or square metres). Owning a thing is
/// never enough by itself (regulation K06, K07, K12): there is always a measure and a limit.
struct PropertyLimit {
  std::string id;
  BilingualText text;
  std::vector<std::string> articles;
  Expression select;
  Measure measure = Measure::value;
  Expression limit;
  Consequence consequence = Consequence::review;
};

/// Extra support per month for persons for whom `when` holds (regulation F-06).
struct Uplift {
  std::string id;
  BilingualText text;
  std::vector<std::string> articles;
  Expression when;
  Expression amount;  // yuan per month
};

/// What an obligor owes per month to one supported person, in yuan.
struct ObligorFormula {
  std::string name;
  BilingualText text;
  std::string source;
  Expression amount;
};

/// Where a value comes from; decisions carry it.
struct ParameterUse {
  std::string name;
  std::string value;
  std::string region;
  Date valid_from;
  Verification status = Verification::demonstration;
  BilingualText title;
  BilingualText reference;
};
BOOST_DESCRIBE_STRUCT(ParameterUse, (), (name, value, region, valid_from, status, title, reference))

using LocalContent =
    std::variant<Money, Rational, bool, RoundingMode, RoundingLevel, UpliftStacking, std::string,
                 std::vector<IncomeKind>, std::vector<DeductionKind>, std::vector<PropertyLimit>, std::vector<Uplift>>;

struct LocalValue {
  ParameterUse use;
  std::optional<Date> until;
  LocalContent content;
};

/// The content of a scalar or list parameter from its text ("650.00", "12", "true", "wages bonus"); nothing when it
/// does not fit. Tables (uplifts, property_limits) have no text form.
std::optional<LocalContent> parse_local(LocalName name, std::string_view text);
constexpr bool is_table(LocalName name) { return name == LocalName::uplifts || name == LocalName::property_limits; }

/// The values that apply in one county on one date.
class LocalParameters {
 public:
  const LocalValue* find(LocalName name) const { return values_[static_cast<std::size_t>(name)].get(); }
  template <class T>
  const T* get(LocalName name) const {
    const LocalValue* value = find(name);
    return value ? std::get_if<T>(&value->content) : nullptr;
  }
  void put(LocalName name, std::shared_ptr<const LocalValue> value) {
    values_[static_cast<std::size_t>(name)] = std::move(value);
  }

 private:
  std::array<std::shared_ptr<const LocalValue>, enumerator_count<LocalName>()> values_;
};

/// All local values of all regions and dates.
class LocalRegister {
 public:
  /// Refuses with "policy.dates_overlap" when the region already has a value of this name on one of these days.
  Status add(LocalName name, LocalValue value);
  /// A value that holds from its first day until the region's next one of this name: what stood there on those days
  /// ends the day before. `value.until` is not looked at.
  void put_over(LocalName name, LocalValue value);
  LocalParameters on(std::string_view region, Date date) const;
  /// Every value, by name, region and first day.
  std::vector<const LocalValue*> all() const;

 private:
  using Dated = std::vector<std::shared_ptr<const LocalValue>>;  // by first day
  std::map<LocalName, std::map<std::string, Dated, std::less<>>> values_;
};

}  // namespace jiuzhu::policy
