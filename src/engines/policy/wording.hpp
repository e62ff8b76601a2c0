#pragma once
// The prose of decisions: phrases from policy/wording.yaml with {placeholders}, and citations from the register of
// instruments. Immutable; shared by every decision made with one rulebook.

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engines/policy/rules.hpp"

namespace jiuzhu::policy {

enum class Phrase : std::uint8_t {
  law_in_force,
  members_heading,
  member_line,
  registration_line,
  incomes_heading,
  income_counted_line,
  income_not_counted_line,
  income_open_line,
  no_incomes,
  deduction_line,
  deduction_refused_line,
  obligor_line,
  obligor_unknown_line,
  property_line,
  property_limit_line,
  no_property,
  figures_line,
  figures_range_line,
  figures_rural_line,
  below_standard,
  not_below_standard,
  standard_undecided,
  amount_line,
  uplift_line,
  uplift_open_line,
  outcome_eligible,
  outcome_not_eligible,
  outcome_review,
  open_question,
  missing_fact,
  listed_locally,
  not_listed_locally,
  marginal_yes,
  marginal_no,
  marginal_unknown,
  single_person_line,
  hypothetical,
  basis,
  household,
  person_decides
};
BOOST_DESCRIBE_ENUM(Phrase, law_in_force, members_heading, member_line, registration_line, incomes_heading,
                    income_counted_line, income_not_counted_line, income_open_line, no_incomes, deduction_line,
                    deduction_refused_line, obligor_line, obligor_unknown_line, property_line, property_limit_line,
                    no_property, figures_line, figures_range_line, figures_rural_line, below_standard,
                    not_below_standard, standard_undecided, amount_line, uplift_line, uplift_open_line,
                    outcome_eligible, outcome_not_eligible, outcome_review, open_question, missing_fact, listed_locally,
                    not_listed_locally, marginal_yes, marginal_no, marginal_unknown, single_person_line, hypothetical,
                    basis, household, person_decides)

struct Wording {
  std::map<Phrase, BilingualText> phrases;
  std::map<std::string, BilingualText, std::less<>> terms;  // slots, kinds, relations and states by name
  std::map<std::string, Instrument, std::less<>> instruments;

  using Values = std::vector<std::pair<std::string_view, std::string>>;
  std::string say(Phrase phrase, Language language, const Values& values = {}) const;
  BilingualText say(Phrase phrase, const Values& zh, const Values& en) const;
  /// The term's text, or the name itself.
  std::string term(std::string_view name, Language language) const;
  /// "DB-2012/5-1-2" as 《最低生活保障审核审批办法（试行）》第五条第一款第（二）项.
  std::string cite(std::string_view article, Language language) const;
  /// Of articles separated by blanks, the first whose instrument is in force on a date; the last when none is.
  std::string_view in_force(std::string_view articles, Date date) const;
  std::string cite_all(const std::vector<std::string>& articles, Language language) const;
};

/// 1067 as 一千零六十七; 0 to 9999.
std::string chinese_number(int number);

}  // namespace jiuzhu::policy
