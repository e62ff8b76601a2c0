#include "modules/standards/standard_export.hpp"

#include "modules/standards/standard_service.hpp"

namespace jiuzhu::standards {
namespace {

using exports::Column;

/// One line of the file; a withdrawn record was never in force.
struct Line {
  cases::CaseProgramme programme = cases::CaseProgramme::urban_minimum_living;
  Money amount;
  Date valid_from;
  std::optional<Date> until;  // not this day any more
  std::string document;
  const StandardRow* withdrawn = nullptr;
};

std::vector<Line> lines_of(const StandardPage& page, Language language) {
  const auto policy_language = language == Language::zh ? policy::Language::zh : policy::Language::en;
  std::vector<Line> lines;
  for (const StandardInForce& value : page.in_force) {
    lines.push_back({.programme = value.programme,
                     .amount = Money::parse(value.use.value).value_or(Money()),
                     .valid_from = value.use.valid_from,
                     .until = value.until,
                     .document = value.use.reference.in(policy_language)});
  }
  for (const StandardRow& row : page.recorded) {
    if (!row.withdrawn_at) continue;
    lines.push_back({.programme = row.programme,
                     .amount = row.amount,
                     .valid_from = row.valid_from.first_day(),
                     .until = std::nullopt,
                     .document = row.document,
                     .withdrawn = &row});
  }
  return lines;
}

std::vector<Column<Line>> columns_of(const exports::Words& words) {
  return {
      {"export.programme", 12, ColumnKind::text,
       [words](const Line& line) { return words.of("word.programme_", line.programme); }},
      {"export.standard_amount", 12, ColumnKind::money, [](const Line& line) { return line.amount; }},
      {"export.standard_unit", 12, ColumnKind::text,
       [words](const Line& line) { return words.of("word.standard_unit_", line.programme); }},
      {"export.valid_from", 12, ColumnKind::date, [](const Line& line) { return line.valid_from; }},
      {"export.valid_until", 12, ColumnKind::date,
       [](const Line& line) { return line.until ? XlsxValue(line.until->plus_days(-1)) : XlsxValue(); }},
      {"export.document", 50, ColumnKind::text, [](const Line& line) { return line.document; }},
      {"export.withdrawn_on", 12, ColumnKind::date,
       [](const Line& line) {
         return line.withdrawn ? XlsxValue(line.withdrawn->withdrawn_at->china_date()) : XlsxValue();
       }},
      {"export.withdrawn_reason", 40, ColumnKind::text,
       [](const Line& line) { return line.withdrawn ? XlsxValue(*line.withdrawn->withdrawn_reason) : XlsxValue(); }},
  };
}

}  // namespace

Result<api::FileContent> export_standards(const exports::Context& context, const cases::CaseWorld& world,
                                          const RegionCode& county) {
  StandardPage page;  // the lines point into it
  return exports::export_list<Line>(context, "export.standards", "standards", county.to_text(),
                                    columns_of(context.words), [&](const Line* last) -> Result<std::vector<Line>> {
                                      if (last) return std::vector<Line>();  // a county's standards are one page
                                      JZ_TRY(page, read_standards(context.surroundings, world, context.actor, county));
                                      return lines_of(page, context.words.language());
                                    });
}

void add_standard_export_routes(api::Api& api, const std::shared_ptr<const cases::CaseRoutesContext>& context) {
  api.post<api::Nothing, api::FileContent>(
      "/counties/{county}/standards/export",
      {.id = "exportStandards", .summary = "导出低保标准（XLSX）", .tag = "standards"},
      [context](api::Call& call, api::Nothing) -> Result<api::FileContent> {
        JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
        return export_standards(cases::export_context(call, *context), context->world, county);
      });
}

}  // namespace jiuzhu::standards
