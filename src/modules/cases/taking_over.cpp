#include "modules/cases/taking_over.hpp"

#include "modules/cases/facts_json.hpp"

namespace jiuzhu::cases {

TakenOverCase take_over(const UseCase& act, const policy::Procedure& procedure, const Intake& intake, Money amount) {
  TakenOverCase taken{.row = {.county_code = act.county.to_text(),
                              .id = act.new_id<CaseId>(),
                              .state = State::approved,
                              .filed_on = act.today,
                              .entered_on = act.today,
                              .proposal = Proposal::approve,
                              .proposed_amount = amount,
                              .created_by = act.actor.user},
                      .declared = {},
                      .facts = household_facts_of(intake, act.county, act.today, act.today)};
  taken.declared = to_rows(act, procedure, taken.row, intake);
  describe_row(taken.row, intake, taken.declared);
  return taken;
}

void write_taken_over(UseCase& act, const TakenOverCase& taken, const std::string& note) {
  const CaseRow& row = taken.row;
  insert_case(act.tx, row);
  for (const PersonRow& person : taken.declared.persons) insert_person(act.tx, person);
  if (taken.declared.account) insert_account(act.tx, *taken.declared.account);
  insert_facts(act.tx, {.county_code = row.county_code,
                        .case_id = row.id,
                        .revision = 1,
                        .facts = write_facts(taken.facts),
                        .reason = "taken_over",
                        .recorded_by = act.actor.user,
                        .recorded_at = act.now});
  insert_step(act.tx, {.county_code = row.county_code,
                       .case_id = row.id,
                       .sequence = row.version,
                       .action = Action::take_over,
                       .from_state = State::filed,
                       .to_state = State::approved,
                       .actor_id = act.actor.user,
                       .actor_name = act.actor.name,
                       .actor_role = act.actor.role,
                       .taken_at = act.now,
                       .taken_on = act.today,
                       .note = note});
}

AuditEntry taken_over_entry(CaseId id, const std::string& case_number, const std::string& note) {
  return {.action = "case.taken_over",
          .subject_kind = "case",
          .subject_id = id.to_text(),
          .basis = note,
          .changes = json::Value().set("case_number", case_number)};
}

}  // namespace jiuzhu::cases
