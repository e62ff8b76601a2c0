#include "modules/verification/lookup_view.hpp"

#include "modules/verification/declared.hpp"

namespace jiuzhu::verification {
namespace {

std::string figure_text(sieve::DeclaredFigure figure, std::int64_t value) {
  return is_money(figure) ? Money::fen(value).to_text() : std::to_string(value);
}

}  // namespace

MetRuleView view_of(const MetRule& rule, Language language, const api::ArticleTitles& titles) {
  MetRuleView met{
      .code = rule.code, .title = language == Language::zh ? rule.title : rule.title_en, .result = rule.result};
  for (const std::string& article : rule.law) met.law.push_back({article, titles(article, language)});
  return met;
}

LookupAnswerView view_of(const LookupAnswer& answer, Language language, const api::ArticleTitles& titles) {
  LookupAnswerView view{.registers = answer.registers};
  for (const LookedUpPerson& person : answer.persons) {
    view.persons.push_back({person.person, person.is_authorised, person.result});
  }
  for (const LookedUpFinding& finding : answer.findings) {
    view.findings.push_back({.number = static_cast<std::int64_t>(view.findings.size()),
                             .person = finding.person,
                             .finding = {.source = finding.source,
                                         .content = finding.content,
                                         .amount = finding.amount,
                                         .as_of = finding.as_of,
                                         .register_code = finding.register_code,
                                         .rules = finding.rules,
                                         .name_grade = finding.grade}});
  }
  for (const MetRule& rule : answer.rules) view.rules.push_back(view_of(rule, language, titles));
  for (const DeclaredBesideFound& pair : answer.comparisons) {
    view.comparisons.push_back({.figure = pair.figure,
                                .register_code = pair.register_code,
                                .declared = figure_text(pair.figure, pair.declared),
                                .found = figure_text(pair.figure, pair.found),
                                .is_more = pair.is_more});
  }
  return view;
}

LookupView view_of(const LookupRow& row, const LookupAnswer& answer, Language language,
                   const api::ArticleTitles& titles) {
  LookupAnswerView parts = view_of(answer, language, titles);
  return {.id = row.id,
          .made_at = row.made_at,
          .made_by = row.made_by_name,
          .registers = std::move(parts.registers),
          .persons = std::move(parts.persons),
          .findings = std::move(parts.findings),
          .rules = std::move(parts.rules),
          .comparisons = std::move(parts.comparisons)};
}

}  // namespace jiuzhu::verification
