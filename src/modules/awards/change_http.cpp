#include <charconv>

#include "base/text.hpp"
#include "modules/awards/award_http.hpp"
#include "modules/awards/standard_change.hpp"

namespace jiuzhu {

struct PrepareChangeRequest {
  cases::CaseProgramme programme = cases::CaseProgramme::urban_minimum_living;
  Month from_month;
  std::optional<bool> raise_by_difference;  // amounts that a person set, too
};
BOOST_DESCRIBE_STRUCT(PrepareChangeRequest, (), (programme, from_month, raise_by_difference))
template <>
inline constexpr json::Meta json::meta<&PrepareChangeRequest::raise_by_difference>{
    .title = "金额原由人工确定的，按规则的差额同步提高"};

struct StandardChangeView {
  awards::ChangeId id;
  cases::CaseProgramme programme = cases::CaseProgramme::urban_minimum_living;
  Month from_month;
  awards::ChangeState state = awards::ChangeState::prepared;
  bool raises_by_difference = false;
  std::string standard_before;
  std::string standard_after;
  std::int64_t award_count = 0;
  std::int64_t raised_count = 0;
  std::int64_t unchanged_count = 0;
  std::int64_t open_count = 0;
  std::int64_t skipped_count = 0;
  Money amount_before;
  Money amount_after;
  Money arrears;
  std::string prepared_by_name;
  Instant prepared_at;
  std::optional<std::string> decided_by_name;
  std::optional<Instant> decided_at;
};
BOOST_DESCRIBE_STRUCT(StandardChangeView, (),
                      (id, programme, from_month, state, raises_by_difference, standard_before, standard_after,
                       award_count, raised_count, unchanged_count, open_count, skipped_count, amount_before,
                       amount_after, arrears, prepared_by_name, prepared_at, decided_by_name, decided_at))

struct StandardChangeList {
  std::vector<StandardChangeView> items;
  std::optional<awards::ChangeId> next;
};
BOOST_DESCRIBE_STRUCT(StandardChangeList, (), (items, next))

struct StandardChangesQuery {
  std::optional<awards::ChangeId> before;
};
BOOST_DESCRIBE_STRUCT(StandardChangesQuery, (), (before))

struct StandardChangeLineView {
  awards::AwardId award;
  cases::CaseId case_id;
  std::string case_number;
  std::string holder_name;
  std::string region_name;
  awards::ChangeOutcome outcome = awards::ChangeOutcome::raised;
  Month from_month;
  Money amount_before;
  Money amount_after;
  Money arrears;
  bool is_applied = false;
  awards::AwardState state_now = awards::AwardState::active;
  Money amount_now;
};
BOOST_DESCRIBE_STRUCT(StandardChangeLineView, (),
                      (award, case_id, case_number, holder_name, region_name, outcome, from_month, amount_before,
                       amount_after, arrears, is_applied, state_now, amount_now))

struct StandardChangeQuery {
  std::optional<awards::ChangeOutcome> outcome;
  std::optional<bool> skipped;
  std::string after;
};
BOOST_DESCRIBE_STRUCT(StandardChangeQuery, (), (outcome, skipped, after))
template <>
inline constexpr json::Meta json::meta<&StandardChangeQuery::skipped>{.title = "只列测算后有变动、未调整的"};
template <>
inline constexpr json::Meta json::meta<&StandardChangeQuery::after>{
    .title = "上一页末尾", .max_length = 80, .optional = true};

struct StandardChangeDetail {
  StandardChangeView change;
  std::vector<StandardChangeLineView> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(StandardChangeDetail, (), (change, items, next))

namespace awards {
namespace {

using api::Call;
using api::Nothing;
using Context = std::shared_ptr<const cases::CaseRoutesContext>;

constexpr const char* kTag = "awards";
constexpr int kPage = 50;

StandardChangeView view_of(const ChangeRow& row) {
  return {.id = row.id,
          .programme = row.programme,
          .from_month = row.from_month,
          .state = row.state,
          .raises_by_difference = row.raises_by_difference,
          .standard_before = row.standard_before,
          .standard_after = row.standard_after,
          .award_count = row.award_count,
          .raised_count = row.raised_count,
          .unchanged_count = row.unchanged_count,
          .open_count = row.open_count,
          .skipped_count = row.skipped_count,
          .amount_before = row.amount_before,
          .amount_after = row.amount_after,
          .arrears = row.arrears,
          .prepared_by_name = row.prepared_by_name,
          .prepared_at = row.prepared_at,
          .decided_by_name = row.decided_by_name,
          .decided_at = row.decided_at};
}

/// "<award>.<segment>" of the last line on the page before.
Result<ChangeFilter> read_filter(const StandardChangeQuery& query) {
  ChangeFilter filter{.outcome = query.outcome, .is_skipped_only = query.skipped.value_or(false), .limit = kPage};
  if (query.after.empty()) return filter;
  const auto parts = split(query.after, '.');
  const bool is_pair = parts.size() == 2 && AwardId::parse(parts[0]).has_value();
  if (!is_pair ||
      std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), filter.after_segment).ec != std::errc()) {
    return refuse(
        Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = {{"/after", "field.not_id"}}});
  }
  filter.after_award = std::string(parts[0]);
  return filter;
}

struct ChangePath {
  RegionCode county;
  ChangeId id;
};
Result<ChangePath> path_of(const Call& call) {
  JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
  JZ_TRY(const ChangeId id, call.path<ChangeId>("change"));
  return ChangePath{county, id};
}

Result<StandardChangeDetail> read_detail(const Call& call, const StandardChangeQuery& query,
                                         const cases::CaseRoutesContext& context) {
  JZ_TRY(const ChangePath path, path_of(call));
  JZ_TRY(const ChangeFilter filter, read_filter(query));
  JZ_TRY(const ChangeFile file, read_change(context.surroundings, call.actor(), path.county, path.id, filter));
  StandardChangeDetail detail{.change = view_of(file.row), .items = {}, .next = {}};
  for (const ChangeLine& line : file.lines) {
    detail.items.push_back({.award = line.item.award_id,
                            .case_id = line.case_id,
                            .case_number = line.case_number,
                            .holder_name = line.holder_name,
                            .region_name = context.views.region_name(line.region),
                            .outcome = line.item.outcome,
                            .from_month = line.item.from_month,
                            .amount_before = line.item.amount_before,
                            .amount_after = line.item.amount_after,
                            .arrears = line.item.arrears,
                            .is_applied = line.is_applied,
                            .state_now = line.state_now,
                            .amount_now = line.amount_now});
  }
  if (file.lines.size() == kPage) {
    const ChangeItemRow& last = file.lines.back().item;
    detail.next = last.award_id.to_text() + "." + std::to_string(last.segment);
  }
  return detail;
}

}  // namespace

