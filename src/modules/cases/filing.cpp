// Taking an application down, and correcting it before acceptance.

#include <algorithm>

#include "modules/cases/case_service.hpp"
#include "modules/cases/completeness.hpp"
#include "modules/cases/declaration.hpp"
#include "modules/cases/facts_json.hpp"
#include "modules/cases/kin_filing.hpp"
#include "modules/cases/person_directory_store.hpp"
#include "modules/cases/time_limits.hpp"

namespace jiuzhu::cases {
namespace {

/// Refuses when a member stands in another application, anywhere, or draws a benefit already; the other application is
/// named by its number, whatever county has it.
Status write_declaration(UseCase& act, const CaseRow& row, const DeclarationRows& rows) {
  for (const PersonRow& person : rows.persons) insert_person(act.tx, person);
  for (const KinRow& kin : rows.kin) insert_kin(act.tx, kin);
  if (rows.account) insert_account(act.tx, *rows.account);
  std::vector<FieldError> problems;
  for (const OtherApplication& other : claim_members(act.tx, row.county_code, row.id)) {
    const auto person = std::ranges::find(rows.persons, other.citizen_index, &PersonRow::citizen_index);
    problems.push_back({"/persons/" + std::to_string(person - rows.persons.begin()) + "/citizen_number",
                        "case.person_elsewhere",
                        {{"case_number", other.case_number}}});
  }
  if (problems.empty()) return {};
  return refuse(Error{.code = ErrorCode::conflict,
                      .key = "case.persons_elsewhere",
                      .fields = std::move(problems),
                      .law = {"SA-2014/9"}});
}

Status refuse_contradictions(const Intake& intake, Date today) {
  auto problems = contradictions_in(intake, today);
  if (problems.empty()) return {};
  return refuse(Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = std::move(problems)});
}

std::string make_case_number(UseCase& act, CaseProgramme programme) {
  const std::string county = act.county.to_text();
  return case_number_of(county, programme, act.today.year(), next_case_number(act.tx, county, act.today.year()));
}

}  // namespace

Result<FiledCase> file_case(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                            const Intake& intake) {
  JZ_TRY_VOID(require(actor, Permission::case_file, intake.region));
  JZ_TRY_VOID(refuse_contradictions(intake, surroundings.clock.today()));
  return run_use_case(surroundings, actor, intake.region.county(), [&](UseCase& act) -> Result<FiledCase> {
    CaseRow row{.county_code = act.county.to_text(),
                .id = act.new_id<CaseId>(),
                .filed_on = act.today,
                .entered_on = act.today,
                .created_by = actor.user};
    row.programme = intake.programme;
    row.region = intake.region;
    JZ_TRY(const policy::Procedure procedure, procedure_of(world, row));
    JZ_TRY_VOID(refuse_wrong_handlers(act, intake));
    const DeclarationRows rows = to_rows(act, procedure, row, intake);
    describe_row(row, intake, rows);
    row.case_number = make_case_number(act, intake.programme);
    insert_case(act.tx, row);
    JZ_TRY_VOID(write_declaration(act, row, rows));
    insert_facts(act.tx, {.county_code = row.county_code,
                          .case_id = row.id,
                          .revision = 1,
                          .facts = write_facts(household_facts_of(intake, act.county, row.filed_on, act.today)),
                          .reason = "declared",
                          .recorded_by = actor.user,
                          .recorded_at = act.now});
    act.record({.action = "case.filed",
                .subject_kind = "case",
                .subject_id = row.id.to_text(),
                .basis = "DB-2012/9",
                .changes = json::Value().set("case_number", row.case_number)});
    return FiledCase{row, missing_from({row, rows.persons, rows.kin, rows.account}, act.today)};
  });
}

Result<FiledCase> correct_case(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                               const CaseTarget& target, const Intake& intake) {
  JZ_TRY_VOID(require(actor, Permission::case_file, intake.region));
  JZ_TRY_VOID(refuse_contradictions(intake, surroundings.clock.today()));
  if (intake.region.county() != target.county) return refuse(ErrorCode::invalid_input, "case.county_is_fixed");
  return run_use_case(surroundings, actor, target.county, [&](UseCase& act) -> Result<FiledCase> {
    JZ_TRY(CaseRow row, open_case(act, target, Permission::case_file));
    JZ_TRY(const policy::Procedure procedure, procedure_of(world, row));
    JZ_TRY_VOID(refuse_wrong_handlers(act, intake));
    const DeclarationRows rows = to_rows(act, procedure, row, intake);
    describe_row(row, intake, rows);
    release_members(act.tx, row.county_code, row.id);
    delete_declaration(act.tx, row.county_code, row.id);
    JZ_TRY_VOID(write_declaration(act, row, rows));
    JZ_TRY_VOID(revise_facts(act, row, household_facts_of(intake, act.county, row.filed_on, act.today), "corrected"));
    JZ_TRY_VOID(take_step(act, world, row, Action::correct, ""));
    return FiledCase{row, missing_from({row, rows.persons, rows.kin, rows.account}, act.today)};
  });
}

}  // namespace jiuzhu::cases
