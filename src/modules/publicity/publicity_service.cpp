// Posting and closing notices, the public list, and the needs.

#include "modules/publicity/publicity_service.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "modules/cases/time_limits.hpp"
#include "platform/json/described.hpp"

namespace jiuzhu::publicity {
namespace {

using cases::CaseRow;
using cases::CaseTarget;
using cases::CaseWorld;
using cases::NeedContext;
using cases::State;

constexpr int kPublicPage = 50;

Status check_places(const std::vector<std::string>& places) {
  const bool has_empty = std::ranges::any_of(places, [](const std::string& place) { return trim(place).empty(); });
  if (!places.empty() && !has_empty) return {};
  return refuse(Error{
      .code = ErrorCode::invalid_input, .key = "request.invalid", .fields = {{"/places", "publicity.places_missing"}}});
}

/// The members that count, by the rules of the case's date; those the law leaves out are not shown.
Result<std::vector<NoticePerson>> shown_persons(UseCase& act, const CaseWorld& world, const CaseRow& row) {
  JZ_TRY(const policy::Decision decision, cases::assess_case(act.tx, world, row));
  std::vector<NoticePerson> shown;
  for (const cases::PersonRow& person : cases::persons_of(act.tx, row.county_code, row.id)) {
    const auto finding = std::ranges::find(decision.members, person.person_key, &policy::MemberFinding::key);
    if (person.role != cases::PersonRole::member || finding == decision.members.end()) continue;
    const bool is_applicant = finding->relation == policy::Relation::self;
    if (finding->counted == policy::Truth::no && !is_applicant) continue;
    shown.push_back({person.name, person.birth_date, is_applicant});
  }
  return shown;
}

/// The version of the case at which the township last gave its opinion.
std::int64_t opinion_sequence(db::Transaction& tx, const CaseRow& row) {
  std::int64_t sequence = 0;
  for (const cases::StepRow& step : cases::steps_of(tx, row.county_code, row.id)) {
    if (step.action == cases::Action::propose_approval) sequence = step.sequence;
  }
  return sequence;
}

/// The round that must be over now: the one the case is in, and before a decision the last that the rules ask for.
Round round_of(const CaseRow& row, const policy::Procedure& procedure) {
  if (row.state == State::township_publicity) return Round::township;
  if (row.state == State::county_publicity) return Round::county;
  return *procedure.publicity_rounds >= 2 ? Round::county : Round::township;
}

Status check_publicity_over(const NeedContext& context) {
  const CaseRow& row = context.row;
  const auto& law = context.procedure.publicity_days.articles;
  const auto notice = latest_notice(context.tx, row.county_code, row.id, round_of(row, context.procedure));
  // A notice of an earlier opinion told the public of another proposal.
  if (row.proposal != cases::Proposal::approve || !notice || notice->removed_on ||
      notice->case_version < opinion_sequence(context.tx, row)) {
    return refuse_by_rule("publicity.not_posted", law);
  }
  if (has_hung(notice->last_day, context.today)) return {};
  return refuse_by_rule("publicity.not_over", law, {{"last_day", notice->last_day.to_text()}});
}

Status check_objections_settled(const NeedContext& context) {
  const std::int64_t open = open_objections(context.tx, context.row.county_code, context.row.id);
  if (open == 0) return {};
  return refuse_by_rule("objection.open", context.procedure.decision_working_days_after_objection.articles,
                        {{"count", std::to_string(open)}});
}

bool is_in_round(const CaseRow& row, Round round) {
  return row.state == (round == Round::township ? State::township_publicity : State::county_publicity);
}

Status require_county_level(const RegionCode& county) {
  if (county.level() == RegionLevel::county) return {};
  return refuse(ErrorCode::not_found, "request.no_such_resource");
}

}  // namespace

Result<NoticeRow> post_notice(UseCase& act, const CaseWorld& world, const CaseRow& row, Round round,
                              const std::vector<std::string>& places) {
  JZ_ASSERT(is_in_round(row, round) && row.proposed_amount.has_value());
  JZ_TRY_VOID(check_places(places));
  JZ_TRY(const policy::Procedure procedure, cases::procedure_of(world, row));
  JZ_TRY(const auto persons, shown_persons(act, world, row));
  const ShownFamily family =
      shown_family(persons, name_display_of(act.tx, row.county_code), *procedure.publicity_rounds >= 2, act.today);
  const NoticeRow notice{.county_code = row.county_code,
                         .id = act.new_id<NoticeId>(),
                         .case_id = row.id,
                         .case_version = row.version,
                         .region = row.region,
                         .programme = row.programme,
                         .round = round,
                         .applicant_name = family.applicant_name,
                         .member_count = family.member_count,
                         .member_names = json::print(json::write(family.member_names)),
                         .proposed_amount = *row.proposed_amount,
                         .places = json::print(json::write(places)),
                         .posted_on = act.today,
                         .last_day = cases::last_publicity_day(act.today, procedure),
                         .posted_by = act.actor.user,
                         .posted_by_name = act.actor.name,
                         .removed_on = {}};
  insert_notice(act.tx, notice);
  act.record({.action = "publicity.posted",
              .subject_kind = "case",
              .subject_id = row.id.to_text(),
              .basis = procedure.publicity_days.articles.empty() ? "" : procedure.publicity_days.articles.front(),
              .changes = json::Value()
                             .set("notice", notice.id.to_text())
                             .set("round", enum_text(round))
                             .set("last_day", notice.last_day.to_text())});
  return notice;
}

Result<CaseRow> close_publicity(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                                const CaseTarget& target) {
  return run_use_case(surroundings, actor, target.county, [&](UseCase& act) -> Result<CaseRow> {
    JZ_TRY(CaseRow row, cases::open_case(act, target, Permission::publicity_post));
    JZ_TRY_VOID(cases::take_step(act, world, row, cases::Action::close_publicity, ""));
    return row;
  });
}

Result<PublicityFile> read_publicity(const Surroundings& surroundings, const Actor& actor, const RegionCode& county,
                                     cases::CaseId id) {
  return run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<PublicityFile> {
    JZ_TRY(const CaseRow row, cases::find_visible_case(act, id, Permission::case_read));
    act.record({.action = "publicity.read", .subject_kind = "case", .subject_id = id.to_text()});
    return PublicityFile{row, opinions_of(act.tx, row.county_code, id), notices_of(act.tx, row.county_code, id),
                         objections_of(act.tx, row.county_code, id)};
  });
}

