#include "modules/registers/register_http.hpp"

#include <charconv>

#include "kernel/regions/region_json.hpp"
#include "modules/registers/county_rules.hpp"

namespace jiuzhu {

struct RegisterColumnView {
  std::string title;
  bool may_be_absent = false;
};
BOOST_DESCRIBE_STRUCT(RegisterColumnView, (), (title, may_be_absent))

struct RegisterView {
  std::string code;
  std::string title;
  std::string department;
  std::vector<api::Citation> law;
  sieve::RegisterExtent extent = sieve::RegisterExtent::whole;
  int fresh_days = 0;
  int kept_days = 0;
  std::vector<RegisterColumnView> columns;
  bool is_used = false;
  bool is_fresh = false;  // what is there is not older than fresh_days
  std::optional<Date> as_of;
  std::int64_t file_count = 0;  // whose contents are here
  std::int64_t row_count = 0;   // of these
};
BOOST_DESCRIBE_STRUCT(RegisterView, (),
                      (code, title, department, law, extent, fresh_days, kept_days, columns, is_used, is_fresh, as_of,
                       file_count, row_count))

struct RegisterList {
  std::vector<RegisterView> items;
  bool may_deliver = false;  // the caller
  bool may_stop = false;     // put one out of use
};
BOOST_DESCRIBE_STRUCT(RegisterList, (), (items, may_deliver, may_stop))

struct UseRegisterRequest {
  bool is_used = false;
};
BOOST_DESCRIBE_STRUCT(UseRegisterRequest, (), (is_used))

struct RegisterRuleView {
  std::string code;
  std::string title;
  std::vector<api::Citation> law;
  sieve::RuleResult result = sieve::RuleResult::clue;
  std::optional<sieve::AlertKind> alert;
  std::string condition;  // in force
  std::string catalogue_condition;
  std::optional<std::string> unless;
  bool is_off = false;
  bool is_own = false;
  bool is_broken = false;  // the county's own is not understood any more
  std::int64_t version = 0;
  std::string changed_by_name;
};
BOOST_DESCRIBE_STRUCT(RegisterRuleView, (),
                      (code, title, law, result, alert, condition, catalogue_condition, unless, is_off, is_own,
                       is_broken, version, changed_by_name))

struct RegisterRuleList {
  std::vector<RegisterRuleView> items;
  std::vector<std::string> figures;  // what conditions may ask for
  bool may_change = false;           // the caller
};
BOOST_DESCRIBE_STRUCT(RegisterRuleList, (), (items, figures, may_change))

struct SetRuleRequest {
  std::int64_t version = 0;  // as it was shown
  bool is_off = false;
  std::string condition;  // empty: the catalogue's own
};
BOOST_DESCRIBE_STRUCT(SetRuleRequest, (), (version, is_off, condition))
template <>
inline constexpr json::Meta json::meta<&SetRuleRequest::condition>{
    .title = "条件", .max_length = 500, .optional = true};

struct NewDeliveryRequest {
  std::string register_code;
  std::string file_name;
  std::int64_t size = 0;
  Date as_of;
};
BOOST_DESCRIBE_STRUCT(NewDeliveryRequest, (), (register_code, file_name, size, as_of))
template <>
inline constexpr json::Meta json::meta<&NewDeliveryRequest::file_name>{.title = "文件名", .max_length = 300};
template <>
inline constexpr json::Meta json::meta<&NewDeliveryRequest::as_of>{.title = "数据日期"};

struct DeliveryColumnsRequest {
  registers::FileShape shape;
  std::vector<registers::ColumnMatch> columns;
};
BOOST_DESCRIBE_STRUCT(DeliveryColumnsRequest, (), (shape, columns))
template <>
inline constexpr json::Meta json::meta<&DeliveryColumnsRequest::columns>{.title = "列对应关系", .max_length = 100};

struct DeliveryPreviewRequest {
  std::optional<registers::FileShape> shape;  // absent: guessed
};
BOOST_DESCRIBE_STRUCT(DeliveryPreviewRequest, (), (shape))

struct FileColumnView {
  std::string name;
  int filled = 0;
  int numbers = 0;
  int dates = 0;
  int amounts = 0;
  std::vector<std::string> samples;
};
BOOST_DESCRIBE_STRUCT(FileColumnView, (), (name, filled, numbers, dates, amounts, samples))

struct DeliveryPreviewView {
  registers::FileShape shape;
  bool is_workbook = false;
  int rows = 0;  // that were looked at
  std::vector<FileColumnView> file_columns;
  std::vector<registers::ColumnMatch> columns;  // as proposed
  std::vector<api::FieldProblem> problems;      // of these
};
BOOST_DESCRIBE_STRUCT(DeliveryPreviewView, (), (shape, is_workbook, rows, file_columns, columns, problems))

struct MalformedCountView {
  sieve::Malformed kind = sieve::Malformed::empty;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(MalformedCountView, (), (kind, count))

struct DeliveryView {
  registers::DeliveryId id;
  RegionCode county_code;
  std::string register_code;
  std::string register_title;
  std::string file_name;
  Date as_of;
  std::int64_t size = 0;
  std::int64_t received = 0;
  std::string digest;  // SM3; empty until the check
  registers::DeliveryState state = registers::DeliveryState::uploading;
  std::string delivered_by_name;
  Instant delivered_at;
  std::optional<Instant> accepted_at;
  std::optional<Date> erased_on;
  std::int64_t row_count = 0;
  std::int64_t matched_count = 0;
  std::int64_t not_ours_count = 0;
  std::int64_t filtered_count = 0;
  std::vector<MalformedCountView> malformed;
  std::optional<std::string> fault;  // why it was refused
  bool is_repeated = false;          // the same contents were accepted before
  std::optional<std::int64_t> done;  // bytes, while it is checked
  std::optional<std::int64_t> total;
};
BOOST_DESCRIBE_STRUCT(DeliveryView, (),
                      (id, county_code, register_code, register_title, file_name, as_of, size, received, digest, state,
                       delivered_by_name, delivered_at, accepted_at, erased_on, row_count, matched_count,
                       not_ours_count, filtered_count, malformed, fault, is_repeated, done, total))

struct DeliveryList {
  std::vector<DeliveryView> items;  // newest first
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(DeliveryList, (), (items, next))

struct DeliveriesQuery {
  std::optional<std::string> register_code;
  std::optional<registers::DeliveryId> before;
};
BOOST_DESCRIBE_STRUCT(DeliveriesQuery, (), (register_code, before))

namespace registers {
namespace {

using api::Call;
using api::FormField;
using api::FormInput;
using api::Nothing;

constexpr const char* kTag = "registers";
constexpr int kPage = 50;
constexpr std::size_t kPieceBytesMost = 9U << 20;

struct Routes {
  std::shared_ptr<const RegisterWorld> world;
  jobs::Runner& runner;
  const Messages& messages;
  api::ArticleTitles titles;

