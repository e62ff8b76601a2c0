#include "kernel/sieve_files/catalogue.hpp"

#include <algorithm>
#include <set>

#include "engines/sieve/figures.hpp"
#include "kernel/sieve_files/readers.hpp"

namespace jiuzhu::sieve {
namespace {

constexpr int kDaysMost = 3'700;
constexpr int kToleranceMost = 1'000'000;

/// What one of the sieve's own columns can be (plan.hpp).
enum class ColumnUse { number, name, date, valid_from, valid_until };
BOOST_DESCRIBE_ENUM(ColumnUse, number, name, date, valid_from, valid_until)

TitlePair read_titles(const YamlReader& entry, const std::string& name) {
  return {.zh = entry.text(name), .en = entry.text(name + "_en")};
}

int read_days(const YamlReader& entry, const std::string& name) {
  const auto days = entry.optional_number(name, {1, kDaysMost});
  if (entry.find(name).is_null()) entry.fail("yaml.missing", {{"name", name}});
  return days.value_or(1);
}

void use_column(Source& source, const std::string& title, ColumnUse use) {
  const ColumnName column{.name = title};
  switch (use) {
    case ColumnUse::number: source.number = column; return;
    case ColumnUse::name: source.person_name = column; return;
    case ColumnUse::date: source.date = column; return;
    case ColumnUse::valid_from: source.valid_from = column; return;
    case ColumnUse::valid_until: source.valid_until = column; return;
  }
}

void read_columns(const YamlReader& entry, Register& record) {
  const YamlReader columns = entry.find("columns");
  if (columns.is_null()) return entry.fail("yaml.missing", {{"name", "columns"}});
  for (const auto& [title, value] : columns.named_members()) {
    value.allow({"is", "also", "may_be_absent"});
    if (!value.is_map()) continue;
    record.columns.push_back({.title = title,
                              .also = value.texts("also"),
                              .may_be_absent = value.optional_flag("may_be_absent").value_or(false)});
    if (!value.find("is").is_null()) use_column(record.source, title, value.choice<ColumnUse>("is"));
  }
  if (record.source.number.name.empty()) columns.fail("sieve_file.register_without_number");
}

/// Every column that something asks for is one of the register's.
class ColumnCheck {
 public:
  explicit ColumnCheck(const Register& record, const YamlReader& entry) : record_(record), entry_(entry) {
    const Source& source = record.source;
    for (const RowFilter& filter : source.filters) need(filter.column, Absence::refused);
    for (const Measure& measure : source.measures) {
      if (measure.column) need(*measure.column, Absence::refused);
      for (const RowFilter& filter : measure.filters) need(filter.column, Absence::refused);
    }
    for (const ColumnName& shown : source.shown) need(shown, Absence::welcome);
  }

 private:
  /// Whether a department may leave the column out.
  enum class Absence { refused, welcome };

  void need(const ColumnName& column, Absence absence) const {
    const auto found = std::ranges::find(record_.columns, column.name, &RegisterColumn::title);
    if (found == record_.columns.end()) {
      return entry_.fail("sieve_file.register_column_unknown", {{"column", column.name}});
    }
    if (absence == Absence::refused && found->may_be_absent) {
      entry_.fail("sieve_file.register_column_needed", {{"column", column.name}});
    }
  }

