#include "platform/yaml/yaml_reader.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "base/text.hpp"

namespace jiuzhu {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// Bytes of a text that are no blanks, up to a character counted from 1.
std::size_t signs_before(std::string_view text, int character) {
  std::size_t signs = 0;
  int seen = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80 && ++seen >= character) break;
    signs += is_blank(c) ? 0 : 1;
  }
  return signs;
}

/// From where a scalar is written to where its value begins: behind its anchor and tag, its quote, or the line of "|".
std::size_t value_start(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == '&' || text[at] == '!')) {
    while (at < text.size() && !is_blank(text[at])) ++at;
    while (at < text.size() && is_blank(text[at])) ++at;
  }
  if (at >= text.size()) return at;
  if (text[at] == '"' || text[at] == '\'') return at + 1;
  if (text[at] == '|' || text[at] == '>') return std::min(text.find('\n', at), text.size());
  return at;
}

}  // namespace

YamlReader::YamlReader(std::shared_ptr<const Document> document, std::string field)
    : document_(std::move(document)), field_(std::move(field)) {}

YamlReader YamlReader::parse(const std::string& file, std::string text, Problems& problems) {
  if (text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
  YamlReader reader(std::make_shared<const Document>(Document{file, std::move(text), &problems}), "");
  const std::string& source = reader.document_->text;
  if (!is_clean_utf8(source)) {
    reader.fail("yaml.not_utf8");
    return reader;
  }
  try {
    reader.set_node(YAML::Load(source));
  } catch (const YAML::Exception& problem) {
    reader.fail_at(reader.offset_of({problem.mark.line, problem.mark.column}), "yaml.syntax",
                   {{"problem", problem.msg}});
  }
  return reader;
}

void YamlReader::set_node(const YAML::Node& node) {
  if (!node.IsDefined()) return;
  node_ = std::make_shared<const YAML::Node>(node);
  place_ = {node.Mark().line, node.Mark().column};
}

bool YamlReader::is_null() const { return !node_ || node_->IsNull(); }
bool YamlReader::is_map() const { return node_ && node_->IsMap(); }
bool YamlReader::is_list() const { return node_ && node_->IsSequence(); }
bool YamlReader::is_scalar() const { return node_ && node_->IsScalar(); }
bool YamlReader::is_plain() const { return is_scalar() && node_->Tag() == "?"; }
int YamlReader::line() const { return place_.line + 1; }
const std::string& YamlReader::file() const { return document_->file; }
std::string YamlReader::scalar() const { return is_scalar() ? node_->Scalar() : std::string(); }

std::size_t YamlReader::offset_of(Place place) const {
  const std::string& text = document_->text;
  std::size_t offset = 0;
  for (int line = 0; line < place.line; ++line) {
    const std::size_t end = text.find('\n', offset);
    if (end == std::string::npos) return text.size();
    offset = end + 1;
  }
  // The library has places of -1 for what stands nowhere.
  return std::min(offset + static_cast<std::size_t>(std::max(place.column, 0)), text.size());
}

void YamlReader::fail_at(std::size_t offset, std::string key, MessageParams params) const {
  const std::string_view before = std::string_view(document_->text).substr(0, offset);
  const std::size_t line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  const std::string line = std::to_string(1 + std::ranges::count(before, '\n'));
  const std::string column = std::to_string(1 + code_points(before.substr(line_start)));
  MessageParams all{{"file", file()}, {"line", line}, {"column", column}, {"field", field_.empty() ? "/" : field_}};
  all.insert(all.end(), params.begin(), params.end());
  document_->problems->push_back({file() + ":" + line + ":" + column, std::move(key), std::move(all)});
}

void YamlReader::fail(std::string key, MessageParams params) const {
  fail_at(offset_of(place_), std::move(key), std::move(params));
}

void YamlReader::fail_at_key(std::string key, MessageParams params) const {
  fail_at(offset_of(key_place_), std::move(key), std::move(params));
}

void YamlReader::fail_within(int character, std::string key, MessageParams params) const {
  // Blanks of the file and of the value differ where lines are folded; the other characters are the same.
  const std::string& text = document_->text;
  const std::string value = scalar();
  const std::size_t signs = signs_before(value, character);
  std::size_t at = value_start(text, offset_of(place_));
  for (std::size_t seen = 0; at < text.size() && seen < signs; ++at) seen += is_blank(text[at]) ? 0 : 1;
  const bool is_at_end = static_cast<std::size_t>(character) > code_points(value);
  while (!is_at_end && at < text.size() && is_blank(text[at])) ++at;
  fail_at(at, std::move(key), std::move(params));
}

void YamlReader::fail_choice(const std::string& value, const std::string& allowed) const {
  fail("yaml.not_in_list", {{"value", value}, {"allowed", allowed}});
}

YamlReader YamlReader::child(std::string_view name) const {
  YamlReader inner(document_, field_.empty() ? std::string(name) : field_ + "/" + std::string(name));
  // Until it has a node of its own, it stands where its parent does.
  inner.place_ = place_;
  inner.key_place_ = place_;
  return inner;
}

void YamlReader::check_twice() const {
  std::set<std::string> seen;
  for (const auto& [name, value] : members()) {
    if (!seen.insert(name).second) value.fail_at_key("yaml.twice");
  }
}

void YamlReader::allow(std::initializer_list<std::string_view> allowed) const {
  allow(std::span(allowed.begin(), allowed.size()));
}

void YamlReader::allow(std::span<const std::string_view> allowed) const {
  if (!is_map()) return fail("yaml.not_map");
  check_twice();
  for (const auto& [name, value] : members()) {
    if (std::ranges::find(allowed, name) != allowed.end()) continue;
    std::string list;
    for (std::string_view word : allowed) list += (list.empty() ? "" : ", ") + std::string(word);
    value.fail_at_key("yaml.unknown_key", {{"allowed", list}});
  }
}

std::vector<std::pair<std::string, YamlReader>> YamlReader::members() const {
  std::vector<std::pair<std::string, YamlReader>> list;
  if (!is_map()) return list;
  for (const auto& entry : *node_) {
    const std::string name = entry.first.IsScalar() ? entry.first.Scalar() : "?";
    YamlReader value = child(name);
    value.set_node(entry.second);
    value.key_place_ = {entry.first.Mark().line, entry.first.Mark().column};
    // A value that is left out has no place of its own.
    if (value.is_null()) value.place_ = value.key_place_;
    list.emplace_back(name, std::move(value));
  }
  return list;
}

std::vector<std::pair<std::string, YamlReader>> YamlReader::named_members() const {
  if (!is_null() && !is_map()) fail("yaml.not_map");
  check_twice();
  std::vector<std::pair<std::string, YamlReader>> list = members();
  std::set<std::string> seen;
  std::erase_if(list, [&](const auto& member) { return !seen.insert(member.first).second; });
  return list;
}

std::vector<YamlReader> YamlReader::elements() const {
  std::vector<YamlReader> list;
  if (is_null()) return list;
  if (!is_list()) {
    fail("yaml.not_list");
    return list;
  }
  int index = 0;
  for (const auto& entry : *node_) {
    YamlReader element = child(std::to_string(index++));
    element.set_node(entry);
    list.push_back(std::move(element));
  }
  return list;
}

YamlReader YamlReader::find(std::string_view name) const {
  for (auto& [key, value] : members()) {
    if (key == name) return std::move(value);
  }
  return child(name);
}

std::optional<std::string> YamlReader::optional_text(std::string_view name) const {
  const YamlReader found = find(name);
  if (found.is_null()) return std::nullopt;
  if (!found.is_scalar()) {
    found.fail("yaml.not_text");
    return std::nullopt;
  }
  return found.scalar();
}

std::string YamlReader::text(std::string_view name) const {
  if (find(name).is_null()) {
    fail("yaml.missing", {{"name", std::string(name)}});
    return {};
  }
  return optional_text(name).value_or("");
}

std::optional<Date> YamlReader::optional_date(std::string_view name) const {
  const auto value = optional_text(name);
  if (!value) return std::nullopt;
  const auto date = Date::parse(*value);
  if (!date) find(name).fail("yaml.not_date", {{"value", *value}});
  return date;
}

Date YamlReader::date(std::string_view name) const {
  if (find(name).is_null()) fail("yaml.missing", {{"name", std::string(name)}});
  return optional_date(name).value_or(Date());
}

std::optional<bool> YamlReader::optional_flag(std::string_view name) const {
  const auto value = optional_text(name);
  if (!value) return std::nullopt;
  if (*value != "true" && *value != "false") find(name).fail("yaml.not_flag");
  return *value == "true";
}

bool YamlReader::flag(std::string_view name) const {
  if (find(name).is_null()) fail("yaml.missing", {{"name", std::string(name)}});
  return optional_flag(name).value_or(false);
}

std::optional<int> YamlReader::optional_number(std::string_view name, Range range) const {
  const auto value = optional_text(name);
  if (!value) return std::nullopt;
  int number = 0;
  const auto [end, problem] = std::from_chars(value->data(), value->data() + value->size(), number);
  if (problem == std::errc() && end == value->data() + value->size() && number >= range.least && number <= range.most) {
    return number;
  }
  find(name).fail("yaml.not_whole_number",
                  {{"value", *value}, {"least", std::to_string(range.least)}, {"most", std::to_string(range.most)}});
  return std::nullopt;
}

std::vector<std::string> YamlReader::texts(std::string_view name) const {
  const YamlReader found = find(name);
  if (found.is_null()) return {};
  if (found.is_scalar()) return {found.scalar()};
  std::vector<std::string> list;
  for (const YamlReader& element : found.elements()) {
    if (!element.is_scalar()) element.fail("yaml.not_text");
    list.push_back(element.scalar());
  }
  return list;
}

}  // namespace jiuzhu
