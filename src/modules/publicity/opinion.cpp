// The township's opinion.

#include "base/text.hpp"
#include "modules/publicity/publicity_service.hpp"

namespace jiuzhu::publicity {
namespace {

using cases::CaseRow;
using cases::CaseTarget;
using cases::CaseWorld;

/// What the rules give; nothing where they leave it to a person. The needs of the step refuse a household that is
/// clearly not eligible.
Result<std::optional<Money>> computed_amount(UseCase& act, const CaseWorld& world, const CaseRow& row) {
  JZ_TRY(const policy::Decision decision, cases::assess_case(act.tx, world, row));
  return decision.outcome == policy::Outcome::eligible ? decision.amount_month : std::nullopt;
}

Status check_amount(const ApprovalProposal& proposal, const std::optional<Money>& computed) {
  std::vector<FieldError> problems;
  if (!proposal.amount && !computed) problems.push_back({"/amount", "opinion.amount_required"});
  if (proposal.amount && *proposal.amount <= Money()) problems.push_back({"/amount", "opinion.amount_not_positive"});
  const bool differs = proposal.amount && proposal.amount != computed;
  if (differs && trim(proposal.reason).empty()) problems.push_back({"/reason", "opinion.reason_required"});
  if (problems.empty()) return {};
  return refuse(Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = std::move(problems)});
}

OpinionRow opinion_of(const UseCase& act, const CaseRow& row) {
  return {.county_code = row.county_code,
          .case_id = row.id,
          .sequence = row.version,
          .proposal = row.proposal,
          .amount = row.proposed_amount,
          .computed_amount = {},
          .reason = "",
          .reasons = cases::write_reasons({}),
          .given_by = act.actor.user,
          .given_by_name = act.actor.name,
          .given_on = act.today};
}

}  // namespace

Result<CaseRow> propose_approval(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                                 const CaseTarget& target, const ApprovalProposal& proposal) {
  return run_use_case(surroundings, actor, target.county, [&](UseCase& act) -> Result<CaseRow> {
    JZ_TRY(CaseRow row, cases::open_case(act, target, Permission::opinion_give));
    JZ_TRY(const std::optional<Money> computed, computed_amount(act, world, row));
    row.proposed_amount = proposal.amount ? proposal.amount : computed;
    // First the step, whose needs tell a household that is not eligible; what it wrote goes when the amount is refused.
    JZ_TRY_VOID(cases::take_step(act, world, row, cases::Action::propose_approval, proposal.reason));
    JZ_TRY_VOID(check_amount(proposal, computed));
    OpinionRow opinion = opinion_of(act, row);
    opinion.computed_amount = computed;
    opinion.reason = proposal.reason;
    insert_opinion(act.tx, opinion);
    JZ_TRY(const NoticeRow notice, post_notice(act, world, row, Round::township, proposal.places));
    return row;
  });
}

Result<CaseRow> propose_refusal(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                                const CaseTarget& target, const std::vector<cases::StatedReason>& reasons) {
  JZ_TRY_VOID(cases::require_reasons(reasons, *world.rulebook->wording(), "/reasons"));
  return run_use_case(surroundings, actor, target.county, [&](UseCase& act) -> Result<CaseRow> {
    JZ_TRY(CaseRow row, cases::open_case(act, target, Permission::opinion_give));
    row.proposed_amount.reset();
    JZ_TRY_VOID(cases::take_step(act, world, row, cases::Action::propose_refusal, reasons.front().text));
    OpinionRow opinion = opinion_of(act, row);
    opinion.reasons = cases::write_reasons(reasons);
    insert_opinion(act.tx, opinion);
    return row;
  });
}

}  // namespace jiuzhu::publicity
