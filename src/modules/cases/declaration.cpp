#include "modules/cases/declaration.hpp"

#include "kernel/identity/bank_account.hpp"
#include "kernel/identity/citizen_number.hpp"
#include "kernel/identity/person_name.hpp"
#include "kernel/identity/phone_number.hpp"
#include "modules/cases/kin_filing.hpp"

namespace jiuzhu::cases {
namespace {

PersonRow to_row(const UseCase& act, const CaseRow& row, const IntakePerson& person) {
  const CitizenNumber number = *CitizenNumber::parse(person.citizen_number, act.today);
  PersonRow out{.county_code = row.county_code,
                .case_id = row.id,
                .person_key = person.key,
                .role = person.role,
                .name = PersonName::parse(person.name)->text(),
                .birth_date = number.birth_date(),
                .citizen_number = act.vault().seal(number.reveal(), kCitizenNumberContext),
                .citizen_index = act.vault().index(number.reveal(), kCitizenNumberContext).to_text(),
                .citizen_number_masked = number.masked(),
                .authorised_on = person.authorised_on,
                .authorised_by = person.authorised_by};
  if (person.phone) out.phone = act.vault().seal(PhoneNumber::parse(*person.phone)->reveal(), kPhoneContext);
  return out;
}

}  // namespace

DeclarationRows to_rows(const UseCase& act, const policy::Procedure& procedure, const CaseRow& row,
                        const Intake& intake) {
  DeclarationRows rows;
  for (const IntakePerson& person : intake.persons) rows.persons.push_back(to_row(act, row, person));
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
                              .number = act.vault().seal(account.reveal(), kAccountContext),
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
  for (const KinRow& kin : rows.kin) row.is_kin_filed = row.is_kin_filed || is_filed(kin);
  row.entrusted_to = intake.entrusted_to;
}

std::string case_number_of(const std::string& county, CaseProgramme programme, int year, std::int64_t number) {
  std::string digits = std::to_string(number);
  if (digits.size() < 6) digits.insert(0, 6 - digits.size(), '0');
  const char* letter = programme == CaseProgramme::urban_minimum_living ? "U" : "R";
  return county + letter + std::to_string(year) + digits;
}

}  // namespace jiuzhu::cases
