#pragma once
// How the departments of the city deliver their registers: which columns under which titles, in which encoding. They
// know the catalogue (policy/registers) as little as real departments do: titles, signs and forms of dates differ.
// Constant; any thread.

#include <array>
#include <span>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "engines/sieve/plan.hpp"

namespace jiuzhu::demo_city {

/// As the catalogue names them, and in its order.
enum class RegisterName {
  vehicles,
  flights,
  employment,
  pensions,
  real_estate,
  companies,
  housing_fund,
  deposits,
  deaths,
  public_payroll,
  prisoners,
  other_benefits
};
BOOST_DESCRIBE_ENUM(RegisterName, vehicles, flights, employment, pensions, real_estate, companies, housing_fund,
                    deposits, deaths, public_payroll, prisoners, other_benefits)
inline constexpr std::size_t kRegisterCount = 12;

/// What stands in a column.
enum class ColumnForm {
  plain,      // what the entry says under the catalogue's title
  number,     // of the person
  name,       // of the person
  serial,     // 1, 2, 3
  constant,   // what `catalogue` says, in every row: a column that the catalogue does not have
  compact,    // a day or month without its hyphens: 20250630
  slashed,    // 2025/06/30
  with_time,  // 2025-06-30 10:20:00
};

struct DeliveredColumn {
  std::string_view title;      // in the file
  std::string_view catalogue;  // there
  ColumnForm form = ColumnForm::plain;
};

struct Delivery {
  RegisterName name;
  sieve::Encoding encoding = sieve::Encoding::utf_8;
  char separator = ',';
  bool quotes_all = false;
  bool is_packed = false;
  std::span<const DeliveredColumn> columns;

  /// "deposits.csv.gz"
  std::string file_name() const;
};

/// In the order of RegisterName.
const std::array<Delivery, kRegisterCount>& deliveries();

}  // namespace jiuzhu::demo_city
