#include "kernel/regions/region_json.hpp"
#include "modules/watch/watch_desk.hpp"

namespace jiuzhu {
struct WatchAlertSummary {
  watch::AlertId id;
  RegionCode county_code;
  std::string region_name;
  sieve::AlertKind kind = sieve::AlertKind::death;
  watch::AlertState state = watch::AlertState::open;
  std::int64_t version = 0;
  awards::AwardId award;
  std::string case_number;
  std::string holder_name;
  Date opened_on;
  Date due_on;
  bool is_overdue = false;
  std::optional<watch::AlertOutcome> proposal;
  std::optional<watch::AlertOutcome> decision;
};
BOOST_DESCRIBE_STRUCT(WatchAlertSummary, (),
                      (id, county_code, region_name, kind, state, version, award, case_number, holder_name, opened_on,
                       due_on, is_overdue, proposal, decision))

struct WatchAlertList {
  std::vector<WatchAlertSummary> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(WatchAlertList, (), (items, next))

struct WatchAlertsQuery {
  std::optional<watch::AlertState> state;
  std::optional<sieve::AlertKind> kind;
  std::optional<awards::AwardId> award;
  std::string after;
};
BOOST_DESCRIBE_STRUCT(WatchAlertsQuery, (), (state, kind, award, after))
template <>
inline constexpr json::Meta json::meta<&WatchAlertsQuery::after>{.max_length = 100, .optional = true};

struct WatchAlertCounts {
  std::vector<watch::AlertCount> counts;  // states without alerts are absent
};
BOOST_DESCRIBE_STRUCT(WatchAlertCounts, (), (counts))

struct WatchVisit {
  std::string region_name;
  awards::AwardId award;
  std::string case_number;
  std::string holder_name;
  Date due_on;
  bool is_overdue = false;
};
BOOST_DESCRIBE_STRUCT(WatchVisit, (), (region_name, award, case_number, holder_name, due_on, is_overdue))

struct WatchVisitList {
  std::vector<WatchVisit> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(WatchVisitList, (), (items, next))

struct WatchVisitsQuery {
  std::string after;
};
BOOST_DESCRIBE_STRUCT(WatchVisitsQuery, (), (after))
template <>
inline constexpr json::Meta json::meta<&WatchVisitsQuery::after>{.max_length = 100, .optional = true};

struct WatchFactView {
  std::string person;
  std::string person_name;
  std::string source;
  std::string content;
  std::optional<Money> amount;
  Date as_of;
  sieve::NameGrade name_grade = sieve::NameGrade::no_name;
  std::string register_name;
  Date first_seen_on;
};
BOOST_DESCRIBE_STRUCT(WatchFactView, (),
                      (person, person_name, source, content, amount, as_of, name_grade, register_name, first_seen_on))

struct WatchAlertView {
  WatchAlertSummary alert;
  cases::CaseId case_id;
  std::string rule_title;
  std::vector<api::Citation> law;
  std::vector<WatchFactView> facts;
  awards::AwardState award_state = awards::AwardState::active;
  std::int64_t award_version = 0;
  Money amount;  // a month, now
  int member_count = 0;
  std::optional<Date> checked_on;
  std::optional<std::string> checked_by_name;
  std::optional<std::string> check_found;
  std::optional<std::string> household_statement;
  std::optional<Date> decided_on;
  std::optional<std::string> decided_by_name;
  std::optional<std::string> decision_note;
  std::optional<std::int64_t> amount_sequence;  // of the notice of a raise or cut
  std::optional<Date> muted_until;
  std::optional<std::string> muted_by_name;
  std::optional<std::string> muted_reason;
  bool may_check = false;  // the caller, now
  bool may_decide = false;
  bool may_mute = false;
};
BOOST_DESCRIBE_STRUCT(WatchAlertView, (),
                      (alert, case_id, rule_title, law, facts, award_state, award_version, amount, member_count,
                       checked_on, checked_by_name, check_found, household_statement, decided_on, decided_by_name,
                       decision_note, amount_sequence, muted_until, muted_by_name, muted_reason, may_check, may_decide,
                       may_mute))

struct CheckAlertRequest {
  std::int64_t version = 0;
  std::string found;
  std::string household_statement;
  watch::AlertOutcome proposal = watch::AlertOutcome::keep;
};
BOOST_DESCRIBE_STRUCT(CheckAlertRequest, (), (version, found, household_statement, proposal))
template <>
inline constexpr json::Meta json::meta<&CheckAlertRequest::found>{.title = "核查情况", .max_length = 2000};
template <>
inline constexpr json::Meta json::meta<&CheckAlertRequest::household_statement>{
    .title = "家庭的说明和提供的证明", .max_length = 2000, .optional = true};

struct AlertAdjustmentPart {
  Month from_month;
  Money amount;
  std::vector<cases::StatedReason> reasons;
};
BOOST_DESCRIBE_STRUCT(AlertAdjustmentPart, (), (from_month, amount, reasons))

struct AlertEndingPart {
  awards::EndReason reason = awards::EndReason::no_longer_eligible;
  Month last_month;
  std::string note;
};
BOOST_DESCRIBE_STRUCT(AlertEndingPart, (), (reason, last_month, note))
template <>
inline constexpr json::Meta json::meta<&AlertEndingPart::note>{.title = "停发的事实和理由", .max_length = 2000};

struct DecideAlertRequest {
  std::int64_t version = 0;
  watch::AlertOutcome outcome = watch::AlertOutcome::keep;
  std::string note;
  std::optional<AlertAdjustmentPart> adjustment;  // to raise or cut
  std::optional<AlertEndingPart> ending;          // to stop
};
BOOST_DESCRIBE_STRUCT(DecideAlertRequest, (), (version, outcome, note, adjustment, ending))
template <>
inline constexpr json::Meta json::meta<&DecideAlertRequest::note>{
    .title = "处理意见", .max_length = 2000, .optional = true};

struct MuteAlertRequest {
  std::int64_t version = 0;
  std::string reason;
  Date until;
};
BOOST_DESCRIBE_STRUCT(MuteAlertRequest, (), (version, reason, until))
template <>
inline constexpr json::Meta json::meta<&MuteAlertRequest::reason>{.title = "暂停提醒的理由", .max_length = 1000};

namespace watch {
namespace {

using api::Call;
using api::Nothing;

struct Routes : WatchDesk {
  WatchAlertSummary summary(const AlertRow& row) const {
    return {.id = row.id,
            .county_code = *RegionCode::parse(row.county_code),
            .region_name = region_name(row.region),
            .kind = row.kind,
            .state = row.state,
            .version = row.version,
            .award = row.award_id,
            .case_number = row.case_number,
            .holder_name = row.holder_name,
            .opened_on = row.opened_on,
            .due_on = row.due_on,
            .is_overdue = row.state == AlertState::open && row.due_on < world->surroundings.clock.today(),
            .proposal = row.proposal,
            .decision = row.decision};
  }

