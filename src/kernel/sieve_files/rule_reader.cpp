#include <algorithm>
#include <set>

#include "engines/sieve/figures.hpp"
#include "kernel/sieve_files/readers.hpp"

namespace jiuzhu::sieve {
namespace {

/// What conditions may ask for. The value of a text is shown, but there is nothing to compare it with.
struct Figures {
  FigureNames numbers;
  std::set<std::string> texts;
};

Figures figures_of(const Plan& plan) {
  Figures figures{.numbers = figure_names(plan)};
  for (const Source& source : plan.sources) {
    for (const Measure& measure : source.measures) {
      const bool is_counted = measure.aggregate == Aggregate::count || measure.aggregate == Aggregate::distinct;
      if (is_counted || measure.type != ValueType::text) continue;
      figures.texts.insert(measure.name);
      figures.numbers.erase(measure.name);
    }
  }
  return figures;
}

std::optional<Condition> read_condition(const YamlReader& entry, std::string_view name, const Figures& figures) {
  const auto text = entry.optional_text(name);
  if (!text) return std::nullopt;
  auto condition = Condition::parse(*text, figures.numbers);
  if (condition) return std::move(*condition);
  const ConditionError& problem = condition.error();
  const bool is_text = problem.key == "condition.unknown_name" && figures.texts.contains(problem.near);
  entry.find(name).fail_within(problem.column, is_text ? "sieve_file.text_in_condition" : problem.key,
                               {{"near", problem.near}});
  return std::nullopt;
}

bool is_code(const std::string& code) {
  return !code.empty() && code.size() <= 60 && std::ranges::all_of(code, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

}  // namespace

std::vector<Rule> read_rules(const YamlReader& list, const Plan& plan,
                             std::initializer_list<std::string_view> besides) {
  std::vector<std::string_view> allowed{"title", "when", "unless", "law", "result"};
  allowed.insert(allowed.end(), besides);
  const Figures figures = figures_of(plan);
  std::vector<Rule> rules;
  for (const auto& [code, entry] : list.named_members()) {
    if (!is_code(code)) entry.fail_at_key("sieve_file.bad_code", {{"code", code}});
    entry.allow(allowed);
    if (!entry.is_map()) continue;
    if (entry.find("when").is_null()) entry.fail("yaml.missing", {{"name", "when"}});
    rules.push_back({.code = code,
                     .title = entry.optional_text("title").value_or(""),
                     .law = entry.texts("law"),
                     .result = entry.choice<RuleResult>("result"),
                     .when = read_condition(entry, "when", figures).value_or(Condition()),
                     .unless = read_condition(entry, "unless", figures)});
  }
  return rules;
}

}  // namespace jiuzhu::sieve
