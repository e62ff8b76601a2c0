#include "modules/standards/standard_http.hpp"

#include "modules/standards/standard_export.hpp"

namespace jiuzhu {

struct RecordStandardRequest {
  cases::CaseProgramme programme = cases::CaseProgramme::urban_minimum_living;
  Money amount;
  Month valid_from;
  std::string document;
};
BOOST_DESCRIBE_STRUCT(RecordStandardRequest, (), (programme, amount, valid_from, document))
template <>
inline constexpr json::Meta json::meta<&RecordStandardRequest::amount>{.title =
                                                                           "标准（城市：元/人·月；农村：元/人·年）"};
template <>
inline constexpr json::Meta json::meta<&RecordStandardRequest::document>{
    .title = "文件名称和文号", .min_length = 1, .max_length = 200};

struct WithdrawStandardRequest {
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(WithdrawStandardRequest, (), (reason))
template <>
inline constexpr json::Meta json::meta<&WithdrawStandardRequest::reason>{
    .title = "撤销原因", .min_length = 1, .max_length = 1000};

struct StandardView {
  cases::CaseProgramme programme = cases::CaseProgramme::urban_minimum_living;
  Money amount;
  Date valid_from;
  std::optional<Date> until;
  std::string reference;
  policy::Verification status = policy::Verification::demonstration;
};
BOOST_DESCRIBE_STRUCT(StandardView, (), (programme, amount, valid_from, until, reference, status))

struct RecordedStandardView {
  standards::StandardId id;
  cases::CaseProgramme programme = cases::CaseProgramme::urban_minimum_living;
  Money amount;
  Month valid_from;
  std::string document;
  std::string recorded_by_name;
  Instant recorded_at;
  std::optional<std::string> withdrawn_by_name;
  std::optional<Instant> withdrawn_at;
  std::optional<std::string> withdrawn_reason;
};
BOOST_DESCRIBE_STRUCT(RecordedStandardView, (),
                      (id, programme, amount, valid_from, document, recorded_by_name, recorded_at, withdrawn_by_name,
                       withdrawn_at, withdrawn_reason))

struct StandardsView {
  std::vector<StandardView> in_force;
  std::vector<RecordedStandardView> recorded;
};
BOOST_DESCRIBE_STRUCT(StandardsView, (), (in_force, recorded))

namespace standards {
namespace {

using api::Call;
using api::Nothing;
using Context = std::shared_ptr<const cases::CaseRoutesContext>;

constexpr const char* kTag = "standards";

RecordedStandardView view_of(const StandardRow& row) {
  return {.id = row.id,
          .programme = row.programme,
          .amount = row.amount,
          .valid_from = row.valid_from,
          .document = row.document,
          .recorded_by_name = row.recorded_by_name,
          .recorded_at = row.recorded_at,
          .withdrawn_by_name = row.withdrawn_by_name,
          .withdrawn_at = row.withdrawn_at,
          .withdrawn_reason = row.withdrawn_reason};
}

StandardsView view_of(const StandardPage& page, Language language) {
  StandardsView view;
  const auto policy_language = language == Language::zh ? policy::Language::zh : policy::Language::en;
  for (const StandardInForce& value : page.in_force) {
    view.in_force.push_back({.programme = value.programme,
                             .amount = Money::parse(value.use.value).value_or(Money()),
                             .valid_from = value.use.valid_from,
                             .until = value.until,
                             .reference = value.use.reference.in(policy_language),
                             .status = value.use.status});
  }
  for (const StandardRow& row : page.recorded) view.recorded.push_back(view_of(row));
  return view;
}

}  // namespace

void add_standard_routes(api::Api& api, const Context& context, StandardFeed& feed) {
  api.get<Nothing, StandardsView>(
      "/counties/{county}/standards", {.id = "getStandards", .summary = "低保标准", .tag = kTag},
      [context](Call& call, Nothing) -> Result<StandardsView> {
        JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
        JZ_TRY(const StandardPage page, read_standards(context->surroundings, context->world, call.actor(), county));
        return view_of(page, call.language);
      });
  api.post<RecordStandardRequest, RecordedStandardView>(
      "/counties/{county}/standards",
      {.id = "recordStandard", .summary = "登记新的低保标准", .tag = kTag, .success = 201},
      [context, &feed](Call& call, RecordStandardRequest request) -> Result<RecordedStandardView> {
        JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
        JZ_TRY(const StandardRow row,
               record_standard(context->surroundings, feed, call.actor(), county,
                               {request.programme, request.amount, request.valid_from, std::move(request.document)}));
        return view_of(row);
      });
  api.post<WithdrawStandardRequest, RecordedStandardView>(
      "/counties/{county}/standards/{standard}/withdrawal",
      {.id = "withdrawStandard", .summary = "撤销登记错误的低保标准", .tag = kTag},
      [context, &feed](Call& call, WithdrawStandardRequest request) -> Result<RecordedStandardView> {
        JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
        JZ_TRY(const StandardId id, call.path<StandardId>("standard"));
        JZ_TRY(const StandardRow row,
               withdraw_standard(context->surroundings, feed, call.actor(), county, id, request.reason));
        return view_of(row);
      });
  add_standard_export_routes(api, context);
}

}  // namespace standards
}  // namespace jiuzhu
