#pragma once
// The catalogue of registers (policy/registers, described in policy/README.md): who keeps them, on what basis, which
// columns they have, and which rules look at them. A register there is a source of the sieve without files; which files
// there are, and what their columns are called, is said by whoever receives them.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/result.hpp"
#include "engines/sieve/plan.hpp"

namespace jiuzhu::sieve {

/// How a department delivers.
enum class RegisterExtent {
  whole,   // everything each time: the latest delivery replaces those before it
  period,  // what is new, such as a month: deliveries add up
};
BOOST_DESCRIBE_ENUM(RegisterExtent, whole, period)

/// What wakes the watch over those in benefit (notice 2(5); digest G-10).
enum class AlertKind {
  vehicle_purchase,
  air_travel,
  death,
  employed,
  business_registered,
  public_payroll,
  imprisoned,
  duplicate_benefit
};
BOOST_DESCRIBE_ENUM(AlertKind, vehicle_purchase, air_travel, death, employed, business_registered, public_payroll,
                    imprisoned, duplicate_benefit)

/// What a household declared, beside which a measure is set.
enum class DeclaredFigure { vehicles, houses, financial_assets, wages_month, pensions_month };
BOOST_DESCRIBE_ENUM(DeclaredFigure, vehicles, houses, financial_assets, wages_month, pensions_month)

/// In both languages of the interface.
struct TitlePair {
  std::string zh;
  std::string en;
};

struct RegisterColumn {
  std::string title;              // as the catalogue's measures and filters name it
  std::vector<std::string> also;  // what departments call it besides
  bool may_be_absent = false;
};

/// Beside which declared figure the members' rows are set, those that pass the filters of a measure and lie in its
/// months.
struct Comparison {
  std::string measure;
  int within_months = 0;                                   // the last so many calendar months; 0: all
  std::vector<std::pair<std::size_t, RowFilter>> filters;  // each with the place in Source::shown of its column
  DeclaredFigure declared = DeclaredFigure::vehicles;
  int tolerance = 0;  // yuan, or pieces: up to so much more is no difference
};

struct Register {
  Source source;  // without files; its columns are the catalogue's own titles
  TitlePair title;
  TitlePair department;
  std::vector<std::string> law;
  RegisterExtent extent = RegisterExtent::whole;
  int fresh_days = 1;  // how old the data may be that an answer rests on
  int kept_days = 1;   // after which a file's contents are erased, whether others replaced it or not
  std::vector<RegisterColumn> columns;
  std::vector<std::size_t> identified_by;  // places in Source::shown whose values tell one fact from another
  std::optional<std::size_t> amount;       // place in Source::shown
  std::optional<std::size_t> day;          // likewise, of Source::date
  std::vector<Comparison> comparisons;
};

struct RegisterRule {
  Rule rule;
  TitlePair title;
  std::vector<std::size_t> registers;  // whose measures it asks for
  std::optional<AlertKind> alert;      // then it asks for one register
  bool is_of_members = false;          // of obligors it says nothing: whoever owes support is expected to work
  bool is_off = false;                 // a county does not want it
};

struct Catalogue {
  std::vector<Attribute> attributes;
  std::vector<Register> registers;
  std::vector<RegisterRule> rules;
  int visit_working_days = 1;  // within which somebody looks at what woke the watch

  /// Nothing where there is none of that name.
  const Register* find(std::string_view name) const;
};

/// Places of the registers whose measures a rule asks for.
std::vector<std::size_t> registers_asked(const Rule& rule, const Catalogue& catalogue);

/// Refuses with "sieve_file.invalid" and every mistake as a field error, as read_run_file() does.
Result<Catalogue> read_catalogue(std::string text, const std::string& file);

}  // namespace jiuzhu::sieve
