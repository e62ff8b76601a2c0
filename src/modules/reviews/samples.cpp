// Drawing the cases whose homes the county checks.

#include <algorithm>
#include <array>

#include "modules/reviews/review_service.hpp"
#include "platform/crypto/digest.hpp"

namespace jiuzhu::reviews {
namespace {

using cases::CaseRow;
using cases::CaseWorld;

constexpr int kDrawPage = 20;

/// The version of the case at which it last came into review.
std::int64_t stay_began(db::Transaction& tx, const CaseRow& row) {
  std::int64_t began = 0;
  for (const cases::StepRow& step : cases::steps_of(tx, row.county_code, row.id)) {
    if (step.to_state == cases::State::county_review) began = step.sequence;
  }
  return began;
}

bool is_drawn(db::Transaction& tx, const CaseRow& row) {
  const std::int64_t began = stay_began(tx, row);
  return std::ranges::any_of(draws_of_case(tx, row.county_code, row.id),
                             [&](const DrawCaseRow& drawn) { return drawn.case_version >= began; });
}

/// Once chosen, always chosen: a second stay does not wash the first choice out.
bool is_chosen(db::Transaction& tx, const CaseRow& row) {
  return std::ranges::any_of(draws_of_case(tx, row.county_code, row.id),
                             [](const DrawCaseRow& drawn) { return drawn.is_chosen; });
}

std::vector<CaseRow> cases_in_review(db::Transaction& tx, const RegionCode& county) {
  constexpr int kPage = 500;
  std::vector<CaseRow> rows;
  cases::CaseFilter filter{
      .scope = {county.range().from, county.range().until}, .states = {cases::State::county_review}, .limit = kPage};
  for (;;) {
    std::vector<CaseRow> page = cases::list_cases(tx, filter);
    const bool is_last = page.size() < kPage;
    std::ranges::move(page, std::back_inserter(rows));
    if (is_last) return rows;
    filter.after_due_on = rows.back().due_on;
    filter.after_id = rows.back().id.to_text();
  }
}

struct Urn {
  std::vector<CaseRow> drawable;
  std::size_t priority_count = 0;
  policy::Rational ratio;
  bool priority_counts = false;
};

Result<Urn> fill_urn(db::Transaction& tx, const CaseWorld& world, const RegionCode& county) {
  Urn urn;
  for (CaseRow& row : cases_in_review(tx, county)) {
    JZ_TRY(const policy::Procedure procedure, cases::procedure_of(world, row));
    const std::optional<policy::Rational>& ratio = *procedure.sample_ratio;
    if (!ratio) continue;
    if (!priority_of(row, procedure).empty()) {
      ++urn.priority_count;
    } else if (!is_drawn(tx, row)) {
      urn.ratio = std::max(urn.ratio, *ratio);
      urn.priority_counts = *procedure.sample_includes_priority_visits;
      urn.drawable.push_back(std::move(row));
    }
  }
  return urn;
}

std::string new_seed(Random& random) {
  std::array<std::uint8_t, Digest::kSize> bytes{};
  random.fill(bytes);
  return Digest(bytes).to_text();
}

std::vector<cases::CaseId> ids_of(const std::vector<CaseRow>& rows) {
  std::vector<cases::CaseId> ids;
  for (const CaseRow& row : rows) ids.push_back(row.id);
  return ids;
}

Status require_in_county(const Actor& actor, Permission permission, const RegionCode& county) {
  if (county.level() != RegionLevel::county) return refuse(ErrorCode::not_found, "request.no_such_resource");
  return require(actor, permission, county);
}

Status check_drawn_sample(const cases::NeedContext& context) {
  const auto& ratio = context.procedure.sample_ratio;
  if (!ratio.value || !priority_of(context.row, context.procedure).empty()) return {};
  if (is_drawn(context.tx, context.row)) return {};
  return refuse_by_rule("review.sample_not_drawn", ratio.articles);
}

/// Says first that a visit is needed and why, then what the visits' owner misses.
Status check_needed_visit(const cases::NeedContext& context, const CountyVisitCheck& check_county_visit) {
  const auto reasons = visit_reasons_of(context.tx, context.row, context.procedure);
  if (reasons.empty()) return {};
  const Status visited = check_county_visit(context.tx, context.row, context.procedure);
  if (visited) return {};
  Error error{.code = ErrorCode::refused_by_rule, .key = "review.county_visit_needed"};
  for (const VisitReason reason : reasons) {
    error.fields.push_back({"/county_visit", "review.visit_reason_" + std::string(enum_text(reason))});
    for (const std::string& article : law_of(reason, context.procedure)) {
      if (std::ranges::find(error.law, article) == error.law.end()) error.law.push_back(article);
    }
  }
  error.fields.push_back({"/county_visit", visited.error().key, visited.error().params});
  return refuse(std::move(error));
}

}  // namespace

std::vector<VisitReason> visit_reasons_of(db::Transaction& tx, const CaseRow& row, const policy::Procedure& procedure) {
  std::vector<VisitReason> reasons = priority_of(row, procedure);
  if (procedure.sample_ratio.value && is_chosen(tx, row)) reasons.push_back(VisitReason::sampled);
  return reasons;
}

Result<DrawRow> draw_county_sample(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                                   const RegionCode& county) {
  JZ_TRY_VOID(require_in_county(actor, Permission::review_record, county));
  return run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<DrawRow> {
    // The number first: it holds a second draw back until this one is seen.
    DrawRow draw{.county_code = county.to_text(),
                 .id = act.new_id<DrawId>(),
                 .number = next_draw_number(act.tx, county.to_text()),
                 .seed = new_seed(surroundings.random),
                 .drawn_by = actor.user,
                 .drawn_by_name = actor.name,
                 .drawn_at = act.now,
                 .drawn_on = act.today};
    JZ_TRY(const Urn urn, fill_urn(act.tx, world, county));
    if (urn.drawable.empty()) return refuse(ErrorCode::conflict, "review.nothing_to_draw");
    const std::size_t size = sample_size(urn.drawable.size(), urn.priority_count, urn.ratio, urn.priority_counts);
    const auto chosen = draw_sample(ids_of(urn.drawable), size, draw.seed);
    draw.ratio = urn.ratio.to_text();
    draw.priority_count = static_cast<std::int64_t>(urn.priority_count);
    draw.population_count = static_cast<std::int64_t>(urn.drawable.size());
    draw.chosen_count = static_cast<std::int64_t>(chosen.size());
    insert_draw(act.tx, draw);
    for (const CaseRow& row : urn.drawable) {
      insert_draw_case(
          act.tx, {draw.county_code, draw.id, row.id, row.version, std::ranges::find(chosen, row.id) != chosen.end()});
    }
    act.record({.action = "review.sample_drawn",
                .subject_kind = "draw",
                .subject_id = draw.id.to_text(),
                .basis = "DB-2012/26-2",
                .changes = json::Value()
                               .set("seed", draw.seed)
                               .set("ratio", draw.ratio)
                               .set("population", draw.population_count)
                               .set("chosen", draw.chosen_count)});
    return draw;
  });
}