  std::string title(const sieve::TitlePair& title, Language language) const {
    return language == Language::zh ? title.zh : title.en;
  }

  RegisterView view(const RegisterStatus& status, Language language) const {
    const sieve::Register& record = *status.record;
    RegisterView view{.code = record.source.name,
                      .title = title(record.title, language),
                      .department = title(record.department, language),
                      .extent = record.extent,
                      .fresh_days = record.fresh_days,
                      .kept_days = record.kept_days,
                      .is_used = status.held.is_used,
                      .is_fresh = status.held.is_fresh,
                      .as_of = status.held.as_of,
                      .file_count = static_cast<std::int64_t>(status.held.deliveries.size())};
    for (const std::string& article : record.law) view.law.push_back({article, titles(article, language)});
    for (const sieve::RegisterColumn& column : record.columns) {
      view.columns.push_back({column.title, column.may_be_absent});
    }
    for (const DeliveryRow& delivery : status.held.deliveries) view.row_count += delivery.row_count;
    return view;
  }

  RegisterRuleView view(const RuleStatus& status, Language language) const {
    const sieve::RegisterRule& rule = *status.rule;
    RegisterRuleView view{.code = rule.rule.code,
                          .title = title(rule.title, language),
                          .result = rule.rule.result,
                          .alert = rule.alert,
                          .condition = status.condition,
                          .catalogue_condition = rule.rule.when.text(),
                          .is_off = status.is_off,
                          .is_own = status.is_own,
                          .is_broken = status.is_broken,
                          .version = status.version,
                          .changed_by_name = status.changed_by_name};
    if (rule.rule.unless) view.unless = rule.rule.unless->text();
    for (const std::string& article : rule.rule.law) view.law.push_back({article, titles(article, language)});
    return view;
  }