  const Register& record_;
  const YamlReader& entry_;
};

std::optional<std::size_t> place_shown(const Register& record, const std::string& title, const YamlReader& place) {
  const auto found = std::ranges::find(record.source.shown, title, &ColumnName::name);
  if (found != record.source.shown.end()) return static_cast<std::size_t>(found - record.source.shown.begin());
  place.fail("sieve_file.register_not_shown", {{"column", title}});
  return std::nullopt;
}

void read_comparisons(const YamlReader& entry, Register& record) {
  const YamlReader declared = entry.find("declared");
  for (const auto& [name, value] : declared.named_members()) {
    const auto measure = std::ranges::find(record.source.measures, name, &Measure::name);
    if (measure == record.source.measures.end()) {
      value.fail_at_key("condition.unknown_name", {{"near", name}});
      continue;
    }
    // "deposits: financial_assets", or with a tolerance "deposits: {is: financial_assets, more_than: 5000}".
    if (value.is_map()) value.allow({"is", "more_than"});
    Comparison comparison{
        .measure = name,
        .within_months = measure->within_months,
        .declared = value.is_map() ? value.choice<DeclaredFigure>("is") : declared.choice<DeclaredFigure>(name),
        .tolerance = value.is_map() ? value.optional_number("more_than", {0, kToleranceMost}).value_or(0) : 0};
    for (const RowFilter& filter : measure->filters) {
      if (const auto place = place_shown(record, filter.column.name, value)) {
        comparison.filters.emplace_back(*place, filter);
      }
    }
    record.comparisons.push_back(std::move(comparison));
  }
}

Register read_register(const std::string& name, const YamlReader& entry, TakenNames& taken) {
  Register record{.source = {.name = name}};
  check_name(name, entry);
  entry.allow({"title", "title_en", "department", "department_en", "law", "status", "extent", "fresh_days", "kept_days",
               "columns", "where", "malformed_most", "show", "identified_by", "amount", "measures", "declared"});
  if (!entry.is_map()) return record;
  record.title = read_titles(entry, "title");
  record.source.title = record.title.zh;
  record.department = read_titles(entry, "department");
  record.law = entry.texts("law");
  if (record.law.empty()) entry.fail("yaml.missing", {{"name", "law"}});
  record.extent = entry.choice<RegisterExtent>("extent");
  record.fresh_days = read_days(entry, "fresh_days");
  record.kept_days = read_days(entry, "kept_days");
  read_columns(entry, record);
  read_source_contents(entry, record.source, taken);
  const ColumnCheck check(record, entry);
  for (const std::string& title : entry.texts("identified_by")) {
    if (const auto place = place_shown(record, title, entry.find("identified_by"))) {
      record.identified_by.push_back(*place);
    }
  }
  if (record.identified_by.empty()) entry.fail("yaml.missing", {{"name", "identified_by"}});
  if (const auto title = entry.optional_text("amount")) {
    record.amount = place_shown(record, *title, entry.find("amount"));
  }
  if (record.source.date) {
    const auto day = std::ranges::find(record.source.shown, record.source.date->name, &ColumnName::name);
    if (day != record.source.shown.end()) record.day = static_cast<std::size_t>(day - record.source.shown.begin());
  }
  read_comparisons(entry, record);
  return record;
}

void read_catalogue_rules(const YamlReader& list, const Plan& plan, Catalogue& catalogue) {
  for (Rule& rule : read_rules(list, plan, {"title_en", "alert", "of"})) {
    const YamlReader entry = list.find(rule.code);
    RegisterRule made{.rule = std::move(rule), .title = read_titles(entry, "title")};
    made.registers = registers_asked(made.rule, catalogue);
    if (made.rule.law.empty()) entry.fail("yaml.missing", {{"name", "law"}});
    if (made.registers.empty()) entry.fail("sieve_file.rule_without_register");
    if (const auto of = entry.optional_text("of")) {
      made.is_of_members = *of == "members";
      if (!made.is_of_members) entry.find("of").fail_choice(*of, "members");
    }
    if (!entry.find("alert").is_null()) {
      made.alert = entry.choice<AlertKind>("alert");
      if (made.registers.size() != 1) entry.find("alert").fail("sieve_file.alert_of_several");
    }
    catalogue.rules.push_back(std::move(made));
  }
}

Catalogue read_all(const YamlReader& file) {
  Catalogue catalogue;
  file.allow({"watch", "people", "registers", "rules"});
  if (!file.is_map()) return catalogue;
  const YamlReader watch = file.find("watch");
  watch.allow({"visit_working_days"});
  catalogue.visit_working_days = read_days(watch, "visit_working_days");
  TakenNames taken;
  Plan plan;
  const YamlReader people = file.find("people");
  if (!people.is_null()) {
    people.allow({"attributes"});
    catalogue.attributes = read_attributes(people, {}, taken);
  }
  const YamlReader registers = file.find("registers");
  for (const auto& [name, entry] : registers.named_members()) {
    catalogue.registers.push_back(read_register(name, entry, taken));
    plan.sources.push_back(catalogue.registers.back().source);
  }
  if (catalogue.registers.empty()) file.fail("yaml.missing", {{"name", "registers"}});
  plan.people.attributes = catalogue.attributes;
  read_catalogue_rules(file.find("rules"), plan, catalogue);
  return catalogue;
}

}  // namespace

std::vector<std::size_t> registers_asked(const Rule& rule, const Catalogue& catalogue) {
  std::set<std::size_t> found;
  std::size_t place = kBuiltInFigures + catalogue.attributes.size();
  for (std::size_t i = 0; i < catalogue.registers.size(); ++i) {
    const std::size_t end = place + catalogue.registers[i].source.measures.size();
    const auto note = [&](const Condition& condition) {
      for (const int use : condition.uses()) {
        const auto at = static_cast<std::size_t>(use);
        if (at >= place && at < end) found.insert(i);
      }
    };
    note(rule.when);
    if (rule.unless) note(*rule.unless);
    place = end;
  }
  return {found.begin(), found.end()};
}

const Register* Catalogue::find(std::string_view name) const {
  const auto found = std::ranges::find(registers, name, [](const Register& known) { return known.source.name; });
  return found == registers.end() ? nullptr : &*found;
}

Result<Catalogue> read_catalogue(std::string text, const std::string& file) {
  YamlReader::Problems problems;
  const YamlReader root = YamlReader::parse(file, std::move(text), problems);
  if (root.is_null() && problems.empty()) root.fail("sieve_file.empty");
  Catalogue catalogue;
  if (!root.is_null()) catalogue = read_all(root);
  if (problems.empty()) return catalogue;
  return refuse(Error{.code = ErrorCode::invalid_input,
                      .key = "sieve_file.invalid",
                      .fields = std::move(problems),
                      .params = {{"file", file}}});
}

}  // namespace jiuzhu::sieve
