#include "modules/appraisals/appraisal_store.hpp"

namespace jiuzhu::appraisals {
namespace {

using db::Statement;

constexpr Statement kInsertSession{
    "appraisals.insert",
    "insert into appraisal_session (county_code, id, case_id, case_version, held_on, place, result, votes_true, "
    "votes_untrue, remarks, recorded_by, recorded_by_name, recorded_at) "
    "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kSessions{
    "appraisals.of_case",
    "select county_code, id, case_id, case_version, held_on, place, result, votes_true, votes_untrue, remarks, "
    "recorded_by, recorded_by_name, recorded_at from appraisal_session "
    "where county_code = ? and case_id = ? order by case_version"};
constexpr Statement kInsertParticipant{
    "appraisals.insert_participant",
    "insert into appraisal_participant (county_code, session_id, position, name, capacity, user_id, is_signed) "
    "values (?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kParticipants{
    "appraisals.participants",
    "select p.county_code, p.session_id, p.position, p.name, p.capacity, p.user_id, p.is_signed "
    "from appraisal_participant p join appraisal_session s on s.county_code = p.county_code and s.id = p.session_id "
    "where s.county_code = ? and s.case_id = ? order by s.case_version, p.position"};

}  // namespace

void insert_session(db::Transaction& tx, const SessionRow& row) { tx.enqueue_row(kInsertSession, row); }
void insert_participant(db::Transaction& tx, const ParticipantRow& row) { tx.enqueue_row(kInsertParticipant, row); }

std::vector<SessionRow> sessions_of(db::Transaction& tx, const std::string& county, cases::CaseId id) {
  return tx.select<SessionRow>(kSessions, county, id);
}

std::vector<ParticipantRow> participants_of(db::Transaction& tx, const std::string& county, cases::CaseId id) {
  return tx.select<ParticipantRow>(kParticipants, county, id);
}

}  // namespace jiuzhu::appraisals