void add_standard_change_routes(api::Api& api, const Context& context) {
  const std::string base = "/counties/{county}/standard-changes";
  api.get<StandardChangesQuery, StandardChangeList>(
      base, {.id = "listStandardChanges", .summary = "标准调整批次", .tag = kTag},
      [context](Call& call, StandardChangesQuery query) -> Result<StandardChangeList> {
        constexpr int kPage = 50;
        JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
        JZ_TRY(const auto rows, find_changes(context->surroundings, call.actor(), county,
                                             query.before ? query.before->to_text() : "", kPage));
        StandardChangeList list;
        for (const ChangeRow& row : rows) list.items.push_back(view_of(row));
        if (rows.size() == kPage) list.next = rows.back().id;
        return list;
      });
  api.post<PrepareChangeRequest, StandardChangeView>(
      base, {.id = "prepareStandardChange", .summary = "按新标准测算全部在保对象", .tag = kTag, .success = 201},
      [context](Call& call, PrepareChangeRequest request) -> Result<StandardChangeView> {
        JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
        JZ_TRY(const ChangeRow row,
               prepare_change(context->surroundings, context->world, call.actor(), county, request.programme,
                              request.from_month, request.raise_by_difference.value_or(false)));
        return view_of(row);
      });
  api.get<StandardChangeQuery, StandardChangeDetail>(
      base + "/{change}", {.id = "getStandardChange", .summary = "标准调整明细", .tag = kTag},
      [context](Call& call, StandardChangeQuery query) { return read_detail(call, query, *context); });
  api.post<Nothing, StandardChangeView>(
      base + "/{change}/application", {.id = "applyStandardChange", .summary = "按测算结果调整", .tag = kTag},
      [context](Call& call, Nothing) -> Result<StandardChangeView> {
        JZ_TRY(const ChangePath path, path_of(call));
        JZ_TRY(const ChangeRow row, apply_change(context->surroundings, call.actor(), path.county, path.id));
        return view_of(row);
      });
  api.post<Nothing, StandardChangeView>(
      base + "/{change}/discarding", {.id = "discardStandardChange", .summary = "放弃测算结果", .tag = kTag},
      [context](Call& call, Nothing) -> Result<StandardChangeView> {
        JZ_TRY(const ChangePath path, path_of(call));
        JZ_TRY(const ChangeRow row, discard_change(context->surroundings, call.actor(), path.county, path.id));
        return view_of(row);
      });
}

}  // namespace awards
}  // namespace jiuzhu