  DeliveryView view(const Delivery& delivery, Language language) const {
    const DeliveryRow& row = delivery.row;
    const sieve::Register* record = world->catalogue.find(row.register_code);
    DeliveryView view{.id = row.id,
                      .county_code = *RegionCode::parse(row.county_code),
                      .register_code = row.register_code,
                      .register_title = record ? title(record->title, language) : row.register_code,
                      .file_name = row.file_name,
                      .as_of = row.as_of,
                      .size = row.size,
                      .received = row.received,
                      .digest = row.digest,
                      .state = row.state,
                      .delivered_by_name = row.delivered_by_name,
                      .delivered_at = row.delivered_at,
                      .accepted_at = row.accepted_at,
                      .erased_on = row.erased_on,
                      .row_count = row.row_count,
                      .matched_count = row.matched_count,
                      .not_ours_count = row.not_ours_count,
                      .filtered_count = row.filtered_count,
                      .is_repeated = delivery.is_repeated};
    const auto malformed = json::parse(row.malformed);
    JZ_ASSERT(malformed && malformed->as_object());
    for (const auto& [kind, count] : *malformed->as_object()) {
      view.malformed.push_back({*enum_from_text<sieve::Malformed>(kind), *count.as_int()});
    }
    if (delivery.refusal) view.fault = messages.text(language, delivery.refusal->key, delivery.refusal->params);
    if (const auto fault = fault_of(row)) view.fault = messages.text(language, fault->key, fault->params);
    if (delivery.job) {
      const jobs::Progress progress = runner.progress_of(*delivery.job);
      view.done = progress.done;
      if (progress.total > 0) view.total = progress.total;
    }
    return view;
  }

  Result<DeliveryView> reread(Call& call, const RegionCode& county, DeliveryId id) const {
    JZ_TRY(const Delivery delivery, read_delivery(*world, call.actor(), county, id));
    return view(delivery, call.language);
  }

