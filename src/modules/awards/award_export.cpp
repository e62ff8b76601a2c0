#include "modules/awards/award_export.hpp"

namespace jiuzhu {

struct ExportAwardsRequest {
  std::optional<awards::AwardState> state;
  std::optional<cases::CaseProgramme> programme;
  std::optional<std::string> search;
  std::optional<bool> refused_accounts;
};
BOOST_DESCRIBE_STRUCT(ExportAwardsRequest, (), (state, programme, search, refused_accounts))
template <>
inline constexpr json::Meta json::meta<&ExportAwardsRequest::search>{.title = "编号或姓名", .max_length = 60};

struct ExportChangeRequest {
  std::optional<awards::ChangeOutcome> outcome;
  std::optional<bool> skipped;
};
BOOST_DESCRIBE_STRUCT(ExportChangeRequest, (), (outcome, skipped))

namespace awards {
namespace {

using exports::Column;
using exports::or_empty;

std::vector<Column<AwardRow>> award_columns(const exports::Words& words, const cases::ViewContext& views) {
  return {
      {"export.case_number", 24, ColumnKind::text, [](const AwardRow& row) { return row.case_number; }},
      {"export.programme", 12, ColumnKind::text,
       [words](const AwardRow& row) { return words.of("word.programme_", row.programme); }},
      {"export.holder", 12, ColumnKind::text, [](const AwardRow& row) { return row.holder_name; }},
      {"export.covered", 10, ColumnKind::number,
       [](const AwardRow& row) { return static_cast<std::int64_t>(row.member_count); }},
      {"export.region", 34, ColumnKind::text, [&views](const AwardRow& row) { return views.region_name(row.region); }},
      {"export.award_state", 10, ColumnKind::text,
       [words](const AwardRow& row) { return words.of("word.award_state_", row.state); }},
      {"export.amount", 12, ColumnKind::money, [](const AwardRow& row) { return row.amount; }},
      {"export.amount_from", 12, ColumnKind::text, [](const AwardRow& row) { return row.amount_from.to_text(); }},
      {"export.basis", 14, ColumnKind::text,
       [words](const AwardRow& row) { return words.of("word.amount_basis_", row.basis); }},
      {"export.first_month", 12, ColumnKind::text, [](const AwardRow& row) { return row.first_month.to_text(); }},
      {"export.last_month", 12, ColumnKind::text,
       [](const AwardRow& row) {
         return row.until_month == kNoUntilMonth ? XlsxValue() : XlsxValue(row.until_month.plus(-1).to_text());
       }},
      {"export.end_reason", 18, ColumnKind::text,
       [words](const AwardRow& row) {
         return row.end_reason ? XlsxValue(words.text("word.end_reason_" + *row.end_reason)) : XlsxValue();
       }},
      {"export.review_due_on", 14, ColumnKind::date, [](const AwardRow& row) { return or_empty(row.review_due_on); }},
  };
}

std::vector<Column<ChangeLine>> change_columns(const exports::Words& words, const cases::ViewContext& views) {
  return {
      {"export.case_number", 24, ColumnKind::text, [](const ChangeLine& line) { return line.case_number; }},
      {"export.holder", 12, ColumnKind::text, [](const ChangeLine& line) { return line.holder_name; }},
      {"export.region", 34, ColumnKind::text,
       [&views](const ChangeLine& line) { return views.region_name(line.region); }},
      {"export.outcome", 22, ColumnKind::text,
       [words](const ChangeLine& line) { return words.of("word.change_outcome_", line.item.outcome); }},
      {"export.amount_from", 12, ColumnKind::text,
       [](const ChangeLine& line) { return line.item.from_month.to_text(); }},
      {"export.amount_before", 12, ColumnKind::money, [](const ChangeLine& line) { return line.item.amount_before; }},
      {"export.amount_after", 12, ColumnKind::money, [](const ChangeLine& line) { return line.item.amount_after; }},
      {"export.arrears", 12, ColumnKind::money, [](const ChangeLine& line) { return line.item.arrears; }},
      {"export.applied", 10, ColumnKind::text,
       [words](const ChangeLine& line) { return words.yes_or_nothing(line.is_applied); }},
      {"export.amount_now", 12, ColumnKind::money, [](const ChangeLine& line) { return line.amount_now; }},
      {"export.award_state", 10, ColumnKind::text,
       [words](const ChangeLine& line) { return words.of("word.award_state_", line.state_now); }},
  };
}

std::vector<Column<ChangeRow>> changes_columns(const exports::Words& words) {
  return {
      {"export.programme", 12, ColumnKind::text,
       [words](const ChangeRow& row) { return words.of("word.programme_", row.programme); }},
      {"export.amount_from", 12, ColumnKind::text, [](const ChangeRow& row) { return row.from_month.to_text(); }},
      {"export.change_state", 12, ColumnKind::text,
       [words](const ChangeRow& row) { return words.of("word.change_state_", row.state); }},
      {"export.standard_before", 14, ColumnKind::text, [](const ChangeRow& row) { return row.standard_before; }},
      {"export.standard_after", 14, ColumnKind::text, [](const ChangeRow& row) { return row.standard_after; }},
      {"export.households", 10, ColumnKind::number, [](const ChangeRow& row) { return row.award_count; }},
      {"export.raised", 10, ColumnKind::number, [](const ChangeRow& row) { return row.raised_count; }},
      {"export.unchanged", 10, ColumnKind::number, [](const ChangeRow& row) { return row.unchanged_count; }},
      {"export.open_lines", 14, ColumnKind::number, [](const ChangeRow& row) { return row.open_count; }},
      {"export.skipped", 12, ColumnKind::number, [](const ChangeRow& row) { return row.skipped_count; }},
      {"export.total_before", 16, ColumnKind::money, [](const ChangeRow& row) { return row.amount_before; }},
      {"export.total_after", 16, ColumnKind::money, [](const ChangeRow& row) { return row.amount_after; }},
      {"export.arrears", 14, ColumnKind::money, [](const ChangeRow& row) { return row.arrears; }},
      {"export.prepared_by", 12, ColumnKind::text, [](const ChangeRow& row) { return row.prepared_by_name; }},
      {"export.prepared_on", 12, ColumnKind::date, [](const ChangeRow& row) { return row.prepared_at.china_date(); }},
      {"export.decided_by", 12, ColumnKind::text,
       [](const ChangeRow& row) { return row.decided_by_name ? XlsxValue(*row.decided_by_name) : XlsxValue(); }},
  };
}

}  // namespace

Result<api::FileContent> export_changes(const exports::Context& context, const RegionCode& county) {
  return exports::export_list<ChangeRow>(context, "export.changes_list", "standard_changes", county.to_text(),
                                         changes_columns(context.words), [&](const ChangeRow* last) {
                                           return find_changes(context.surroundings, context.actor, county,
                                                               last ? last->id.to_text() : "", exports::kPage);
                                         });
}

Result<api::FileContent> export_awards(const exports::Context& context, const cases::ViewContext& views,
                                       AwardFilter filter) {
  filter.limit = exports::kPage;
  std::string told = filter.state ? std::string(enum_text(*filter.state)) : "";
  if (filter.programme) told += " " + std::string(enum_text(*filter.programme));
  return exports::export_list<AwardRow>(context, "export.awards", "awards", told, award_columns(context.words, views),
                                        [&](const AwardRow* last) -> Result<std::vector<AwardRow>> {
                                          if (last) filter.after = {last->region.to_text(), last->id.to_text()};
                                          return find_awards(context.surroundings, context.actor, filter);
                                        });
}

Result<api::FileContent> export_change(const exports::Context& context, const cases::ViewContext& views,
                                       const RegionCode& county, ChangeId id, ChangeFilter filter) {
  filter.limit = exports::kPage;
  return exports::export_list<ChangeLine>(
      context, "export.change", "standard_change", id.to_text(), change_columns(context.words, views),
      [&](const ChangeLine* last) -> Result<std::vector<ChangeLine>> {
        if (last) {
          filter.after_award = last->item.award_id.to_text();
          filter.after_segment = last->item.segment;
        }
        JZ_TRY(ChangeFile file, read_change(context.surroundings, context.actor, county, id, filter));
        return std::move(file.lines);
      });
}

void add_award_export_routes(api::Api& api, const std::shared_ptr<const cases::CaseRoutesContext>& context) {
  api.post<ExportAwardsRequest, api::FileContent>(
      "/awards/export", {.id = "exportAwards", .summary = "导出在保对象（XLSX）", .tag = "awards"},
      [context](api::Call& call, ExportAwardsRequest request) {
        return export_awards(cases::export_context(call, *context), context->views,
                             {.scope = {},
                              .state = request.state,
                              .programme = request.programme,
                              .search = std::move(request.search),
                              .refused_accounts_only = request.refused_accounts.value_or(false)});
      });
  api.post<api::Nothing, api::FileContent>(
      "/counties/{county}/standard-changes/export",
      {.id = "exportStandardChanges", .summary = "导出标准调整列表（XLSX）", .tag = "awards"},
      [context](api::Call& call, api::Nothing) -> Result<api::FileContent> {
        JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
        return export_changes(cases::export_context(call, *context), county);
      });
  api.post<ExportChangeRequest, api::FileContent>(
      "/counties/{county}/standard-changes/{change}/export",
      {.id = "exportStandardChange", .summary = "导出标准调整明细（XLSX）", .tag = "awards"},
      [context](api::Call& call, ExportChangeRequest request) -> Result<api::FileContent> {
        JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
        JZ_TRY(const ChangeId id, call.path<ChangeId>("change"));
        return export_change(cases::export_context(call, *context), context->views, county, id,
                             {.outcome = request.outcome, .is_skipped_only = request.skipped.value_or(false)});
      });
}

}  // namespace awards
}  // namespace jiuzhu
