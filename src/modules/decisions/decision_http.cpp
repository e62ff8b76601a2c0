#include "modules/decisions/decision_http.hpp"

#include "modules/decisions/decision_paper.hpp"

namespace jiuzhu {

struct ApproveRequest {
  std::int64_t version = 0;
  std::optional<Money> amount;
  std::vector<cases::StatedReason> reasons;
};
BOOST_DESCRIBE_STRUCT(ApproveRequest, (), (version, amount, reasons))
template <>
inline constexpr json::Meta json::meta<&ApproveRequest::amount>{.title = "批准金额（元/月）"};
template <>
inline constexpr json::Meta json::meta<&ApproveRequest::reasons>{.title = "理由", .max_length = 20, .optional = true};

struct RefuseRequest {
  std::int64_t version = 0;
  std::vector<cases::StatedReason> reasons;
  bool is_despite_assessment = false;
};
BOOST_DESCRIBE_STRUCT(RefuseRequest, (), (version, reasons, is_despite_assessment))
template <>
inline constexpr json::Meta json::meta<&RefuseRequest::reasons>{.title = "理由", .min_length = 1, .max_length = 20};
template <>
inline constexpr json::Meta json::meta<&RefuseRequest::is_despite_assessment>{
    .title = "测算结果为符合条件，仍决定不予批准", .optional = true};

struct DeliveryRequest {
  std::int64_t version = 0;
  Date delivered_on;
  decisions::DeliveryMethod method = decisions::DeliveryMethod::in_person;
  std::string received_by;
};
BOOST_DESCRIBE_STRUCT(DeliveryRequest, (), (version, delivered_on, method, received_by))
template <>
inline constexpr json::Meta json::meta<&DeliveryRequest::delivered_on>{.title = "送达日期"};
template <>
inline constexpr json::Meta json::meta<&DeliveryRequest::received_by>{
    .title = "签收人", .max_length = 50, .optional = true};

struct DecisionView {
  CaseSummary summary;
  decisions::DecisionOutcome outcome = decisions::DecisionOutcome::refused;
  std::optional<Money> amount;
  std::optional<Month> first_month;
  policy::Outcome assessed_outcome = policy::Outcome::review;
  std::optional<Money> computed_amount;
  std::optional<Money> publicised_amount;
  int member_count = 0;
  std::vector<StatedReasonView> reasons;
  std::vector<std::string> explanation;
  int facts_revision = 0;
  json::Value trace;  // the whole assessment, as docs/schemas/decision.schema.json describes it
  std::string decided_by_name;
  Date decided_on;
  std::string notice_number;
  std::optional<Date> notice_due_on;
  std::optional<Date> delivered_on;
  std::optional<decisions::DeliveryMethod> delivery_method;
  std::optional<std::string> received_by;
  bool is_notice_overdue = false;
};
BOOST_DESCRIBE_STRUCT(DecisionView, (),
                      (summary, outcome, amount, first_month, assessed_outcome, computed_amount, publicised_amount,
                       member_count, reasons, explanation, facts_revision, trace, decided_by_name, decided_on,
                       notice_number, notice_due_on, delivered_on, delivery_method, received_by, is_notice_overdue))

namespace decisions {
namespace {

using api::Call;
using api::FileContent;
using api::Nothing;
using cases::CaseTarget;
using Context = std::shared_ptr<const cases::CaseRoutesContext>;

constexpr const char* kTag = "decisions";

DecisionView view_of(const DecisionFile& file, Language language, const cases::CaseRoutesContext& context) {
  const auto policy_language = language == Language::zh ? policy::Language::zh : policy::Language::en;
  const DecisionRow& decision = file.decision;
  DecisionView view{.summary = context.summary(file.row),
                    .outcome = decision.outcome,
                    .amount = decision.amount,
                    .first_month = decision.first_month,
                    .assessed_outcome = decision.assessed_outcome,
                    .computed_amount = decision.computed_amount,
                    .publicised_amount = decision.publicised_amount,
                    .member_count = decision.member_count,
                    .reasons = cases::views_of(cases::read_reasons(decision.reasons),
                                               *context.world.rulebook->wording(), policy_language),
                    .explanation = explanation_of(decision, policy_language),
                    .facts_revision = decision.facts_revision,
                    .trace = *json::parse(decision.trace),
                    .decided_by_name = decision.decided_by_name,
                    .decided_on = decision.decided_on,
                    .notice_number = decision.notice_number,
                    .notice_due_on = decision.notice_due_on,
                    .delivered_on = decision.delivered_on,
                    .delivery_method = decision.delivery_method,
                    .received_by = decision.received_by};
  view.is_notice_overdue =
      decision.notice_due_on && !decision.delivered_on && context.surroundings.clock.today() > *decision.notice_due_on;
  return view;
}

Result<FileContent> print_notice(Call& call, const cases::CaseRoutesContext& context) {
  JZ_TRY(const CaseTarget target, cases::target_of(call, 0));
  JZ_TRY(const DecisionFile file, read_decision(context.surroundings, call.actor(), target.county, target.id));
  JZ_TRY(const policy::Procedure procedure, cases::procedure_of(context.world, file.row));
  JZ_TRY(const policy::Procedure remedies,
         context.world.rulebook->procedure_on(target.county.to_text(), file.decision.decided_on));
  const PdfDocument paper = decision_paper(file.decision, file.row, procedure, remedies,
                                           *context.world.rulebook->wording(), context.views.region_name);
  // The time of the decision, not of the printing: the same notice is the same file.
  JZ_TRY(std::string bytes, render_pdf(std::span(&paper, 1), file.decision.decided_at));
  return FileContent{"决定书-" + file.row.case_number + ".pdf", "application/pdf", std::move(bytes)};
}

}  // namespace

void add_decision_routes(api::Api& api, const Context& context, ApprovalHook on_approved) {
  api.get<Nothing, DecisionView>(
      "/cases/{county}/{case}/decision", {.id = "getDecision", .summary = "审批决定", .tag = kTag},
      [context](Call& call, Nothing) -> Result<DecisionView> {
        JZ_TRY(const CaseTarget target, cases::target_of(call, 0));
        JZ_TRY(const DecisionFile file, read_decision(context->surroundings, call.actor(), target.county, target.id));
        return view_of(file, call.language, *context);
      });
  api.get<Nothing, FileContent>(
      "/cases/{county}/{case}/decision/notice", {.id = "getDecisionNotice", .summary = "决定书（PDF）", .tag = kTag},
      [context](Call& call, Nothing) -> Result<FileContent> { return print_notice(call, *context); });
  api.post<ApproveRequest, CaseSummary>(
      "/cases/{county}/{case}/decision/approval", {.id = "approveCase", .summary = "批准", .tag = kTag},
      [context, on_approved = std::move(on_approved)](Call& call, ApproveRequest request) -> Result<CaseSummary> {
        JZ_TRY(const CaseTarget target, cases::target_of(call, request.version));
        JZ_TRY(const cases::CaseRow row, approve_case(context->surroundings, context->world, call.actor(), target,
                                                      {request.amount, std::move(request.reasons)}, on_approved));
        return context->summary(row);
      });
  api.post<RefuseRequest, CaseSummary>(
      "/cases/{county}/{case}/decision/refusal", {.id = "refuseCase", .summary = "不予批准", .tag = kTag},
      [context](Call& call, RefuseRequest request) -> Result<CaseSummary> {
        JZ_TRY(const CaseTarget target, cases::target_of(call, request.version));
        JZ_TRY(const cases::CaseRow row, refuse_case(context->surroundings, context->world, call.actor(), target,
                                                     {std::move(request.reasons), request.is_despite_assessment}));
        return context->summary(row);
      });
  api.post<DeliveryRequest, CaseSummary>(
      "/cases/{county}/{case}/decision/delivery", {.id = "recordDelivery", .summary = "登记送达", .tag = kTag},
      [context](Call& call, DeliveryRequest request) -> Result<CaseSummary> {
        JZ_TRY(const CaseTarget target, cases::target_of(call, request.version));
        JZ_TRY(const cases::CaseRow row,
               record_delivery(context->surroundings, call.actor(), target,
                               {request.delivered_on, request.method, std::move(request.received_by)}));
        return context->summary(row);
      });
}

}  // namespace decisions
}  // namespace jiuzhu
