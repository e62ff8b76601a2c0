// Taking an application down, and correcting it before acceptance.

#include "kernel/identity/bank_account.hpp"
#include "kernel/identity/citizen_number.hpp"
#include "kernel/identity/person_name.hpp"
#include "kernel/identity/phone_number.hpp"
#include "modules/cases/case_service.hpp"
#include "modules/cases/completeness.hpp"
#include "modules/cases/facts_json.hpp"
#include "modules/cases/time_limits.hpp"

namespace jiuzhu::cases {
namespace {

/// The rows of one declaration, ready to be written.
struct DeclarationRows {
  std::vector<PersonRow> persons;
  std::vector<KinRow> kin;
  std::optional<AccountRow> account;
};

PersonRow to_row(const Vault& vault, const CaseRow& row, const IntakePerson& person, Date today) {
  const CitizenNumber number = *CitizenNumber::parse(person.citizen_number, today);
  PersonRow out{.county_code = row.county_code,
                .case_id = row.id,
                .person_key = person.key,
                .role = person.role,
                .name = PersonName::parse(person.name)->text(),
                .birth_date = number.birth_date(),
                .citizen_number = vault.seal(number.reveal(), kCitizenNumberContext),
                .citizen_index = vault.index(number.reveal(), kCitizenNumberContext).to_text(),
                .citizen_number_masked = number.masked(),
                .authorised_on = person.authorised_on,
                .authorised_by = person.authorised_by};
  if (person.phone) out.phone = vault.seal(PhoneNumber::parse(*person.phone)->reveal(), kPhoneContext);
  return out;
}

DeclarationRows to_rows(const Vault& vault, const policy::Procedure& procedure, const CaseRow& row,
                        const Intake& intake, Date today) {
  DeclarationRows rows;
  for (const IntakePerson& person : intake.persons) rows.persons.push_back(to_row(vault, row, person, today));
  if (intake.kin) {
    for (const IntakeHandlerKin& handler : intake.kin->handlers) {
      rows.kin.push_back({.county_code = row.county_code,
                          .case_id = row.id,
                          .position = static_cast<int>(rows.kin.size()),
                          .person_key = handler.person,
                          .handler_user = handler.handler,
                          .handler_name = handler.handler_name,
                          .handler_post = handler.handler_post,
                          .relation_code = handler.relation_code,
                          .outcome = std::string(enum_text(procedure.kin_outcome(handler.relation_code)))});
    }
  }
  if (intake.account) {
    const auto kind =
        intake.account->kind == AccountKind::bank_card ? BankAccountKind::bank_card : BankAccountKind::passbook;
    const BankAccount account = *BankAccount::parse(kind, intake.account->number);
    rows.account = AccountRow{.county_code = row.county_code,
                              .case_id = row.id,
                              .kind = std::string(enum_text(intake.account->kind)),
                              .number = vault.seal(account.reveal(), kAccountContext),
                              .number_masked = account.masked(),
                              .holder_key = intake.account->holder,
                              .bank = intake.account->bank};
  }
  return rows;
}

void describe_row(CaseRow& row, const Intake& intake, const DeclarationRows& rows) {
  row.programme = intake.programme;
  row.region = intake.region;
  row.member_count = 0;
  for (const PersonRow& person : rows.persons) row.member_count += person.role == PersonRole::member;
  for (const auto& member : intake.facts.members) {
    if (member.relation != policy::Relation::self) continue;
    for (const PersonRow& person : rows.persons) {
      if (person.person_key == member.key) row.applicant_name = person.name;
    }
  }
  row.is_promise_given = intake.promise_given;
  row.is_kin_asked = intake.kin.has_value();
  row.is_kin_filed = false;
  for (const KinRow& kin : rows.kin)
    row.is_kin_filed = row.is_kin_filed || kin.outcome == "filed" || kin.outcome == "clarify";
  row.entrusted_to = intake.entrusted_to;
}

/// A member who stands in another application, or already draws a benefit, is named by place, not by number. The
/// filing of the county must be locked: two that name the same person must not both find nobody.
Status refuse_doubles(UseCase& act, const CaseRow& row, const DeclarationRows& rows) {
  std::vector<std::string> members;
  for (const PersonRow& person : rows.persons) {
    if (person.role == PersonRole::member) members.push_back(person.citizen_index);
  }
  const auto others = other_applications(act.tx, members, row.id);
  std::vector<FieldError> problems;
  for (std::size_t i = 0; i < rows.persons.size(); ++i) {
    for (const OtherApplication& other : others) {
      if (rows.persons[i].role != PersonRole::member || rows.persons[i].citizen_index != other.citizen_index) continue;
      problems.push_back({"/persons/" + std::to_string(i) + "/citizen_number",
                          "case.person_elsewhere",
                          {{"case_number", other.case_number}}});
    }
  }
  if (problems.empty()) return {};
  return refuse(Error{.code = ErrorCode::conflict,
                      .key = "case.persons_elsewhere",
                      .fields = std::move(problems),
                      .law = {"SA-2014/9"}});
}

void write_declaration(UseCase& act, const DeclarationRows& rows) {
  for (const PersonRow& person : rows.persons) insert_person(act.tx, person);
  for (const KinRow& kin : rows.kin) insert_kin(act.tx, kin);
  if (rows.account) insert_account(act.tx, *rows.account);
}

Status refuse_contradictions(const Intake& intake, Date today) {
  auto problems = contradictions_in(intake, today);
  if (problems.empty()) return {};
  return refuse(Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = std::move(problems)});
}

/// Takes the county's next number, which locks its filing until the transaction ends.
std::string take_case_number(UseCase& act, const CaseRow& row) {
  const std::string year = std::to_string(row.filed_on.year());
  std::string digits = std::to_string(next_case_number(act.tx, row.county_code, row.filed_on.year()));
  if (digits.size() < 6) digits.insert(0, 6 - digits.size(), '0');
  const char* letter = row.programme == CaseProgramme::urban_minimum_living ? "U" : "R";
  return row.county_code + letter + year + digits;
}

}  // namespace

