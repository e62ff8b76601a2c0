#include "kernel/regions/region_json.hpp"
#include "modules/verification/lookup_view.hpp"
#include "modules/watch/watch_desk.hpp"

namespace jiuzhu {

struct RecipientCheckView {
  watch::CheckId id;
  RegionCode county_code;
  RegionCode region;
  std::string region_name;
  watch::CheckState state = watch::CheckState::running;
  std::string requested_by_name;
  Instant requested_at;
  std::optional<Instant> finished_at;
  std::vector<verification::AskedRegister> registers;
  std::int64_t household_count = 0;
  std::int64_t person_count = 0;
  std::int64_t unauthorised_count = 0;
  std::int64_t clear_count = 0;
  std::int64_t clue_count = 0;
  std::int64_t exceeds_count = 0;
  std::int64_t incomplete_count = 0;
  std::int64_t alert_count = 0;
  std::optional<std::string> refusal;
  std::optional<std::int64_t> done;  // bytes, while it runs
  std::optional<std::int64_t> total;
};
BOOST_DESCRIBE_STRUCT(RecipientCheckView, (),
                      (id, county_code, region, region_name, state, requested_by_name, requested_at, finished_at,
                       registers, household_count, person_count, unauthorised_count, clear_count, clue_count,
                       exceeds_count, incomplete_count, alert_count, refusal, done, total))

struct RecipientCheckList {
  std::vector<RecipientCheckView> items;  // newest first
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(RecipientCheckList, (), (items, next))

struct RecipientChecksQuery {
  std::optional<watch::CheckId> before;
};
BOOST_DESCRIBE_STRUCT(RecipientChecksQuery, (), (before))

struct RecipientCheckRequest {
  RegionCode region;
};
BOOST_DESCRIBE_STRUCT(RecipientCheckRequest, (), (region))

struct CheckedHouseholdSummary {
  awards::AwardId award;
  RegionCode county_code;
  std::string region_name;
  std::string case_number;
  std::string holder_name;
  verification::ReportOutcome outcome = verification::ReportOutcome::clear;
  std::vector<std::string> rules;  // titles
};
BOOST_DESCRIBE_STRUCT(CheckedHouseholdSummary, (),
                      (award, county_code, region_name, case_number, holder_name, outcome, rules))

struct CheckedHouseholdList {
  std::vector<CheckedHouseholdSummary> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(CheckedHouseholdList, (), (items, next))

struct CheckedHouseholdsQuery {
  std::optional<verification::ReportOutcome> outcome;
  std::string after;
};
BOOST_DESCRIBE_STRUCT(CheckedHouseholdsQuery, (), (outcome, after))
template <>
inline constexpr json::Meta json::meta<&CheckedHouseholdsQuery::after>{.max_length = 100, .optional = true};

struct CheckedPersonView {
  std::string person;
  std::string name;
  cases::PersonRole role = cases::PersonRole::member;
};
BOOST_DESCRIBE_STRUCT(CheckedPersonView, (), (person, name, role))

struct CheckedHouseholdView {
  CheckedHouseholdSummary household;
  std::vector<CheckedPersonView> persons;
  LookupAnswerView answer;
};
BOOST_DESCRIBE_STRUCT(CheckedHouseholdView, (), (household, persons, answer))

namespace watch {
namespace {

using api::Call;
using api::Nothing;

struct Routes : WatchDesk {
  jobs::Runner& runner;

  RecipientCheckView view(const Check& check, Language language) const {
    const CheckRow& row = check.row;
    RecipientCheckView view{.id = row.id,
                            .county_code = *RegionCode::parse(row.county_code),
                            .region = row.region,
                            .region_name = region_name(row.region),
                            .state = row.state,
                            .requested_by_name = row.requested_by_name,
                            .requested_at = row.requested_at,
                            .finished_at = row.finished_at,
                            .household_count = row.household_count,
                            .person_count = row.person_count,
                            .unauthorised_count = row.unauthorised_count,
                            .clear_count = row.clear_count,
                            .clue_count = row.clue_count,
                            .exceeds_count = row.exceeds_count,
                            .incomplete_count = row.incomplete_count,
                            .alert_count = row.alert_count};
    auto registers = json::read_text<std::vector<verification::AskedRegister>>(row.registers);
    JZ_ASSERT(registers.has_value());
    view.registers = std::move(*registers);
    if (check.refusal) {
      view.refusal = context->views.messages.text(language, check.refusal->key, check.refusal->params);
    }
    if (check.job) {
      const jobs::Progress progress = runner.progress_of(*check.job);
      view.done = progress.done;
      if (progress.total > 0) view.total = progress.total;
    }
    return view;
  }

