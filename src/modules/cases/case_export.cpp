#include "modules/cases/case_export.hpp"

namespace jiuzhu {

struct ExportCasesRequest {
  std::optional<cases::State> state;
  std::optional<cases::CaseProgramme> programme;
  std::optional<std::string> search;
};
BOOST_DESCRIBE_STRUCT(ExportCasesRequest, (), (state, programme, search))
template <>
inline constexpr json::Meta json::meta<&ExportCasesRequest::search>{.title = "编号或姓名", .max_length = 60};

namespace cases {
namespace {

using exports::Column;

std::vector<Column<CaseRow>> columns_of(const exports::Words& words, const ViewContext& views, Date today) {
  const auto date = [](Date due) { return due == kNoLimit ? XlsxValue() : XlsxValue(due); };
  return {
      {"export.case_number", 24, ColumnKind::text, [](const CaseRow& row) { return row.case_number; }},
      {"export.programme", 12, ColumnKind::text,
       [words](const CaseRow& row) { return words.of("word.programme_", row.programme); }},
      {"export.applicant", 12, ColumnKind::text, [](const CaseRow& row) { return row.applicant_name; }},
      {"export.members", 8, ColumnKind::number,
       [](const CaseRow& row) { return static_cast<std::int64_t>(row.member_count); }},
      {"export.region", 34, ColumnKind::text, [&views](const CaseRow& row) { return views.region_name(row.region); }},
      {"export.case_state", 18, ColumnKind::text,
       [words](const CaseRow& row) { return words.of("word.case_state_", row.state); }},
      {"export.filed_on", 12, ColumnKind::date, [](const CaseRow& row) { return row.filed_on; }},
      {"export.entered_on", 14, ColumnKind::date, [](const CaseRow& row) { return row.entered_on; }},
      {"export.due_on", 12, ColumnKind::date, [date](const CaseRow& row) { return date(row.due_on); }},
      {"export.days_left", 10, ColumnKind::number,
       [today](const CaseRow& row) {
         return row.due_on == kNoLimit ? XlsxValue()
                                       : XlsxValue(static_cast<std::int64_t>(days_between(today, row.due_on)));
       }},
      {"export.proposed_amount", 14, ColumnKind::money,
       [](const CaseRow& row) { return exports::or_empty(row.proposed_amount); }},
      {"export.kin_filed", 16, ColumnKind::text,
       [words](const CaseRow& row) { return words.yes_or_nothing(row.is_kin_filed); }},
  };
}

}  // namespace

Result<api::FileContent> export_cases(const exports::Context& context, const ViewContext& views, CaseFilter filter) {
  filter.limit = exports::kPage;
  std::string told = filter.states.empty() ? "" : std::string(enum_text(filter.states.front()));
  if (filter.programme) told += " " + std::string(enum_text(*filter.programme));
  return exports::export_list<CaseRow>(context, "export.cases", "cases", told,
                                       columns_of(context.words, views, context.surroundings.clock.today()),
                                       [&](const CaseRow* last) -> Result<std::vector<CaseRow>> {
                                         if (last) {
                                           filter.after_due_on = last->due_on;
                                           filter.after_id = last->id.to_text();
                                         }
                                         return find_cases(context.surroundings, context.actor, filter);
                                       });
}

void add_case_export_routes(api::Api& api, const std::shared_ptr<const CaseRoutesContext>& context) {
  api.post<ExportCasesRequest, api::FileContent>(
      "/cases/export", {.id = "exportCases", .summary = "导出申请列表（XLSX）", .tag = "cases"},
      [context](api::Call& call, ExportCasesRequest request) {
        CaseFilter filter{.scope = {}, .programme = request.programme, .search = request.search};
        if (request.state) filter.states = {*request.state};
        return export_cases(export_context(call, *context), context->views, std::move(filter));
      });
}

}  // namespace cases
}  // namespace jiuzhu
