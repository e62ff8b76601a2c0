#include "kernel/policy_files/readers.hpp"

namespace jiuzhu::policy {

BilingualText read_bilingual(const YamlReader& entry) {
  entry.allow({"zh", "en"});
  return {entry.text("zh"), entry.text("en")};
}

BilingualText read_bilingual(const YamlReader& entry, std::string_view name) {
  const YamlReader found = entry.find(name);
  if (found.is_null()) {
    entry.fail("yaml.missing", {{"name", std::string(name)}});
    return {};
  }
  return read_bilingual(found);
}

Verification read_status(const YamlReader& entry) {
  const std::string mark = entry.text("status");
  if (mark == "V") return Verification::verified;
  if (mark == "P") return Verification::page_only;
  if (mark == "MEM") return Verification::from_memory;
  if (mark == "NOTICE") return Verification::notice;
  if (mark == "DESIGN") return Verification::design;
  if (mark == "demonstration") return Verification::demonstration;
  if (!mark.empty()) entry.find("status").fail_choice(mark, "V, P, MEM, NOTICE, DESIGN, demonstration");
  return Verification::from_memory;
}

Expression read_expression(const YamlReader& entry, std::string_view name, ValueType wanted, Scopes scopes) {
  const std::string source = entry.text(name);
  auto parsed = Expression::parse(source, wanted, scopes);
  if (parsed) return std::move(*parsed);
  const ExpressionError& problem = parsed.error();
  if (!entry.find(name).is_null()) {
    entry.find(name).fail("policy_file.expression", {{"problem", problem.key},
                                                     {"near", problem.near},
                                                     {"expression_line", std::to_string(problem.line)},
                                                     {"expression_column", std::to_string(problem.column)}});
  }
  return {};
}

}  // namespace jiuzhu::policy
