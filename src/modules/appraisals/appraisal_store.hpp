#pragma once
// All SQL of the module, and its rows.

#include <optional>
#include <string>
#include <vector>

#include "modules/cases/case_store.hpp"

namespace jiuzhu::appraisals {

using SessionId = Id<struct AppraisalSessionTag>;

/// In which capacity somebody takes part (S2 art. 22).
enum class Capacity {
  township_staff,      // 乡镇(街道)工作人员
  county_staff,        // 县级民政部门派员
  party_member,        // 村(居)党组织成员
  committee_member,    // 村(居)委会成员
  party_delegate,      // 熟悉村(居)民情况的党员代表
  residents_delegate,  // 村(居)民代表
};
BOOST_DESCRIBE_ENUM(Capacity, township_staff, county_staff, party_member, committee_member, party_delegate,
                    residents_delegate)

/// On the truth of what the family declared and the visit found, not on whether people like them (S2 art. 21).
enum class AppraisalResult {
  holds_true,  // 情况属实
  untrue,      // 情况不属实
  disputed,    // 争议较大
};
BOOST_DESCRIBE_ENUM(AppraisalResult, holds_true, untrue, disputed)

struct SessionRow {
  std::string county_code;
  SessionId id;
  cases::CaseId case_id;
  std::int64_t case_version = 0;
  Date held_on;
  std::string place;
  AppraisalResult result = AppraisalResult::disputed;
  std::optional<int> votes_true;  // where a vote was taken; the township's staff conclude (S2 art. 23)
  std::optional<int> votes_untrue;
  std::string remarks;
  UserId recorded_by;
  std::string recorded_by_name;
  Instant recorded_at;
};
BOOST_DESCRIBE_STRUCT(SessionRow, (),
                      (county_code, id, case_id, case_version, held_on, place, result, votes_true, votes_untrue,
                       remarks, recorded_by, recorded_by_name, recorded_at))

struct ParticipantRow {
  std::string county_code;
  SessionId session_id;
  int position = 0;
  std::string name;
  Capacity capacity = Capacity::residents_delegate;
  std::optional<UserId> user_id;
  bool is_signed = false;
};
BOOST_DESCRIBE_STRUCT(ParticipantRow, (), (county_code, session_id, position, name, capacity, user_id, is_signed))

void insert_session(db::Transaction& tx, const SessionRow& row);
void insert_participant(db::Transaction& tx, const ParticipantRow& row);

/// Oldest first.
std::vector<SessionRow> sessions_of(db::Transaction& tx, const std::string& county, cases::CaseId id);
std::vector<ParticipantRow> participants_of(db::Transaction& tx, const std::string& county, cases::CaseId id);

}  // namespace jiuzhu::appraisals
