#include "modules/decisions/decision_service.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "kernel/policy_json/policy_json.hpp"

namespace jiuzhu::decisions {
namespace {

using cases::Action;
using cases::CaseRow;
using cases::CaseTarget;
using cases::CaseWorld;

/// The rules' view of the case as it is decided today, and where it came from.
struct Assessed {
  policy::Decision decision;
  int facts_revision = 0;
};

/// The notice is for people: who is meant stands there by name.
void name_persons(policy::HouseholdFacts& facts, const std::vector<cases::PersonRow>& persons) {
  const auto name_of = [&](const std::string& key) -> std::optional<std::string> {
    const auto found = std::ranges::find(persons, key, &cases::PersonRow::person_key);
    return found == persons.end() ? std::nullopt : std::optional(found->name);
  };
  for (auto& member : facts.members) member.label = name_of(member.key);
  for (auto& obligor : facts.obligors) obligor.label = name_of(obligor.key);
}

Result<Assessed> assess_today(UseCase& act, const CaseWorld& world, const CaseRow& row) {
  const auto latest = cases::latest_facts(act.tx, row.county_code, row.id);
  JZ_ASSERT(latest.has_value());
  JZ_TRY(policy::HouseholdFacts facts, cases::facts_of(act.tx, row));
  facts.approved_on = act.today;
  name_persons(facts, cases::persons_of(act.tx, row.county_code, row.id));
  JZ_TRY(policy::Decision decision, policy::assess(facts, *world.rulebook));
  return Assessed{std::move(decision), latest->revision};
}

/// The prose without the sentence that a machine has not decided: here a person has.
std::vector<std::string> prose_of(const policy::Decision& decision, policy::Language language) {
  std::vector<std::string> paragraphs = policy::explain(decision, language);
  std::erase(paragraphs, decision.wording->say(policy::Phrase::person_decides, language));
  return paragraphs;
}

std::string trace_of(const policy::Decision& decision) {
  policy::ExplainedDecision explained{
      decision, {prose_of(decision, policy::Language::zh), prose_of(decision, policy::Language::en)}};
  return json::print(json::write(explained));
}

int members_that_count(const policy::Decision& decision) {
  return static_cast<int>(std::ranges::count_if(
      decision.members, [](const policy::MemberFinding& member) { return member.counted != policy::Truth::no; }));
}

DecisionRow make_row(UseCase& act, const CaseRow& row, const Assessed& assessed,
                     const std::vector<cases::StatedReason>& reasons) {
  const int year = act.today.year();
  return {.county_code = row.county_code,
          .case_id = row.id,
          .id = act.new_id<DecisionId>(),
          .assessed_outcome = assessed.decision.outcome,
          .computed_amount = assessed.decision.amount_month,
          .publicised_amount = row.proposed_amount,
          .member_count = members_that_count(assessed.decision),
          .reasons = cases::write_reasons(reasons),
          .law = json::print(json::write(assessed.decision.law)),
          .facts_revision = assessed.facts_revision,
          .trace = trace_of(assessed.decision),
          .decided_by = act.actor.user,
          .decided_by_name = act.actor.name,
          .decided_at = act.now,
          .decided_on = act.today,
          .notice_number = notice_number(row.county_code, year, next_notice_number(act.tx, row.county_code, year))};
}

void record_decision(UseCase& act, const DecisionRow& decision) {
  json::Value changes = json::Value()
                            .set("outcome", enum_text(decision.outcome))
                            .set("notice_number", decision.notice_number)
                            .set("facts_revision", decision.facts_revision);
  if (decision.amount) changes.set("amount", decision.amount->to_text());
  act.record({.action = "decision.made",
              .subject_kind = "case",
              .subject_id = decision.case_id.to_text(),
              .basis = decision.outcome == DecisionOutcome::refused
                           ? cases::read_reasons(decision.reasons).front().article
                           : "",
              .changes = std::move(changes)});
}

Status check_reasons(const std::vector<cases::StatedReason>& reasons, const CaseWorld& world) {
  if (reasons.empty()) return {};
  return cases::require_reasons(reasons, *world.rulebook->wording(), "/reasons");
}

Status check_delivery(const Delivery& delivery, const DecisionRow& decision, Date today) {
  std::vector<FieldError> problems;
  if (delivery.delivered_on < decision.decided_on || delivery.delivered_on > today) {
    problems.push_back(
        {"/delivered_on", "decision.delivered_on_out_of_range", {{"from", decision.decided_on.to_text()}}});
  }
  const bool needs_receiver =
      delivery.method != DeliveryMethod::mail && delivery.method != DeliveryMethod::announcement;
  if (needs_receiver && trim(delivery.received_by).empty()) problems.push_back({"/received_by", "field.empty"});
  if (problems.empty()) return {};
  return refuse(Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = std::move(problems)});
}

}  // namespace

