#include "modules/reviews/review_service.hpp"

#include "base/text.hpp"
#include "modules/publicity/publicity_service.hpp"

namespace jiuzhu::reviews {
namespace {

using cases::CaseRow;
using cases::CaseTarget;
using cases::CaseWorld;
using cases::Proposal;

Status check_review(const Review& review, const CaseRow& row, const policy::Procedure& procedure) {
  if (trim(review.content).empty()) {
    return refuse(
        Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = {{"/content", "field.empty"}}});
  }
  const auto& law = procedure.county_opinion_working_days.articles;
  if (!review.has_read_file) return refuse_by_rule("review.file_not_read", law);
  // Nothing of a proposed refusal was publicised, so the county cannot turn it into an approval by itself.
  if (review.opinion == ReviewOpinion::disagree && row.proposal == Proposal::refuse) {
    return refuse_by_rule("review.disagrees_with_refusal", law);
  }
  return {};
}

}  // namespace

Result<CaseRow> complete_review(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                                const CaseTarget& target, const Review& review) {
  return run_use_case(surroundings, actor, target.county, [&](UseCase& act) -> Result<CaseRow> {
    JZ_TRY(CaseRow row, cases::open_case(act, target, Permission::review_record));
    JZ_TRY(const policy::Procedure procedure, cases::procedure_of(world, row));
    JZ_TRY_VOID(check_review(review, row, procedure));
    if (review.opinion == ReviewOpinion::disagree) {
      row.proposal = Proposal::refuse;
      row.proposed_amount.reset();
    }
    JZ_TRY_VOID(cases::take_step(act, world, row, cases::Action::complete_review, review.content));
    insert_review(act.tx, {.county_code = row.county_code,
                           .case_id = row.id,
                           .sequence = row.version,
                           .opinion = review.opinion,
                           .content = review.content,
                           .reviewed_by = actor.user,
                           .reviewed_by_name = actor.name,
                           .reviewed_on = act.today});
    if (row.state == cases::State::county_publicity) {
      JZ_TRY(const auto notice, publicity::post_notice(act, world, row, publicity::Round::county, review.places));
    }
    return row;
  });
}

Result<CaseRow> flag_case(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                          const CaseTarget& target, const Flag& flag) {
  return run_use_case(surroundings, actor, target.county, [&](UseCase& act) -> Result<CaseRow> {
    // Whoever hears objections may also raise a doubt: a mark only adds scrutiny.
    JZ_TRY(CaseRow row, cases::open_case(act, target, Permission::objection_record));
    JZ_TRY(const policy::Procedure procedure, cases::procedure_of(world, row));
    if (!cases::is_open(row.state)) return refuse(ErrorCode::conflict, "review.case_closed");
    if (trim(flag.reason).empty()) {
      return refuse(
          Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = {{"/reason", "field.empty"}}});
    }
    (flag.kind == FlagKind::doubtful ? row.is_doubtful : row.is_reported) = true;
    cases::update_case(act.tx, row);
    insert_flag(act.tx, {.county_code = row.county_code,
                         .id = act.new_id<FlagId>(),
                         .case_id = row.id,
                         .kind = flag.kind,
                         .reason = flag.reason,
                         .raised_by = actor.user,
                         .raised_by_name = actor.name,
                         .raised_on = act.today});
    const auto& law =
        law_of(flag.kind == FlagKind::doubtful ? VisitReason::doubtful : VisitReason::reported, procedure);
    act.record({.action = "case.marked_" + std::string(enum_text(flag.kind)),
                .subject_kind = "case",
                .subject_id = row.id.to_text(),
                .basis = law.empty() ? "" : law.front()});
    return row;
  });
}

}  // namespace jiuzhu::reviews
