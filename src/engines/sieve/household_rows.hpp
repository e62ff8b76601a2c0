#pragma once
// The rows of the households' file, as bytes of CSV. Const after construction; any thread.

#include <string>
#include <string_view>
#include <vector>

#include "engines/sieve/judge.hpp"

namespace jiuzhu::sieve {

class HouseholdRows {
 public:
  /// All must outlive this.
  HouseholdRows(const Plan& plan, const People& people, const Tally& tally, const FoundTexts& texts);

  std::string titles() const;
  /// The row of a household to which rules apply, with the line's end. `figures`: of all rows.
  void append(std::string& bytes, HouseholdIndex household, const std::vector<Applied>& applied,
              const std::vector<Figure>& figures) const;

 private:
  /// How a figure is written.
  enum class Form { count, money, decimal, date, text };
  static Form form_of(const Measure& measure);
  void append_figure(std::string& bytes, const Figure& figure, Form form) const;

  const Plan& plan_;
  const People& people_;
  const Tally& tally_;
  const FoundTexts& texts_;
  std::vector<const Measure*> measures_;
  std::vector<Form> forms_;  // of measures
};

/// One cell as a spreadsheet reads it: in quotes where need be, an apostrophe before what looks like a formula.
void append_cell(std::string& bytes, std::string_view text);

}  // namespace jiuzhu::sieve
