// Lists, work lists and the case page. Every reading of a family's file is recorded.

#include <algorithm>

#include "modules/cases/case_service.hpp"
#include "modules/cases/completeness.hpp"
#include "modules/cases/facts_json.hpp"
#include "modules/cases/recusal.hpp"

namespace jiuzhu::cases {
namespace {

std::vector<OpenStep> open_steps_of(UseCase& act, const CaseWorld& world, const CaseRow& row,
                                    const policy::Procedure& procedure) {
  std::vector<OpenStep> steps;
  const RoadConditions conditions{.is_appraisal_required = *procedure.appraisal == policy::AppraisalRule::always,
                                  .publicity_rounds = *procedure.publicity_rounds,
                                  .proposes_approval = row.proposal == Proposal::approve};
  const Status recusal = refuse_kin(act.tx, act.actor, row.county_code, row.id);
  for (const Transition* line : transitions_from(row.state, conditions)) {
    if (!allows(act.actor.role, line->permission)) continue;
    OpenStep step{.action = line->action,
                  .to = line->to,
                  .law = std::string(world.rulebook->wording()->in_force(line->law, row.filed_on)),
                  .obstacles = {}};
    if (!recusal) step.obstacles.push_back(recusal.error());
    for (const Need need : line->needs) {
      const Status answer = world.needs.check(need, {act.tx, act.surroundings, act.actor, act.today, row, procedure});
      if (!answer) step.obstacles.push_back(answer.error());
    }
    steps.push_back(std::move(step));
  }
  return steps;
}

/// Villages see what they took down, not what banks and registers say (O-04: only what the task needs).
Result<policy::HouseholdFacts> facts_shown_to(const Actor& actor, db::Transaction& tx, const CaseRow& row) {
  if (actor.role != Role::village_cadre) return facts_of(tx, row);
  const auto facts = facts_before_verification(tx, row.county_code, row.id);
  JZ_ASSERT(facts.has_value());
  return read_facts(facts->facts);
}

}  // namespace

Result<CaseRow> find_visible_case(UseCase& act, CaseId id, Permission permission) {
  JZ_TRY_VOID(require(act.actor, permission));
  const auto row = find_case(act.tx, act.county.to_text(), id);
  if (!row || !act.actor.region.contains(row->region)) return refuse(ErrorCode::not_found, "case.not_found");
  return *row;
}

Result<CaseFile> read_case(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                           const RegionCode& county, CaseId id) {
  return run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<CaseFile> {
    JZ_TRY(const CaseRow row, find_visible_case(act, id, Permission::case_read));
    JZ_TRY(const policy::Procedure procedure, procedure_of(world, row));
    JZ_TRY(policy::HouseholdFacts facts, facts_shown_to(actor, act.tx, row));
    CaseFile file{.row = row,
                  .persons = persons_of(act.tx, row.county_code, id),
                  .kin = kin_of(act.tx, row.county_code, id),
                  .account = account_of(act.tx, row.county_code, id),
                  .facts = facts,
                  .assessment = policy::assess(facts, *world.rulebook),
                  .steps = steps_of(act.tx, row.county_code, id),
                  .open_steps = open_steps_of(act, world, row, procedure),
                  .missing = {}};
    file.missing = missing_from({row, file.persons, file.kin, file.account}, act.today);
    act.record({.action = "case.read", .subject_kind = "case", .subject_id = id.to_text()});
    return file;
  });
}

Result<Revealed> reveal_person(const Surroundings& surroundings, const Actor& actor, const RegionCode& county,
                               CaseId id, const std::string& person_key, const std::string& reason) {
  // Whoever may not read a file does not look into it one number at a time either.
  JZ_TRY_VOID(require(actor, Permission::identifier_reveal));
  return run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<Revealed> {
    JZ_TRY(const CaseRow row, find_visible_case(act, id, Permission::case_read));
    JZ_TRY_VOID(refuse_kin(act.tx, act.actor, row.county_code, row.id));
    for (const PersonRow& person : persons_of(act.tx, row.county_code, id)) {
      if (person.person_key != person_key) continue;
      Revealed revealed;
      JZ_TRY(revealed.citizen_number, act.vault().open(person.citizen_number, kCitizenNumberContext));
      if (person.phone) {
        JZ_TRY(revealed.phone, act.vault().open(*person.phone, kPhoneContext));
      }
      act.record({.action = "person.revealed",
                  .subject_kind = "case",
                  .subject_id = id.to_text(),
                  .basis = reason,
                  .changes = json::Value().set("person", person_key)});
      return revealed;
    }
    return refuse(ErrorCode::not_found, "case.person_not_found");
  });
}

Result<std::vector<CaseRow>> find_cases(const Surroundings& surroundings, const Actor& actor, CaseFilter filter) {
  JZ_TRY_VOID(require(actor, Permission::case_read));
  filter.scope = scope_of(actor);
  return surroundings.database.read([&](db::Transaction& tx) { return list_cases(tx, filter); });
}

std::vector<State> work_states(Role role) {
  std::vector<State> states;
  for (const Transition& line : road()) {
    // Withdrawing and ending are possible everywhere and are nobody's daily work.
    if (line.action == Action::withdraw || line.action == Action::terminate || line.action == Action::end_benefit)
      continue;
    if (!allows(role, line.permission)) continue;
    if (std::find(states.begin(), states.end(), line.from) == states.end()) states.push_back(line.from);
  }
  return states;
}

}  // namespace jiuzhu::cases
