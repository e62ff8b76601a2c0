#include <algorithm>

#include "kernel/policy_files/readers.hpp"

namespace jiuzhu::policy {
namespace {

std::string read_region(const YamlReader& entry) {
  std::string region = entry.text("region");
  const bool is_code = region.size() == 6 && std::ranges::all_of(region, [](char c) { return c >= '0' && c <= '9'; });
  if (!region.empty() && !is_code) entry.find("region").fail("policy_file.not_region", {{"value", region}});
  return region;
}

std::vector<PropertyLimit> read_limits(const YamlReader& list, const Wording& wording) {
  std::vector<PropertyLimit> limits;
  for (const YamlReader& entry : list.elements()) {
    entry.allow({"id", "text", "articles", "select", "measure", "limit", "consequence"});
    limits.push_back({.id = entry.text("id"),
                      .text = read_bilingual(entry, "text"),
                      .articles = read_articles(entry, wording),
                      .select = read_expression(entry, "select", ValueType::boolean, kAssetScopes),
                      .measure = entry.choice<Measure>("measure"),
                      .limit = read_expression(entry, "limit", ValueType::number, kHouseholdScope),
                      .consequence = entry.choice<Consequence>("consequence")});
  }
  return limits;
}

std::vector<Uplift> read_uplifts(const YamlReader& list, const Wording& wording) {
  std::vector<Uplift> uplifts;
  for (const YamlReader& entry : list.elements()) {
    entry.allow({"id", "text", "articles", "when", "amount"});
    uplifts.push_back({.id = entry.text("id"),
                       .text = read_bilingual(entry, "text"),
                       .articles = read_articles(entry, wording),
                       .when = read_expression(entry, "when", ValueType::boolean, kPersonScopes),
                       .amount = read_expression(entry, "amount", ValueType::number, kHouseholdScope)});
  }
  return uplifts;
}

std::optional<LocalContent> read_content(const YamlReader& entry, LocalName name, const Wording& wording) {
  if (name == LocalName::property_limits) return read_limits(entry.find("limits"), wording);
  if (name == LocalName::uplifts) return read_uplifts(entry.find("uplifts"), wording);
  const std::string text = entry.text("value");
  if (text.empty()) return std::nullopt;
  auto content = parse_local(name, text);
  if (!content) entry.find("value").fail("policy_file.value", {{"value", text}, {"name", std::string(name_of(name))}});
  return content;
}

struct Entry {
  YamlReader place;
  LocalValue value;
};

std::vector<Entry> read_entries(const YamlReader& file, LocalName name, const Wording& wording) {
  const BilingualText title = read_bilingual(file, "title");
  std::vector<Entry> entries;
  for (const YamlReader& entry : file.find("values").elements()) {
    if (name == LocalName::property_limits) {
      entry.allow({"region", "from", "until", "limits", "status", "reference"});
    } else if (name == LocalName::uplifts) {
      entry.allow({"region", "from", "until", "uplifts", "status", "reference"});
    } else {
      entry.allow({"region", "from", "until", "value", "status", "reference"});
    }
    auto content = read_content(entry, name, wording);
    if (!content) continue;
    LocalValue value{.use = {.name = std::string(name_of(name)),
                             .value = is_table(name) ? "table" : entry.text("value"),
                             .region = read_region(entry),
                             .valid_from = entry.date("from"),
                             .status = read_status(entry),
                             .title = title,
                             .reference = read_bilingual(entry, "reference")},
                     .until = entry.optional_date("until"),
                     .content = std::move(*content)};
    if (value.until && *value.until <= value.use.valid_from) entry.find("until").fail("policy_file.period_reversed");
    entries.push_back({entry, std::move(value)});
  }
  return entries;
}

void read_values(const YamlReader& file, Rulebook::Content& content) {
  file.allow({"parameter", "title", "values"});
  const auto name = enum_named<LocalName>(file.text("parameter"));
  if (!name) return file.find("parameter").fail("policy_file.unknown_parameter", {{"name", file.text("parameter")}});
  std::vector<Entry> entries = read_entries(file, *name, content.wording);
  // A value without `until` ends when the next one of its region begins.
  for (Entry& entry : entries) {
    if (entry.value.until) continue;
    for (const Entry& other : entries) {
      if (other.value.use.region != entry.value.use.region) continue;
      const Date next = other.value.use.valid_from;
      if (next > entry.value.use.valid_from && (!entry.value.until || next < *entry.value.until)) {
        entry.value.until = next;
      }
    }
  }
  for (Entry& entry : entries) {
    auto added = content.local.add(*name, std::move(entry.value));
    if (!added) entry.place.fail("policy_file.dates_overlap", added.error().params);
  }
}

void read_formulas(const YamlReader& file, Rulebook::Content& content) {
  file.allow({"formulas"});
  for (const YamlReader& entry : file.find("formulas").elements()) {
    entry.allow({"name", "text", "source", "amount"});
    ObligorFormula formula{.name = entry.text("name"),
                           .text = read_bilingual(entry, "text"),
                           .source = entry.text("source"),
                           .amount = read_expression(entry, "amount", ValueType::number, kObligorScopes)};
    if (content.formulas.contains(formula.name)) entry.fail("policy_file.id_twice", {{"id", formula.name}});
    content.formulas[formula.name] = std::move(formula);
  }
}

void read_local_procedure(const YamlReader& file, Rulebook::Content& content) {
  file.allow({"procedure"});
  for (const YamlReader& entry : file.find("procedure").elements()) {
    entry.allow({"name", "region", "from", "value", "status", "articles"});
    const std::string name = entry.text("name");
    const std::string region = read_region(entry);
    if (!is_procedure_name(name)) entry.find("name").fail("policy_file.unknown_procedure", {{"name", name}});
    auto& values = content.local_procedure[region];
    if (values.contains(name)) entry.fail("policy_file.id_twice", {{"id", name}});
    values[name] = {.text = entry.text("value"),
                    .articles = read_articles(entry, content.wording),
                    .status = read_status(entry),
                    .pack = region,
                    .valid_from = entry.date("from")};
  }
}

}  // namespace

void read_local(const YamlReader& file, Rulebook::Content& content) {
  if (!file.find("formulas").is_null()) return read_formulas(file, content);
  if (!file.find("procedure").is_null()) return read_local_procedure(file, content);
  read_values(file, content);
}

}  // namespace jiuzhu::policy
