#include "modules/cases/kin_filing.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "kernel/identity/kin.hpp"
#include "kernel/identity/person_name.hpp"
#include "modules/access/access_store.hpp"

namespace jiuzhu::cases {
namespace {

bool is_account_of(db::Transaction& tx, UserId account, const std::string& name) {
  const auto user = access::find_user(tx, account);
  if (!user) return false;
  const auto known = PersonName::parse(user->name);
  const auto named = PersonName::parse(name);
  return known && named && known->text() == named->text();
}

Status refuse_fields(std::vector<FieldError> problems) {
  if (problems.empty()) return {};
  return refuse(Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = std::move(problems)});
}

Status check_late_kin(UseCase& act, const CaseRow& row, const LateKin& kin) {
  std::vector<FieldError> problems;
  const auto persons = persons_of(act.tx, row.county_code, row.id);
  const bool is_member = std::ranges::any_of(persons, [&](const PersonRow& person) {
    return person.role == PersonRole::member && person.person_key == kin.handler.person;
  });
  if (!is_member) problems.push_back({"/person", "intake.person_unknown"});
  const auto name = PersonName::parse(kin.handler.handler_name);
  if (!name) problems.push_back({"/handler_name", name.error().key, name.error().params});
  if (!relation_of_kinship_code(kin.handler.relation_code)) {
    problems.push_back({"/relation_code", "intake.relation_unknown"});
  }
  if (kin.handler.handler && name && !is_account_of(act.tx, *kin.handler.handler, name->text())) {
    problems.push_back({"/handler", "intake.handler_account_differs"});
  }
  if (trim(kin.reason).empty()) problems.push_back({"/reason", "field.empty"});
  return refuse_fields(std::move(problems));
}

bool is_same(const KinRow& known, const LateKin& kin) {
  return known.person_key == kin.handler.person && known.handler_name == kin.handler.handler_name &&
         known.handler_user == kin.handler.handler && known.relation_code == kin.handler.relation_code;
}

}  // namespace

Status refuse_wrong_handlers(UseCase& act, const Intake& intake) {
  std::vector<FieldError> problems;
  if (!intake.kin) return {};
  for (std::size_t i = 0; i < intake.kin->handlers.size(); ++i) {
    const IntakeHandlerKin& handler = intake.kin->handlers[i];
    if (!handler.handler || is_account_of(act.tx, *handler.handler, handler.handler_name)) continue;
    problems.push_back({"/kin/handlers/" + std::to_string(i) + "/handler", "intake.handler_account_differs"});
  }
  return refuse_fields(std::move(problems));
}

Result<CaseRow> add_kin(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                        const CaseTarget& target, const LateKin& kin) {
  return run_use_case(surroundings, actor, target.county, [&](UseCase& act) -> Result<CaseRow> {
    JZ_TRY(CaseRow row, open_case(act, target, Permission::objection_record));
    if (row.state == State::filed) return refuse(ErrorCode::conflict, "kin.correct_declaration");
    // A benefit that is drawn is checked all the same (notice 2(2)); an application that is over is not.
    if (!is_open(row.state) && row.state != State::approved) return refuse(ErrorCode::conflict, "kin.case_closed");
    JZ_TRY_VOID(check_late_kin(act, row, kin));
    const auto known = kin_of(act.tx, row.county_code, row.id);
    if (std::ranges::any_of(known, [&](const KinRow& each) { return is_same(each, kin); })) {
      return refuse(ErrorCode::conflict, "kin.known_already");
    }
    JZ_TRY(const policy::Procedure procedure, procedure_of(world, row));
    const KinRow added{.county_code = row.county_code,
                       .case_id = row.id,
                       .position = known.empty() ? 0 : known.back().position + 1,
                       .person_key = kin.handler.person,
                       .handler_user = kin.handler.handler,
                       .handler_name = PersonName::parse(kin.handler.handler_name)->text(),
                       .handler_post = kin.handler.handler_post,
                       .relation_code = kin.handler.relation_code,
                       .outcome = std::string(enum_text(procedure.kin_outcome(kin.handler.relation_code))),
                       .added_on = act.today,
                       .added_by_name = act.actor.name,
                       .added_reason = kin.reason};
    insert_kin(act.tx, added);
    row.is_kin_filed = row.is_kin_filed || is_filed(added);
    update_case(act.tx, row);
    // Whose kin it is stays in the file: the audit record is read by people who may not see it.
    act.record({.action = "case.kin_added",
                .subject_kind = "case",
                .subject_id = row.id.to_text(),
                .basis = "SX-2019/2-2",
                .changes = json::Value().set("outcome", added.outcome)});
    return row;
  });
}

}  // namespace jiuzhu::cases
