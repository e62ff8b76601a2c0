#include "modules/appraisals/appraisal_service.hpp"

#include <algorithm>

#include "modules/access/access_store.hpp"
#include "modules/cases/recusal.hpp"
#include "modules/cases/step_history.hpp"

namespace jiuzhu::appraisals {
namespace {

using cases::Action;
using cases::CaseRow;
using cases::CaseTarget;
using cases::CaseWorld;
using cases::State;

std::vector<UserId> known_users_of(UseCase& act, const AppraisalDraft& draft) {
  std::vector<UserId> users;
  for (const Participant& participant : draft.participants) {
    if (!participant.user) continue;
    const auto user = access::find_user(act.tx, *participant.user);
    if (user && !user->is_disabled) users.push_back(*participant.user);
  }
  return users;
}

void write_session(UseCase& act, const SessionRow& session, const AppraisalDraft& draft, const std::string& law) {
  insert_session(act.tx, session);
  for (std::size_t i = 0; i < draft.participants.size(); ++i) {
    const Participant& participant = draft.participants[i];
    insert_participant(act.tx, {.county_code = session.county_code,
                                .session_id = session.id,
                                .position = static_cast<int>(i),
                                .name = participant.name,
                                .capacity = participant.capacity,
                                .user_id = participant.user,
                                .is_signed = participant.is_signed});
  }
  act.record({.action = "appraisal.recorded",
              .subject_kind = "case",
              .subject_id = session.case_id.to_text(),
              .basis = law,
              .changes = json::Value()
                             .set("session", session.id.to_text())
                             .set("result", enum_text(session.result))
                             .set("participants", draft.participants.size())});
}

/// Sessions since the case last came to be investigated; earlier ones judged what was then found wanting.
std::vector<SessionRow> current_sessions(db::Transaction& tx, const CaseRow& row) {
  const auto since = cases::last_entry(cases::steps_of(tx, row.county_code, row.id), State::investigating);
  std::vector<SessionRow> sessions = sessions_of(tx, row.county_code, row.id);
  std::erase_if(sessions, [&](const SessionRow& session) { return session.case_version <= since; });
  return sessions;
}

/// check_valid() of the current sessions, none of which may have had kin of the family in it: they may come out later.
Status check_sessions(db::Transaction& tx, const CaseRow& row, const policy::Procedure& procedure) {
  const auto sessions = current_sessions(tx, row);
  JZ_TRY_VOID(check_valid(sessions, row.state, procedure));
  const auto kin = cases::kin_of(tx, row.county_code, row.id);
  if (kin.empty() || sessions.empty()) return {};
  for (const ParticipantRow& participant : participants_of(tx, row.county_code, row.id)) {
    const bool is_current = std::ranges::find(sessions, participant.session_id, &SessionRow::id) != sessions.end();
    if (is_current && cases::is_declared_kin(kin, participant.user_id, participant.name)) {
      return refuse_by_rule("appraisal.attended_by_kin", {"SX-2019/2-2", "DB-2012/14"});
    }
  }
  return {};
}

}  // namespace

Result<CaseRow> record_appraisal(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                                 const CaseTarget& target, const AppraisalDraft& draft) {
  return run_use_case(surroundings, actor, target.county, [&](UseCase& act) -> Result<CaseRow> {
    JZ_TRY(CaseRow row, cases::open_case(act, target, Permission::appraisal_record));
    JZ_TRY(const policy::Procedure procedure, cases::procedure_of(world, row));
    if (!may_be_held_in(row.state, procedure)) {
      return refuse(ErrorCode::conflict, "appraisal.not_in_this_state", {{"state", std::string(enum_text(row.state))}});
    }
    const auto users = known_users_of(act, draft);
    const auto persons = cases::persons_of(act.tx, row.county_code, row.id);
    const auto kin = cases::kin_of(act.tx, row.county_code, row.id);
    const AppraisalSetting setting{users, persons, kin, procedure, row.entered_on, act.today};
    auto faults = faults_in(draft, setting);
    if (!faults.empty()) {
      return refuse(Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = std::move(faults)});
    }
    JZ_TRY_VOID(check_lawful(draft, setting));
    const SessionRow session{.county_code = row.county_code,
                             .id = act.new_id<SessionId>(),
                             .case_id = row.id,
                             .case_version = row.version,
                             .held_on = draft.held_on,
                             .place = draft.place,
                             .result = draft.result,
                             .votes_true = draft.votes_true,
                             .votes_untrue = draft.votes_untrue,
                             .remarks = draft.remarks,
                             .recorded_by = act.actor.user,
                             .recorded_by_name = act.actor.name,
                             .recorded_at = act.now};
    const auto& law = procedure.appraisal.articles;
    write_session(act, session, draft, law.empty() ? "" : law.front());
    if (row.state == State::appraising) {
      const bool is_disputed = draft.result == AppraisalResult::disputed;
      JZ_TRY_VOID(cases::take_step(act, world, row, is_disputed ? Action::dispute_appraisal : Action::accept_appraisal,
                                   draft.remarks));
    }
    return row;
  });
}

Result<AppraisalFile> read_appraisals(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                                      const RegionCode& county, cases::CaseId id) {
  return run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<AppraisalFile> {
    JZ_TRY(const CaseRow row, cases::find_visible_case(act, id, Permission::case_read));
    JZ_TRY(const policy::Procedure procedure, cases::procedure_of(world, row));
    AppraisalFile file{.sessions = {}, .is_required = is_required(procedure), .obstacle = {}};
    const auto current = current_sessions(act.tx, row);
    if (const Status valid = check_sessions(act.tx, row, procedure); !valid) file.obstacle = valid.error();
    for (SessionRow& session : sessions_of(act.tx, row.county_code, id)) {
      const bool counts = std::ranges::find(current, session.id, &SessionRow::id) != current.end();
      file.sessions.push_back({.session = std::move(session), .participants = {}, .counts = counts});
    }
    for (ParticipantRow& participant : participants_of(act.tx, row.county_code, id)) {
      std::ranges::find_if(file.sessions, [&](const AppraisalRecord& record) {
        return record.session.id == participant.session_id;
      })->participants.push_back(std::move(participant));
    }
    act.record({.action = "appraisal.read", .subject_kind = "case", .subject_id = id.to_text()});
    return file;
  });
}

void provide_appraisal_needs(CaseWorld& world) {
  world.needs.provide(cases::Need::valid_appraisal, [](const cases::NeedContext& context) {
    return check_sessions(context.tx, context.row, context.procedure);
  });
}

}  // namespace jiuzhu::appraisals
