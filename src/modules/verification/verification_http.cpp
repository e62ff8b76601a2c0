#include "modules/verification/verification_http.hpp"

#include <algorithm>

#include "modules/verification/lookup_service.hpp"
#include "modules/verification/lookup_view.hpp"
#include "modules/verification/verification_paper.hpp"

namespace jiuzhu {

struct VerificationOrderRequest {
  std::int64_t version = 0;
  std::string note;
};
BOOST_DESCRIBE_STRUCT(VerificationOrderRequest, (), (version, note))
template <>
inline constexpr json::Meta json::meta<&VerificationOrderRequest::note>{
    .title = "说明", .max_length = 1000, .optional = true};

struct VerificationObjectionRequest {
  std::int64_t version = 0;
  std::string evidence;
};
BOOST_DESCRIBE_STRUCT(VerificationObjectionRequest, (), (version, evidence))
template <>
inline constexpr json::Meta json::meta<&VerificationObjectionRequest::evidence>{
    .title = "申请人提供的证明", .min_length = 2, .max_length = 2000};

struct VerificationFindingPart {
  std::string source;
  std::string content;
  std::optional<Money> amount;
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(VerificationFindingPart, (), (source, content, amount, as_of))

struct DismissedFindingPart {
  std::int64_t finding = 0;  // its place in the look-up
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(DismissedFindingPart, (), (finding, reason))
template <>
inline constexpr json::Meta json::meta<&DismissedFindingPart::finding>{.minimum = 0, .maximum = 100'000};
template <>
inline constexpr json::Meta json::meta<&DismissedFindingPart::reason>{.title = "不采信的理由", .max_length = 500};
template <>
inline constexpr json::Meta json::meta<&VerificationFindingPart::source>{
    .title = "数据来源", .min_length = 2, .max_length = 100};
template <>
inline constexpr json::Meta json::meta<&VerificationFindingPart::content>{
    .title = "核对情况", .min_length = 2, .max_length = 1000};
template <>
inline constexpr json::Meta json::meta<&VerificationFindingPart::amount>{.title = "金额"};
template <>
inline constexpr json::Meta json::meta<&VerificationFindingPart::as_of>{.title = "数据日期"};

struct VerificationResultPart {
  std::string person;
  verification::PersonResult result = verification::PersonResult::no_anomaly;
  std::vector<VerificationFindingPart> findings;
};
BOOST_DESCRIBE_STRUCT(VerificationResultPart, (), (person, result, findings))
template <>
inline constexpr json::Meta json::meta<&VerificationResultPart::findings>{
    .title = "核对发现", .max_length = 100, .optional = true};

struct VerificationReportRequest {
  std::int64_t version = 0;
  std::vector<VerificationResultPart> results;
  std::string note;
  std::optional<verification::LookupId> lookup;  // needed where the county uses registers
  std::vector<DismissedFindingPart> dismissed;
};
BOOST_DESCRIBE_STRUCT(VerificationReportRequest, (), (version, results, note, lookup, dismissed))
template <>
inline constexpr json::Meta json::meta<&VerificationReportRequest::dismissed>{.max_length = 1000, .optional = true};
template <>
inline constexpr json::Meta json::meta<&VerificationReportRequest::results>{
    .title = "核对结果", .min_length = 1, .max_length = 60};
template <>
inline constexpr json::Meta json::meta<&VerificationReportRequest::note>{
    .title = "说明", .max_length = 1000, .optional = true};

struct VerifiedFactsRequest {
  std::int64_t version = 0;
  policy::HouseholdFacts facts;
};
BOOST_DESCRIBE_STRUCT(VerifiedFactsRequest, (), (version, facts))

/// Absent: nobody has asked the registers for the open order yet.
struct LookupState {
  bool uses_registers = false;  // the county: then a report needs a look-up
  std::optional<LookupView> lookup;
};
BOOST_DESCRIBE_STRUCT(LookupState, (), (uses_registers, lookup))

struct VerificationPersonView {
  std::string person;
  std::string name;
  cases::PersonRole role = cases::PersonRole::member;
  verification::PersonResult result = verification::PersonResult::no_anomaly;
  std::vector<VerificationFindingView> findings;
};
BOOST_DESCRIBE_STRUCT(VerificationPersonView, (), (person, name, role, result, findings))

/// What everybody who may read the case sees, and below it what a village cadre does not.
struct VerificationOrderView {
  verification::OrderId id;
  verification::OrderReason reason = verification::OrderReason::first;
  Date ordered_on;
  std::string ordered_by;
  std::optional<Date> due_on;
  std::optional<verification::ReportOutcome> outcome;  // none yet when absent
  std::optional<Date> reported_on;
  std::optional<Date> valid_until;
  std::optional<std::string> officer;
  std::optional<std::string> order_note;
  std::optional<std::string> report_note;
  std::vector<VerificationPersonView> results;
};
BOOST_DESCRIBE_STRUCT(VerificationOrderView, (),
                      (id, reason, ordered_on, ordered_by, due_on, outcome, reported_on, valid_until, officer,
                       order_note, report_note, results))

struct VerificationView {
  bool is_valid = false;                 // a decision may rest on the latest report today
  std::optional<ObstacleView> obstacle;  // why not
  bool shows_findings = false;
  std::vector<VerificationOrderView> orders;  // newest first
};
BOOST_DESCRIBE_STRUCT(VerificationView, (), (is_valid, obstacle, shows_findings, orders))

namespace verification {
namespace {

using api::Call;
using api::Nothing;
using cases::CaseTarget;
using Context = std::shared_ptr<const cases::CaseRoutesContext>;

ReportDraft draft_of(const VerificationReportRequest& request) {
  ReportDraft draft{.persons = {}, .note = request.note, .lookup = request.lookup};
  for (const DismissedFindingPart& part : request.dismissed) {
    draft.dismissed.push_back({static_cast<std::size_t>(part.finding), part.reason});
  }
  for (const VerificationResultPart& part : request.results) {
    ReportedPerson person{.person = part.person, .result = part.result, .findings = {}};
    for (const VerificationFindingPart& finding : part.findings) {
      person.findings.push_back({finding.source, finding.content, finding.amount, finding.as_of});
    }
    draft.persons.push_back(std::move(person));
  }
  return draft;
}

VerificationFindingView view_of(const FindingRow& row, Language language, const api::ArticleTitles& titles) {
  VerificationFindingView view{.source = row.source,
                               .content = row.content,
                               .amount = row.amount,
                               .as_of = row.as_of,
                               .register_code = row.register_code,
                               .dismissed_reason = row.dismissed_reason};
  const auto rules = json::read_text<std::vector<MetRule>>(row.rules);
  JZ_ASSERT(rules.has_value());
  for (const MetRule& rule : *rules) {
    view.rules.push_back(rule.code);
    view.met.push_back(view_of(rule, language, titles));
  }
  if (row.name_grade) view.name_grade = enum_from_text<sieve::NameGrade>(*row.name_grade);
  return view;
}

VerificationPersonView view_of(const ResultRow& result, const OrderFile& file, const VerificationFile& all,
                               Language language, const api::ArticleTitles& titles) {
  VerificationPersonView view{
      .person = result.person_key, .name = {}, .role = result.role, .result = result.result, .findings = {}};
  const auto person = std::ranges::find(all.persons, result.person_key, &cases::PersonRow::person_key);
  if (person != all.persons.end()) view.name = person->name;
  for (const FindingRow& finding : file.findings) {
    if (finding.person_key != result.person_key) continue;
    view.findings.push_back(view_of(finding, language, titles));
  }
  return view;
}

VerificationOrderView view_of(const OrderFile& file, const VerificationFile& all, Language language,
                              const api::ArticleTitles& titles) {
  VerificationOrderView view{.id = file.order.id,
                             .reason = file.order.reason,
                             .ordered_on = file.order.ordered_on,
                             .ordered_by = file.order.ordered_by_name,
                             .due_on = file.order.due_on};
  if (file.report) {
    view.outcome = file.report->outcome;
    view.reported_on = file.report->reported_on;
    view.valid_until = file.report->valid_until;
    view.officer = file.report->officer_name;
  }
  if (!all.shows_findings) return view;
  view.order_note = file.order.note;
  if (file.report) view.report_note = file.report->note;
  for (const ResultRow& result : file.results) view.results.push_back(view_of(result, file, all, language, titles));
  return view;
}

VerificationView view_of(const VerificationFile& file, Language language, const cases::ViewContext& context) {
  VerificationView view{
      .is_valid = !file.obstacle, .obstacle = {}, .shows_findings = file.shows_findings, .orders = {}};
  if (file.obstacle) view.obstacle = cases::view_of(*file.obstacle, language, context);
  for (const OrderFile& order : file.orders)
    view.orders.push_back(view_of(order, file, language, context.article_titles));
  std::ranges::reverse(view.orders);
  return view;
}

}  // namespace

void add_verification_routes(api::Api& api, const Context& context) {
  const std::string path = "/cases/{county}/{case}/verification";
  api.get<Nothing, VerificationView>(
      path, {.id = "getVerification", .summary = "核对记录", .tag = "verification"},
      [context](Call& call, Nothing) -> Result<VerificationView> {
        JZ_TRY(const CaseTarget target, cases::target_of(call, 0));
        JZ_TRY(const VerificationFile file,
               read_verification(context->surroundings, context->world, call.actor(), target.county, target.id));
        return view_of(file, call.language, context->views);
      });
  api.get<Nothing, api::FileContent>(
      path + "/orders/{order}/report",
      {.id = "getVerificationReport", .summary = "核对报告（PDF）", .tag = "verification"},
      [context](Call& call, Nothing) -> Result<api::FileContent> {
        JZ_TRY(const CaseTarget target, cases::target_of(call, 0));
        JZ_TRY(const OrderId order, call.path<OrderId>("order"));
        JZ_TRY(const ReportFile file,
               read_report(context->surroundings, call.actor(), target.county, target.id, order));
        const PdfDocument paper = report_paper(file, *context->world.rulebook->wording(), context->views.region_name);
        JZ_TRY(std::string bytes, render_pdf(std::span(&paper, 1), {}));
        return api::FileContent{"核对报告-" + file.row.case_number + ".pdf", "application/pdf", std::move(bytes)};
      });
  api.post<VerificationOrderRequest, CaseSummary>(
      path + "/orders", {.id = "orderVerification", .summary = "发起核对", .tag = "verification"},
      [context](Call& call, VerificationOrderRequest request) -> Result<CaseSummary> {
        JZ_TRY(const CaseTarget target, cases::target_of(call, request.version));
        JZ_TRY(const cases::CaseRow row,
               order_verification(context->surroundings, context->world, call.actor(), target, request.note));
        return context->summary(row);
      });
  api.post<VerificationReportRequest, CaseSummary>(
      path + "/report", {.id = "reportVerification", .summary = "录入核对报告", .tag = "verification"},
      [context](Call& call, VerificationReportRequest request) -> Result<CaseSummary> {
        JZ_TRY(const CaseTarget target, cases::target_of(call, request.version));
        JZ_TRY(const cases::CaseRow row,
               report_verification(context->surroundings, context->world, call.actor(), target, draft_of(request)));
        return context->summary(row);
      });
  api.post<VerificationObjectionRequest, CaseSummary>(
      path + "/objections", {.id = "objectToVerification", .summary = "对核对结果提出异议", .tag = "verification"},
      [context](Call& call, VerificationObjectionRequest request) -> Result<CaseSummary> {
        JZ_TRY(const CaseTarget target, cases::target_of(call, request.version));
        JZ_TRY(const cases::CaseRow row,
               object_to_verification(context->surroundings, context->world, call.actor(), target, request.evidence));
        return context->summary(row);
      });
  api.post<VerifiedFactsRequest, CaseSummary>(
      path + "/facts", {.id = "recordVerifiedFacts", .summary = "按核对结果修订家庭情况", .tag = "verification"},
      [context](Call& call, VerifiedFactsRequest request) -> Result<CaseSummary> {
        JZ_TRY(const CaseTarget target, cases::target_of(call, request.version));
        JZ_TRY(const cases::CaseRow row,
               record_verified_facts(context->surroundings, context->world, call.actor(), target, request.facts));
        return context->summary(row);
      });
}

void add_lookup_routes(api::Api& api, const Context& context,
                       const std::shared_ptr<const registers::RegisterWorld>& hall) {
  const std::string path = "/cases/{county}/{case}/verification/lookup";
  api.get<Nothing, LookupState>(
      path, {.id = "getVerificationLookup", .summary = "本次核对的数据查询结果", .tag = "verification"},
      [context, hall](Call& call, Nothing) -> Result<LookupState> {
        JZ_TRY(const CaseTarget target, cases::target_of(call, 0));
        JZ_TRY(const auto lookup, read_lookup(context->surroundings, call.actor(), target.county, target.id));
        JZ_TRY(const auto statuses, registers::read_registers(*hall, call.actor()));
        LookupState state{.uses_registers = std::ranges::any_of(
                              statuses, [](const registers::RegisterStatus& status) { return status.held.is_used; })};
        if (lookup) state.lookup = view_of(lookup->row, lookup->answer, call.language, context->views.article_titles);
        return state;
      });
  api.post<Nothing, LookupState>(
      path, {.id = "lookUpVerification", .summary = "从登记数据查询申请家庭", .tag = "verification"},
      [context, hall](Call& call, Nothing) -> Result<LookupState> {
        JZ_TRY(const CaseTarget target, cases::target_of(call, 0));
        JZ_TRY(const Lookup lookup, look_up_case(context->surroundings, *hall, call.actor(), target.county, target.id));
        return LookupState{.uses_registers = true,
                           .lookup = view_of(lookup.row, lookup.answer, call.language, context->views.article_titles)};
      });
}

}  // namespace verification
}  // namespace jiuzhu