Result<NoticeForPrint> read_notice(const Surroundings& surroundings, const Actor& actor, const RegionCode& county,
                                   cases::CaseId id, NoticeId notice) {
  return run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<NoticeForPrint> {
    JZ_TRY(const CaseRow row, cases::find_visible_case(act, id, Permission::case_read));
    const auto found = find_notice(act.tx, row.county_code, notice);
    if (!found || found->case_id != id) return refuse(ErrorCode::not_found, "publicity.notice_not_found");
    act.record({.action = "publicity.sheet_printed", .subject_kind = "case", .subject_id = id.to_text()});
    return NoticeForPrint{row, *found};
  });
}

Result<PublicPage> public_notices(const Surroundings& surroundings, const std::optional<RegionCode>& region,
                                  const std::string& after) {
  if (!after.empty() && !NoticeId::parse(after)) {
    return refuse(
        Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = {{"/after", "field.not_id"}}});
  }
  Scope scope{"", "~"};  // codes are digits
  if (region) scope = {region->range().from, region->range().until};
  return surroundings.database.read([&](db::Transaction& tx) -> Result<PublicPage> {
    PublicPage page{.notices = hanging_notices(tx, scope, surroundings.clock.today(), after, kPublicPage), .next = {}};
    if (page.notices.size() == kPublicPage) page.next = page.notices.back().id.to_text();
    std::erase_if(page.notices, [&](const NoticeRow& notice) {
      const auto row = cases::find_case(tx, notice.county_code, notice.case_id);
      return !row || !is_in_round(*row, notice.round);
    });
    return page;
  });
}

Status change_name_display(const Surroundings& surroundings, const Actor& actor, const RegionCode& county,
                           NameDisplay display) {
  JZ_TRY_VOID(require_county_level(county));
  JZ_TRY_VOID(require(actor, Permission::policy_change, county));
  return run_use_case(surroundings, actor, county, [&](UseCase& act) -> Status {
    const NameDisplay before = name_display_of(act.tx, county.to_text());
    set_name_display(act.tx, county.to_text(), display, actor.user, act.now);
    act.record(
        {.action = "publicity.name_display_changed",
         .subject_kind = "county",
         .subject_id = county.to_text(),
         .basis = "SA-2014/61",
         .changes = json::Value().set(
             "applicant_name", json::Value().set("before", enum_text(before)).set("after", enum_text(display)))});
    return {};
  });
}

Result<NameDisplay> read_name_display(const Surroundings& surroundings, const Actor& actor, const RegionCode& county) {
  JZ_TRY_VOID(require_county_level(county));
  JZ_TRY_VOID(require(actor, Permission::policy_read, county));
  return surroundings.database.read([&](db::Transaction& tx) { return name_display_of(tx, county.to_text()); });
}

void provide_publicity_needs(CaseWorld& world) {
  world.needs.provide(cases::Need::publicity_over, check_publicity_over);
  world.needs.provide(cases::Need::objections_settled, check_objections_settled);
}

}  // namespace jiuzhu::publicity
