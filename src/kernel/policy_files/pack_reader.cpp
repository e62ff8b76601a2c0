#include <algorithm>
#include <set>

#include "kernel/policy_files/readers.hpp"

namespace jiuzhu::policy {
namespace {

struct SectionShape {
  Section section;
  Scopes scopes;
  std::vector<RuleOutcome> outcomes;  // the first is meant when the rule does not say
};

const std::vector<SectionShape>& shapes() {
  static const std::vector<SectionShape> kShapes{
      {Section::member_inclusions, kPersonScopes, {RuleOutcome::counted}},
      {Section::member_exclusions, kPersonScopes, {RuleOutcome::excluded}},
      {Section::registration, kPersonScopes, {RuleOutcome::fulfilled, RuleOutcome::refused, RuleOutcome::review}},
      {Section::incomes,
       kPersonScopes,
       {RuleOutcome::counted, RuleOutcome::excluded, RuleOutcome::local, RuleOutcome::review}},
      {Section::deductions,
       kPersonScopes,
       {RuleOutcome::counted, RuleOutcome::refused, RuleOutcome::local, RuleOutcome::review}},
      {Section::property, kAssetScopes, {RuleOutcome::exempt}},
      {Section::duties, kObligorScopes, {RuleOutcome::owes, RuleOutcome::owes_nothing}},
      {Section::obligor_adjustments, kObligorScopes, {RuleOutcome::disregard}},
      {Section::single_person, kPersonScopes, {RuleOutcome::may_apply}}};
  return kShapes;
}

template <class E>
std::vector<E> read_kinds(const YamlReader& entry) {
  std::vector<E> kinds;
  for (const std::string& name : entry.texts("kinds")) {
    if (const auto kind = enum_named<E>(name)) {
      kinds.push_back(*kind);
    } else {
      entry.find("kinds").fail("policy_file.unknown_word", {{"value", name}});
    }
  }
  if (kinds.empty()) entry.fail("yaml.missing", {{"name", "kinds"}});
  return kinds;
}

Rule read_rule_head(const YamlReader& entry, const std::string& pack, const Wording& wording) {
  Rule rule{.pack = pack, .text = read_bilingual(entry, "text"), .articles = read_articles(entry, wording)};
  rule.status = read_status(entry);
  const bool needs_law = rule.status != Verification::design && rule.status != Verification::demonstration;
  if (needs_law && rule.articles.empty()) entry.fail("yaml.missing", {{"name", "articles"}});
  return rule;
}

Rule read_rule(const YamlReader& entry, const SectionShape& shape, const std::string& pack, const Wording& wording) {
  const bool is_income = shape.section == Section::incomes;
  const bool is_deduction = shape.section == Section::deductions;
  if (is_income || is_deduction) {
    entry.allow({"id", "when", "then", "kinds", "class", "articles", "status", "text"});
  } else {
    entry.allow({"id", "when", "then", "articles", "status", "text"});
  }
  Rule rule = read_rule_head(entry, pack, wording);
  rule.id = entry.text("id");
  if (!entry.find("when").is_null()) rule.when = read_expression(entry, "when", ValueType::boolean, shape.scopes);
  rule.then = entry.find("then").is_null() ? shape.outcomes.front() : entry.choice<RuleOutcome>("then");
  if (std::ranges::find(shape.outcomes, rule.then) == shape.outcomes.end()) {
    std::string allowed;
    for (const RuleOutcome outcome : shape.outcomes) {
      allowed += (allowed.empty() ? "" : ", ") + std::string(name_of(outcome));
    }
    entry.find("then").fail("yaml.not_in_list", {{"value", std::string(name_of(rule.then))}, {"allowed", allowed}});
  }
  if (is_income) rule.income_kinds = read_kinds<IncomeKind>(entry);
  if (is_deduction) rule.deduction_kinds = read_kinds<DeductionKind>(entry);
  if (is_income || is_deduction) rule.income_class = entry.choice<IncomeClass>("class");
  return rule;
}

void read_procedure(const YamlReader& section, PackSource& pack, const Wording& wording) {
  for (const auto& [name, entry] : section.members()) {
    entry.allow({"value", "articles", "status"});
    if (!is_procedure_name(name)) entry.fail("policy_file.unknown_procedure", {{"name", name}});
    const YamlReader value = entry.find("value");
    std::string text = value.scalar();
    for (const YamlReader& element : value.is_list() ? value.elements() : std::vector<YamlReader>{}) {
      text += (text.empty() ? "" : " ") + element.scalar();
    }
    if (text.empty()) entry.fail("yaml.missing", {{"name", "value"}});
    pack.procedure[name] = {.text = text,
                            .articles = read_articles(entry, wording),
                            .status = read_status(entry),
                            .pack = pack.id,
                            .valid_from = pack.valid.from};
  }
}

void read_steps(const YamlReader& section, PackSource& pack, const Wording& wording) {
  for (const auto& [name, entry] : section.members()) {
    entry.allow({"articles", "status", "text"});
    const auto step = enum_named<Step>(name);
    if (!step) {
      entry.fail("policy_file.unknown_step", {{"name", name}});
      continue;
    }
    Rule rule = read_rule_head(entry, pack.id, wording);
    rule.id = name;
    pack.steps[*step] = std::move(rule);
  }
}

void read_marginal(const YamlReader& entry, PackSource& pack, const Wording& wording) {
  if (entry.is_null()) return;
  entry.allow({"value", "articles", "status"});
  const auto multiple = Rational::parse(entry.text("value"));
  // Few decimals keep the comparison of scaled amounts inside 64 bits.
  if (!multiple || *multiple < Rational(1) || *multiple > Rational(10) || multiple->denominator() > 100) {
    entry.find("value").fail("policy_file.not_number");
    return;
  }
  pack.marginal_multiple = Sourced<Rational>{.value = *multiple,
                                             .articles = read_articles(entry, wording),
                                             .status = read_status(entry),
                                             .pack = pack.id,
                                             .valid_from = pack.valid.from};
}

}  // namespace

PackSource read_pack(const YamlReader& file, const Wording& wording) {
  file.allow({"id", "title", "instrument", "overlay", "from", "until", "member_inclusions", "member_exclusions",
              "registration", "incomes", "deductions", "property", "duties", "obligor_adjustments", "single_person",
              "steps", "procedure", "marginal_multiple"});
  PackSource pack{.id = file.text("id"), .title = read_bilingual(file, "title"), .instrument = file.text("instrument")};
  if (!wording.instruments.contains(pack.instrument)) {
    file.find("instrument").fail("policy_file.unknown_instrument", {{"article", pack.instrument}});
  }
  pack.is_overlay = file.flag("overlay");
  pack.valid = {file.date("from"), file.optional_date("until")};
  if (pack.valid.until && *pack.valid.until <= pack.valid.from) file.find("until").fail("policy_file.period_reversed");
  for (const SectionShape& shape : shapes()) {
    std::set<std::string> ids;
    for (const YamlReader& entry : file.find(name_of(shape.section)).elements()) {
      Rule rule = read_rule(entry, shape, pack.id, wording);
      if (!ids.insert(rule.id).second) entry.find("id").fail("policy_file.id_twice", {{"id", rule.id}});
      pack.rules[shape.section].push_back(std::move(rule));
    }
  }
  read_steps(file.find("steps"), pack, wording);
  read_procedure(file.find("procedure"), pack, wording);
  read_marginal(file.find("marginal_multiple"), pack, wording);
  return pack;
}

}  // namespace jiuzhu::policy
