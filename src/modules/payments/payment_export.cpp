#include "modules/payments/payment_export.hpp"

namespace jiuzhu {

struct ExportItemsRequest {
  std::optional<payments::ItemFilter> filter;
};
BOOST_DESCRIBE_STRUCT(ExportItemsRequest, (), (filter))

namespace payments {
namespace {

using exports::Column;
using exports::or_empty;

constexpr const char* kTag = "payments";

XlsxValue or_empty_text(const std::optional<std::string>& text) { return text ? XlsxValue(*text) : XlsxValue(); }

std::vector<Column<RunRow>> run_columns(const exports::Words& words) {
  return {
      {"export.run_number", 24, ColumnKind::text, [](const RunRow& row) { return row.run_number; }},
      {"export.month", 10, ColumnKind::text, [](const RunRow& row) { return row.month.to_text(); }},
      {"export.programme", 12, ColumnKind::text,
       [words](const RunRow& row) { return words.of("word.programme_", row.programme); }},
      {"export.run_state", 16, ColumnKind::text,
       [words](const RunRow& row) { return words.of("word.run_state_", row.state); }},
      {"export.households", 10, ColumnKind::number, [](const RunRow& row) { return row.item_count; }},
      {"export.total", 16, ColumnKind::money, [](const RunRow& row) { return row.amount; }},
      {"export.excluded", 12, ColumnKind::number, [](const RunRow& row) { return row.excluded_count; }},
      {"export.paid", 10, ColumnKind::number, [](const RunRow& row) { return row.paid_count; }},
      {"export.paid_total", 16, ColumnKind::money, [](const RunRow& row) { return row.paid_amount; }},
      {"export.failed", 10, ColumnKind::number, [](const RunRow& row) { return row.failed_count; }},
      {"export.due_on", 12, ColumnKind::date, [](const RunRow& row) { return row.due_on; }},
      {"export.prepared_by", 12, ColumnKind::text, [](const RunRow& row) { return row.prepared_by_name; }},
      {"export.approved_by", 12, ColumnKind::text,
       [](const RunRow& row) { return or_empty_text(row.approved_by_name); }},
      {"export.settled_on", 12, ColumnKind::date, [](const RunRow& row) { return or_empty(row.settled_on); }},
  };
}

std::vector<Column<ItemRow>> item_columns(const exports::Words& words) {
  return {
      {"export.position", 8, ColumnKind::number, [](const ItemRow& row) { return row.position; }},
      {"export.holder", 12, ColumnKind::text, [](const ItemRow& row) { return row.holder_name; }},
      {"export.transfer", 14, ColumnKind::money, [](const ItemRow& row) { return row.amount; }},
      {"export.month_amount", 12, ColumnKind::money, [](const ItemRow& row) { return row.month_amount; }},
      {"export.previous_amount", 12, ColumnKind::money,
       [](const ItemRow& row) { return or_empty(row.previous_amount); }},
      {"export.arrears", 12, ColumnKind::money, [](const ItemRow& row) { return row.arrears; }},
      {"export.repeated", 12, ColumnKind::money, [](const ItemRow& row) { return row.repeated; }},
      {"export.account", 24, ColumnKind::text, [](const ItemRow& row) { return row.account_number_masked; }},
      {"export.account_holder", 12, ColumnKind::text, [](const ItemRow& row) { return row.account_holder; }},
      {"export.bank", 26, ColumnKind::text, [](const ItemRow& row) { return row.bank; }},
      {"export.item_state", 12, ColumnKind::text,
       [words](const ItemRow& row) { return words.of("word.item_state_", row.state); }},
      {"export.failure", 24, ColumnKind::text, [](const ItemRow& row) { return or_empty_text(row.failure_reason); }},
      {"export.settled_on", 12, ColumnKind::date, [](const ItemRow& row) { return or_empty(row.settled_on); }},
  };
}

std::vector<Column<ExclusionRow>> exclusion_columns(const exports::Words& words, const cases::ViewContext& views) {
  return {
      {"export.case_number", 24, ColumnKind::text, [](const ExclusionRow& row) { return row.case_number; }},
      {"export.holder", 12, ColumnKind::text, [](const ExclusionRow& row) { return row.holder_name; }},
      {"export.region", 34, ColumnKind::text,
       [&views](const ExclusionRow& row) { return views.region_name(row.region); }},
      {"export.exclusion", 20, ColumnKind::text,
       [words](const ExclusionRow& row) { return words.of("word.exclusion_", row.reason); }},
      {"export.amount_concerned", 14, ColumnKind::money, [](const ExclusionRow& row) { return row.amount; }},
  };
}

}  // namespace

Result<api::FileContent> export_runs(const exports::Context& context, const RegionCode& county) {
  return exports::export_list<RunRow>(
      context, "export.runs", "payment_runs", county.to_text(), run_columns(context.words), [&](const RunRow* last) {
        return find_runs(context.surroundings, context.actor, county, last ? last->id.to_text() : "", exports::kPage);
      });
}

Result<api::FileContent> export_items(const exports::Context& context, const RegionCode& county, RunId id,
                                      ItemFilter filter) {
  return exports::export_list<ItemRow>(
      context, "export.items", "payment_items", id.to_text(), item_columns(context.words),
      [&](const ItemRow* last) -> Result<std::vector<ItemRow>> {
        JZ_TRY(RunFile file, read_run(context.surroundings, context.actor, county, id, filter,
                                      last ? last->award_id.to_text() : "", exports::kPage));
        return std::move(file.items);
      });
}

Result<api::FileContent> export_exclusions(const exports::Context& context, const cases::ViewContext& views,
                                           const RegionCode& county, RunId id) {
  return exports::export_list<ExclusionRow>(
      context, "export.exclusions", "payment_exclusions", id.to_text(), exclusion_columns(context.words, views),
      [&](const ExclusionRow* last) {
        ExclusionCursor after;
        if (last) after = {last->award_id.to_text(), std::string(enum_text(last->reason))};
        return read_exclusions(context.surroundings, context.actor, county, id, after, exports::kPage);
      });
}

void add_payment_export_routes(api::Api& api, const std::shared_ptr<const cases::CaseRoutesContext>& context) {
  const std::string runs = "/counties/{county}/payment-runs";
  api.post<api::Nothing, api::FileContent>(runs + "/export",
                                           {.id = "exportPaymentRuns", .summary = "导出发放批次（XLSX）", .tag = kTag},
                                           [context](api::Call& call, api::Nothing) -> Result<api::FileContent> {
                                             JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
                                             return export_runs(cases::export_context(call, *context), county);
                                           });
  api.post<ExportItemsRequest, api::FileContent>(
      runs + "/{run}/items/export", {.id = "exportPaymentItems", .summary = "导出发放明细（XLSX）", .tag = kTag},
      [context](api::Call& call, ExportItemsRequest request) -> Result<api::FileContent> {
        JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
        JZ_TRY(const RunId id, call.path<RunId>("run"));
        return export_items(cases::export_context(call, *context), county, id,
                            request.filter.value_or(ItemFilter::all));
      });
  api.post<api::Nothing, api::FileContent>(
      runs + "/{run}/exclusions/export",
      {.id = "exportPaymentExclusions", .summary = "导出未列入发放的对象（XLSX）", .tag = kTag},
      [context](api::Call& call, api::Nothing) -> Result<api::FileContent> {
        JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
        JZ_TRY(const RunId id, call.path<RunId>("run"));
        return export_exclusions(cases::export_context(call, *context), context->views, county, id);
      });
}

}  // namespace payments
}  // namespace jiuzhu
