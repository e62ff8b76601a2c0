#include "modules/assessment/assessment.hpp"

#include <istream>
#include <ostream>

#include "engines/policy/assess.hpp"
#include "kernel/policy_json/policy_json.hpp"

namespace jiuzhu::assessment {
namespace {

// A household of fifty members with everything filled in is far below this; longer lines are refused unread.
constexpr std::size_t kLineBytesMost = 4U << 20U;

json::Value error_value(const Error& error) {
  json::Value::Array fields;
  for (const FieldError& field : error.fields) {
    json::Value entry;
    entry.set("pointer", field.pointer).set("key", field.key);
    for (const auto& [name, value] : field.params) entry.set(name, value);
    fields.push_back(std::move(entry));
  }
  json::Value value;
  value.set("code", std::string_view(name_of(error.code))).set("key", error.key);
  for (const auto& [name, text] : error.params) value.set(name, text);
  return value.set("fields", std::move(fields));
}

Result<json::Value> assess_line(std::string_view line, const policy::Rulebook& rulebook) {
  if (line.size() > kLineBytesMost) return refuse(ErrorCode::too_large, "assess.line_too_long");
  JZ_TRY(const auto facts, json::read_text<policy::HouseholdFacts>(line));
  JZ_TRY(policy::Decision decision, policy::assess(facts, rulebook));
  decision.trace.clear();
  return json::write(decision);
}

template <class T>
std::string schema_document(std::string_view id, std::string_view title) {
  json::Components components;
  const json::Value reference = json::Codec<T>::schema(components);
  json::Value document;
  document.set("$schema", "https://json-schema.org/draft/2020-12/schema").set("$id", id).set("title", title);
  document.set("$ref", *reference.find("$ref"));
  document.set("components", json::Value().set("schemas", json::Value(std::move(components))));
  return json::print_pretty(document);
}

}  // namespace

Result<std::string> assess_json(std::string_view facts, const policy::Rulebook& rulebook) {
  JZ_TRY(const auto household, json::read_text<policy::HouseholdFacts>(facts));
  JZ_TRY(policy::Decision decision, policy::assess(household, rulebook));
  policy::ExplainedDecision explained{{std::move(decision)}, {}};
  explained.explanation = {policy::explain(explained, policy::Language::zh),
                           policy::explain(explained, policy::Language::en)};
  return json::print_pretty(json::write(explained));
}

BatchCount assess_lines(std::istream& in, std::ostream& out, const policy::Rulebook& rulebook) {
  BatchCount count;
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (line.ends_with('\r')) line.pop_back();
    if (line.find_first_not_of(" \t") == std::string::npos) continue;
    ++count.lines;
    const auto result = assess_line(line, rulebook);
    if (result) {
      out << json::print(*result) << '\n';
      continue;
    }
    ++count.refused;
    out << json::print(json::Value().set("line", number).set("error", error_value(result.error()))) << '\n';
  }
  return count;
}

std::string facts_schema() {
  return schema_document<policy::HouseholdFacts>("household-facts.schema.json", "家庭事实（低保资格测算输入）");
}

std::string decision_schema() {
  return schema_document<policy::ExplainedDecision>("decision.schema.json", "认定意见（低保资格测算输出）");
}

}  // namespace jiuzhu::assessment
