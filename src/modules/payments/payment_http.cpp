#include "modules/payments/payment_http.hpp"

#include "modules/payments/payment_export.hpp"
#include "modules/payments/payment_views.hpp"

namespace jiuzhu {

struct PreparePaymentRequest {
  cases::CaseProgramme programme = cases::CaseProgramme::urban_minimum_living;
  Month month;
};
BOOST_DESCRIBE_STRUCT(PreparePaymentRequest, (), (programme, month))

struct PaymentRunsQuery {
  std::optional<payments::RunId> before;
};
BOOST_DESCRIBE_STRUCT(PaymentRunsQuery, (), (before))

struct PaymentItemsQuery {
  std::optional<payments::ItemFilter> filter;
  std::optional<awards::AwardId> after;
};
BOOST_DESCRIBE_STRUCT(PaymentItemsQuery, (), (filter, after))

struct PaymentExclusionsQuery {
  std::string after;
};
BOOST_DESCRIBE_STRUCT(PaymentExclusionsQuery, (), (after))
template <>
inline constexpr json::Meta json::meta<&PaymentExclusionsQuery::after>{
    .title = "上一页末尾", .max_length = 80, .optional = true};

namespace payments {
namespace {

using api::Call;
using api::FileContent;
using api::FormField;
using api::FormInput;
using api::Nothing;
using Context = std::shared_ptr<const cases::CaseRoutesContext>;

constexpr const char* kTag = "payments";
constexpr int kPage = 50;
constexpr std::size_t kReturnBytesMost = 32U << 20;

struct RunPath {
  RegionCode county;
  RunId id;
};
Result<RunPath> path_of(const Call& call) {
  JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
  JZ_TRY(const RunId id, call.path<RunId>("run"));
  return RunPath{county, id};
}

PaymentRunView view_of(const RunRow& run, const cases::CaseRoutesContext& context) {
  return payments::view_of(run, context.surroundings.clock.today());
}

Result<PaymentRunDetail> read_detail(const Call& call, const PaymentItemsQuery& query,
                                     const cases::CaseRoutesContext& context) {
  JZ_TRY(const RunPath path, path_of(call));
  JZ_TRY(const RunFile file,
         read_run(context.surroundings, call.actor(), path.county, path.id, query.filter.value_or(ItemFilter::all),
                  query.after ? query.after->to_text() : "", kPage));
  PaymentRunDetail detail{.run = view_of(file.run, context), .items = {}, .next = {}, .returns = {}};
  for (const ItemRow& item : file.items) detail.items.push_back(payments::view_of(item));
  if (file.items.size() == kPage) detail.next = file.items.back().award_id.to_text();
  for (const ReturnRow& row : file.returns) detail.returns.push_back(payments::view_of(row));
  return detail;
}

/// "<award>.<reason>" of the last line on the page before.
Result<ExclusionCursor> read_cursor(const std::string& text) {
  if (text.empty()) return ExclusionCursor{};
  const std::size_t dot = text.find('.');
  if (dot == std::string::npos || !awards::AwardId::parse(text.substr(0, dot)) ||
      !enum_from_text<ExclusionReason>(text.substr(dot + 1))) {
    return refuse(
        Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = {{"/after", "field.not_id"}}});
  }
  return ExclusionCursor{text.substr(0, dot), text.substr(dot + 1)};
}

Result<PaymentExclusionList> read_excluded(const Call& call, const PaymentExclusionsQuery& query,
                                           const cases::CaseRoutesContext& context) {
  JZ_TRY(const RunPath path, path_of(call));
  JZ_TRY(const ExclusionCursor after, read_cursor(query.after));
  JZ_TRY(const auto rows, read_exclusions(context.surroundings, call.actor(), path.county, path.id, after, kPage));
  PaymentExclusionList list;
  for (const ExclusionRow& row : rows) {
    list.items.push_back({.award = row.award_id,
                          .case_number = row.case_number,
                          .holder_name = row.holder_name,
                          .region_name = context.views.region_name(row.region),
                          .reason = row.reason,
                          .amount = row.amount});
  }
  if (rows.size() == kPage) {
    list.next = rows.back().award_id.to_text() + "." + std::string(enum_text(rows.back().reason));
  }
  return list;
}

Result<PaymentCalendar> read_month(const Call& call, const cases::CaseRoutesContext& context) {
  JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
  JZ_TRY(const auto entries, read_calendar(context.surroundings, context.world, call.actor(), county));
  const Date today = context.surroundings.clock.today();
  PaymentCalendar calendar;
  for (const CalendarEntry& entry : entries) {
    PaymentCalendarEntry view{.programme = entry.programme,
                              .month = entry.month,
                              .due_on = entry.due_on,
                              .days_left = days_between(today, entry.due_on),
                              .households = entry.households,
                              .run = {},
                              .is_overdue = entry.is_overdue};
    if (entry.run) view.run = view_of(*entry.run, context);
    calendar.items.push_back(std::move(view));
  }
  return calendar;
}

Result<PaymentReturnResult> take_return(const Call& call, const FormInput& form,
                                        const cases::CaseRoutesContext& context) {
  JZ_TRY(const RunPath path, path_of(call));
  for (const http::FormPart& part : form.parts) {
    if (part.name != "file") continue;
    JZ_TRY(const ReturnResult result,
           read_return_file(context.surroundings, call.actor(), path.county, path.id, part.content));
    return PaymentReturnResult{view_of(result.run, context), payments::view_of(result.row), result.is_repeated};
  }
  return refuse(
      Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = {{"/file", "field.missing"}}});
}

void add_reading_routes(api::Api& api, const Context& context) {
  const std::string runs = "/counties/{county}/payment-runs";
  api.get<Nothing, PaymentCalendar>("/counties/{county}/payment-calendar",
                                    {.id = "getPaymentCalendar", .summary = "本月发放进度", .tag = kTag},
                                    [context](Call& call, Nothing) { return read_month(call, *context); });
  api.get<PaymentRunsQuery, PaymentRunList>(runs, {.id = "listPaymentRuns", .summary = "发放批次", .tag = kTag},
                                            [context](Call& call, PaymentRunsQuery query) -> Result<PaymentRunList> {
                                              JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
                                              JZ_TRY(const auto rows,
                                                     find_runs(context->surroundings, call.actor(), county,
                                                               query.before ? query.before->to_text() : "", kPage));
                                              PaymentRunList list;
                                              for (const RunRow& run : rows)
                                                list.items.push_back(view_of(run, *context));
                                              if (rows.size() == kPage) list.next = rows.back().id.to_text();
                                              return list;
                                            });
  api.get<PaymentItemsQuery, PaymentRunDetail>(
      runs + "/{run}", {.id = "getPaymentRun", .summary = "发放批次明细", .tag = kTag},
      [context](Call& call, PaymentItemsQuery query) { return read_detail(call, query, *context); });
  api.get<PaymentExclusionsQuery, PaymentExclusionList>(
      runs + "/{run}/exclusions", {.id = "listPaymentExclusions", .summary = "未列入发放的对象", .tag = kTag},
      [context](Call& call, PaymentExclusionsQuery query) { return read_excluded(call, query, *context); });
  api.get<Nothing, AwardPaymentsView>(
      "/awards/{county}/{award}/payments", {.id = "getAwardPayments", .summary = "对象的发放记录", .tag = kTag},
      [context](Call& call, Nothing) -> Result<AwardPaymentsView> {
        JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
        JZ_TRY(const awards::AwardId award, call.path<awards::AwardId>("award"));
        JZ_TRY(const AwardPayments payments, read_award_payments(context->surroundings, call.actor(), county, award));
        return payments::view_of(payments);
      });
}

void add_changing_routes(api::Api& api, const Context& context) {
  const std::string runs = "/counties/{county}/payment-runs";
  api.post<PreparePaymentRequest, PaymentRunView>(
      runs, {.id = "preparePaymentRun", .summary = "编制发放批次", .tag = kTag, .success = 201},
      [context](Call& call, PreparePaymentRequest request) -> Result<PaymentRunView> {
        JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
        JZ_TRY(const RunRow run, prepare_run(context->surroundings, context->world, call.actor(), county,
                                             request.programme, request.month));
        return view_of(run, *context);
      });
  api.post<Nothing, PaymentRunView>(
      runs + "/{run}/approval", {.id = "approvePaymentRun", .summary = "复核发放批次", .tag = kTag},
      [context](Call& call, Nothing) -> Result<PaymentRunView> {
        JZ_TRY(const RunPath path, path_of(call));
        JZ_TRY(const RunRow run, approve_run(context->surroundings, call.actor(), path.county, path.id));
        return view_of(run, *context);
      });
  api.post<Nothing, PaymentRunView>(
      runs + "/{run}/discarding", {.id = "discardPaymentRun", .summary = "作废发放批次", .tag = kTag},
      [context](Call& call, Nothing) -> Result<PaymentRunView> {
        JZ_TRY(const RunPath path, path_of(call));
        JZ_TRY(const RunRow run, discard_run(context->surroundings, call.actor(), path.county, path.id));
        return view_of(run, *context);
      });
  // Taking the file is an act, not a reading: it releases account numbers and starts the bank's work.
  api.post<Nothing, FileContent>(
      runs + "/{run}/bank-file", {.id = "takeBankFile", .summary = "导出银行代发文件（CSV）", .tag = kTag},
      [context](Call& call, Nothing) -> Result<FileContent> {
        JZ_TRY(const RunPath path, path_of(call));
        JZ_TRY(BankFile file, take_bank_file(context->surroundings, call.actor(), path.county, path.id));
        return FileContent{file.run.run_number + ".csv", "text/csv; charset=utf-8", std::move(file.bytes)};
      });
  api.post<FormInput, PaymentReturnResult>(
      runs + "/{run}/returns",
      {.id = "readPaymentReturn",
       .summary = "读入银行回盘文件",
       .tag = kTag,
       .body_bytes_max = kReturnBytesMost,
       .form = {{.name = "file", .title = "回盘文件（CSV 或 XLSX）", .kind = FormField::Kind::file}}},
      [context](Call& call, FormInput form) { return take_return(call, form, *context); });
}

}  // namespace

void add_payment_routes(api::Api& api, const Context& context) {
  add_reading_routes(api, context);
  add_changing_routes(api, context);
  add_payment_export_routes(api, context);
}

}  // namespace payments
}  // namespace jiuzhu
