#pragma once
// How a look-up appears on pages.

#include "kernel/api/problem.hpp"
#include "modules/verification/lookup.hpp"

namespace jiuzhu {

struct MetRuleView {
  std::string code;
  std::string title;
  sieve::RuleResult result = sieve::RuleResult::clue;
  std::vector<api::Citation> law;
};
BOOST_DESCRIBE_STRUCT(MetRuleView, (), (code, title, result, law))

struct VerificationFindingView {
  std::string source;
  std::string content;
  std::optional<Money> amount;
  std::optional<Date> as_of;
  std::optional<std::string> register_code;
  std::vector<std::string> rules;  // codes
  std::vector<MetRuleView> met;    // the same in a report; of a look-up they stand once, beside the findings
  std::optional<sieve::NameGrade> name_grade;
  std::optional<std::string> dismissed_reason;
};
BOOST_DESCRIBE_STRUCT(VerificationFindingView, (),
                      (source, content, amount, as_of, register_code, rules, met, name_grade, dismissed_reason))

struct LookupFindingView {
  std::int64_t number = 0;  // its place
  std::string person;
  VerificationFindingView finding;
};
BOOST_DESCRIBE_STRUCT(LookupFindingView, (), (number, person, finding))

struct LookupPersonView {
  std::string person;
  bool is_authorised = false;
  verification::PersonResult result = verification::PersonResult::no_anomaly;
};
BOOST_DESCRIBE_STRUCT(LookupPersonView, (), (person, is_authorised, result))

/// Beside what the household declared; money in yuan or plain counts.
struct DeclaredBesideFoundView {
  sieve::DeclaredFigure figure = sieve::DeclaredFigure::vehicles;
  std::string register_code;
  std::string declared;
  std::string found;
  bool is_more = false;  // found than declared
};
BOOST_DESCRIBE_STRUCT(DeclaredBesideFoundView, (), (figure, register_code, declared, found, is_more))

struct LookupAnswerView {
  std::vector<verification::AskedRegister> registers;
  std::vector<LookupPersonView> persons;
  std::vector<LookupFindingView> findings;
  std::vector<MetRuleView> rules;
  std::vector<DeclaredBesideFoundView> comparisons;
};
BOOST_DESCRIBE_STRUCT(LookupAnswerView, (), (registers, persons, findings, rules, comparisons))

struct LookupView {
  verification::LookupId id;
  Instant made_at;
  std::string made_by;
  std::vector<verification::AskedRegister> registers;
  std::vector<LookupPersonView> persons;
  std::vector<LookupFindingView> findings;
  std::vector<MetRuleView> rules;
  std::vector<DeclaredBesideFoundView> comparisons;
};
BOOST_DESCRIBE_STRUCT(LookupView, (), (id, made_at, made_by, registers, persons, findings, rules, comparisons))

namespace verification {

MetRuleView view_of(const MetRule& rule, Language language, const api::ArticleTitles& titles);
/// `titles` names articles.
LookupAnswerView view_of(const LookupAnswer& answer, Language language, const api::ArticleTitles& titles);
LookupView view_of(const LookupRow& row, const LookupAnswer& answer, Language language,
                   const api::ArticleTitles& titles);

}  // namespace verification
}  // namespace jiuzhu
