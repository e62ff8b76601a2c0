#include "kernel/exports/list_export.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace jiuzhu::exports {
namespace {

using ExportId = Id<struct ListExportTag>;

constexpr const char* kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

}  // namespace

Sheet::Sheet(std::string path, std::string file_name, XlsxWriter writer)
    : path_(std::move(path)), file_name_(std::move(file_name)), writer_(std::move(writer)) {}

Sheet::Sheet(Sheet&& other) noexcept
    : path_(std::exchange(other.path_, {})),
      file_name_(std::move(other.file_name_)),
      writer_(std::move(other.writer_)),
      rows_(other.rows_) {}

Sheet::~Sheet() {
  std::error_code gone;
  if (!path_.empty()) std::filesystem::remove(path_, gone);
}

Result<Sheet> Sheet::begin(const Context& context, const std::string& name, std::vector<XlsxColumn> columns) {
  const auto id = make_id<ExportId>(context.surroundings.clock, context.surroundings.random);
  const auto path = std::filesystem::temp_directory_path() / ("jiuzhu-" + id.to_text() + ".xlsx");
  const Instant now = context.surroundings.clock.now();
  const std::string title = context.words.text(name);
  JZ_TRY(XlsxWriter writer,
         XlsxWriter::create(path, {.name = title, .columns = std::move(columns), .created_at = now}));
  return Sheet(path.string(), title + "-" + now.china_date().to_text() + ".xlsx", std::move(writer));
}

Status Sheet::add(std::span<const XlsxCell> cells) {
  ++rows_;
  return writer_.add_row(cells);
}

api::FileContent Sheet::finish(const Context& context, const std::string& list, const std::string& filter) {
  writer_.finish();
  std::ifstream file(path_, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  const auto recorded =
      run_use_case(context.surroundings, context.actor, context.actor.region, [&](UseCase& act) -> Status {
        act.record({.action = "list.exported",
                    .subject_kind = "list",
                    .subject_id = list,
                    .basis = filter,
                    .changes = json::Value().set("rows", rows_)});
        return {};
      });
  JZ_ASSERT(recorded.has_value());
  return {std::move(file_name_), kXlsx, std::move(bytes).str()};
}

}  // namespace jiuzhu::exports