  CheckedHouseholdSummary summary(const CheckedRow& row, Language language) const {
    CheckedHouseholdSummary summary{.award = row.award_id,
                                    .county_code = *RegionCode::parse(row.county_code),
                                    .region_name = region_name(row.region),
                                    .case_number = row.case_number,
                                    .holder_name = row.holder_name,
                                    .outcome = row.outcome};
    const auto codes = json::read_text<std::vector<std::string>>(row.rules);
    JZ_ASSERT(codes.has_value());
    for (const std::string& code : *codes) summary.rules.push_back(rule_title(code, language));
    return summary;
  }
};

struct CheckPath {
  RegionCode county;
  CheckId id;
};
Result<CheckPath> check_path(const Call& call) {
  JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
  JZ_TRY(const CheckId id, call.path<CheckId>("check"));
  return CheckPath{county, id};
}

}  // namespace

void add_check_routes(api::Api& api, const WatchDesk& desk, jobs::Runner& runner) {
  const auto routes = std::make_shared<const Routes>(Routes{desk, runner});
  api.get<RecipientChecksQuery, RecipientCheckList>(
      "/watch/checks", {.id = "listRecipientChecks", .summary = "定期核对记录", .tag = kTag},
      [routes](Call& call, RecipientChecksQuery query) -> Result<RecipientCheckList> {
        JZ_TRY(const auto checks,
               find_checks(*routes->world, call.actor(), query.before ? query.before->to_text() : "", kPage));
        RecipientCheckList list;
        for (const Check& check : checks) list.items.push_back(routes->view(check, call.language));
        if (checks.size() == kPage) list.next = checks.back().row.id.to_text();
        return list;
      });
  api.post<RecipientCheckRequest, RecipientCheckView>(
      "/watch/checks",
      {.id = "requestRecipientCheck", .summary = "对在享家庭发起定期核对", .tag = kTag, .success = 201},
      [routes](Call& call, RecipientCheckRequest request) -> Result<RecipientCheckView> {
        JZ_TRY(const Check check, request_check(*routes->world, call.actor(), request.region));
        routes->runner.wake();
        return routes->view(check, call.language);
      });
  const std::string path = "/watch/checks/{county}/{check}";
  api.get<Nothing, RecipientCheckView>(
      path, {.id = "getRecipientCheck", .summary = "一次定期核对：进度和结果", .tag = kTag},
      [routes](Call& call, Nothing) -> Result<RecipientCheckView> {
        JZ_TRY(const CheckPath where, check_path(call));
        JZ_TRY(const Check check, read_check(*routes->world, call.actor(), where.county, where.id));
        return routes->view(check, call.language);
      });
  api.post<Nothing, RecipientCheckView>(
      path + "/cancellation", {.id = "cancelRecipientCheck", .summary = "取消正在进行的定期核对", .tag = kTag},
      [routes](Call& call, Nothing) -> Result<RecipientCheckView> {
        JZ_TRY(const CheckPath where, check_path(call));
        JZ_TRY_VOID(cancel_check(*routes->world, routes->runner, call.actor(), where.county, where.id));
        JZ_TRY(const Check check, read_check(*routes->world, call.actor(), where.county, where.id));
        return routes->view(check, call.language);
      });
  api.get<CheckedHouseholdsQuery, CheckedHouseholdList>(
      path + "/households", {.id = "listCheckedHouseholds", .summary = "定期核对结果：家庭列表", .tag = kTag},
      [routes](Call& call, CheckedHouseholdsQuery query) -> Result<CheckedHouseholdList> {
        JZ_TRY(const CheckPath where, check_path(call));
        JZ_TRY(const auto rows, find_checked_households(*routes->world, call.actor(), where.county, where.id,
                                                        query.outcome, cursor_of(query.after), kPage));
        CheckedHouseholdList list;
        for (const CheckedRow& row : rows) list.items.push_back(routes->summary(row, call.language));
        if (rows.size() == kPage) list.next = cursor_text(rows.back().region, rows.back().award_id.to_text());
        return list;
      });
  api.get<Nothing, CheckedHouseholdView>(
      path + "/households/{award}", {.id = "getCheckedHousehold", .summary = "一户的定期核对结果", .tag = kTag},
      [routes](Call& call, Nothing) -> Result<CheckedHouseholdView> {
        JZ_TRY(const CheckPath where, check_path(call));
        JZ_TRY(const awards::AwardId award, call.path<awards::AwardId>("award"));
        JZ_TRY(const CheckedHousehold household,
               read_checked_household(*routes->world, call.actor(), where.county, where.id, award));
        CheckedHouseholdView view{
            .household = routes->summary(household.row, call.language),
            .answer = verification::view_of(household.answer, call.language, routes->context->views.article_titles)};
        for (const cases::PersonRow& person : household.persons) {
          view.persons.push_back({person.person_key, person.name, person.role});
        }
        return view;
      });
}

}  // namespace watch
}  // namespace jiuzhu
