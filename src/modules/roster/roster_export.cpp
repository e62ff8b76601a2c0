#include "modules/roster/roster_export.hpp"

namespace jiuzhu::roster {
namespace {

using exports::Column;

std::vector<Column<Import>> columns_of(const exports::Words& words) {
  return {
      {"export.file_name", 30, ColumnKind::text, [](const Import& each) { return each.row.file_name; }},
      {"export.import_state", 14, ColumnKind::text,
       [words](const Import& each) { return words.of("word.import_state_", each.state); }},
      {"export.uploaded_on", 12, ColumnKind::date,
       [](const Import& each) { return each.row.uploaded_at.china_date(); }},
      {"export.uploaded_by", 12, ColumnKind::text, [](const Import& each) { return each.row.uploaded_by_name; }},
      {"export.households", 10, ColumnKind::number, [](const Import& each) { return each.row.household_count; }},
      {"export.good_households", 14, ColumnKind::number, [](const Import& each) { return each.row.good_count; }},
      {"export.bad_rows", 12, ColumnKind::number, [](const Import& each) { return each.row.bad_row_count; }},
      {"export.taken_over", 12, ColumnKind::number, [](const Import& each) { return each.row.applied_count; }},
      {"export.taken_over_on", 12, ColumnKind::date,
       [](const Import& each) {
         return each.row.applied_at ? XlsxValue(each.row.applied_at->china_date()) : XlsxValue();
       }},
      {"export.taken_over_by", 12, ColumnKind::text,
       [](const Import& each) {
         return each.row.applied_by_name ? XlsxValue(*each.row.applied_by_name) : XlsxValue();
       }},
      {"export.payable_from", 14, ColumnKind::text,
       [](const Import& each) { return exports::or_empty(each.row.payable_from); }},
  };
}

}  // namespace

Result<api::FileContent> export_imports(const RosterWorld& world, const Actor& actor, Language language) {
  const exports::Context context{world.surroundings, actor, exports::Words(world.messages, language)};
  return exports::export_list<Import>(
      context, "export.imports", "roster_imports", "", columns_of(context.words), [&](const Import* last) {
        return find_imports(world, actor, last ? last->row.id.to_text() : "", exports::kPage);
      });
}

}  // namespace jiuzhu::roster