Result<DrawFile> read_draw(const Surroundings& surroundings, const Actor& actor, const RegionCode& county, DrawId id) {
  JZ_TRY_VOID(require_in_county(actor, Permission::case_read, county));
  return surroundings.database.read([&](db::Transaction& tx) -> Result<DrawFile> {
    const auto draw = find_draw(tx, county.to_text(), id);
    if (!draw) return refuse(ErrorCode::not_found, "review.draw_not_found");
    DrawFile file{.draw = *draw, .cases = {}};
    std::vector<cases::CaseId> population;
    std::vector<cases::CaseId> chosen;
    for (const DrawCaseRow& drawn : cases_of_draw(tx, county.to_text(), id)) {
      population.push_back(drawn.case_id);
      if (drawn.is_chosen) chosen.push_back(drawn.case_id);
      const auto row = cases::find_case(tx, county.to_text(), drawn.case_id);
      JZ_ASSERT(row.has_value());
      file.cases.push_back({*row, drawn.is_chosen});
    }
    auto again = draw_sample(std::move(population), static_cast<std::size_t>(draw->chosen_count), draw->seed);
    std::ranges::sort(again);
    std::ranges::sort(chosen);
    file.is_reproduced = again == chosen;
    return file;
  });
}

Result<DrawPage> find_draws(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                            const RegionCode& county, std::optional<std::int64_t> before_number) {
  JZ_TRY_VOID(require_in_county(actor, Permission::case_read, county));
  return surroundings.database.read([&](db::Transaction& tx) -> Result<DrawPage> {
    DrawPage page{.draws = draws_of_county(tx, county.to_text(), before_number.value_or(INT64_MAX), kDrawPage)};
    if (page.draws.size() == kDrawPage) page.next = page.draws.back().number;
    JZ_TRY(const Urn urn, fill_urn(tx, world, county));
    page.waiting = static_cast<std::int64_t>(urn.drawable.size());
    return page;
  });
}

Result<ReviewFile> read_review(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                               const RegionCode& county, cases::CaseId id) {
  return run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<ReviewFile> {
    JZ_TRY(const CaseRow row, cases::find_visible_case(act, id, Permission::case_read));
    JZ_TRY(const policy::Procedure procedure, cases::procedure_of(world, row));
    act.record({.action = "review.read", .subject_kind = "case", .subject_id = id.to_text()});
    return ReviewFile{.row = row,
                      .reviews = reviews_of(act.tx, row.county_code, id),
                      .flags = flags_of(act.tx, row.county_code, id),
                      .visit_reasons = visit_reasons_of(act.tx, row, procedure),
                      .waits_for_draw = row.state == cases::State::county_review && procedure.sample_ratio.value &&
                                        priority_of(row, procedure).empty() && !is_drawn(act.tx, row)};
  });
}

void provide_review_needs(CaseWorld& world, CountyVisitCheck check_county_visit) {
  world.needs.provide(cases::Need::drawn_sample, check_drawn_sample);
  world.needs.provide(cases::Need::county_visit,
                      [check = std::move(check_county_visit)](const cases::NeedContext& context) {
                        return check_needed_visit(context, check);
                      });
}

}  // namespace jiuzhu::reviews
