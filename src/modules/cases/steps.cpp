// Opening a case for work and taking steps along the road.

#include <algorithm>

#include "modules/cases/case_service.hpp"
#include "modules/cases/facts_json.hpp"
#include "modules/cases/facts_rules.hpp"
#include "modules/cases/person_directory_store.hpp"
#include "modules/cases/recusal.hpp"
#include "modules/cases/time_limits.hpp"

namespace jiuzhu::cases {
namespace {

RoadConditions conditions_of(const CaseRow& row, const policy::Procedure& procedure) {
  return {.is_appraisal_required = *procedure.appraisal == policy::AppraisalRule::always,
          .publicity_rounds = *procedure.publicity_rounds,
          .proposes_approval = row.proposal == Proposal::approve};
}

/// Says who was faster, so that the second officer knows whom to ask.
std::unexpected<Error> refuse_changed(UseCase& act, const CaseTarget& target) {
  const auto steps = steps_of(act.tx, target.county.to_text(), target.id);
  return refuse(ErrorCode::conflict, "case.changed_meanwhile", {{"by", steps.empty() ? "" : steps.back().actor_name}});
}

/// Whoever may take this step from no state at all is told so, and nothing of the case.
Status require_action(const Actor& actor, Action action) {
  const bool may = std::ranges::any_of(
      road(), [&](const Transition& line) { return line.action == action && allows(actor.role, line.permission); });
  if (!may) return refuse(ErrorCode::forbidden, "access.permission_missing");
  return {};
}

void remember_proposal(CaseRow& row, Action action) {
  if (action == Action::propose_approval) row.proposal = Proposal::approve;
  if (action == Action::propose_refusal) row.proposal = Proposal::refuse;
  if (action == Action::reinvestigate || action == Action::uphold_objection || action == Action::dispute_appraisal) {
    row.proposal = Proposal::none;
  }
}

}  // namespace

Result<policy::Procedure> procedure_of(const CaseWorld& world, const CaseRow& row) {
  return world.rulebook->procedure_on(row.region.county().to_text(), row.filed_on);
}

Result<CaseRow> open_case(UseCase& act, const CaseTarget& target, Permission permission) {
  const std::string county = target.county.to_text();
  JZ_TRY_VOID(require(act.actor, permission));
  auto row = lock_case(act.tx, county, target.id, target.version);
  if (!row) {
    const auto current = find_case(act.tx, county, target.id);
    if (!current || !act.actor.region.contains(current->region)) return refuse(ErrorCode::not_found, "case.not_found");
    return refuse_changed(act, target);
  }
  if (!act.actor.region.contains(row->region)) return refuse(ErrorCode::not_found, "case.not_found");
  // Whoever is kin of the family stays out of visit, appraisal, review and approval (notice 2(2); S2 art. 14).
  JZ_TRY_VOID(refuse_kin(act.tx, act.actor, county, target.id));
  return *row;
}

Status take_step(UseCase& act, const CaseWorld& world, CaseRow& row, Action action, const std::string& note) {
  JZ_TRY(const policy::Procedure procedure, procedure_of(world, row));
  const Transition* line = find_transition(row.state, action, conditions_of(row, procedure));
  if (!line) {
    return refuse(ErrorCode::conflict, "case.step_not_on_road",
                  {{"action", std::string(enum_text(action))}, {"state", std::string(enum_text(row.state))}});
  }
  JZ_TRY_VOID(require(act.actor, line->permission));
  for (const Need need : line->needs) {
    JZ_TRY_VOID(world.needs.check(need, {act.tx, act.surroundings, act.actor, act.today, row, procedure}));
  }
  const State from = row.state;
  row.state = line->to;
  row.entered_on = act.today;
  remember_proposal(row, action);
  if (action == Action::accept) row.accepted_on = act.today;
  if (!is_open(row.state) && row.state != State::approved) {
    row.closed_on = act.today;
    release_members(act.tx, row.county_code, row.id);
  }
  JZ_TRY(row.due_on, due_date(row, procedure, world.calendar));
  JZ_TRY(row.overall_due_on,
         is_open(row.state) ? overall_due_date(row, procedure, world.calendar) : Result<Date>(kNoLimit));
  update_case(act.tx, row);
  insert_step(act.tx, {.county_code = row.county_code,
                       .case_id = row.id,
                       .sequence = row.version,
                       .action = action,
                       .from_state = from,
                       .to_state = row.state,
                       .actor_id = act.actor.user,
                       .actor_name = act.actor.name,
                       .actor_role = act.actor.role,
                       .taken_at = act.now,
                       .taken_on = act.today,
                       .note = note});
  act.record({.action = "case." + std::string(enum_text(action)),
              .subject_kind = "case",
              .subject_id = row.id.to_text(),
              .basis = std::string(world.rulebook->wording()->in_force(line->law, row.filed_on)),
              .changes = json::Value().set(
                  "state", json::Value().set("before", enum_text(from)).set("after", enum_text(row.state)))});
  return {};
}

Result<CaseRow> take_plain_step(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                                const CaseTarget& target, Action action, const std::string& note) {
  JZ_TRY_VOID(require_action(actor, action));
  return run_use_case(surroundings, actor, target.county, [&](UseCase& act) -> Result<CaseRow> {
    JZ_TRY(CaseRow row, open_case(act, target, Permission::case_read));
    JZ_TRY_VOID(take_step(act, world, row, action, note));
    return row;
  });
}

Status revise_facts(UseCase& act, CaseRow& row, const policy::HouseholdFacts& facts, const std::string& reason) {
  auto problems = facts_beside_case(facts, row, persons_of(act.tx, row.county_code, row.id));
  if (!problems.empty()) {
    return refuse(Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = std::move(problems)});
  }
  const auto latest = latest_facts(act.tx, row.county_code, row.id);
  JZ_ASSERT(latest.has_value());
  insert_facts(act.tx, {.county_code = row.county_code,
                        .case_id = row.id,
                        .revision = latest->revision + 1,
                        .facts = write_facts(facts),
                        .reason = reason,
                        .recorded_by = act.actor.user,
                        .recorded_at = act.now});
  act.record({.action = "case.facts_revised",
              .subject_kind = "case",
              .subject_id = row.id.to_text(),
              .basis = reason,
              .changes = json::Value().set("revision", latest->revision + 1)});
  return {};
}

Result<policy::HouseholdFacts> facts_of(db::Transaction& tx, const CaseRow& row) {
  const auto latest = latest_facts(tx, row.county_code, row.id);
  JZ_ASSERT(latest.has_value());
  return read_facts(latest->facts);
}

Result<policy::Decision> assess_case(db::Transaction& tx, const CaseWorld& world, const CaseRow& row) {
  JZ_TRY(const policy::HouseholdFacts facts, facts_of(tx, row));
  return policy::assess(facts, *world.rulebook);
}

}  // namespace jiuzhu::cases