  WatchAlertView view(const AlertFile& file, const Call& call) const {
    const AlertRow& row = file.row;
    const Role role = call.actor().role;
    const bool is_live = file.award.state == awards::AwardState::active &&
                         (row.state == AlertState::open || row.state == AlertState::checked);
    WatchAlertView view{
        .alert = summary(row),
        .case_id = row.case_id,
        .rule_title = rule_title(row.rule_code, call.language),
        .award_state = file.award.state,
        .award_version = file.award.version,
        .amount = file.award.amount,
        .member_count = file.award.member_count,
        .checked_on = row.checked_on,
        .checked_by_name = row.checked_by_name,
        .check_found = row.check_found,
        .household_statement = row.household_statement,
        .decided_on = row.decided_on,
        .decided_by_name = row.decided_by_name,
        .decision_note = row.decision_note,
        .amount_sequence = row.amount_sequence,
        .muted_until = row.muted_until,
        .muted_by_name = row.muted_by_name,
        .muted_reason = row.muted_reason,
        .may_check = is_live && allows(role, Permission::alert_check),
        .may_decide = is_live && row.state == AlertState::checked && allows(role, Permission::alert_decide) &&
                      !has_visited(row, call.actor().user),
        .may_mute = is_live && allows(role, Permission::alert_mute) && !has_visited(row, call.actor().user)};
    if (const sieve::RegisterRule* met = rule(row.rule_code)) {
      for (const std::string& article : met->rule.law) {
        view.law.push_back({article, context->views.article_titles(article, call.language)});
      }
    }
    for (const FactRow& fact : file.facts) {
      view.facts.push_back({.person = fact.person_key,
                            .person_name = fact.person_name,
                            .source = fact.source,
                            .content = fact.content,
                            .amount = fact.amount,
                            .as_of = fact.as_of,
                            .name_grade = *enum_from_text<sieve::NameGrade>(fact.name_grade),
                            .register_name = fact.register_name,
                            .first_seen_on = fact.first_seen_on});
    }
    return view;
  }

  WatchVisitList visits(const VisitPage& page) const {
    WatchVisitList list;
    for (const VisitTask& task : page.tasks) {
      list.items.push_back({.region_name = region_name(task.region),
                            .award = task.award_id,
                            .case_number = task.case_number,
                            .holder_name = task.holder_name,
                            .due_on = task.due_on,
                            .is_overdue = task.due_on < world->surroundings.clock.today()});
    }
    if (page.next) list.next = cursor_text(*RegionCode::parse(page.next->region), page.next->award_id);
    return list;
  }

