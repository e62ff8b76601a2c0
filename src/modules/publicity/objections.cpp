// Objections of the public to a proposed benefit, and their handling.

#include "base/text.hpp"
#include "modules/cases/recusal.hpp"
#include "modules/publicity/publicity_service.hpp"

namespace jiuzhu::publicity {
namespace {

using cases::CaseRow;
using cases::CaseTarget;
using cases::CaseWorld;
using cases::State;

/// From the notice until the decision; a late objection still keeps the approver from deciding.
bool takes_objections(State state) {
  return state == State::township_publicity || state == State::county_review || state == State::county_publicity ||
         state == State::awaiting_decision;
}

std::optional<NoticeRow> last_notice(db::Transaction& tx, const CaseRow& row) {
  auto notices = notices_of(tx, row.county_code, row.id);
  if (notices.empty()) return std::nullopt;
  return std::move(notices.back());
}

Status check_objection(const NewObjection& objection, const NoticeRow& notice, Date today) {
  std::vector<FieldError> problems;
  if (objection.received_on < notice.posted_on || objection.received_on > today) {
    problems.push_back({"/received_on", "objection.received_on_out_of_range", {{"from", notice.posted_on.to_text()}}});
  }
  if (trim(objection.content).empty()) problems.push_back({"/content", "field.empty"});
  if (objection.objector && trim(*objection.objector).empty()) problems.push_back({"/objector", "field.empty"});
  if (problems.empty()) return {};
  return refuse(Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = std::move(problems)});
}

Result<ObjectionRow> find_objection(db::Transaction& tx, const CaseRow& row, ObjectionId id) {
  for (ObjectionRow& objection : objections_of(tx, row.county_code, row.id)) {
    if (objection.id == id) return std::move(objection);
  }
  return refuse(ErrorCode::not_found, "objection.not_found");
}

std::string law_of(const policy::Procedure& procedure) {
  const auto& law = procedure.decision_working_days_after_objection.articles;
  return law.empty() ? "" : law.front();
}

Status handle(UseCase& act, const CaseWorld& world, const CaseRow& row, const ObjectionHandling& handling,
              ObjectionOutcome outcome) {
  JZ_TRY(const policy::Procedure procedure, cases::procedure_of(world, row));
  JZ_TRY(ObjectionRow objection, find_objection(act.tx, row, handling.objection));
  if (objection.outcome != ObjectionOutcome::open) return refuse(ErrorCode::conflict, "objection.handled");
  if (trim(handling.reasons).empty()) {
    return refuse(
        Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = {{"/reasons", "field.empty"}}});
  }
  objection.outcome = outcome;
  objection.handling = handling.reasons;
  objection.handled_by = act.actor.user;
  objection.handled_by_name = act.actor.name;
  objection.handled_on = act.today;
  update_objection(act.tx, objection);
  act.record({.action = "objection." + std::string(enum_text(outcome)),
              .subject_kind = "case",
              .subject_id = row.id.to_text(),
              .basis = law_of(procedure),
              .changes = json::Value().set("objection", objection.id.to_text())});
  return {};
}

}  // namespace

Result<RecordedObjection> record_objection(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                                           const CaseTarget& target, const NewObjection& objection) {
  return run_use_case(surroundings, actor, target.county, [&](UseCase& act) -> Result<RecordedObjection> {
    JZ_TRY(const CaseRow row, cases::open_case(act, target, Permission::objection_record));
    JZ_TRY(const policy::Procedure procedure, cases::procedure_of(world, row));
    const auto notice = last_notice(act.tx, row);
    if (!notice || !takes_objections(row.state)) return refuse(ErrorCode::conflict, "objection.no_notice");
    JZ_TRY_VOID(check_objection(objection, *notice, act.today));
    ObjectionRow recorded{.county_code = row.county_code,
                          .id = act.new_id<ObjectionId>(),
                          .case_id = row.id,
                          .notice_id = notice->id,
                          .received_on = objection.received_on,
                          .channel = objection.channel,
                          .objector = {},
                          .content = objection.content,
                          .recorded_by = actor.user,
                          .recorded_by_name = actor.name,
                          .recorded_on = act.today};
    if (objection.objector) recorded.objector = act.vault().seal(*objection.objector, kObjectorContext);
    insert_objection(act.tx, recorded);
    act.record(
        {.action = "objection.recorded",
         .subject_kind = "case",
         .subject_id = row.id.to_text(),
         .basis = law_of(procedure),
         .changes =
             json::Value().set("objection", recorded.id.to_text()).set("channel", enum_text(objection.channel))});
    return RecordedObjection{row, recorded.id};
  });
}

Result<CaseRow> dismiss_objection(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                                  const CaseTarget& target, const ObjectionHandling& handling) {
  return run_use_case(surroundings, actor, target.county, [&](UseCase& act) -> Result<CaseRow> {
    JZ_TRY(const CaseRow row, cases::open_case(act, target, Permission::objection_record));
    JZ_TRY_VOID(handle(act, world, row, handling, ObjectionOutcome::dismissed));
    return row;
  });
}

Result<CaseRow> uphold_objection(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                                 const CaseTarget& target, const ObjectionHandling& handling) {
  return run_use_case(surroundings, actor, target.county, [&](UseCase& act) -> Result<CaseRow> {
    JZ_TRY(CaseRow row, cases::open_case(act, target, Permission::objection_record));
    JZ_TRY_VOID(handle(act, world, row, handling, ObjectionOutcome::upheld));
    const auto action =
        row.state == State::county_review ? cases::Action::reinvestigate : cases::Action::uphold_objection;
    row.proposed_amount.reset();
    JZ_TRY_VOID(cases::take_step(act, world, row, action, handling.reasons));
    remove_notices(act.tx, row.county_code, row.id, act.today);
    return row;
  });
}

Result<std::string> reveal_objector(const Surroundings& surroundings, const Actor& actor, const RegionCode& county,
                                    cases::CaseId id, ObjectionId objection, const std::string& reason) {
  // Whoever objects is protected: only those who handle the objection need to know.
  JZ_TRY_VOID(require(actor, Permission::identifier_reveal));
  return run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<std::string> {
    JZ_TRY(const CaseRow row, cases::find_visible_case(act, id, Permission::objection_record));
    JZ_TRY_VOID(cases::refuse_kin(act.tx, act.actor, row.county_code, id));
    JZ_TRY(const ObjectionRow found, find_objection(act.tx, row, objection));
    if (!found.objector) return refuse(ErrorCode::not_found, "objection.anonymous");
    act.record({.action = "objection.objector_revealed",
                .subject_kind = "case",
                .subject_id = id.to_text(),
                .basis = reason,
                .changes = json::Value().set("objection", objection.to_text())});
    return act.vault().open(*found.objector, kObjectorContext);
  });
}

}  // namespace jiuzhu::publicity
