#include "modules/publicity/publicity_http.hpp"

#include "kernel/api/address_limit.hpp"
#include "modules/publicity/notice_sheet.hpp"
#include "modules/publicity/publicity_views.hpp"

namespace jiuzhu::publicity {
namespace {

using api::Call;
using api::FileContent;
using api::Nothing;
using cases::CaseTarget;
using Context = std::shared_ptr<const cases::CaseRoutesContext>;

constexpr const char* kTag = "publicity";

void add_opinion_routes(api::Api& api, const Context& context) {
  api.post<ProposeApprovalRequest, CaseSummary>(
      "/cases/{county}/{case}/opinion/approval",
      {.id = "proposeApproval", .summary = "提出拟保障意见并公示", .tag = kTag},
      [context](Call& call, ProposeApprovalRequest request) -> Result<CaseSummary> {
        JZ_TRY(const CaseTarget target, cases::target_of(call, request.version));
        JZ_TRY(const cases::CaseRow row,
               propose_approval(context->surroundings, context->world, call.actor(), target,
                                {request.amount, std::move(request.reason), std::move(request.places)}));
        return context->summary(row);
      });
  api.post<ProposeRefusalRequest, CaseSummary>(
      "/cases/{county}/{case}/opinion/refusal", {.id = "proposeRefusal", .summary = "提出不予保障意见", .tag = kTag},
      [context](Call& call, ProposeRefusalRequest request) -> Result<CaseSummary> {
        JZ_TRY(const CaseTarget target, cases::target_of(call, request.version));
        JZ_TRY(const cases::CaseRow row,
               propose_refusal(context->surroundings, context->world, call.actor(), target, request.reasons));
        return context->summary(row);
      });
}

void add_notice_routes(api::Api& api, const Context& context) {
  api.get<Nothing, PublicityView>(
      "/cases/{county}/{case}/publicity", {.id = "getPublicity", .summary = "审核意见、公示与异议", .tag = kTag},
      [context](Call& call, Nothing) -> Result<PublicityView> {
        JZ_TRY(const CaseTarget target, cases::target_of(call, 0));
        JZ_TRY(const PublicityFile file, read_publicity(context->surroundings, call.actor(), target.county, target.id));
        return view_of(file, call.language, *context);
      });
  api.post<ClosePublicityRequest, CaseSummary>(
      "/cases/{county}/{case}/publicity/closing", {.id = "closePublicity", .summary = "结束公示", .tag = kTag},
      [context](Call& call, ClosePublicityRequest request) -> Result<CaseSummary> {
        JZ_TRY(const CaseTarget target, cases::target_of(call, request.version));
        JZ_TRY(const cases::CaseRow row, close_publicity(context->surroundings, context->world, call.actor(), target));
        return context->summary(row);
      });
  api.get<Nothing, FileContent>(
      "/cases/{county}/{case}/notices/{notice}/sheet",
      {.id = "getNoticeSheet", .summary = "公示单（PDF）", .tag = kTag},
      [context](Call& call, Nothing) -> Result<FileContent> {
        JZ_TRY(const CaseTarget target, cases::target_of(call, 0));
        JZ_TRY(const NoticeId id, call.path<NoticeId>("notice"));
        JZ_TRY(const NoticeForPrint found,
               read_notice(context->surroundings, call.actor(), target.county, target.id, id));
        JZ_TRY(const policy::Procedure procedure, cases::procedure_of(context->world, found.row));
        const PdfDocument sheet = notice_sheet(found.notice, found.row.case_number, procedure,
                                               *context->world.rulebook->wording(), context->views.region_name);
        JZ_TRY(std::string bytes, render_pdf(std::span(&sheet, 1), context->surroundings.clock.now()));
        return FileContent{"公示单-" + found.row.case_number + ".pdf", "application/pdf", std::move(bytes)};
      });
  // Without login: the board on the wall asks nobody who is reading it (S2 arts. 25, 29). But it cannot be copied
  // within seconds either: a person needs a request or two a second, and an office or a library shares one address.
  const auto limit = std::make_shared<api::AddressLimit>(300, 60);
  api.get<PublicNoticeQuery, PublicNoticeList>(
      "/public/notices",
      {.id = "listPublicNotices", .summary = "正在公示的名单（无需登录）", .tag = "public", .needs_actor = false},
      [context, limit](Call& call, PublicNoticeQuery query) -> Result<PublicNoticeList> {
        if (const int wait = limit->wait_of(call.request.client_address, context->surroundings.clock.now()); wait > 0) {
          call.response_headers.emplace_back("Retry-After", std::to_string(wait));
          return refuse(ErrorCode::rate_limited, "request.too_many", {{"seconds", std::to_string(wait)}});
        }
        JZ_TRY(const PublicPage page, public_notices(context->surroundings, query.region, query.after));
        PublicNoticeList list{.items = {}, .next = page.next};
        for (const NoticeRow& notice : page.notices) {
          list.items.push_back(public_view_of(notice, context->views.region_name));
        }
        return list;
      });
}

void add_objection_routes(api::Api& api, const Context& context) {
  api.post<ObjectionRequest, RecordedObjectionView>(
      "/cases/{county}/{case}/objections",
      {.id = "recordObjection", .summary = "登记公示异议", .tag = kTag, .success = 201},
      [context](Call& call, ObjectionRequest request) -> Result<RecordedObjectionView> {
        JZ_TRY(const CaseTarget target, cases::target_of(call, request.version));
        JZ_TRY(const RecordedObjection recorded,
               record_objection(
                   context->surroundings, context->world, call.actor(), target,
                   {request.received_on, request.channel, std::move(request.objector), std::move(request.content)}));
        return RecordedObjectionView{context->summary(recorded.row), recorded.id};
      });
  const auto add_handling = [&](const char* name, const char* id, const char* summary, auto handle) {
    api.post<ObjectionHandlingRequest, CaseSummary>(
        std::string("/cases/{county}/{case}/objections/{objection}/") + name,
        {.id = id, .summary = summary, .tag = kTag},
        [context, handle](Call& call, ObjectionHandlingRequest request) -> Result<CaseSummary> {
          JZ_TRY(const CaseTarget target, cases::target_of(call, request.version));
          JZ_TRY(const ObjectionId objection, call.path<ObjectionId>("objection"));
          JZ_TRY(const cases::CaseRow row, handle(context->surroundings, context->world, call.actor(), target,
                                                  ObjectionHandling{objection, std::move(request.reasons)}));
          return context->summary(row);
        });
  };
  add_handling("dismissal", "dismissObjection", "异议不成立", dismiss_objection);
  add_handling("upholding", "upholdObjection", "异议成立，重新调查", uphold_objection);
  api.post<RevealObjectorRequest, RevealedObjector>(
      "/cases/{county}/{case}/objections/{objection}/reveal",
      {.id = "revealObjector", .summary = "查看反映人（留痕）", .tag = kTag},
      [context](Call& call, RevealObjectorRequest request) -> Result<RevealedObjector> {
        JZ_TRY(const CaseTarget target, cases::target_of(call, 0));
        JZ_TRY(const ObjectionId objection, call.path<ObjectionId>("objection"));
        JZ_TRY(std::string objector, reveal_objector(context->surroundings, call.actor(), target.county, target.id,
                                                     objection, request.reason));
        return RevealedObjector{std::move(objector)};
      });
}

void add_setting_routes(api::Api& api, const Context& context) {
  api.get<Nothing, PublicitySettings>(
      "/counties/{county}/publicity-settings", {.id = "getPublicitySettings", .summary = "公示设置", .tag = kTag},
      [context](Call& call, Nothing) -> Result<PublicitySettings> {
        JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
        JZ_TRY(const NameDisplay display, read_name_display(context->surroundings, call.actor(), county));
        return PublicitySettings{display};
      });
  api.put<PublicitySettings, PublicitySettings>(
      "/counties/{county}/publicity-settings",
      {.id = "changePublicitySettings", .summary = "修改公示设置", .tag = kTag},
      [context](Call& call, PublicitySettings request) -> Result<PublicitySettings> {
        JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
        JZ_TRY_VOID(change_name_display(context->surroundings, call.actor(), county, request.applicant_name));
        return request;
      });
}

}  // namespace

void add_publicity_routes(api::Api& api, const Context& context) {
  add_opinion_routes(api, context);
  add_notice_routes(api, context);
  add_objection_routes(api, context);
  add_setting_routes(api, context);
}

}  // namespace jiuzhu::publicity
