#include "modules/reviews/review_http.hpp"

#include "modules/reviews/draw_export.hpp"
#include "modules/reviews/review_service.hpp"

namespace jiuzhu {

struct CompleteReviewRequest {
  std::int64_t version = 0;
  reviews::ReviewOpinion opinion = reviews::ReviewOpinion::agree;
  std::string content;
  bool has_read_file = false;
  std::vector<std::string> places;
};
BOOST_DESCRIBE_STRUCT(CompleteReviewRequest, (), (version, opinion, content, has_read_file, places))
template <>
inline constexpr json::Meta json::meta<&CompleteReviewRequest::opinion>{.title = "对乡镇（街道）意见"};
template <>
inline constexpr json::Meta json::meta<&CompleteReviewRequest::content>{
    .title = "审核意见", .min_length = 1, .max_length = 2000};
template <>
inline constexpr json::Meta json::meta<&CompleteReviewRequest::has_read_file>{.title = "已全面审阅申请材料"};
template <>
inline constexpr json::Meta json::meta<&CompleteReviewRequest::places>{
    .title = "县级公示地点", .max_length = 20, .optional = true};

struct FlagCaseRequest {
  std::int64_t version = 0;
  reviews::FlagKind kind = reviews::FlagKind::doubtful;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(FlagCaseRequest, (), (version, kind, reason))
template <>
inline constexpr json::Meta json::meta<&FlagCaseRequest::reason>{.title = "原因", .min_length = 1, .max_length = 2000};

struct CountyReviewView {
  reviews::ReviewOpinion opinion = reviews::ReviewOpinion::agree;
  std::string content;
  std::string reviewed_by_name;
  Date reviewed_on;
};
BOOST_DESCRIBE_STRUCT(CountyReviewView, (), (opinion, content, reviewed_by_name, reviewed_on))

struct CaseFlagView {
  reviews::FlagKind kind = reviews::FlagKind::doubtful;
  std::string reason;
  std::string raised_by_name;
  Date raised_on;
};
BOOST_DESCRIBE_STRUCT(CaseFlagView, (), (kind, reason, raised_by_name, raised_on))

struct CaseReviewView {
  CaseSummary summary;
  std::vector<CountyReviewView> reviews;
  std::vector<CaseFlagView> flags;
  std::vector<reviews::VisitReason> visit_reasons;
  bool waits_for_draw = false;
};
BOOST_DESCRIBE_STRUCT(CaseReviewView, (), (summary, reviews, flags, visit_reasons, waits_for_draw))

struct DrawView {
  reviews::DrawId id;
  std::int64_t number = 0;
  std::string seed;
  std::string ratio;
  std::int64_t priority_count = 0;
  std::int64_t population_count = 0;
  std::int64_t chosen_count = 0;
  std::string drawn_by_name;
  Date drawn_on;
};
BOOST_DESCRIBE_STRUCT(DrawView, (),
                      (id, number, seed, ratio, priority_count, population_count, chosen_count, drawn_by_name,
                       drawn_on))

struct DrawQuery {
  std::optional<std::int64_t> before;
};
BOOST_DESCRIBE_STRUCT(DrawQuery, (), (before))

struct DrawList {
  std::vector<DrawView> items;
  std::optional<std::int64_t> next;
  std::int64_t waiting = 0;
};
BOOST_DESCRIBE_STRUCT(DrawList, (), (items, next, waiting))

struct DrawnCaseView {
  CaseSummary summary;
  bool is_chosen = false;
};
BOOST_DESCRIBE_STRUCT(DrawnCaseView, (), (summary, is_chosen))

struct DrawDetail {
  DrawView draw;
  std::vector<DrawnCaseView> cases;
  bool is_reproduced = false;
};
BOOST_DESCRIBE_STRUCT(DrawDetail, (), (draw, cases, is_reproduced))

namespace reviews {
namespace {

using api::Call;
using api::Nothing;
using cases::CaseTarget;
using Context = std::shared_ptr<const cases::CaseRoutesContext>;

constexpr const char* kTag = "reviews";

DrawView view_of(const DrawRow& draw) {
  return {.id = draw.id,
          .number = draw.number,
          .seed = draw.seed,
          .ratio = draw.ratio,
          .priority_count = draw.priority_count,
          .population_count = draw.population_count,
          .chosen_count = draw.chosen_count,
          .drawn_by_name = draw.drawn_by_name,
          .drawn_on = draw.drawn_on};
}

CaseReviewView view_of(const ReviewFile& file, const cases::CaseRoutesContext& context) {
  CaseReviewView view{.summary = context.summary(file.row),
                      .reviews = {},
                      .flags = {},
                      .visit_reasons = file.visit_reasons,
                      .waits_for_draw = file.waits_for_draw};
  for (const ReviewRow& review : file.reviews) {
    view.reviews.push_back({review.opinion, review.content, review.reviewed_by_name, review.reviewed_on});
  }
  for (const FlagRow& flag : file.flags) {
    view.flags.push_back({flag.kind, flag.reason, flag.raised_by_name, flag.raised_on});
  }
  return view;
}

void add_opinion_routes(api::Api& api, const Context& context) {
  api.get<Nothing, CaseReviewView>(
      "/cases/{county}/{case}/review", {.id = "getReview", .summary = "县级审核情况", .tag = kTag},
      [context](Call& call, Nothing) -> Result<CaseReviewView> {
        JZ_TRY(const CaseTarget target, cases::target_of(call, 0));
        JZ_TRY(const ReviewFile file,
               read_review(context->surroundings, context->world, call.actor(), target.county, target.id));
        return view_of(file, *context);
      });
  api.post<CompleteReviewRequest, CaseSummary>(
      "/cases/{county}/{case}/review", {.id = "completeReview", .summary = "提出县级审核意见", .tag = kTag},
      [context](Call& call, CompleteReviewRequest request) -> Result<CaseSummary> {
        JZ_TRY(const CaseTarget target, cases::target_of(call, request.version));
        JZ_TRY(const cases::CaseRow row, complete_review(context->surroundings, context->world, call.actor(), target,
                                                         {.opinion = request.opinion,
                                                          .content = std::move(request.content),
                                                          .has_read_file = request.has_read_file,
                                                          .places = std::move(request.places)}));
        return context->summary(row);
      });
  api.post<FlagCaseRequest, CaseSummary>(
      "/cases/{county}/{case}/flags", {.id = "flagCase", .summary = "标记有疑问或被举报", .tag = kTag},
      [context](Call& call, FlagCaseRequest request) -> Result<CaseSummary> {
        JZ_TRY(const CaseTarget target, cases::target_of(call, request.version));
        JZ_TRY(const cases::CaseRow row, flag_case(context->surroundings, context->world, call.actor(), target,
                                                   {request.kind, std::move(request.reason)}));
        return context->summary(row);
      });
}

void add_draw_routes(api::Api& api, const Context& context) {
  api.get<DrawQuery, DrawList>(
      "/counties/{county}/review-draws", {.id = "listReviewDraws", .summary = "入户抽查批次", .tag = kTag},
      [context](Call& call, DrawQuery query) -> Result<DrawList> {
        JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
        JZ_TRY(const DrawPage page,
               find_draws(context->surroundings, context->world, call.actor(), county, query.before));
        DrawList list{.items = {}, .next = page.next, .waiting = page.waiting};
        for (const DrawRow& draw : page.draws) list.items.push_back(view_of(draw));
        return list;
      });
  api.post<Nothing, DrawView>("/counties/{county}/review-draws",
                              {.id = "drawReviewSample", .summary = "抽取入户抽查对象", .tag = kTag, .success = 201},
                              [context](Call& call, Nothing) -> Result<DrawView> {
                                JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
                                JZ_TRY(const DrawRow draw,
                                       draw_county_sample(context->surroundings, context->world, call.actor(), county));
                                return view_of(draw);
                              });
  api.get<Nothing, DrawDetail>(
      "/counties/{county}/review-draws/{draw}", {.id = "getReviewDraw", .summary = "抽查批次明细", .tag = kTag},
      [context](Call& call, Nothing) -> Result<DrawDetail> {
        JZ_TRY(const RegionCode county, call.path<RegionCode>("county"));
        JZ_TRY(const DrawId id, call.path<DrawId>("draw"));
        JZ_TRY(const DrawFile file, read_draw(context->surroundings, call.actor(), county, id));
        DrawDetail detail{.draw = view_of(file.draw), .cases = {}, .is_reproduced = file.is_reproduced};
        for (const DrawnCase& drawn : file.cases) {
          detail.cases.push_back({context->summary(drawn.row), drawn.is_chosen});
        }
        return detail;
      });
}

}  // namespace

void add_review_routes(api::Api& api, const Context& context) {
  add_opinion_routes(api, context);
  add_draw_routes(api, context);
  add_draw_export_routes(api, context);
}

}  // namespace reviews
}  // namespace jiuzhu
