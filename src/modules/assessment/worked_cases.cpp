#include "modules/assessment/worked_cases.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "base/text.hpp"
#include "engines/policy/assess.hpp"
#include "kernel/policy_json/policy_json.hpp"

namespace jiuzhu::assessment {
namespace {

using policy::Truth;

/// Words in one canonical order, so that lists compare as sets.
std::string sorted_words(std::string_view text) {
  std::vector<std::string_view> words = split(text, ' ');
  std::ranges::sort(words);
  std::string joined;
  for (std::string_view word : words) {
    if (!word.empty()) joined += (joined.empty() ? "" : " ") + std::string(word);
  }
  return joined;
}

template <class Range, class Name>
std::string names_of(const Range& range, const Name& name) {
  std::string names;
  for (const auto& element : range) {
    const std::string text = name(element);
    if (!text.empty()) names += (names.empty() ? "" : " ") + text;
  }
  return names;
}

void add_basis(std::set<std::string>& articles, std::set<std::string>& missing, const policy::Basis& basis) {
  articles.insert(basis.articles.begin(), basis.articles.end());
  missing.insert(basis.missing.begin(), basis.missing.end());
}

/// Every article and every missing fact that the decision names anywhere.
void collect(const policy::Decision& decision, std::set<std::string>& articles, std::set<std::string>& missing) {
  articles.insert(decision.law.begin(), decision.law.end());
  add_basis(articles, missing, decision.registration);
  for (const auto& finding : decision.members) add_basis(articles, missing, finding.basis);
  for (const auto& finding : decision.incomes) add_basis(articles, missing, finding.basis);
  for (const auto& finding : decision.deductions) add_basis(articles, missing, finding.basis);
  for (const auto& finding : decision.obligors) add_basis(articles, missing, finding.basis);
  for (const auto& finding : decision.property) add_basis(articles, missing, finding.basis);
  for (const auto& finding : decision.property_limits) add_basis(articles, missing, finding.basis);
  for (const auto& finding : decision.single_person) add_basis(articles, missing, finding.basis);
  for (const auto& finding : decision.uplifts) add_basis(articles, missing, finding.basis);
  for (const auto& step : decision.trace) articles.insert(step.articles.begin(), step.articles.end());
  articles.insert(decision.marginal_family.articles.begin(), decision.marginal_family.articles.end());
}

/// The wanted words that are among the found; comparing it with what was wanted shows what is missing.
std::string contained(const std::string& wanted, const std::set<std::string>& found) {
  return names_of(split(wanted, ' '), [&](std::string_view word) {
    return found.contains(std::string(word)) ? std::string(word) : std::string();
  });
}

std::string members_with(const policy::Decision& decision, Truth counted) {
  return names_of(decision.members, [&](const auto& m) { return m.counted == counted ? m.key : std::string(); });
}

std::string incomes_with(const policy::Decision& decision, Truth counted) {
  return names_of(decision.incomes, [&](const auto& finding) {
    return finding.counted == counted ? std::to_string(finding.index) : std::string();
  });
}

std::string marginal_text(const policy::MarginalFinding& finding) {
  return finding.defined ? std::string(policy::name_of(finding.marginal)) : "undefined";
}

std::string obligors_text(const policy::Decision& decision) {
  return names_of(decision.obligors, [](const auto& finding) {
    return finding.key + "=" + (finding.added_month ? finding.added_month->to_text() : "open");
  });
}

std::string actual_of(const policy::Decision& decision, const std::string& name, const std::string& wanted) {
  std::set<std::string> articles;
  std::set<std::string> missing;
  collect(decision, articles, missing);
  if (name == "outcome") return std::string(policy::name_of(decision.outcome));
  if (name == "amount") return decision.amount_month ? decision.amount_month->to_text() : "none";
  if (name == "first_month") return decision.first_month ? decision.first_month->to_text() : "none";
  if (name == "persons") return std::to_string(decision.figures.persons_least);
  if (name == "counted") return members_with(decision, Truth::yes);
  if (name == "not_counted") return members_with(decision, Truth::no);
  if (name == "open") return members_with(decision, Truth::unknown);
  if (name == "marginal") return marginal_text(decision.marginal_family);
  if (name == "single") {
    return names_of(decision.single_person, [](const auto& finding) {
      return finding.key + "=" + std::string(policy::name_of(finding.may_apply));
    });
  }
  if (name == "incomes_counted") return incomes_with(decision, Truth::yes);
  if (name == "incomes_not_counted") return incomes_with(decision, Truth::no);
  if (name == "incomes_open") return incomes_with(decision, Truth::unknown);
  if (name == "income_month") return decision.figures.income_month_least.to_text();
  if (name == "obligors") return obligors_text(decision);
  if (name == "limits") {
    return names_of(decision.property_limits, [](const auto& finding) {
      return finding.limit_name + "=" + std::string(policy::name_of(finding.exceeded));
    });
  }
  if (name == "law") return contained(wanted, articles);
  if (name == "missing") return contained(wanted, missing);
  if (name == "packs") return names_of(decision.packs, [](const auto& pack) { return pack.id; });
  if (name == "error" || name == "fields") return "none";
  return "there is no such expectation";
}

std::string actual_of(const Error& error, const std::string& name) {
  if (name == "error") return error.key;
  if (name == "fields") return names_of(error.fields, [](const FieldError& field) { return field.pointer; });
  return "refused with " + error.key;
}

}  // namespace

std::vector<CaseDifference> run_worked_case(const policy::WorkedCase& worked, const policy::Rulebook& rulebook) {
  Result<policy::Decision> decision = refuse(ErrorCode::invalid_input, "unset");
  auto facts = json::read_text<policy::HouseholdFacts>(worked.facts_json);
  if (facts) {
    decision = policy::assess(*facts, rulebook);
  } else {
    decision = std::unexpected(facts.error());
  }
  std::vector<CaseDifference> differences;
  for (const auto& [name, wanted] : worked.expected) {
    const std::string actual =
        sorted_words(decision ? actual_of(*decision, name, wanted) : actual_of(decision.error(), name));
    const std::string expected = sorted_words(wanted == "nobody" ? "" : wanted);
    if (actual == expected) continue;
    differences.push_back({worked.id, worked.file + ":" + std::to_string(worked.line), name, expected, actual});
  }
  return differences;
}

}  // namespace jiuzhu::assessment
