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

}  // namespace

void add_draw_export_routes(api::Api& api, const std::shared_ptr<const cases::CaseRoutesContext>& context) {
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