  Result<WatchAlertView> reread(const Call& call, const RegionCode& county, AlertId id) const {
    JZ_TRY(const AlertFile file, read_alert(*world, call.actor(), county, id));
    return view(file, call);
  }
};

Result<AlertTarget> alert_target(const Call& call, std::int64_t version) {
  JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
  JZ_TRY(const AlertId id, call.path<AlertId>("alert"));
  return AlertTarget{county, id, version};
}

}  // namespace

void add_alert_routes(api::Api& api, const WatchDesk& desk) {
  const auto routes = std::make_shared<const Routes>(Routes{desk});
  api.get<WatchAlertsQuery, WatchAlertList>("/watch/alerts",
                                            {.id = "listWatchAlerts", .summary = "动态核查提醒", .tag = kTag},
                                            [routes](Call& call, WatchAlertsQuery query) -> Result<WatchAlertList> {
                                              JZ_TRY(const auto rows, find_alerts(*routes->world, call.actor(),
                                                                                  {.state = query.state,
                                                                                   .kind = query.kind,
                                                                                   .award = query.award,
                                                                                   .after = cursor_of(query.after),
                                                                                   .limit = kPage}));
                                              WatchAlertList list;
                                              for (const AlertRow& row : rows)
                                                list.items.push_back(routes->summary(row));
                                              if (rows.size() == kPage)
                                                list.next = cursor_text(rows.back().region, rows.back().id.to_text());
                                              return list;
                                            });
  api.get<Nothing, WatchAlertCounts>("/watch/alerts/counts",
                                     {.id = "countWatchAlerts", .summary = "提醒数量", .tag = kTag},
                                     [routes](Call& call, Nothing) -> Result<WatchAlertCounts> {
                                       JZ_TRY(auto counts, total_alerts(*routes->world, call.actor()));
                                       return WatchAlertCounts{std::move(counts)};
                                     });
  api.get<WatchVisitsQuery, WatchVisitList>(
      "/watch/visits", {.id = "listWatchVisits", .summary = "等待入户核查的家庭", .tag = kTag},
      [routes](Call& call, WatchVisitsQuery query) -> Result<WatchVisitList> {
        JZ_TRY(const VisitPage page, find_visits(*routes->world, call.actor(), cursor_of(query.after), kPage));
        return routes->visits(page);
      });
  const std::string path = "/watch/alerts/{county}/{alert}";
  api.get<Nothing, WatchAlertView>(path, {.id = "getWatchAlert", .summary = "一条提醒", .tag = kTag},
                                   [routes](Call& call, Nothing) -> Result<WatchAlertView> {
                                     JZ_TRY(const AlertTarget target, alert_target(call, 0));
                                     return routes->reread(call, target.county, target.id);
                                   });
  api.post<CheckAlertRequest, WatchAlertView>(
      path + "/check", {.id = "checkWatchAlert", .summary = "记录入户核查情况（乡镇）", .tag = kTag},
      [routes](Call& call, CheckAlertRequest request) -> Result<WatchAlertView> {
        JZ_TRY(const AlertTarget target, alert_target(call, request.version));
        JZ_TRY_VOID(check_alert(*routes->world, call.actor(), target,
                                {request.found, request.household_statement, request.proposal}));
        return routes->reread(call, target.county, target.id);
      });
  api.post<DecideAlertRequest, WatchAlertView>(
      path + "/decision", {.id = "decideWatchAlert", .summary = "作出处理决定（县级审批人）", .tag = kTag},
      [routes](Call& call, DecideAlertRequest request) -> Result<WatchAlertView> {
        JZ_TRY(const AlertTarget target, alert_target(call, request.version));
        AlertDecision decision{.outcome = request.outcome, .note = request.note};
        if (request.adjustment) {
          decision.adjustment = awards::Adjustment{request.adjustment->from_month, request.adjustment->amount,
                                                   request.adjustment->reasons};
        }
        if (request.ending) {
          decision.ending = awards::Ending{request.ending->reason, request.ending->last_month, request.ending->note};
        }
        JZ_TRY_VOID(decide_alert(*routes->world, call.actor(), target, decision));
        return routes->reread(call, target.county, target.id);
      });
  api.post<MuteAlertRequest, WatchAlertView>(
      path + "/mute", {.id = "muteWatchAlert", .summary = "暂停提醒", .tag = kTag},
      [routes](Call& call, MuteAlertRequest request) -> Result<WatchAlertView> {
        JZ_TRY(const AlertTarget target, alert_target(call, request.version));
        JZ_TRY_VOID(mute_alert(*routes->world, call.actor(), target, {request.reason, request.until}));
        return routes->reread(call, target.county, target.id);
      });
}

}  // namespace watch
}  // namespace jiuzhu
