#include "kernel/policy_files/yaml_reader.hpp"

#include <algorithm>
#include <set>

namespace jiuzhu::policy {

YamlReader YamlReader::parse(const std::string& file, const std::string& text, Problems& problems) {
  YamlReader reader(file, "", problems);
  try {
    reader.node_ = YAML::Load(text);
  } catch (const YAML::Exception& problem) {
    problems.push_back({file + ":" + std::to_string(problem.mark.line + 1),
                        "policy_file.syntax",
                        {{"file", file},
                         {"line", std::to_string(problem.mark.line + 1)},
                         {"column", std::to_string(problem.mark.column + 1)},
                         {"problem", problem.msg}}});
  }
  return reader;
}

void YamlReader::fail(std::string key, MessageParams params) const {
  const int column = node_ ? node_->Mark().column + 1 : 1;
  MessageParams all{{"file", file_},
                    {"line", std::to_string(line())},
                    {"column", std::to_string(column)},
                    {"field", field_.empty() ? "/" : field_}};
  all.insert(all.end(), params.begin(), params.end());
  problems_->push_back({file_ + ":" + std::to_string(line()), std::move(key), std::move(all)});
}

YamlReader YamlReader::child(std::string_view name, const YAML::Node& node) const {
  YamlReader inner(file_, field_.empty() ? std::string(name) : field_ + "/" + std::string(name), *problems_);
  inner.node_ = node;
  return inner;
}

void YamlReader::allow(std::initializer_list<std::string_view> allowed) const {
  if (!is_map()) return fail("policy_file.not_map");
  std::set<std::string> seen;
  for (const auto& [name, value] : members()) {
    if (!seen.insert(name).second) value.fail("policy_file.twice");
    if (std::ranges::find(allowed, name) != allowed.end()) continue;
    std::string list;
    for (std::string_view word : allowed) list += (list.empty() ? "" : ", ") + std::string(word);
    value.fail("policy_file.unknown_key", {{"allowed", list}});
  }
}

std::vector<std::pair<std::string, YamlReader>> YamlReader::members() const {
  std::vector<std::pair<std::string, YamlReader>> list;
  if (!is_map()) return list;
  for (const auto& entry : *node_) {
    const std::string name = entry.first.IsScalar() ? entry.first.Scalar() : "?";
    list.emplace_back(name, child(name, entry.second));
  }
  return list;
}

std::vector<YamlReader> YamlReader::elements() const {
  std::vector<YamlReader> list;
  if (is_null()) return list;
  if (!is_list()) {
    fail("policy_file.not_list");
    return list;
  }
  int index = 0;
  for (const auto& entry : *node_) list.push_back(child(std::to_string(index++), entry));
  return list;
}

YamlReader YamlReader::find(std::string_view name) const {
  for (auto& [key, value] : members()) {
    if (key == name) return std::move(value);
  }
  YamlReader missing(file_, field_.empty() ? std::string(name) : field_ + "/" + std::string(name), *problems_);
  return missing;
}

std::optional<std::string> YamlReader::optional_text(std::string_view name) const {
  const YamlReader found = find(name);
  if (found.is_null()) return std::nullopt;
  if (!found.is_scalar()) {
    found.fail("policy_file.not_text");
    return std::nullopt;
  }
  return found.scalar();
}

std::string YamlReader::text(std::string_view name) const {
  if (find(name).is_null()) {
    fail("policy_file.missing", {{"name", std::string(name)}});
    return {};
  }
  return optional_text(name).value_or("");
}

std::optional<Date> YamlReader::optional_date(std::string_view name) const {
  const auto value = optional_text(name);
  if (!value) return std::nullopt;
  const auto date = Date::parse(*value);
  if (!date) find(name).fail("policy_file.not_date", {{"value", *value}});
  return date;
}

Date YamlReader::date(std::string_view name) const {
  if (find(name).is_null()) fail("policy_file.missing", {{"name", std::string(name)}});
  return optional_date(name).value_or(Date());
}

BilingualText YamlReader::as_bilingual() const {
  allow({"zh", "en"});
  return {text("zh"), text("en")};
}

BilingualText YamlReader::bilingual(std::string_view name) const {
  const YamlReader found = find(name);
  if (found.is_null()) {
    fail("policy_file.missing", {{"name", std::string(name)}});
    return {};
  }
  return found.as_bilingual();
}

std::vector<std::string> YamlReader::texts(std::string_view name) const {
  const YamlReader found = find(name);
  if (found.is_null()) return {};
  if (found.is_scalar()) return {found.scalar()};
  std::vector<std::string> list;
  for (const YamlReader& element : found.elements()) {
    if (!element.is_scalar()) element.fail("policy_file.not_text");
    list.push_back(element.scalar());
  }
  return list;
}

Verification YamlReader::status(std::string_view name) const {
  const std::string mark = text(name);
  if (mark == "V") return Verification::verified;
  if (mark == "P") return Verification::page_only;
  if (mark == "MEM") return Verification::from_memory;
  if (mark == "NOTICE") return Verification::notice;
  if (mark == "DESIGN") return Verification::design;
  if (mark == "demonstration") return Verification::demonstration;
  if (!mark.empty()) {
    find(name).fail("policy_file.not_in_list",
                    {{"value", mark}, {"allowed", "V, P, MEM, NOTICE, DESIGN, demonstration"}});
  }
  return Verification::from_memory;
}

Expression YamlReader::expression(std::string_view name, ValueType wanted, Scopes scopes) const {
  const std::string source = text(name);
  auto parsed = Expression::parse(source, wanted, scopes);
  if (parsed) return std::move(*parsed);
  const ExpressionError& problem = parsed.error();
  if (!find(name).is_null()) {
    find(name).fail("policy_file.expression", {{"problem", problem.key},
                                               {"near", problem.near},
                                               {"expression_line", std::to_string(problem.line)},
                                               {"expression_column", std::to_string(problem.column)}});
  }
  return {};
}

}  // namespace jiuzhu::policy
