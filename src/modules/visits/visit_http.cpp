#include "modules/visits/visit_http.hpp"

#include <algorithm>

#include "modules/visits/visit_service.hpp"

namespace jiuzhu {

struct VisitFindingPart {
  visits::VisitTopic topic = visits::VisitTopic::other;
  std::string content;
};
BOOST_DESCRIBE_STRUCT(VisitFindingPart, (), (topic, content))
template <>
inline constexpr json::Meta json::meta<&VisitFindingPart::content>{
    .title = "情况", .min_length = 1, .max_length = 2000};

struct VisitSignerPart {
  UserId user;
  bool is_signed = false;
};
BOOST_DESCRIBE_STRUCT(VisitSignerPart, (), (user, is_signed))

struct VisitRequest {
  std::int64_t version = 0;
  visits::VisitKind kind = visits::VisitKind::township;
  visits::VisitMode mode = visits::VisitMode::on_site;
  Date visited_on;
  std::string place;
  std::string emergency;
  std::vector<VisitSignerPart> investigators;
  std::string present;
  bool is_present_signed = false;
  std::vector<VisitFindingPart> findings;
  std::vector<documents::DocumentId> photos;
  visits::Conclusion conclusion = visits::Conclusion::consistent;
  std::optional<policy::HouseholdFacts> facts;
};
BOOST_DESCRIBE_STRUCT(VisitRequest, (),
                      (version, kind, mode, visited_on, place, emergency, investigators, present, is_present_signed,
                       findings, photos, conclusion, facts))
template <>
inline constexpr json::Meta json::meta<&VisitRequest::visited_on>{.title = "入户日期"};
template <>
inline constexpr json::Meta json::meta<&VisitRequest::place>{.title = "入户地点", .min_length = 1, .max_length = 200};
template <>
inline constexpr json::Meta json::meta<&VisitRequest::emergency>{
    .title = "重大突发事件", .max_length = 500, .optional = true};
template <>
inline constexpr json::Meta json::meta<&VisitRequest::investigators>{.title = "调查人员", .max_length = 10};
template <>
inline constexpr json::Meta json::meta<&VisitRequest::present>{
    .title = "在场家庭成员", .min_length = 1, .max_length = 20};
template <>
inline constexpr json::Meta json::meta<&VisitRequest::findings>{.title = "调查情况", .max_length = 30};
template <>
inline constexpr json::Meta json::meta<&VisitRequest::photos>{.title = "照片", .max_length = 30, .optional = true};
template <>
inline constexpr json::Meta json::meta<&VisitRequest::conclusion>{.title = "与申报是否一致"};

struct VisitSignaturesRequest {
  std::int64_t version = 0;
  std::vector<UserId> investigators;
  bool is_present_signed = false;
};
BOOST_DESCRIBE_STRUCT(VisitSignaturesRequest, (), (version, investigators, is_present_signed))
template <>
inline constexpr json::Meta json::meta<&VisitSignaturesRequest::investigators>{
    .title = "已签字的调查人员", .max_length = 10, .optional = true};
template <>
inline constexpr json::Meta json::meta<&VisitSignaturesRequest::is_present_signed>{.title = "在场家庭成员已签字",
                                                                                   .optional = true};

struct VisitInvestigatorView {
  UserId user;
  std::string name;
  Role role = Role::village_cadre;
  bool is_signed = false;
};
BOOST_DESCRIBE_STRUCT(VisitInvestigatorView, (), (user, name, role, is_signed))

struct VisitPhotoView {
  documents::DocumentId document;
  std::string title;
  bool is_removed = false;
};
BOOST_DESCRIBE_STRUCT(VisitPhotoView, (), (document, title, is_removed))

struct VisitView {
  visits::VisitId id;
  visits::VisitKind kind = visits::VisitKind::township;
  visits::VisitMode mode = visits::VisitMode::on_site;
  Date visited_on;
  std::string place;
  std::optional<std::string> emergency;
  std::vector<VisitInvestigatorView> investigators;
  std::string present;
  std::string present_name;
  bool is_present_signed = false;
  std::vector<VisitFindingPart> findings;
  std::vector<VisitPhotoView> photos;
  visits::Conclusion conclusion = visits::Conclusion::consistent;
  bool has_facts = false;
  std::string recorded_by;
  Instant recorded_at;
  bool is_signed = false;
  bool counts = false;  // made since the case last came to be investigated
};
BOOST_DESCRIBE_STRUCT(VisitView, (),
                      (id, kind, mode, visited_on, place, emergency, investigators, present, present_name,
                       is_present_signed, findings, photos, conclusion, has_facts, recorded_by, recorded_at, is_signed,
                       counts))

struct VisitList {
  std::vector<VisitView> items;          // newest first
  std::optional<ObstacleView> obstacle;  // why the township's investigation is not complete
};
BOOST_DESCRIBE_STRUCT(VisitList, (), (items, obstacle))

struct RecordedVisitView {
  CaseSummary summary;
  visits::VisitId visit;
};
BOOST_DESCRIBE_STRUCT(RecordedVisitView, (), (summary, visit))

struct InvestigatorChoice {
  UserId user;
  std::string name;
  Role role = Role::village_cadre;
  RegionCode region_code;
  std::string region_name;
};
BOOST_DESCRIBE_STRUCT(InvestigatorChoice, (), (user, name, role, region_code, region_name))

struct InvestigatorChoices {
  std::vector<InvestigatorChoice> items;
};
BOOST_DESCRIBE_STRUCT(InvestigatorChoices, (), (items))

namespace visits {
namespace {

using api::Call;
using api::Nothing;
using cases::CaseTarget;
using Context = std::shared_ptr<const cases::CaseRoutesContext>;

VisitDraft draft_of(VisitRequest request) {
  VisitDraft draft{.kind = request.kind,
                   .mode = request.mode,
                   .visited_on = request.visited_on,
                   .place = std::move(request.place),
                   .emergency = std::move(request.emergency),
                   .investigators = {},
                   .present = std::move(request.present),
                   .is_present_signed = request.is_present_signed,
                   .findings = {},
                   .photos = std::move(request.photos),
                   .conclusion = request.conclusion,
                   .facts = std::move(request.facts)};
  for (const VisitSignerPart& signer : request.investigators) {
    draft.investigators.push_back({signer.user, signer.is_signed});
  }
  for (VisitFindingPart& finding : request.findings) {
    draft.findings.push_back({finding.topic, std::move(finding.content)});
  }
  return draft;
}

VisitView view_of(const VisitRecord& record, const std::vector<cases::PersonRow>& persons) {
  const VisitRow& visit = record.visit;
  VisitView view{.id = visit.id,
                 .kind = visit.kind,
                 .mode = visit.mode,
                 .visited_on = visit.visited_on,
                 .place = visit.place,
                 .emergency = visit.emergency,
                 .investigators = {},
                 .present = visit.present_key,
                 .present_name = {},
                 .is_present_signed = visit.is_present_signed,
                 .findings = {},
                 .photos = {},
                 .conclusion = visit.conclusion,
                 .has_facts = visit.has_facts,
                 .recorded_by = visit.recorded_by_name,
                 .recorded_at = visit.recorded_at,
                 .is_signed = record.is_signed,
                 .counts = record.counts};
  const auto present = std::ranges::find(persons, visit.present_key, &cases::PersonRow::person_key);
  if (present != persons.end()) view.present_name = present->name;
  for (const InvestigatorRow& investigator : record.investigators) {
    view.investigators.push_back({investigator.user_id, investigator.name, investigator.role, investigator.is_signed});
  }
  for (const documents::DocumentRow& photo : record.photos) {
    view.photos.push_back({photo.id, photo.title, photo.is_removed()});
  }
  for (const VisitFindingRow& finding : record.findings) view.findings.push_back({finding.topic, finding.content});
  return view;
}

void add_reading_routes(api::Api& api, const Context& context, const std::string& path) {
  api.get<Nothing, VisitList>(path + "/visits", {.id = "listVisits", .summary = "入户调查记录", .tag = "visits"},
                              [context](Call& call, Nothing) -> Result<VisitList> {
                                JZ_TRY(const CaseTarget target, cases::target_of(call, 0));
                                JZ_TRY(const VisitFile file, read_visits(context->surroundings, context->world,
                                                                         call.actor(), target.county, target.id));
                                VisitList list;
                                for (const VisitRecord& record : file.visits)
                                  list.items.push_back(view_of(record, file.persons));
                                std::ranges::reverse(list.items);
                                if (file.obstacle)
                                  list.obstacle = cases::view_of(*file.obstacle, call.language, context->views);
                                return list;
                              });
  api.get<Nothing, InvestigatorChoices>(
      path + "/visits/investigators", {.id = "listInvestigators", .summary = "可选调查人员", .tag = "visits"},
      [context](Call& call, Nothing) -> Result<InvestigatorChoices> {
        JZ_TRY(const CaseTarget target, cases::target_of(call, 0));
        JZ_TRY(const auto officers,
               eligible_investigators(context->surroundings, call.actor(), target.county, target.id));
        InvestigatorChoices choices;
        for (const access::OfficerRow& officer : officers) {
          choices.items.push_back(
              {officer.user, officer.name, officer.role, officer.region, context->views.region_name(officer.region)});
        }
        return choices;
      });
}

}  // namespace

void add_visit_routes(api::Api& api, const Context& context) {
  const std::string path = "/cases/{county}/{case}";
  add_reading_routes(api, context, path);
  api.post<VisitRequest, RecordedVisitView>(
      path + "/visits", {.id = "recordVisit", .summary = "登记入户调查", .tag = "visits", .success = 201},
      [context](Call& call, VisitRequest request) -> Result<RecordedVisitView> {
        JZ_TRY(const CaseTarget target, cases::target_of(call, request.version));
        JZ_TRY(const RecordedVisit recorded,
               record_visit(context->surroundings, context->world, call.actor(), target, draft_of(std::move(request))));
        return RecordedVisitView{context->summary(recorded.row), recorded.id};
      });
  api.post<VisitSignaturesRequest, CaseSummary>(
      path + "/visits/{visit}/signatures", {.id = "signVisit", .summary = "补登签字", .tag = "visits"},
      [context](Call& call, VisitSignaturesRequest request) -> Result<CaseSummary> {
        JZ_TRY(const CaseTarget target, cases::target_of(call, request.version));
        JZ_TRY(const VisitId visit, call.path<VisitId>("visit"));
        JZ_TRY(const cases::CaseRow row, sign_visit(context->surroundings, context->world, call.actor(), target, visit,
                                                    {std::move(request.investigators), request.is_present_signed}));
        return context->summary(row);
      });
  api.post<StepRequest, CaseSummary>(
      path + "/investigation/finish", {.id = "finishInvestigation", .summary = "结束入户调查", .tag = "visits"},
      [context](Call& call, StepRequest request) -> Result<CaseSummary> {
        JZ_TRY(const CaseTarget target, cases::target_of(call, request.version));
        JZ_TRY(const cases::CaseRow row,
               finish_investigation(context->surroundings, context->world, call.actor(), target, request.note));
        return context->summary(row);
      });
}

}  // namespace visits
}  // namespace jiuzhu
