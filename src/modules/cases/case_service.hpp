#pragma once
// Filing applications and moving them along the road. Every module that works on a case goes through open_case(), which
// locks it, checks version, region and kin, and through take_step(), which asks every need of the road's table.

#include <memory>
#include <string>
#include <vector>

#include "base/working_days.hpp"
#include "engines/policy/assess.hpp"
#include "engines/policy/live_rulebook.hpp"
#include "kernel/use_case/use_case.hpp"
#include "modules/cases/intake.hpp"
#include "modules/cases/needs.hpp"

namespace jiuzhu::cases {

/// What the cases of a program have in common. Immutable once serving.
struct CaseWorld {
  policy::LiveRulebook rulebook;
  const WorkingCalendar& calendar;
  NeedRegistry needs;
};

/// Which case, at which version the actor saw it.
struct CaseTarget {
  RegionCode county;
  CaseId id;
  std::int64_t version = 0;
};

struct FiledCase {
  CaseRow row;
  std::vector<FieldError> missing;  // what acceptance still needs: the one supplement notice of S2 art. 13
};

/// Takes an application down. Refuses with field errors for contradictions, and with "case.person_elsewhere" when a
/// member stands in another application that is open or in benefit.
Result<FiledCase> file_case(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                            const Intake& intake);

/// Replaces the declaration while the case is still filed.
Result<FiledCase> correct_case(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                               const CaseTarget& target, const Intake& intake);

/// A case locked for the rest of the transaction. Refuses with "case.not_found" (also outside the actor's region),
/// "access.permission_missing", "case.changed_meanwhile" (param by) and "case.recusal".
Result<CaseRow> open_case(UseCase& act, const CaseTarget& target, Permission permission);

/// A case that the actor may look at. Refuses with "access.permission_missing" and "case.not_found".
Result<CaseRow> find_visible_case(UseCase& act, CaseId id, Permission permission);

/// The rules of procedure of the case's own date.
Result<policy::Procedure> procedure_of(const CaseWorld& world, const CaseRow& row);

/// Takes a step with an opened case: finds the line of the table, asks its needs, changes the state, starts the time
/// limit, records. Refuses with "case.step_not_on_road" or the first need's refusal.
Status take_step(UseCase& act, const CaseWorld& world, CaseRow& row, Action action, const std::string& note);

/// For steps that need nothing but a note (accept, withdraw, terminate, reinvestigate, return_to_review).
Result<CaseRow> take_plain_step(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                                const CaseTarget& target, Action action, const std::string& note);

/// New facts from verification, visit or correction: the next revision, with its reason. Refuses with field errors
/// below "/facts" when they are not about this case (facts_rules.hpp).
Status revise_facts(UseCase& act, CaseRow& row, const policy::HouseholdFacts& facts, const std::string& reason);

Result<policy::HouseholdFacts> facts_of(db::Transaction& tx, const CaseRow& row);
/// What the rules of the case's date say about its latest facts.
Result<policy::Decision> assess_case(db::Transaction& tx, const CaseWorld& world, const CaseRow& row);

/// A step that leads on from the current state, and what still stands in its way for this actor.
struct OpenStep {
  Action action = Action::correct;
  State to = State::filed;
  std::string law;
  std::vector<Error> obstacles;
};

/// Everything a case page shows. Reading it is recorded.
struct CaseFile {
  CaseRow row;
  std::vector<PersonRow> persons;
  std::vector<KinRow> kin;
  std::optional<AccountRow> account;
  policy::HouseholdFacts facts;
  Result<policy::Decision> assessment;
  std::vector<StepRow> steps;
  std::vector<OpenStep> open_steps;
  std::vector<FieldError> missing;
};

Result<CaseFile> read_case(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                           const RegionCode& county, CaseId id);

struct Revealed {
  std::string citizen_number;
  std::optional<std::string> phone;
};
/// One person's identifiers in full: a recorded act with a reason.
Result<Revealed> reveal_person(const Surroundings& surroundings, const Actor& actor, const RegionCode& county,
                               CaseId id, const std::string& person_key, const std::string& reason);

/// Lists carry the actor's scope, and masked or no identifiers.
Result<std::vector<CaseRow>> find_cases(const Surroundings& surroundings, const Actor& actor, CaseFilter filter);

/// States in which the actor's role has something to do.
std::vector<State> work_states(Role role);

/// The answers that this module owns: complete_file, signed_authorisation, favourable_assessment, checked_account.
void provide_case_needs(CaseWorld& world);

}  // namespace jiuzhu::cases
