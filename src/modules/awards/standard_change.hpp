#pragma once
// A new standard, worked out for every award of a county (S1 art. 10; regulation F-10: arrears from the standard's own
// first month). Every award's latest facts are judged again as of the month of change, by the same engine as an
// application. Then:
//   raised     the amount goes up: applied by the officer for all of them at once;
//   raised_by_difference  a person had set the amount, a roster for most: where the officer wants it, it goes up by
//   what the
//              rules give more from that month on;
//   unchanged  nothing to do, no line is kept;
//   open       the rules now give less, nothing, or leave it to a person; or a person had set the amount otherwise:
//   nothing is
//              changed, a named officer decides each (S1 art. 13: no cut without a decision and its reasons).
// A preview is stored first. Applying it writes exactly what was previewed; awards that somebody changed meanwhile are
// skipped and counted, and the next preview finds them.

#include "modules/awards/award_service.hpp"

namespace jiuzhu::awards {

enum class ChangeState { prepared, applied, discarded };
BOOST_DESCRIBE_ENUM(ChangeState, prepared, applied, discarded)

/// `lower`, `not_eligible`, `review`, `set_by_person` are the open ones.
enum class ChangeOutcome { raised, raised_by_difference, lower, not_eligible, review, set_by_person };
BOOST_DESCRIBE_ENUM(ChangeOutcome, raised, raised_by_difference, lower, not_eligible, review, set_by_person)
constexpr bool raises(ChangeOutcome outcome) {
  return outcome == ChangeOutcome::raised || outcome == ChangeOutcome::raised_by_difference;
}

struct ChangeRow {
  std::string county_code;
  ChangeId id;
  cases::CaseProgramme programme = cases::CaseProgramme::urban_minimum_living;
  Month from_month;
  ChangeState state = ChangeState::prepared;
  bool raises_by_difference = false;
  std::string standard_before;  // yuan, per month (urban) or year (rural)
  std::string standard_after;
  std::int64_t award_count = 0;  // active ones of the programme
  std::int64_t raised_count = 0;
  std::int64_t unchanged_count = 0;
  std::int64_t open_count = 0;
  Money amount_before;  // a month, of all
  Money amount_after;
  Money arrears;  // of the months before today's
  std::int64_t skipped_count = 0;
  std::string items_digest;  // SM3 over the lines, as the audit record has it
  UserId prepared_by;
  std::string prepared_by_name;
  Instant prepared_at;
  std::optional<UserId> decided_by;
  std::optional<std::string> decided_by_name;
  std::optional<Instant> decided_at;
};
BOOST_DESCRIBE_STRUCT(ChangeRow, (),
                      (county_code, id, programme, from_month, state, raises_by_difference, standard_before,
                       standard_after, award_count, raised_count, unchanged_count, open_count, amount_before,
                       amount_after, arrears, skipped_count, items_digest, prepared_by, prepared_by_name, prepared_at,
                       decided_by, decided_by_name, decided_at))

struct ChangeItemRow {
  std::string county_code;
  ChangeId change_id;
  AwardId award_id;
  std::int64_t segment = 1;
  ChangeOutcome outcome = ChangeOutcome::raised;
  Month from_month;
  Month until_month = kNoUntilMonth;  // where the award's next line begins
  Money amount_before;
  Money amount_after;
  Money arrears;
  std::int64_t award_version = 1;
  int facts_revision = 1;
  bool is_skipped = false;  // raised, but the award had changed when the change was applied
};
BOOST_DESCRIBE_STRUCT(ChangeItemRow, (),
                      (county_code, change_id, award_id, segment, outcome, from_month, until_month, amount_before,
                       amount_after, arrears, award_version, facts_revision, is_skipped))

/// Works the standard out for all active awards of a programme and stores the preview. Judging happens outside the
/// writing transaction: other officers go on working. Refuses with "standard_change.none" when the rulebook has no new
/// standard from that month on, "standard_change.month_range" (field error), and like policy::assess() for a county
/// without values. `raises_by_difference`: amounts that a person set for months before that one, and before its first
/// day, go up by what the rules give more than in the month before, once for a change; where the rules give no more, or
/// a later amount stands, they stay open.
Result<ChangeRow> prepare_change(const Surroundings& surroundings, const cases::CaseWorld& world, const Actor& actor,
                                 const RegionCode& county, cases::CaseProgramme programme, Month from,
                                 bool raises_by_difference = false);

/// By an officer who may change awards. Refuses with "standard_change.not_found", "standard_change.decided_already".
Result<ChangeRow> apply_change(const Surroundings& surroundings, const Actor& actor, const RegionCode& county,
                               ChangeId id);
Result<ChangeRow> discard_change(const Surroundings& surroundings, const Actor& actor, const RegionCode& county,
                                 ChangeId id);

struct ChangeLine {
  ChangeItemRow item;
  bool is_applied = false;
  // Of the award today: whoever works on the open lines sees which of them somebody has dealt with.
  AwardState state_now = AwardState::active;
  Money amount_now;
  std::string case_number;
  cases::CaseId case_id;
  std::string holder_name;
  RegionCode region;
};
struct ChangeFilter {
  std::optional<ChangeOutcome> outcome = {};
  bool is_skipped_only = false;
  std::string after_award = {};  // the last line of the page before …
  std::int64_t after_segment = 0;
  int limit = 50;
};
struct ChangeFile {
  ChangeRow row;
  std::vector<ChangeLine> lines;  // by award
};
Result<ChangeFile> read_change(const Surroundings& surroundings, const Actor& actor, const RegionCode& county,
                               ChangeId id, const ChangeFilter& filter);
/// The county's, newest first, before `before_id` unless it is empty.
Result<std::vector<ChangeRow>> find_changes(const Surroundings& surroundings, const Actor& actor,
                                            const RegionCode& county, const std::string& before_id, int limit);

}  // namespace jiuzhu::awards