Result<CaseRow> approve_case(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                             const CaseTarget& target, const Approval& approval, const ApprovalHook& on_approved) {
  JZ_TRY_VOID(check_reasons(approval.reasons, world));
  return run_use_case(surroundings, actor, target.county, [&](UseCase& act) -> Result<CaseRow> {
    JZ_TRY(CaseRow row, cases::open_case(act, target, Permission::case_decide));
    JZ_TRY(const policy::Procedure procedure, cases::procedure_of(world, row));
    JZ_TRY(const Assessed assessed, assess_today(act, world, row));
    // First the step, whose needs tell a household that is not eligible; what it wrote goes when the amount is refused.
    JZ_TRY_VOID(cases::take_step(act, world, row, Action::approve, ""));
    JZ_TRY(const Money amount, approvable_amount({.amount = approval.amount,
                                                  .has_reasons = !approval.reasons.empty(),
                                                  .assessed_outcome = assessed.decision.outcome,
                                                  .computed = assessed.decision.amount_month,
                                                  .publicised = row.proposed_amount,
                                                  .law = assessed.decision.law}));
    DecisionRow decision = make_row(act, row, assessed, approval.reasons);
    decision.outcome = DecisionOutcome::approved;
    decision.amount = amount;
    decision.first_month = act.today.month_of().plus(procedure.first_month_after_approval);
    insert_decision(act.tx, decision);
    record_decision(act, decision);
    if (on_approved) {
      JZ_TRY_VOID(on_approved(act, row,
                              {.id = decision.id,
                               .notice_number = decision.notice_number,
                               .amount = amount,
                               .first_month = *decision.first_month,
                               .decided_on = act.today,
                               .facts_revision = assessed.facts_revision,
                               .assessment = assessed.decision}));
    }
    return row;
  });
}

Result<CaseRow> refuse_case(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                            const CaseTarget& target, const Refusal& refusal) {
  JZ_TRY_VOID(cases::require_reasons(refusal.reasons, *world.rulebook->wording(), "/reasons"));
  return run_use_case(surroundings, actor, target.county, [&](UseCase& act) -> Result<CaseRow> {
    JZ_TRY(CaseRow row, cases::open_case(act, target, Permission::case_decide));
    JZ_TRY(const policy::Procedure procedure, cases::procedure_of(world, row));
    JZ_TRY(const Assessed assessed, assess_today(act, world, row));
    JZ_TRY_VOID(cases::take_step(act, world, row, Action::refuse, refusal.reasons.front().text));
    if (assessed.decision.outcome == policy::Outcome::eligible && !refusal.is_despite_assessment) {
      return refuse_by_rule("decision.assessment_is_favourable", assessed.decision.law);
    }
    DecisionRow decision = make_row(act, row, assessed, refusal.reasons);
    decision.outcome = DecisionOutcome::refused;
    JZ_TRY(decision.notice_due_on, refusal_notice_due(act.today, procedure, world.calendar));
    insert_decision(act.tx, decision);
    record_decision(act, decision);
    return row;
  });
}

Result<CaseRow> record_delivery(const Surroundings& surroundings, const Actor& actor, const CaseTarget& target,
                                const Delivery& delivery) {
  return run_use_case(surroundings, actor, target.county, [&](UseCase& act) -> Result<CaseRow> {
    // The township's officers and the county's case officer: those who deal with the family.
    JZ_TRY(const CaseRow row, cases::open_case(act, target, Permission::objection_record));
    auto decision = decision_of(act.tx, row.county_code, row.id);
    if (!decision) return refuse(ErrorCode::not_found, "decision.none");
    if (decision->delivered_on) return refuse(ErrorCode::conflict, "decision.delivered_already");
    JZ_TRY_VOID(check_delivery(delivery, *decision, act.today));
    decision->delivered_on = delivery.delivered_on;
    decision->delivery_method = delivery.method;
    decision->received_by = delivery.received_by;
    decision->delivery_recorded_by = actor.user;
    update_delivery(act.tx, *decision);
    act.record({.action = "decision.delivered",
                .subject_kind = "case",
                .subject_id = row.id.to_text(),
                .changes = json::Value()
                               .set("delivered_on", delivery.delivered_on.to_text())
                               .set("method", enum_text(delivery.method))});
    return row;
  });
}

Result<DecisionFile> read_decision(const Surroundings& surroundings, const Actor& actor, const RegionCode& county,
                                   cases::CaseId id) {
  return run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<DecisionFile> {
    JZ_TRY(const CaseRow row, cases::find_visible_case(act, id, Permission::case_read));
    const auto decision = decision_of(act.tx, row.county_code, id);
    if (!decision) return refuse(ErrorCode::not_found, "decision.none");
    act.record({.action = "decision.read", .subject_kind = "case", .subject_id = id.to_text()});
    return DecisionFile{row, *decision};
  });
}

void provide_decision_needs(CaseWorld& world, InvestigatorsOf investigators_of) {
  world.needs.provide(cases::Need::separate_approver,
                      [investigators_of = std::move(investigators_of)](const cases::NeedContext& context) -> Status {
                        const CaseRow& row = context.row;
                        return check_separate(context.actor.user,
                                              {.created_by = row.created_by,
                                               .steps = cases::steps_of(context.tx, row.county_code, row.id),
                                               .investigators = investigators_of(context.tx, row.county_code, row.id)},
                                              context.procedure);
                      });
}

}  // namespace jiuzhu::decisions
