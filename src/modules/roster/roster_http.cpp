#include "modules/roster/roster_http.hpp"

#include "kernel/regions/region_json.hpp"
#include "modules/roster/roster_export.hpp"

namespace jiuzhu {

struct RosterProgressView {
  std::int64_t done = 0;              // persons
  std::optional<std::int64_t> total;  // absent while the file is read for the first time
  bool is_waiting = false;            // another import runs before this one
  bool is_cancelling = false;
};
BOOST_DESCRIBE_STRUCT(RosterProgressView, (), (done, total, is_waiting, is_cancelling))

struct RosterFindingView {
  std::int64_t row = 0;               // as Excel numbers it
  std::optional<std::string> column;  // its title in the file; absent: the line as a whole
  std::string key;
  std::string message;
};
BOOST_DESCRIBE_STRUCT(RosterFindingView, (), (row, column, key, message))

struct RosterFaultView {
  std::string key;
  std::string message;
};
BOOST_DESCRIBE_STRUCT(RosterFaultView, (), (key, message))

struct RosterEarlierImport {
  std::string file_name;
  std::string applied_by_name;
  Instant applied_at;
};
BOOST_DESCRIBE_STRUCT(RosterEarlierImport, (), (file_name, applied_by_name, applied_at))

struct RosterImportView {
  roster::ImportId id;
  RegionCode county_code;
  std::string file_name;
  roster::ImportState state = roster::ImportState::checking;
  std::string uploaded_by_name;
  Instant uploaded_at;
  std::optional<RosterProgressView> progress;  // while it runs
  std::int64_t household_count = 0;
  std::int64_t person_count = 0;
  std::int64_t good_count = 0;       // households without a finding
  std::int64_t by_person_count = 0;  // of these, those whose amount is not what the rules give
  Money amount;                      // of these, a month
  std::int64_t bad_row_count = 0;
  std::vector<RosterFindingView> findings;    // the first 200, by row; the annotated copy has all
  std::vector<std::string> unknown_columns;   // of the file, not read
  std::optional<RosterFaultView> file_fault;  // why the file as a whole cannot be used
  std::optional<RosterFaultView> refusal;     // why the last application did nothing
  std::optional<RosterEarlierImport> applied_before;
  bool has_file = false;  // while it waits to be taken over
  bool has_annotated_copy = false;
  bool may_apply = false;  // the caller: an approver who did not upload it
  std::optional<roster::Extent> extent;
  std::optional<Month> payable_from;
  std::int64_t applied_count = 0;
  std::optional<std::string> applied_by_name;
  std::optional<Instant> applied_at;
};
BOOST_DESCRIBE_STRUCT(RosterImportView, (),
                      (id, county_code, file_name, state, uploaded_by_name, uploaded_at, progress, household_count,
                       person_count, good_count, by_person_count, amount, bad_row_count, findings, unknown_columns,
                       file_fault, refusal, applied_before, has_file, has_annotated_copy, may_apply, extent,
                       payable_from, applied_count, applied_by_name, applied_at))

struct RosterImportList {
  std::vector<RosterImportView> items;  // newest first, without findings
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(RosterImportList, (), (items, next))

struct RosterImportsQuery {
  std::optional<roster::ImportId> before;
};
BOOST_DESCRIBE_STRUCT(RosterImportsQuery, (), (before))

struct ApplyRosterRequest {
  roster::Extent extent = roster::Extent::all_or_nothing;
  Month payable_from;
};
BOOST_DESCRIBE_STRUCT(ApplyRosterRequest, (), (extent, payable_from))
template <>
inline constexpr json::Meta json::meta<&ApplyRosterRequest::payable_from>{.title = "由本系统发放的第一个月"};

namespace roster {
namespace {

using api::Call;
using api::FileContent;
using api::FormField;
using api::FormInput;
using api::Nothing;

constexpr const char* kTag = "roster";
constexpr int kPage = 50;
constexpr std::size_t kUploadBytesMost = 32U << 20;
constexpr const char* kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

struct Routes {
  std::shared_ptr<const RosterWorld> world;
  jobs::Runner& runner;

