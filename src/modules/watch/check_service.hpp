#pragma once
// Checks of everybody in benefit in a township or a county against all registers that the county uses (notice 2(5):
// 定期核对). A check is a job; it says for each household what a report says for an application, and opens alerts for
// what is news.

#include "modules/verification/lookup.hpp"
#include "modules/watch/alert_service.hpp"

namespace jiuzhu::watch {

void provide_check_jobs(jobs::Runner& runner, const std::shared_ptr<const WatchWorld>& world);

/// A check with its job looked at.
struct Check {
  CheckRow row;
  std::optional<jobs::JobRow> job;  // while it runs
  std::optional<Error> refusal;     // why it came to nothing
};

/// Asks for a check of the region, which lies in the actor's own. Needs Permission::recipient_check. Refuses with
/// "watch.check_running", so that nobody starts a second one by accident, and "verification.no_registers".
Result<Check> request_check(const WatchWorld& world, const Actor& actor, const RegionCode& region);
/// Ends what runs; nothing of it is kept. Refuses with "watch.check_not_found" and "watch.check_not_running".
Status cancel_check(const WatchWorld& world, jobs::Runner& runner, const Actor& actor, const RegionCode& county,
                    CheckId id);

/// Need Permission::alert_read. A township sees the checks of its county, and its own households in them.
Result<Check> read_check(const WatchWorld& world, const Actor& actor, const RegionCode& county, CheckId id);
Result<std::vector<Check>> find_checks(const WatchWorld& world, const Actor& actor, const std::string& before_id,
                                       int limit);
Result<std::vector<CheckedRow>> find_checked_households(const WatchWorld& world, const Actor& actor,
                                                        const RegionCode& county, CheckId id,
                                                        std::optional<verification::ReportOutcome> outcome,
                                                        const CheckedCursor& after, int limit);

/// One household's answer. Reading it is recorded. Refuses with "watch.check_not_found".
struct CheckedHousehold {
  CheckedRow row;
  verification::LookupAnswer answer;
  std::vector<cases::PersonRow> persons;
};
Result<CheckedHousehold> read_checked_household(const WatchWorld& world, const Actor& actor, const RegionCode& county,
                                                CheckId id, awards::AwardId award);

}  // namespace jiuzhu::watch