Result<FiledCase> file_case(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                            const Intake& intake) {
  JZ_TRY_VOID(require(actor, Permission::case_file, intake.region));
  const Date today = surroundings.clock.today();
  JZ_TRY_VOID(refuse_contradictions(intake, today));
  const RegionCode county = intake.region.county();
  CaseRow declared{.county_code = county.to_text(),
                   .id = make_id<CaseId>(surroundings.clock, surroundings.random),
                   .filed_on = today,
                   .entered_on = today,
                   .created_by = actor.user};
  declared.region = intake.region;
  // Sealing and printing cost more than the statements: they are done before the transaction, where nobody waits.
  JZ_TRY(const policy::Procedure procedure, procedure_of(world, declared));
  const DeclarationRows rows = to_rows(surroundings.vault, procedure, declared, intake, today);
  describe_row(declared, intake, rows);
  const std::string facts = write_facts(household_facts_of(intake, county, today, today));
  return run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<FiledCase> {
    CaseRow row = declared;
    row.case_number = take_case_number(act, row);
    JZ_TRY_VOID(refuse_doubles(act, row, rows));
    insert_case(act.tx, row);
    write_declaration(act, rows);
    insert_facts(act.tx, {.county_code = row.county_code,
                          .case_id = row.id,
                          .revision = 1,
                          .facts = facts,
                          .reason = "declared",
                          .recorded_by = actor.user,
                          .recorded_at = act.now});
    act.record({.action = "case.filed",
                .subject_kind = "case",
                .subject_id = row.id.to_text(),
                .basis = "DB-2012/9",
                .changes = json::Value().set("case_number", row.case_number)});
    return FiledCase{row, missing_from({row, rows.persons, rows.kin, rows.account}, today)};
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
    const DeclarationRows rows = to_rows(act.vault(), procedure, row, intake, act.today);
    describe_row(row, intake, rows);
    lock_filing(act.tx, row.county_code, act.today.year());
    JZ_TRY_VOID(refuse_doubles(act, row, rows));
    delete_declaration(act.tx, row.county_code, row.id);
    write_declaration(act, rows);
    JZ_TRY_VOID(revise_facts(act, row, household_facts_of(intake, act.county, row.filed_on, act.today), "corrected"));
    JZ_TRY_VOID(take_step(act, world, row, Action::correct, ""));
    return FiledCase{row, missing_from({row, rows.persons, rows.kin, rows.account}, act.today)};
  });
}

}  // namespace jiuzhu::cases
