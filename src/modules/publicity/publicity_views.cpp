#include "modules/publicity/publicity_views.hpp"

#include "modules/publicity/notice_sheet.hpp"

namespace jiuzhu::publicity {
namespace {

NoticeView view_of(const NoticeRow& notice, Date today) {
  return {.id = notice.id,
          .round = notice.round,
          .applicant_name = notice.applicant_name,
          .member_count = notice.member_count,
          .member_names = read_list(notice.member_names),
          .proposed_amount = notice.proposed_amount,
          .places = read_list(notice.places),
          .posted_on = notice.posted_on,
          .last_day = notice.last_day,
          .posted_by_name = notice.posted_by_name,
          .removed_on = notice.removed_on,
          .is_over = !notice.removed_on && has_hung(notice.last_day, today)};
}

ObjectionView view_of(const ObjectionRow& objection) {
  return {.id = objection.id,
          .notice = objection.notice_id,
          .received_on = objection.received_on,
          .channel = objection.channel,
          .is_anonymous = !objection.objector,
          .content = objection.content,
          .recorded_by_name = objection.recorded_by_name,
          .recorded_on = objection.recorded_on,
          .outcome = objection.outcome,
          .handling = objection.handling,
          .handled_by_name = objection.handled_by_name,
          .handled_on = objection.handled_on};
}

}  // namespace

PublicityView view_of(const PublicityFile& file, Language language, const cases::CaseRoutesContext& context) {
  const Date today = context.surroundings.clock.today();
  const auto policy_language = language == Language::zh ? policy::Language::zh : policy::Language::en;
  PublicityView view{.summary = context.summary(file.row), .opinions = {}, .notices = {}, .objections = {}};
  for (const OpinionRow& opinion : file.opinions) {
    view.opinions.push_back({.proposal = opinion.proposal,
                             .amount = opinion.amount,
                             .computed_amount = opinion.computed_amount,
                             .reason = opinion.reason,
                             .reasons = cases::views_of(cases::read_reasons(opinion.reasons),
                                                        *context.world.rulebook->wording(), policy_language),
                             .given_by_name = opinion.given_by_name,
                             .given_on = opinion.given_on});
  }
  for (const NoticeRow& notice : file.notices) view.notices.push_back(view_of(notice, today));
  for (const ObjectionRow& objection : file.objections) view.objections.push_back(view_of(objection));
  return view;
}

PublicNotice public_view_of(const NoticeRow& notice, const cases::RegionName& region_name) {
  return {.id = notice.id,
          .round = notice.round,
          .programme = notice.programme,
          .region_code = notice.region,
          .place = cases::place_name(notice.region, region_name),
          .applicant_name = notice.applicant_name,
          .member_count = notice.member_count,
          .member_names = read_list(notice.member_names),
          .proposed_amount = notice.proposed_amount,
          .posted_on = notice.posted_on,
          .last_day = notice.last_day,
          .office = notice.round == Round::township ? cases::township_office(notice.region, region_name)
                                                    : cases::county_office(notice.region, region_name)};
}

}  // namespace jiuzhu::publicity
