#include "modules/reviews/draw_export.hpp"

#include "kernel/regions/region_json.hpp"
#include "modules/cases/case_export.hpp"
#include "modules/reviews/review_service.hpp"

namespace jiuzhu::reviews {
namespace {

using exports::Column;

std::vector<Column<DrawnCase>> columns_of(const exports::Words& words, const cases::ViewContext& views) {
  return {
      {"export.case_number", 24, ColumnKind::text, [](const DrawnCase& drawn) { return drawn.row.case_number; }},
      {"export.applicant", 12, ColumnKind::text, [](const DrawnCase& drawn) { return drawn.row.applicant_name; }},
      {"export.members", 8, ColumnKind::number,
       [](const DrawnCase& drawn) { return static_cast<std::int64_t>(drawn.row.member_count); }},
      {"export.region", 34, ColumnKind::text,
       [&views](const DrawnCase& drawn) { return views.region_name(drawn.row.region); }},
      {"export.drawn", 10, ColumnKind::text,
       [words](const DrawnCase& drawn) { return words.yes_or_nothing(drawn.is_chosen); }},
      {"export.case_state", 18, ColumnKind::text,
       [words](const DrawnCase& drawn) { return words.of("word.case_state_", drawn.row.state); }},
  };
}

std::vector<Column<DrawRow>> draws_columns() {
  return {
      {"export.draw_number", 8, ColumnKind::number, [](const DrawRow& row) { return row.number; }},
      {"export.drawn_on", 12, ColumnKind::date, [](const DrawRow& row) { return row.drawn_on; }},
      {"export.drawn_by", 12, ColumnKind::text, [](const DrawRow& row) { return row.drawn_by_name; }},
      {"export.ratio", 10, ColumnKind::text, [](const DrawRow& row) { return row.ratio; }},
      {"export.priority", 12, ColumnKind::number, [](const DrawRow& row) { return row.priority_count; }},
      {"export.population", 12, ColumnKind::number, [](const DrawRow& row) { return row.population_count; }},
      {"export.chosen", 10, ColumnKind::number, [](const DrawRow& row) { return row.chosen_count; }},
      {"export.seed", 66, ColumnKind::text, [](const DrawRow& row) { return row.seed; }},
  };
}

}  // namespace

void add_draw_export_routes(api::Api& api, const std::shared_ptr<const cases::CaseRoutesContext>& context) {
  api.post<api::Nothing, api::FileContent>(
      "/counties/{county}/review-draws/export",
      {.id = "exportReviewDraws", .summary = "导出抽查批次（XLSX）", .tag = "reviews"},
      [context](api::Call& call, api::Nothing) -> Result<api::FileContent> {
        JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
        return exports::export_list<DrawRow>(
            cases::export_context(call, *context), "export.draws", "review_draws", county.to_text(), draws_columns(),
            [&](const DrawRow* last) -> Result<std::vector<DrawRow>> {
              JZ_TRY(DrawPage page, find_draws(context->surroundings, context->world, call.actor(), county,
                                               last ? std::optional(last->number) : std::nullopt));
              return std::move(page.draws);
            });
      });
  api.post<api::Nothing, api::FileContent>(
      "/counties/{county}/review-draws/{draw}/export",
      {.id = "exportReviewDraw", .summary = "导出抽查对象（XLSX）", .tag = "reviews"},
      [context](api::Call& call, api::Nothing) -> Result<api::FileContent> {
        JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
        JZ_TRY(const DrawId id, call.path<DrawId>("draw"));
        const exports::Context exporting = cases::export_context(call, *context);
        return exports::export_list<DrawnCase>(
            exporting, "export.draw", "review_draw", id.to_text(), columns_of(exporting.words, context->views),
            [&](const DrawnCase* last) -> Result<std::vector<DrawnCase>> {
              if (last) return std::vector<DrawnCase>();  // a draw is one page
              JZ_TRY(DrawFile file, read_draw(context->surroundings, call.actor(), county, id));
              return std::move(file.cases);
            });
      });
}

}  // namespace jiuzhu::reviews
