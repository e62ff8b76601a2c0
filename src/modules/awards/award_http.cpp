#include "modules/awards/award_http.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "modules/awards/award_export.hpp"
#include "modules/awards/award_paper.hpp"
#include "modules/awards/award_views.hpp"

namespace jiuzhu {

struct AwardQuery {
  std::optional<awards::AwardState> state;
  std::optional<cases::CaseProgramme> programme;
  std::string search;
  std::optional<bool> refused_accounts;
  std::optional<Date> review_due_by;
  std::string after;
};
BOOST_DESCRIBE_STRUCT(AwardQuery, (), (state, programme, search, refused_accounts, review_due_by, after))
template <>
inline constexpr json::Meta json::meta<&AwardQuery::search>{
    .title = "申请编号，或申请人姓名开头", .max_length = 40, .optional = true};
template <>
inline constexpr json::Meta json::meta<&AwardQuery::after>{.title = "上一页末尾", .max_length = 80, .optional = true};

struct AwardList {
  std::vector<AwardSummary> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(AwardList, (), (items, next))

struct AwardTotalView {
  cases::CaseProgramme programme = cases::CaseProgramme::urban_minimum_living;
  std::int64_t households = 0;
  std::int64_t persons = 0;
  Money amount;
};
BOOST_DESCRIBE_STRUCT(AwardTotalView, (), (programme, households, persons, amount))
struct AwardTotalList {
  std::vector<AwardTotalView> items;
};
BOOST_DESCRIBE_STRUCT(AwardTotalList, (), (items))

struct RefusedAccountCount {
  std::int64_t households = 0;
};
BOOST_DESCRIBE_STRUCT(RefusedAccountCount, (), (households))

struct AwardAmountView {
  std::int64_t sequence = 1;
  Month from_month;
  Money amount;
  awards::AmountKind kind = awards::AmountKind::opened;
  std::vector<StatedReasonView> reasons;
  std::optional<awards::ChangeId> change;
  std::string set_by_name;
  Date set_on;
  bool is_superseded = false;
};
BOOST_DESCRIBE_STRUCT(AwardAmountView, (),
                      (sequence, from_month, amount, kind, reasons, change, set_by_name, set_on, is_superseded))

struct AwardMemberView {
  std::string person;
  std::string name;
  std::string citizen_number_masked;
};
BOOST_DESCRIBE_STRUCT(AwardMemberView, (), (person, name, citizen_number_masked))

struct AwardAccountView {
  std::string kind;
  std::string number_masked;
  std::string holder_name;
  std::string bank;
  std::optional<std::string> refused_reason;
  Date changed_on;
  std::string changed_by_name;
};
BOOST_DESCRIBE_STRUCT(AwardAccountView, (),
                      (kind, number_masked, holder_name, bank, refused_reason, changed_on, changed_by_name))

struct AwardView {
  AwardSummary summary;
  std::vector<AwardAmountView> amounts;
  std::vector<AwardMemberView> members;
  std::optional<AwardAccountView> account;
  std::optional<Date> ended_on;
  std::optional<std::string> end_note;
};
BOOST_DESCRIBE_STRUCT(AwardView, (), (summary, amounts, members, account, ended_on, end_note))

/// Of a case; without `award` when it has none.
struct CaseAwardView {
  std::optional<AwardView> award;
};
BOOST_DESCRIBE_STRUCT(CaseAwardView, (), (award))

struct AdjustAwardRequest {
  std::int64_t version = 0;
  Month from_month;
  Money amount;
  std::vector<cases::StatedReason> reasons;
};
BOOST_DESCRIBE_STRUCT(AdjustAwardRequest, (), (version, from_month, amount, reasons))
template <>
inline constexpr json::Meta json::meta<&AdjustAwardRequest::amount>{.title = "调整后的金额（元/月）"};
template <>
inline constexpr json::Meta json::meta<&AdjustAwardRequest::reasons>{
    .title = "理由", .min_length = 1, .max_length = 20};

struct EndAwardRequest {
  std::int64_t version = 0;
  awards::EndReason reason = awards::EndReason::no_longer_eligible;
  Month last_month;
  std::string note;
};
BOOST_DESCRIBE_STRUCT(EndAwardRequest, (), (version, reason, last_month, note))
template <>
inline constexpr json::Meta json::meta<&EndAwardRequest::last_month>{.title = "最后发放月份"};
template <>
inline constexpr json::Meta json::meta<&EndAwardRequest::note>{
    .title = "情况说明", .min_length = 1, .max_length = 2000};

struct ChangeAccountRequest {
  std::int64_t version = 0;
  cases::AccountKind kind = cases::AccountKind::passbook;
  std::string number;
  std::string holder;
  std::string bank;
};
BOOST_DESCRIBE_STRUCT(ChangeAccountRequest, (), (version, kind, number, holder, bank))
template <>
inline constexpr json::Meta json::meta<&ChangeAccountRequest::number>{
    .title = "账号", .min_length = 1, .max_length = 60};
template <>
inline constexpr json::Meta json::meta<&ChangeAccountRequest::holder>{
    .title = "户名（家庭成员）", .min_length = 1, .max_length = 40};
template <>
inline constexpr json::Meta json::meta<&ChangeAccountRequest::bank>{
    .title = "开户机构", .min_length = 1, .max_length = 100};

namespace awards {
namespace {

using api::Call;
using api::Nothing;
using Context = std::shared_ptr<const cases::CaseRoutesContext>;

constexpr const char* kTag = "awards";
constexpr int kPage = 50;

/// "<region>.<id>" of the last row on the page before.
Result<AwardCursor> read_cursor(const std::string& text) {
  if (text.empty()) return AwardCursor{};
  const auto parts = split(text, '.');
  if (parts.size() == 2 && AwardId::parse(parts[1])) return AwardCursor{std::string(parts[0]), std::string(parts[1])};
  return refuse(
      Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = {{"/after", "field.not_id"}}});
}

AwardView view_of(const AwardFile& file, Language language, const cases::CaseRoutesContext& context) {
  const auto policy_language = language == Language::zh ? policy::Language::zh : policy::Language::en;
  AwardView view{.summary = summary_of(file.row, context.views),
                 .amounts = {},
                 .members = {},
                 .account = {},
                 .ended_on = file.row.ended_on,
                 .end_note = file.row.end_note};
  for (const AmountRow& row : file.amounts) {
    view.amounts.push_back({.sequence = row.sequence,
                            .from_month = row.from_month,
                            .amount = row.amount,
                            .kind = row.kind,
                            .reasons = cases::views_of(cases::read_reasons(row.reasons),
                                                       *context.world.rulebook->wording(), policy_language),
                            .change = row.change_id,
                            .set_by_name = row.set_by_name,
                            .set_on = row.set_on,
                            .is_superseded = row.superseded_by.has_value()});
  }
  for (const auto& member : file.members) {
    view.members.push_back({member.person_key, member.name, member.citizen_number_masked});
  }
  if (file.account) {
    const AwardAccountRow& account = *file.account;
    view.account = AwardAccountView{account.kind,           account.number_masked, account.holder_name,    account.bank,
                                    account.refused_reason, account.changed_on,    account.changed_by_name};
  }
  return view;
}

Result<AwardTarget> target_of(const Call& call, std::int64_t version) {
  JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
  JZ_TRY(const AwardId id, call.path<AwardId>("award"));
  return AwardTarget{county, id, version};
}

/// What the month of an adjustment was worth before it.
Money amount_before(const AwardFile& file, const AmountRow& adjusted) {
  Money before;
  std::optional<Month> from;
  for (const AmountRow& row : file.amounts) {
    const bool stood = row.sequence < adjusted.sequence && row.from_month <= adjusted.from_month &&
                       (!row.superseded_by || *row.superseded_by >= adjusted.sequence);
    if (!stood || (from && row.from_month < *from)) continue;
    from = row.from_month;
    before = row.amount;
  }
  return before;
}

Result<api::FileContent> print_adjustment(Call& call, const cases::CaseRoutesContext& context) {
  JZ_TRY(const AwardTarget target, target_of(call, 0));
  JZ_TRY(const AwardFile file, read_award(context.surroundings, call.actor(), target.county, target.id));
  std::int64_t sequence = 0;
  const std::string text(call.request.path_value("sequence"));
  std::from_chars(text.data(), text.data() + text.size(), sequence);
  const auto adjusted = std::ranges::find(file.amounts, sequence, &AmountRow::sequence);
  if (adjusted == file.amounts.end() || adjusted->kind != AmountKind::adjusted) {
    return refuse(ErrorCode::not_found, "request.no_such_resource");
  }
  JZ_TRY(const policy::Procedure remedies,
         context.world.rulebook->procedure_on(target.county.to_text(), adjusted->set_on));
  const PdfDocument paper = adjustment_paper(file.row, *adjusted, amount_before(file, *adjusted),
                                             {remedies, *context.world.rulebook->wording(), context.views.region_name});
  JZ_TRY(std::string bytes, render_pdf(std::span(&paper, 1), {}));
  return api::FileContent{"调整决定书-" + file.row.case_number + ".pdf", "application/pdf", std::move(bytes)};
}

Result<api::FileContent> print_ending(Call& call, const cases::CaseRoutesContext& context) {
  JZ_TRY(const AwardTarget target, target_of(call, 0));
  JZ_TRY(const AwardFile file, read_award(context.surroundings, call.actor(), target.county, target.id));
  if (!file.row.ended_on) return refuse(ErrorCode::not_found, "request.no_such_resource");
  JZ_TRY(const policy::Procedure remedies,
         context.world.rulebook->procedure_on(target.county.to_text(), *file.row.ended_on));
  const PdfDocument paper =
      ending_paper(file.row, {remedies, *context.world.rulebook->wording(), context.views.region_name});
  JZ_TRY(std::string bytes, render_pdf(std::span(&paper, 1), {}));
  return api::FileContent{"停发决定书-" + file.row.case_number + ".pdf", "application/pdf", std::move(bytes)};
}

void add_reading_routes(api::Api& api, const Context& context) {
  api.get<AwardQuery, AwardList>("/awards", {.id = "listAwards", .summary = "在保对象", .tag = kTag},
                                 [context](Call& call, AwardQuery query) -> Result<AwardList> {
                                   JZ_TRY(const AwardCursor after, read_cursor(query.after));
                                   AwardFilter filter{.scope = {},
                                                      .state = query.state,
                                                      .programme = query.programme,
                                                      .refused_accounts_only = query.refused_accounts.value_or(false),
                                                      .review_due_by = query.review_due_by,
                                                      .after = after,
                                                      .limit = kPage};
                                   if (!query.search.empty()) filter.search = query.search;
                                   JZ_TRY(const auto rows, find_awards(context->surroundings, call.actor(), filter));
                                   AwardList list;
                                   for (const AwardRow& row : rows)
                                     list.items.push_back(summary_of(row, context->views));
                                   if (rows.size() == kPage)
                                     list.next = rows.back().region.to_text() + "." + rows.back().id.to_text();
                                   return list;
                                 });
  api.get<Nothing, AwardTotalList>(
      "/awards/totals", {.id = "getAwardTotals", .summary = "在保户数、人数和月发放额", .tag = kTag},
      [context](Call& call, Nothing) -> Result<AwardTotalList> {
        JZ_TRY(const auto totals, total_awards(context->surroundings, call.actor()));
        AwardTotalList list;
        for (const AwardTotals& each : totals) {
          list.items.push_back({each.programme, each.households, each.persons, each.amount});
        }
        return list;
      });
  api.get<Nothing, RefusedAccountCount>(
      "/awards/refused-accounts", {.id = "countRefusedAccounts", .summary = "账户被退回的户数", .tag = kTag},
      [context](Call& call, Nothing) -> Result<RefusedAccountCount> {
        JZ_TRY(const std::int64_t households, total_refused_accounts(context->surroundings, call.actor()));
        return RefusedAccountCount{households};
      });
  api.get<Nothing, AwardView>("/awards/{county}/{award}", {.id = "getAward", .summary = "在保对象详情", .tag = kTag},
                              [context](Call& call, Nothing) -> Result<AwardView> {
                                JZ_TRY(const AwardTarget target, target_of(call, 0));
                                JZ_TRY(const AwardFile file,
                                       read_award(context->surroundings, call.actor(), target.county, target.id));
                                return view_of(file, call.language, *context);
                              });
  api.get<Nothing, CaseAwardView>(
      "/cases/{county}/{case}/award", {.id = "getCaseAward", .summary = "申请对应的待遇", .tag = kTag},
      [context](Call& call, Nothing) -> Result<CaseAwardView> {
        JZ_TRY(const cases::CaseTarget target, cases::target_of(call, 0));
        JZ_TRY(const auto file, read_award_of_case(context->surroundings, call.actor(), target.county, target.id));
        CaseAwardView view;
        if (file) view.award = view_of(*file, call.language, *context);
        return view;
      });
}

void add_paper_routes(api::Api& api, const Context& context) {
  api.get<Nothing, api::FileContent>("/awards/{county}/{award}/amounts/{sequence}/notice",
                                     {.id = "getAdjustmentNotice", .summary = "调整决定书（PDF）", .tag = kTag},
                                     [context](Call& call, Nothing) { return print_adjustment(call, *context); });
  api.get<Nothing, api::FileContent>("/awards/{county}/{award}/ending/notice",
                                     {.id = "getEndingNotice", .summary = "停发决定书（PDF）", .tag = kTag},
                                     [context](Call& call, Nothing) { return print_ending(call, *context); });
}

void add_changing_routes(api::Api& api, const Context& context) {
  api.post<AdjustAwardRequest, AwardSummary>(
      "/awards/{county}/{award}/adjustment", {.id = "adjustAward", .summary = "调整金额", .tag = kTag},
      [context](Call& call, AdjustAwardRequest request) -> Result<AwardSummary> {
        JZ_TRY(const AwardTarget target, target_of(call, request.version));
        JZ_TRY(const AwardRow row, adjust_award(context->surroundings, context->world, call.actor(), target,
                                                {request.from_month, request.amount, std::move(request.reasons)}));
        return summary_of(row, context->views);
      });
  api.post<EndAwardRequest, AwardSummary>(
      "/awards/{county}/{award}/ending", {.id = "endAward", .summary = "停发", .tag = kTag},
      [context](Call& call, EndAwardRequest request) -> Result<AwardSummary> {
        JZ_TRY(const AwardTarget target, target_of(call, request.version));
        JZ_TRY(const AwardRow row, end_award(context->surroundings, context->world, call.actor(), target,
                                             {request.reason, request.last_month, std::move(request.note)}));
        return summary_of(row, context->views);
      });
  api.post<ChangeAccountRequest, AwardSummary>(
      "/awards/{county}/{award}/account", {.id = "changeAwardAccount", .summary = "变更发放账户", .tag = kTag},
      [context](Call& call, ChangeAccountRequest request) -> Result<AwardSummary> {
        JZ_TRY(const AwardTarget target, target_of(call, request.version));
        JZ_TRY(const AwardRow row, change_account(context->surroundings, call.actor(), target,
                                                  {std::string(enum_text(request.kind)), std::move(request.number),
                                                   std::move(request.holder), std::move(request.bank)}));
        return summary_of(row, context->views);
      });
}

}  // namespace

void add_award_routes(api::Api& api, const Context& context) {
  add_reading_routes(api, context);
  add_paper_routes(api, context);
  add_changing_routes(api, context);
  add_award_export_routes(api, context);
}

}  // namespace awards
}  // namespace jiuzhu