  RosterFaultView fault(const std::string& key, const MessageParams& params, Language language) const {
    return {key, world->messages.text(language, key, params)};
  }

  RosterImportView view(const Import& import, const Call& call, bool with_findings) const {
    const Language language = call.language;
    const ImportRow& row = import.row;
    RosterImportView view{
        .id = row.id,
        .county_code = *RegionCode::parse(row.county_code),
        .file_name = row.file_name,
        .state = import.state,
        .uploaded_by_name = row.uploaded_by_name,
        .uploaded_at = row.uploaded_at,
        .household_count = row.household_count,
        .person_count = row.person_count,
        .good_count = row.good_count,
        .by_person_count = row.by_person_count,
        .amount = row.amount,
        .bad_row_count = row.bad_row_count,
        .has_file = import.has_file,
        .has_annotated_copy = import.has_annotated_copy,
        .may_apply = allows(call.actor().role, Permission::case_decide) && call.actor().user != row.uploaded_by,
        .extent = row.extent,
        .payable_from = row.payable_from,
        .applied_count = row.applied_count,
        .applied_by_name = row.applied_by_name,
        .applied_at = row.applied_at};
    if (import.job) {
      const jobs::Progress progress = runner.progress_of(*import.job);
      view.progress = RosterProgressView{.done = progress.done,
                                         .total = progress.total > 0 ? std::optional(progress.total) : std::nullopt,
                                         .is_waiting = import.job->state == jobs::JobState::waiting,
                                         .is_cancelling = progress.is_cancelling};
    }
    if (const auto fault_error = file_fault_of(row)) {
      view.file_fault = fault(fault_error->key, fault_error->params, language);
    }
    if (import.refusal) view.refusal = fault(import.refusal->key, import.refusal->params, language);
    if (import.applied_before) {
      const ImportRow& before = *import.applied_before;
      view.applied_before = RosterEarlierImport{before.file_name, before.applied_by_name.value_or(""),
                                                before.applied_at.value_or(Instant())};
    }
    if (!with_findings) return view;
    for (const Finding& finding : kept_findings(row)) {
      RosterFindingView line{.row = finding.row,
                             .column = {},
                             .key = finding.key,
                             .message = world->messages.text(language, finding.key, finding.params)};
      if (finding.column) line.column = std::string(plan_of(*finding.column).title);
      view.findings.push_back(std::move(line));
    }
    view.unknown_columns = unknown_columns_of(row);
    return view;
  }
};

struct ImportPath {
  RegionCode county;
  ImportId id;
};
Result<ImportPath> path_of(const Call& call) {
  JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
  JZ_TRY(const ImportId id, call.path<ImportId>("import"));
  return ImportPath{county, id};
}

Result<RosterImportView> take_upload(const Call& call, const FormInput& form, const Routes& routes) {
  for (const http::FormPart& part : form.parts) {
    if (part.name != "file") continue;
    JZ_TRY(const Import import, upload(*routes.world, call.actor(), part.file_name, part.content));
    routes.runner.wake();
    return routes.view(import, call, true);
  }
  return refuse(
      Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = {{"/file", "field.missing"}}});
}

void add_reading_routes(api::Api& api, const std::shared_ptr<const Routes>& routes) {
  api.get<Nothing, FileContent>("/roster/template",
                                {.id = "getRosterTemplate", .summary = "名册模板（XLSX）", .tag = kTag},
                                [routes](Call& call, Nothing) -> Result<FileContent> {
                                  JZ_TRY(std::string bytes, template_bytes(*routes->world, call.actor()));
                                  return FileContent{"存量名册模板.xlsx", kXlsx, std::move(bytes)};
                                });
  api.get<RosterImportsQuery, RosterImportList>(
      "/roster/imports", {.id = "listRosterImports", .summary = "名册导入记录", .tag = kTag},
      [routes](Call& call, RosterImportsQuery query) -> Result<RosterImportList> {
        JZ_TRY(const auto imports,
               find_imports(*routes->world, call.actor(), query.before ? query.before->to_text() : "", kPage));
        RosterImportList list;
        for (const Import& import : imports) list.items.push_back(routes->view(import, call, false));
        if (imports.size() == kPage) list.next = imports.back().row.id.to_text();
        return list;
      });
  api.get<Nothing, RosterImportView>("/roster/imports/{county}/{import}",
                                     {.id = "getRosterImport", .summary = "名册导入：进度和检查结果", .tag = kTag},
                                     [routes](Call& call, Nothing) -> Result<RosterImportView> {
                                       JZ_TRY(const ImportPath path, path_of(call));
                                       JZ_TRY(const Import import,
                                              read_import(*routes->world, call.actor(), path.county, path.id));
                                       return routes->view(import, call, true);
                                     });
  api.post<Nothing, FileContent>(
      "/roster/imports/export", {.id = "exportRosterImports", .summary = "导出名册导入记录（XLSX）", .tag = kTag},
      [routes](Call& call, Nothing) { return export_imports(*routes->world, call.actor(), call.language); });
  const auto add_file = [&](const char* name, const char* id, const char* summary, FileKind kind) {
    api.get<Nothing, FileContent>(
        std::string("/roster/imports/{county}/{import}/") + name, {.id = id, .summary = summary, .tag = kTag},
        [routes, kind](Call& call, Nothing) -> Result<FileContent> {
          JZ_TRY(const ImportPath path, path_of(call));
          JZ_TRY(RosterFile file, read_file(*routes->world, call.actor(), path.county, path.id, kind));
          const std::string what = kind == FileKind::annotated ? "标注-" : "核对-";
          return FileContent{what + file.file_name + ".xlsx", kXlsx, std::move(file.bytes)};
        });
  };
  add_file("file", "getRosterFile", "上传的名册", FileKind::upload);
  add_file("annotated-copy", "getAnnotatedRoster", "标注错误的名册（XLSX）", FileKind::annotated);
}

void add_changing_routes(api::Api& api, const std::shared_ptr<const Routes>& routes) {
  api.post<FormInput, RosterImportView>(
      "/roster/imports",
      {.id = "uploadRoster",
       .summary = "上传名册并检查",
       .tag = kTag,
       .success = 201,
       .body_bytes_max = kUploadBytesMost,
       .form = {{.name = "file", .title = "名册（XLSX 或 CSV）", .kind = FormField::Kind::file}}},
      [routes](Call& call, FormInput form) { return take_upload(call, form, *routes); });
  api.post<ApplyRosterRequest, RosterImportView>(
      "/roster/imports/{county}/{import}/application",
      {.id = "applyRoster", .summary = "按检查结果导入（审批人）", .tag = kTag},
      [routes](Call& call, ApplyRosterRequest request) -> Result<RosterImportView> {
        JZ_TRY(const ImportPath path, path_of(call));
        JZ_TRY(const Import import, request_application(*routes->world, call.actor(), path.county, path.id,
                                                        {request.extent, request.payable_from}));
        routes->runner.wake();
        return routes->view(import, call, true);
      });
  api.post<Nothing, RosterImportView>(
      "/roster/imports/{county}/{import}/cancellation",
      {.id = "cancelRosterImport", .summary = "取消正在进行的检查或导入", .tag = kTag},
      [routes](Call& call, Nothing) -> Result<RosterImportView> {
        JZ_TRY(const ImportPath path, path_of(call));
        JZ_TRY(const Import import, cancel(*routes->world, routes->runner, call.actor(), path.county, path.id));
        return routes->view(import, call, true);
      });
  api.post<Nothing, RosterImportView>("/roster/imports/{county}/{import}/discarding",
                                      {.id = "discardRosterImport", .summary = "删除上传的名册文件", .tag = kTag},
                                      [routes](Call& call, Nothing) -> Result<RosterImportView> {
                                        JZ_TRY(const ImportPath path, path_of(call));
                                        JZ_TRY(const Import import,
                                               discard(*routes->world, call.actor(), path.county, path.id));
                                        return routes->view(import, call, true);
                                      });
}

}  // namespace

void add_roster_routes(api::Api& api, const std::shared_ptr<const RosterWorld>& world, jobs::Runner& runner) {
  const auto routes = std::make_shared<const Routes>(world, runner);
  add_reading_routes(api, routes);
  add_changing_routes(api, routes);
}

}  // namespace roster
}  // namespace jiuzhu
