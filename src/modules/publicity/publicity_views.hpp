#pragma once
// Requests and answers of the routes. In the plain namespace, because their json::meta specialisations need it.

#include "modules/cases/case_http.hpp"
#include "modules/cases/papers.hpp"
#include "modules/publicity/publicity_service.hpp"

namespace jiuzhu {

struct ProposeApprovalRequest {
  std::int64_t version = 0;
  std::optional<Money> amount;
  std::string reason;
  std::vector<std::string> places;
};
BOOST_DESCRIBE_STRUCT(ProposeApprovalRequest, (), (version, amount, reason, places))
template <>
inline constexpr json::Meta json::meta<&ProposeApprovalRequest::amount>{.title = "拟保障金额（元/月）"};
template <>
inline constexpr json::Meta json::meta<&ProposeApprovalRequest::reason>{
    .title = "金额与测算不同的理由", .max_length = 1000, .optional = true};
template <>
inline constexpr json::Meta json::meta<&ProposeApprovalRequest::places>{
    .title = "公示地点", .min_length = 1, .max_length = 20};

struct ProposeRefusalRequest {
  std::int64_t version = 0;
  std::vector<cases::StatedReason> reasons;
};
BOOST_DESCRIBE_STRUCT(ProposeRefusalRequest, (), (version, reasons))
template <>
inline constexpr json::Meta json::meta<&ProposeRefusalRequest::reasons>{
    .title = "理由", .min_length = 1, .max_length = 20};

struct ClosePublicityRequest {
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(ClosePublicityRequest, (), (version))

struct ObjectionRequest {
  std::int64_t version = 0;
  Date received_on;
  publicity::ObjectionChannel channel = publicity::ObjectionChannel::in_person;
  std::optional<std::string> objector;
  std::string content;
};
BOOST_DESCRIBE_STRUCT(ObjectionRequest, (), (version, received_on, channel, objector, content))
template <>
inline constexpr json::Meta json::meta<&ObjectionRequest::received_on>{.title = "收到日期"};
template <>
inline constexpr json::Meta json::meta<&ObjectionRequest::channel>{.title = "反映渠道"};
template <>
inline constexpr json::Meta json::meta<&ObjectionRequest::objector>{.title = "反映人（可匿名）", .max_length = 50};
template <>
inline constexpr json::Meta json::meta<&ObjectionRequest::content>{
    .title = "反映内容", .min_length = 1, .max_length = 4000};

struct ObjectionHandlingRequest {
  std::int64_t version = 0;
  std::string reasons;
};
BOOST_DESCRIBE_STRUCT(ObjectionHandlingRequest, (), (version, reasons))
template <>
inline constexpr json::Meta json::meta<&ObjectionHandlingRequest::reasons>{
    .title = "处理理由", .min_length = 1, .max_length = 2000};

struct RecordedObjectionView {
  CaseSummary summary;
  publicity::ObjectionId objection;
};
BOOST_DESCRIBE_STRUCT(RecordedObjectionView, (), (summary, objection))

struct RevealObjectorRequest {
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(RevealObjectorRequest, (), (reason))
template <>
inline constexpr json::Meta json::meta<&RevealObjectorRequest::reason>{
    .title = "查看原因", .min_length = 2, .max_length = 200};

struct RevealedObjector {
  std::string objector;
};
BOOST_DESCRIBE_STRUCT(RevealedObjector, (), (objector))

struct TownshipOpinionView {
  cases::Proposal proposal = cases::Proposal::none;
  std::optional<Money> amount;
  std::optional<Money> computed_amount;
  std::string reason;
  std::vector<StatedReasonView> reasons;
  std::string given_by_name;
  Date given_on;
};
BOOST_DESCRIBE_STRUCT(TownshipOpinionView, (),
                      (proposal, amount, computed_amount, reason, reasons, given_by_name, given_on))

struct NoticeView {
  publicity::NoticeId id;
  publicity::Round round = publicity::Round::township;
  std::string applicant_name;
  int member_count = 0;
  std::vector<std::string> member_names;
  Money proposed_amount;
  std::vector<std::string> places;
  Date posted_on;
  Date last_day;
  std::string posted_by_name;
  std::optional<Date> removed_on;
  bool is_over = false;
};
BOOST_DESCRIBE_STRUCT(NoticeView, (),
                      (id, round, applicant_name, member_count, member_names, proposed_amount, places, posted_on,
                       last_day, posted_by_name, removed_on, is_over))

struct ObjectionView {
  publicity::ObjectionId id;
  publicity::NoticeId notice;
  Date received_on;
  publicity::ObjectionChannel channel = publicity::ObjectionChannel::in_person;
  bool is_anonymous = true;
  std::string content;
  std::string recorded_by_name;
  Date recorded_on;
  publicity::ObjectionOutcome outcome = publicity::ObjectionOutcome::open;
  std::string handling;
  std::optional<std::string> handled_by_name;
  std::optional<Date> handled_on;
};
BOOST_DESCRIBE_STRUCT(ObjectionView, (),
                      (id, notice, received_on, channel, is_anonymous, content, recorded_by_name, recorded_on, outcome,
                       handling, handled_by_name, handled_on))

struct PublicityView {
  CaseSummary summary;
  std::vector<TownshipOpinionView> opinions;
  std::vector<NoticeView> notices;
  std::vector<ObjectionView> objections;
};
BOOST_DESCRIBE_STRUCT(PublicityView, (), (summary, opinions, notices, objections))

struct PublicNoticeQuery {
  std::optional<RegionCode> region;
  std::string after;
};
BOOST_DESCRIBE_STRUCT(PublicNoticeQuery, (), (region, after))
template <>
inline constexpr json::Meta json::meta<&PublicNoticeQuery::after>{
    .title = "上一页末尾", .max_length = 60, .optional = true};

/// All that anybody may see of a case.
struct PublicNotice {
  publicity::NoticeId id;
  publicity::Round round = publicity::Round::township;
  cases::CaseProgramme programme = cases::CaseProgramme::urban_minimum_living;
  RegionCode region_code;
  std::string place;
  std::string applicant_name;
  int member_count = 0;
  std::vector<std::string> member_names;
  Money proposed_amount;
  Date posted_on;
  Date last_day;
  std::string office;  // takes objections
};
BOOST_DESCRIBE_STRUCT(PublicNotice, (),
                      (id, round, programme, region_code, place, applicant_name, member_count, member_names,
                       proposed_amount, posted_on, last_day, office))

struct PublicNoticeList {
  std::vector<PublicNotice> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(PublicNoticeList, (), (items, next))

struct PublicitySettings {
  publicity::NameDisplay applicant_name = publicity::NameDisplay::masked;
};
BOOST_DESCRIBE_STRUCT(PublicitySettings, (), (applicant_name))

namespace publicity {

PublicityView view_of(const PublicityFile& file, Language language, const cases::CaseRoutesContext& context);
PublicNotice public_view_of(const NoticeRow& notice, const cases::RegionName& region_name);

}  // namespace publicity
}  // namespace jiuzhu
