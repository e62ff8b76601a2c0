#include <algorithm>

#include "kernel/sieve_files/readers.hpp"

namespace jiuzhu::sieve {
namespace {

constexpr int kMonthsMost = 1'200;

/// The one key of a measure that names an aggregate, and its value.
struct Aggregation {
  Aggregate aggregate;
  YamlReader value;
};

std::string aggregates() {
  std::string list;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Aggregate>>(
      [&](auto enumerator) { list += (list.empty() ? "" : ", ") + std::string(enumerator.name); });
  return list;
}

std::optional<Aggregation> find_aggregation(const YamlReader& entry) {
  std::optional<Aggregation> found;
  for (const auto& [key, value] : entry.members()) {
    const auto aggregate = enum_from_text<Aggregate>(key);
    if (!aggregate) continue;
    if (found && found->aggregate != *aggregate) {
      value.fail_at_key("sieve_file.two_aggregates");
      return std::nullopt;
    }
    found = Aggregation{*aggregate, value};
  }
  if (!found) entry.fail_at_key("sieve_file.aggregate_missing", {{"allowed", aggregates()}});
  return found;
}

/// "vehicles: count" instead of a mapping.
void read_short(const YamlReader& entry) {
  const std::string word = entry.scalar();
  if (word == "count") return;
  if (enum_from_text<Aggregate>(word)) {
    return entry.fail("sieve_file.aggregate_without_column", {{"aggregate", word}});
  }
  entry.fail("sieve_file.aggregate_missing", {{"allowed", aggregates()}});
}

void read_column_and_type(const YamlReader& entry, const Aggregation& aggregation, const TableShape& shape,
                          Measure& measure) {
  if (aggregation.value.is_null()) {
    return aggregation.value.fail_at_key("sieve_file.aggregate_without_column",
                                         {{"aggregate", std::string(enum_text(measure.aggregate))}});
  }
  measure.column = read_column(aggregation.value, shape);
  measure.type = entry.choice<ValueType>("type");
  const bool adds_up = measure.aggregate == Aggregate::sum || measure.aggregate == Aggregate::average;
  const bool is_number = measure.type == ValueType::money || measure.type == ValueType::decimal;
  if (adds_up && !is_number) {
    entry.find("type").fail("sieve_file.not_summable", {{"aggregate", std::string(enum_text(measure.aggregate))},
                                                        {"type", std::string(enum_text(measure.type))}});
  }
}

Measure read_measure(const std::string& name, const YamlReader& entry, const Source& source) {
  Measure measure{.name = name};
  if (entry.is_null() || entry.is_scalar()) {
    read_short(entry);
    return measure;
  }
  const auto aggregation = find_aggregation(entry);
  if (!aggregation) return measure;
  measure.aggregate = aggregation->aggregate;
  if (measure.aggregate == Aggregate::count) {
    entry.allow({"count", "within_months", "where"});
    if (!aggregation->value.is_null() && aggregation->value.scalar() != "rows") {
      aggregation->value.fail("sieve_file.count_with_column");
    }
  } else {
    entry.allow({enum_text(measure.aggregate), "type", "within_months", "where"});
    read_column_and_type(entry, *aggregation, source.shape, measure);
  }
  measure.within_months = entry.optional_number("within_months", {1, kMonthsMost}).value_or(0);
  measure.filters = read_filters(entry, source.shape);
  if (source.date) return measure;
  if (measure.aggregate == Aggregate::latest) {
    aggregation->value.fail_at_key("sieve_file.needs_date", {{"word", "latest"}});
  }
  if (!entry.find("within_months").is_null()) {
    entry.find("within_months").fail_at_key("sieve_file.needs_date", {{"word", "within_months"}});
  }
  return measure;
}

void read_columns(const YamlReader& entry, Source& source) {
  const YamlReader columns = entry.find("columns");
  if (columns.is_null()) return entry.fail("yaml.missing", {{"name", "columns"}});
  columns.allow({"number", "name", "birth_date", "region", "date", "valid_from", "valid_until"});
  if (!columns.is_map()) return;
  source.birth_date = read_optional_column(columns, "birth_date", source.shape);
  source.region = read_optional_column(columns, "region", source.shape);
  if (source.is_by_name()) {
    source.person_name = read_needed_column(columns, "name", source.shape);
    if (const YamlReader number = columns.find("number"); !number.is_null()) {
      number.fail_at_key("sieve_file.number_and_birth_date");
    }
  } else {
    source.number = read_needed_column(columns, "number", source.shape);
    source.person_name = read_optional_column(columns, "name", source.shape);
    if (source.region) columns.find("region").fail_at_key("sieve_file.region_without_birth_date");
  }
  source.date = read_optional_column(columns, "date", source.shape);
  source.valid_from = read_optional_column(columns, "valid_from", source.shape);
  source.valid_until = read_optional_column(columns, "valid_until", source.shape);
}

}  // namespace

void read_source_contents(const YamlReader& entry, Source& source, TakenNames& taken) {
  source.filters = read_filters(entry, source.shape);
  const YamlReader show = entry.find("show");
  for (const YamlReader& column : show.is_scalar() ? std::vector{show} : show.elements()) {
    source.shown.push_back(read_column(column, source.shape));
  }
  source.malformed_most = entry.optional_number("malformed_most", {0, 100}).value_or(source.malformed_most);
  for (const auto& [measure, value] : entry.find("measures").named_members()) {
    if (source.is_by_name()) {
      value.fail_at_key("sieve_file.measure_by_name");
      continue;
    }
    taken.take(measure, value);
    source.measures.push_back(read_measure(measure, value, source));
  }
}

Source read_source(const std::string& name, const YamlReader& entry, const std::filesystem::path& folder,
                   TakenNames& taken) {
  Source source{.name = name};
  check_name(name, entry);
  entry.allow({"title", "files", "encoding", "separator", "quote", "header", "columns", "where", "malformed_most",
               "show", "measures"});
  if (!entry.is_map()) return source;
  source.title = entry.optional_text("title").value_or("");
  source.shape = read_shape(entry);
  source.files = read_files(entry, folder);
  read_columns(entry, source);
  read_source_contents(entry, source, taken);
  return source;
}

}  // namespace jiuzhu::sieve
