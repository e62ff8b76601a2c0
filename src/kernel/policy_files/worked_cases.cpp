// Worked cases are written in YAML because people read and review them; the engine takes them as JSON, like any caller.

#include <set>

#include "kernel/policy_files/policy_files.hpp"
#include "kernel/policy_files/readers.hpp"

namespace jiuzhu::policy {
namespace {

void append_text(std::string& json, const std::string& text) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  json += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      json += '\\';
      json += c;
    } else if (byte < 0x20) {
      json += "\\u00";
      json += kHex[byte >> 4U];
      json += kHex[byte & 15U];
    } else {
      json += c;
    }
  }
  json += '"';
}

bool is_integer(const std::string& text) {
  const std::size_t start = text.starts_with('-') ? 1 : 0;
  return text.size() > start && text.size() < 19 && text.find_first_not_of("0123456789", start) == std::string::npos;
}

/// Plain true, false and integers keep their type; everything else is a text.
void append_json(std::string& json, const YamlReader& node) {
  if (node.is_map()) {
    json += '{';
    for (bool first = true; const auto& [name, value] : node.members()) {
      if (!first) json += ',';
      first = false;
      append_text(json, name);
      json += ':';
      append_json(json, value);
    }
    json += '}';
  } else if (node.is_list()) {
    json += '[';
    for (bool first = true; const YamlReader& element : node.elements()) {
      if (!first) json += ',';
      first = false;
      append_json(json, element);
    }
    json += ']';
  } else if (node.is_null()) {
    json += "null";
  } else {
    const std::string text = node.scalar();
    const bool keeps_type = node.is_plain() && (text == "true" || text == "false" || is_integer(text));
    if (keeps_type) {
      json += text;
    } else {
      append_text(json, text);
    }
  }
}

std::string joined(const YamlReader& value) {
  if (!value.is_list()) return value.scalar();
  std::string text;
  for (const YamlReader& element : value.elements()) text += (text.empty() ? "" : " ") + element.scalar();
  return text;
}

}  // namespace

Result<std::vector<WorkedCase>> load_worked_cases(const PolicyFiles& files) {
  Problems problems;
  std::vector<WorkedCase> cases;
  std::set<std::string> ids;
  for (const auto& [path, text] : files) {
    if (!path.starts_with("cases/")) continue;
    const YamlReader file = YamlReader::parse(path, text, problems);
    if (file.is_null()) continue;
    file.allow({"cases"});
    for (const YamlReader& entry : file.find("cases").elements()) {
      entry.allow({"id", "title", "facts", "expect"});
      WorkedCase worked{
          .id = entry.text("id"), .title = read_bilingual(entry, "title"), .file = path, .line = entry.line()};
      if (!ids.insert(worked.id).second) entry.find("id").fail("policy_file.id_twice", {{"id", worked.id}});
      if (!entry.find("facts").is_map()) entry.fail("yaml.missing", {{"name", "facts"}});
      append_json(worked.facts_json, entry.find("facts"));
      for (const auto& [name, value] : entry.find("expect").members())
        worked.expected.emplace_back(name, joined(value));
      if (worked.expected.empty()) entry.fail("yaml.missing", {{"name", "expect"}});
      cases.push_back(std::move(worked));
    }
  }
  if (problems.empty()) return cases;
  return refuse(Error{.code = ErrorCode::invalid_input, .key = "policy_file.invalid", .fields = std::move(problems)});
}

}  // namespace jiuzhu::policy
