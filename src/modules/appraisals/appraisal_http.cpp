#include "modules/appraisals/appraisal_http.hpp"

#include <algorithm>

#include "modules/appraisals/appraisal_service.hpp"

namespace jiuzhu {

struct AppraisalParticipantPart {
  std::string name;
  appraisals::Capacity capacity = appraisals::Capacity::residents_delegate;
  std::optional<UserId> user;
  bool is_signed = false;
};
BOOST_DESCRIBE_STRUCT(AppraisalParticipantPart, (), (name, capacity, user, is_signed))
template <>
inline constexpr json::Meta json::meta<&AppraisalParticipantPart::name>{
    .title = "姓名", .min_length = 1, .max_length = 50};
template <>
inline constexpr json::Meta json::meta<&AppraisalParticipantPart::is_signed>{.title = "已签字"};

struct AppraisalRequest {
  std::int64_t version = 0;
  Date held_on;
  std::string place;
  std::vector<AppraisalParticipantPart> participants;
  appraisals::AppraisalResult result = appraisals::AppraisalResult::disputed;
  std::optional<int> votes_true;
  std::optional<int> votes_untrue;
  std::string remarks;
};
BOOST_DESCRIBE_STRUCT(AppraisalRequest, (),
                      (version, held_on, place, participants, result, votes_true, votes_untrue, remarks))
template <>
inline constexpr json::Meta json::meta<&AppraisalRequest::held_on>{.title = "评议日期"};
template <>
inline constexpr json::Meta json::meta<&AppraisalRequest::place>{
    .title = "评议地点", .min_length = 1, .max_length = 200};
template <>
inline constexpr json::Meta json::meta<&AppraisalRequest::participants>{
    .title = "参加人员", .min_length = 1, .max_length = 300};
template <>
inline constexpr json::Meta json::meta<&AppraisalRequest::result>{.title = "评议结论"};
template <>
inline constexpr json::Meta json::meta<&AppraisalRequest::votes_true>{
    .title = "认为属实", .minimum = 0, .maximum = 300};
template <>
inline constexpr json::Meta json::meta<&AppraisalRequest::votes_untrue>{
    .title = "认为不属实", .minimum = 0, .maximum = 300};
template <>
inline constexpr json::Meta json::meta<&AppraisalRequest::remarks>{
    .title = "评议记录", .max_length = 1000, .optional = true};

struct AppraisalView {
  appraisals::SessionId id;
  Date held_on;
  std::string place;
  std::vector<AppraisalParticipantPart> participants;
  appraisals::AppraisalResult result = appraisals::AppraisalResult::disputed;
  std::optional<int> votes_true;
  std::optional<int> votes_untrue;
  std::string remarks;
  std::string recorded_by;
  Instant recorded_at;
  bool counts = false;  // held since the case last came to be investigated
};
BOOST_DESCRIBE_STRUCT(AppraisalView, (),
                      (id, held_on, place, participants, result, votes_true, votes_untrue, remarks, recorded_by,
                       recorded_at, counts))

struct AppraisalList {
  std::vector<AppraisalView> items;      // newest first
  bool is_required = false;              // by the rules of the case's date
  std::optional<ObstacleView> obstacle;  // why the appraisal does not carry an approval
};
BOOST_DESCRIBE_STRUCT(AppraisalList, (), (items, is_required, obstacle))

namespace appraisals {
namespace {

using api::Call;
using api::Nothing;
using cases::CaseTarget;
using Context = std::shared_ptr<const cases::CaseRoutesContext>;

AppraisalDraft draft_of(AppraisalRequest request) {
  AppraisalDraft draft{.held_on = request.held_on,
                       .place = std::move(request.place),
                       .participants = {},
                       .result = request.result,
                       .votes_true = request.votes_true,
                       .votes_untrue = request.votes_untrue,
                       .remarks = std::move(request.remarks)};
  for (AppraisalParticipantPart& part : request.participants) {
    draft.participants.push_back({std::move(part.name), part.capacity, part.user, part.is_signed});
  }
  return draft;
}

AppraisalView view_of(const AppraisalRecord& record) {
  const SessionRow& session = record.session;
  AppraisalView view{.id = session.id,
                     .held_on = session.held_on,
                     .place = session.place,
                     .participants = {},
                     .result = session.result,
                     .votes_true = session.votes_true,
                     .votes_untrue = session.votes_untrue,
                     .remarks = session.remarks,
                     .recorded_by = session.recorded_by_name,
                     .recorded_at = session.recorded_at,
                     .counts = record.counts};
  for (const ParticipantRow& participant : record.participants) {
    view.participants.push_back({participant.name, participant.capacity, participant.user_id, participant.is_signed});
  }
  return view;
}

}  // namespace

void add_appraisal_routes(api::Api& api, const Context& context) {
  const std::string path = "/cases/{county}/{case}/appraisals";
  api.get<Nothing, AppraisalList>(
      path, {.id = "listAppraisals", .summary = "民主评议记录", .tag = "appraisals"},
      [context](Call& call, Nothing) -> Result<AppraisalList> {
        JZ_TRY(const CaseTarget target, cases::target_of(call, 0));
        JZ_TRY(const AppraisalFile file,
               read_appraisals(context->surroundings, context->world, call.actor(), target.county, target.id));
        AppraisalList list{.items = {}, .is_required = file.is_required, .obstacle = {}};
        for (const AppraisalRecord& record : file.sessions) list.items.push_back(view_of(record));
        std::ranges::reverse(list.items);
        if (file.obstacle) list.obstacle = cases::view_of(*file.obstacle, call.language, context->views);
        return list;
      });
  api.post<AppraisalRequest, CaseSummary>(
      path, {.id = "recordAppraisal", .summary = "登记民主评议", .tag = "appraisals", .success = 201},
      [context](Call& call, AppraisalRequest request) -> Result<CaseSummary> {
        JZ_TRY(const CaseTarget target, cases::target_of(call, request.version));
        JZ_TRY(const cases::CaseRow row, record_appraisal(context->surroundings, context->world, call.actor(), target,
                                                          draft_of(std::move(request))));
        return context->summary(row);
      });
}

}  // namespace appraisals
}  // namespace jiuzhu
