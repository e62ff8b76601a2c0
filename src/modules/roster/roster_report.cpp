#include "modules/roster/roster_report.hpp"

#include "base/enum_text.hpp"
#include "modules/roster/roster_service.hpp"
#include "platform/json/described.hpp"

namespace jiuzhu::roster {
namespace {

json::Value value_of(const MessageParams& params) {
  json::Value::Object members;
  for (const auto& [name, text] : params) members.emplace_back(name, text);
  return json::Value(std::move(members));
}

MessageParams params_of(const json::Value* value) {
  MessageParams params;
  if (!value || !value->as_object()) return params;
  for (const auto& [name, text] : *value->as_object()) {
    if (text.as_text()) params.emplace_back(name, *text.as_text());
  }
  return params;
}

}  // namespace

void write_report(ImportRow& row, const Tally& tally) {
  row.person_count = tally.person_count;
  row.household_count = tally.household_count;
  row.good_count = tally.good_count;
  row.by_person_count = tally.by_person_count;
  row.amount = tally.amount;
  row.bad_row_count = tally.bad_row_count();
  json::Value::Array findings;
  for (const Finding& finding : tally.findings) {
    if (findings.size() == kFindingsKept) break;
    json::Value value = json::Value().set("row", finding.row).set("key", finding.key);
    if (finding.column) value.set("column", static_cast<std::int64_t>(*finding.column));
    if (!finding.params.empty()) value.set("params", value_of(finding.params));
    findings.push_back(std::move(value));
  }
  row.findings = json::print(json::Value(std::move(findings)));
  json::Value::Array columns;
  for (const std::string& column : tally.unknown_columns) columns.emplace_back(column);
  row.unknown_columns = json::print(json::Value(std::move(columns)));
}

void write_fault(ImportRow& row, const Error& fault) {
  row.file_fault_key = fault.key;
  row.file_fault_params = json::print(value_of(fault.params));
}

std::vector<Finding> kept_findings(const ImportRow& row) {
  std::vector<Finding> findings;
  const auto parsed = json::parse(row.findings);
  JZ_ASSERT(parsed && parsed->as_array());
  for (const json::Value& value : *parsed->as_array()) {
    Finding finding{.row = *value.find("row")->as_int(),
                    .column = {},
                    .key = *value.find("key")->as_text(),
                    .params = params_of(value.find("params"))};
    if (const json::Value* column = value.find("column")) finding.column = static_cast<Column>(*column->as_int());
    findings.push_back(std::move(finding));
  }
  return findings;
}

std::vector<std::string> unknown_columns_of(const ImportRow& row) {
  std::vector<std::string> columns;
  const auto parsed = json::parse(row.unknown_columns);
  JZ_ASSERT(parsed && parsed->as_array());
  for (const json::Value& value : *parsed->as_array()) columns.push_back(*value.as_text());
  return columns;
}

std::optional<Error> file_fault_of(const ImportRow& row) {
  if (!row.file_fault_key) return std::nullopt;
  const auto params = json::parse(row.file_fault_params.value_or("{}"));
  return Error{
      .code = ErrorCode::invalid_input, .key = *row.file_fault_key, .params = params_of(params ? &*params : nullptr)};
}

}  // namespace jiuzhu::roster