  DeliveryPreviewView view(const DeliveryPreview& preview, Language language) const {
    DeliveryPreviewView view{.shape = preview.begin.shape,
                             .is_workbook = preview.begin.is_workbook,
                             .rows = preview.begin.rows,
                             .columns = preview.matches};
    for (const FileColumn& column : preview.begin.columns) {
      view.file_columns.push_back(
          {column.name, column.filled, column.numbers, column.dates, column.amounts, column.samples});
    }
    for (const FieldError& problem : preview.problems) {
      view.problems.push_back({problem.pointer, problem.key, messages.text(language, problem.key, problem.params)});
    }
    return view;
  }
};

struct DeliveryPath {
  RegionCode county;
  DeliveryId id;
};
Result<DeliveryPath> path_of(const Call& call) {
  JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
  JZ_TRY(const DeliveryId id, call.path<DeliveryId>("delivery"));
  return DeliveryPath{county, id};
}

Result<DeliveryView> take_piece(Call& call, const FormInput& form, const Routes& routes) {
  JZ_TRY(const DeliveryPath path, path_of(call));
  // Before the form is looked at: what it lacks is told only to whom it concerns.
  JZ_TRY_VOID(require(call.actor(), Permission::register_deliver));
  JZ_TRY_VOID(read_delivery(*routes.world, call.actor(), path.county, path.id));
  std::optional<std::int64_t> offset;
  std::optional<std::string_view> bytes;
  for (const http::FormPart& part : form.parts) {
    if (part.name == "offset") {
      std::int64_t number = 0;
      const auto [end, problem] =
          std::from_chars(part.content.data(), part.content.data() + part.content.size(), number);
      if (problem == std::errc() && end == part.content.data() + part.content.size() && number >= 0) offset = number;
    }
    if (part.name == "piece") bytes = part.content;
  }
  std::vector<FieldError> problems;
  if (!offset) problems.push_back({"/offset", "field.missing"});
  if (!bytes) problems.push_back({"/piece", "field.missing"});
  if (!problems.empty()) {
    return refuse(Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = std::move(problems)});
  }
  JZ_TRY_VOID(add_contents(*routes.world, call.actor(), path.county, path.id, *offset, *bytes));
  return routes.reread(call, path.county, path.id);
}

void add_rule_routes(api::Api& api, const std::shared_ptr<const Routes>& routes) {
  api.get<Nothing, RegisterRuleList>(
      "/register-rules", {.id = "listRegisterRules", .summary = "核对规则和本县的限值", .tag = kTag},
      [routes](Call& call, Nothing) -> Result<RegisterRuleList> {
        JZ_TRY(const auto statuses, read_rules(*routes->world, call.actor()));
        RegisterRuleList list{.figures = figure_names_of(routes->world->catalogue),
                              .may_change = allows(call.actor().role, Permission::policy_change)};
        for (const RuleStatus& status : statuses) list.items.push_back(routes->view(status, call.language));
        return list;
      });
  api.post<SetRuleRequest, Nothing>(
      "/register-rules/{code}", {.id = "setRegisterRule", .summary = "设定本县的核对规则", .tag = kTag},
      [routes](Call& call, SetRuleRequest request) -> Result<Nothing> {
        JZ_TRY_VOID(set_rule(*routes->world, call.actor(), std::string(call.request.path_value("code")), request.is_off,
                             request.condition, request.version));
        return Nothing();
      });
}

void add_reading_routes(api::Api& api, const std::shared_ptr<const Routes>& routes) {
  api.get<Nothing, RegisterList>("/registers",
                                 {.id = "listRegisters", .summary = "核对数据目录和本县数据情况", .tag = kTag},
                                 [routes](Call& call, Nothing) -> Result<RegisterList> {
                                   JZ_TRY(const auto statuses, read_registers(*routes->world, call.actor()));
                                   const Role role = call.actor().role;
                                   RegisterList list{.may_deliver = allows(role, Permission::register_deliver),
                                                     .may_stop = allows(role, Permission::policy_change)};
                                   for (const RegisterStatus& status : statuses)
                                     list.items.push_back(routes->view(status, call.language));
                                   return list;
                                 });
  api.get<DeliveriesQuery, DeliveryList>(
      "/registers/deliveries", {.id = "listRegisterDeliveries", .summary = "核对数据接收记录", .tag = kTag},
      [routes](Call& call, DeliveriesQuery query) -> Result<DeliveryList> {
        JZ_TRY(const auto found, find_deliveries(*routes->world, call.actor(), query.register_code.value_or(""),
                                                 query.before ? query.before->to_text() : "", kPage));
        DeliveryList list;
        for (const Delivery& delivery : found) list.items.push_back(routes->view(delivery, call.language));
        if (found.size() == kPage) list.next = found.back().row.id.to_text();
        return list;
      });
  api.get<Nothing, DeliveryView>("/registers/deliveries/{county}/{delivery}",
                                 {.id = "getRegisterDelivery", .summary = "一次数据接收：进度和检查结果", .tag = kTag},
                                 [routes](Call& call, Nothing) -> Result<DeliveryView> {
                                   JZ_TRY(const DeliveryPath path, path_of(call));
                                   return routes->reread(call, path.county, path.id);
                                 });
}

void add_changing_routes(api::Api& api, const std::shared_ptr<const Routes>& routes) {
  api.post<UseRegisterRequest, Nothing>(
      "/registers/{register}/use", {.id = "useRegister", .summary = "启用或停用一种核对数据", .tag = kTag},
      [routes](Call& call, UseRegisterRequest request) -> Result<Nothing> {
        JZ_TRY_VOID(
            set_used(*routes->world, call.actor(), std::string(call.request.path_value("register")), request.is_used));
        return Nothing();
      });
  api.post<NewDeliveryRequest, DeliveryView>(
      "/registers/deliveries",
      {.id = "beginRegisterDelivery", .summary = "登记一次数据接收", .tag = kTag, .success = 201},
      [routes](Call& call, NewDeliveryRequest request) -> Result<DeliveryView> {
        JZ_TRY(const DeliveryRow row,
               begin_delivery(*routes->world, call.actor(),
                              {request.register_code, request.file_name, request.size, request.as_of}));
        return routes->view(Delivery{.row = row}, call.language);
      });
  const std::string path = "/registers/deliveries/{county}/{delivery}";
  api.post<FormInput, DeliveryView>(
      path + "/content",
      {.id = "addRegisterContent",
       .summary = "上传文件的下一段",
       .tag = kTag,
       .body_bytes_max = kPieceBytesMost,
       .form = {{.name = "offset", .title = "本段起始位置（字节）", .kind = FormField::Kind::text},
                {.name = "piece", .title = "本段内容，不超过 8 MiB", .kind = FormField::Kind::file}}},
      [routes](Call& call, FormInput form) { return take_piece(call, form, *routes); });
  api.post<DeliveryPreviewRequest, DeliveryPreviewView>(
      path + "/preview", {.id = "previewRegisterDelivery", .summary = "查看文件开头和识别的列", .tag = kTag},
      [routes](Call& call, DeliveryPreviewRequest request) -> Result<DeliveryPreviewView> {
        JZ_TRY(const DeliveryPath where, path_of(call));
        JZ_TRY(const DeliveryPreview preview,
               look_at_delivery(*routes->world, call.actor(), where.county, where.id, request.shape));
        return routes->view(preview, call.language);
      });
  api.post<DeliveryColumnsRequest, DeliveryView>(
      path + "/columns", {.id = "sayRegisterColumns", .summary = "确认列对应关系并开始检查", .tag = kTag},
      [routes](Call& call, DeliveryColumnsRequest request) -> Result<DeliveryView> {
        JZ_TRY(const DeliveryPath where, path_of(call));
        JZ_TRY_VOID(
            accept_columns(*routes->world, call.actor(), where.county, where.id, request.shape, request.columns));
        routes->runner.wake();
        return routes->reread(call, where.county, where.id);
      });
  api.post<Nothing, DeliveryView>(
      path + "/withdrawal", {.id = "withdrawRegisterDelivery", .summary = "撤回一次数据接收并删除文件", .tag = kTag},
      [routes](Call& call, Nothing) -> Result<DeliveryView> {
        JZ_TRY(const DeliveryPath where, path_of(call));
        JZ_TRY_VOID(withdraw_delivery(*routes->world, call.actor(), where.county, where.id));
        return routes->reread(call, where.county, where.id);
      });
  api.post<Nothing, DeliveryView>(
      path + "/cancellation", {.id = "cancelRegisterCheck", .summary = "取消正在进行的检查", .tag = kTag},
      [routes](Call& call, Nothing) -> Result<DeliveryView> {
        JZ_TRY(const DeliveryPath where, path_of(call));
        JZ_TRY_VOID(cancel_check(*routes->world, routes->runner, call.actor(), where.county, where.id));
        return routes->reread(call, where.county, where.id);
      });
}

}  // namespace

void add_register_routes(api::Api& api, const std::shared_ptr<const RegisterWorld>& world, jobs::Runner& runner,
                         const Messages& messages, const api::ArticleTitles& titles) {
  const auto routes = std::make_shared<const Routes>(world, runner, messages, titles);
  add_reading_routes(api, routes);
  add_changing_routes(api, routes);
  add_rule_routes(api, routes);
}

}  // namespace registers
}  // namespace jiuzhu
