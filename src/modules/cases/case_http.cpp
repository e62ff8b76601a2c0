#include "modules/cases/case_http.hpp"

#include "kernel/identity/citizen_number.hpp"
#include "modules/cases/case_export.hpp"
#include "modules/cases/intake_json.hpp"
#include "modules/cases/kin_filing.hpp"

namespace jiuzhu {

struct CaseQuery {
  std::optional<cases::State> state;
  std::optional<cases::CaseProgramme> programme;
  std::string search;
  std::string after;
};
BOOST_DESCRIBE_STRUCT(CaseQuery, (), (state, programme, search, after))
template <>
inline constexpr json::Meta json::meta<&CaseQuery::search>{
    .title = "申请人姓名或编号", .max_length = 50, .optional = true};
template <>
inline constexpr json::Meta json::meta<&CaseQuery::after>{.title = "上一页末尾", .max_length = 60, .optional = true};

struct PersonSearchRequest {
  std::string citizen_number;
};
BOOST_DESCRIBE_STRUCT(PersonSearchRequest, (), (citizen_number))

struct CorrectRequest {
  std::int64_t version = 0;
  cases::Intake intake;
};
BOOST_DESCRIBE_STRUCT(CorrectRequest, (), (version, intake))

struct RevealRequest {
  std::string person;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(RevealRequest, (), (person, reason))
template <>
inline constexpr json::Meta json::meta<&RevealRequest::reason>{.title = "查看原因", .min_length = 2, .max_length = 200};

struct AddKinRequest {
  std::int64_t version = 0;
  std::string person;
  std::string handler_name;
  std::string handler_post;
  std::optional<UserId> handler;
  std::string relation_code;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(AddKinRequest, (), (version, person, handler_name, handler_post, handler, relation_code, reason))
template <>
inline constexpr json::Meta json::meta<&AddKinRequest::handler_name>{
    .title = "经办人员姓名", .min_length = 1, .max_length = 50};
template <>
inline constexpr json::Meta json::meta<&AddKinRequest::handler_post>{.title = "单位及职务", .max_length = 100};
template <>
inline constexpr json::Meta json::meta<&AddKinRequest::relation_code>{.title = "与家庭成员的关系", .max_length = 2};
template <>
inline constexpr json::Meta json::meta<&AddKinRequest::reason>{.title = "如何得知", .min_length = 2, .max_length = 500};

struct RevealedView {
  std::string citizen_number;
  std::optional<std::string> phone;
};
BOOST_DESCRIBE_STRUCT(RevealedView, (), (citizen_number, phone))

struct StateCountView {
  cases::State state = cases::State::filed;
  std::int64_t count = 0;
  std::int64_t overdue = 0;
};
BOOST_DESCRIBE_STRUCT(StateCountView, (), (state, count, overdue))

struct WorkList {
  std::vector<CaseSummary> items;
  std::optional<std::string> next;
  std::vector<StateCountView> counts;
  std::vector<cases::State> own_states;
};
BOOST_DESCRIBE_STRUCT(WorkList, (), (items, next, counts, own_states))

struct WorkListQuery {
  std::string after;
};
BOOST_DESCRIBE_STRUCT(WorkListQuery, (), (after))
template <>
inline constexpr json::Meta json::meta<&WorkListQuery::after>{
    .title = "上一页末尾", .max_length = 60, .optional = true};

namespace cases {
namespace {

using api::Call;
using api::Nothing;
using Context = std::shared_ptr<const CaseRoutesContext>;

constexpr int kPage = 50;

/// "2019-08-09/<id>": the last row of the page before.
Status read_cursor(const std::string& after, CaseFilter& filter) {
  if (after.empty()) return {};
  const std::size_t slash = after.find('/');
  const auto due_on = Date::parse(after.substr(0, slash));
  if (slash == std::string::npos || !due_on || !CaseId::parse(after.substr(slash + 1))) {
    return refuse(
        Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = {{"/after", "field.not_id"}}});
  }
  filter.after_due_on = *due_on;
  filter.after_id = after.substr(slash + 1);
  return {};
}

std::optional<std::string> cursor_after(const std::vector<CaseRow>& rows) {
  if (rows.size() < kPage) return std::nullopt;
  return rows.back().due_on.to_text() + "/" + rows.back().id.to_text();
}

Result<CaseList> list(const CaseRoutesContext& context, const Actor& actor, CaseFilter filter) {
  JZ_TRY(const auto rows, find_cases(context.surroundings, actor, std::move(filter)));
  CaseList page{.items = {}, .next = cursor_after(rows)};
  for (const CaseRow& row : rows) page.items.push_back(context.summary(row));
  return page;
}

FiledCaseView view(const CaseRoutesContext& context, const FiledCase& filed, Language language) {
  return {context.summary(filed.row), problems_of(filed.missing, language, context.views)};
}

void add_list_routes(api::Api& api, const Context& context) {
  api.get<CaseQuery, CaseList>("/cases", {.id = "listCases", .summary = "申请列表", .tag = "cases"},
                               [context](Call& call, CaseQuery query) -> Result<CaseList> {
                                 CaseFilter filter{.programme = query.programme, .limit = kPage};
                                 if (query.state) filter.states = {*query.state};
                                 if (!query.search.empty()) filter.search = query.search;
                                 JZ_TRY_VOID(read_cursor(query.after, filter));
                                 return list(*context, call.actor(), std::move(filter));
                               });
  // A search by number is a POST: numbers must not stand in addresses, which are logged everywhere.
  api.post<PersonSearchRequest, CaseList>(
      "/case-searches", {.id = "searchCasesByPerson", .summary = "按公民身份号码查找", .tag = "cases"},
      [context](Call& call, PersonSearchRequest request) -> Result<CaseList> {
        const auto number = CitizenNumber::parse(request.citizen_number, context->surroundings.clock.today());
        if (!number) {
          return refuse(Error{.code = ErrorCode::invalid_input,
                              .key = "request.invalid",
                              .fields = {{"/citizen_number", number.error().key}}});
        }
        CaseFilter filter{.limit = kPage};
        filter.citizen_index = context->surroundings.vault.index(number->reveal(), kCitizenNumberContext).to_text();
        return list(*context, call.actor(), std::move(filter));
      });
  api.get<WorkListQuery, WorkList>("/work-list", {.id = "getWorkList", .summary = "我的待办", .tag = "cases"},
                                   [context](Call& call, WorkListQuery query) -> Result<WorkList> {
                                     WorkList result{.own_states = work_states(call.actor().role)};
                                     if (!allows(call.actor().role, Permission::case_read)) return result;
                                     if (!result.own_states.empty()) {
                                       CaseFilter filter{.states = result.own_states, .limit = kPage};
                                       JZ_TRY_VOID(read_cursor(query.after, filter));
                                       JZ_TRY(CaseList page, list(*context, call.actor(), std::move(filter)));
                                       result.items = std::move(page.items);
                                       result.next = std::move(page.next);
                                     }
                                     const auto counts = context->surroundings.database.read([&](db::Transaction& tx) {
                                       return count_cases(tx, scope_of(call.actor()),
                                                          context->surroundings.clock.today());
                                     });
                                     for (const StateCount& count : counts)
                                       result.counts.push_back({count.state, count.count, count.overdue});
                                     return result;
                                   });
}

void add_file_routes(api::Api& api, const Context& context) {
  api.post<Intake, FiledCaseView>("/cases", {.id = "fileCase", .summary = "登记申请", .tag = "cases", .success = 201},
                                  [context](Call& call, Intake intake) -> Result<FiledCaseView> {
                                    JZ_TRY(const FiledCase filed,
                                           file_case(context->surroundings, context->world, call.actor(), intake));
                                    return view(*context, filed, call.language);
                                  });
  api.put<CorrectRequest, FiledCaseView>(
      "/cases/{county}/{case}/declaration", {.id = "correctCase", .summary = "更正申请", .tag = "cases"},
      [context](Call& call, CorrectRequest request) -> Result<FiledCaseView> {
        JZ_TRY(const CaseTarget target, target_of(call, request.version));
        JZ_TRY(const FiledCase filed,
               correct_case(context->surroundings, context->world, call.actor(), target, request.intake));
        return view(*context, filed, call.language);
      });
  api.get<Nothing, CaseView>("/cases/{county}/{case}", {.id = "getCase", .summary = "申请档案", .tag = "cases"},
                             [context](Call& call, Nothing) -> Result<CaseView> {
                               JZ_TRY(const CaseTarget target, target_of(call, 0));
                               JZ_TRY(const CaseFile file, read_case(context->surroundings, context->world,
                                                                     call.actor(), target.county, target.id));
                               return view_of(file, context->surroundings.clock.today(), call.language, context->views);
                             });
  api.post<RevealRequest, RevealedView>(
      "/cases/{county}/{case}/reveal", {.id = "revealPerson", .summary = "查看完整证件号码（留痕）", .tag = "cases"},
      [context](Call& call, RevealRequest request) -> Result<RevealedView> {
        JZ_TRY(const CaseTarget target, target_of(call, 0));
        JZ_TRY(const Revealed revealed, reveal_person(context->surroundings, call.actor(), target.county, target.id,
                                                      request.person, request.reason));
        return RevealedView{revealed.citizen_number, revealed.phone};
      });
  api.post<AddKinRequest, CaseSummary>(
      "/cases/{county}/{case}/kin", {.id = "addKin", .summary = "补登经办人员近亲属", .tag = "cases"},
      [context](Call& call, AddKinRequest request) -> Result<CaseSummary> {
        JZ_TRY(const CaseTarget target, target_of(call, request.version));
        JZ_TRY(const CaseRow row,
               add_kin(context->surroundings, context->world, call.actor(), target,
                       {.handler = {std::move(request.person), std::move(request.handler_name),
                                    std::move(request.handler_post), request.handler, std::move(request.relation_code)},
                        .reason = std::move(request.reason)}));
        return context->summary(row);
      });
}

void add_step_routes(api::Api& api, const Context& context) {
  const auto add = [&](const char* name, const char* id, const char* summary, Action action) {
    api.post<StepRequest, CaseSummary>(
        std::string("/cases/{county}/{case}/") + name, {.id = id, .summary = summary, .tag = "cases"},
        [context, action](Call& call, StepRequest request) -> Result<CaseSummary> {
          JZ_TRY(const CaseTarget target, target_of(call, request.version));
          JZ_TRY(const CaseRow row,
                 take_plain_step(context->surroundings, context->world, call.actor(), target, action, request.note));
          return context->summary(row);
        });
  };
  add("acceptance", "acceptCase", "受理", Action::accept);
  add("withdrawal", "withdrawCase", "撤回申请", Action::withdraw);
  add("termination", "terminateCase", "终止办理", Action::terminate);
  add("reinvestigation", "reinvestigateCase", "退回重新调查", Action::reinvestigate);
  add("return", "returnCase", "退回审核", Action::return_to_review);
}

}  // namespace

Result<CaseTarget> target_of(const api::Call& call, std::int64_t version) {
  JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
  JZ_TRY(const CaseId id, call.path<CaseId>("case"));
  if (county.level() != RegionLevel::county) return refuse(ErrorCode::not_found, "request.no_such_resource");
  return CaseTarget{county, id, version};
}

void add_case_routes(api::Api& api, const std::shared_ptr<const CaseRoutesContext>& context) {
  add_list_routes(api, context);
  add_file_routes(api, context);
  add_step_routes(api, context);
  add_case_export_routes(api, context);
}

}  // namespace cases
}  // namespace jiuzhu
