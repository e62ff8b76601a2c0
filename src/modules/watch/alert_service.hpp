#pragma once
// Alerts: opened when registers bring news of a household in benefit, looked at by the township, decided by the county
// (notice 2(1), 2(5); S1 art. 13). An alert never changes a benefit by itself.

#include "modules/awards/award_service.hpp"
#include "modules/registers/delivery_service.hpp"
#include "modules/watch/alert_rules.hpp"
#include "modules/watch/watched_people.hpp"

namespace jiuzhu::watch {

/// What the watch works with. Immutable; any thread.
struct WatchWorld {
  const Surroundings& surroundings;
  const cases::CaseWorld& cases;
  std::shared_ptr<const registers::RegisterWorld> hall;
};

/// Opens alerts for what is news in `answers`; `places`: the registers of the catalogue that were asked. A fact wakes
/// the watch once: what is known is not told again, unless its alert was muted until a day that is over. Gives the
/// number of alerts that were opened or woken. Part of another act.
Result<std::int64_t> open_alerts(UseCase& act, const cases::CaseWorld& world, const sieve::Catalogue& catalogue,
                                 const std::map<std::string, WatchedRow>& households, const registers::Answers& answers,
                                 std::span<const std::size_t> places);

/// How deliveries reach the watch. All must outlive it.
registers::DeliveryWatch watch_deliveries(const Surroundings& surroundings, const cases::CaseWorld& cases,
                                          const sieve::Catalogue& catalogue);

struct AlertTarget {
  RegionCode county;
  AlertId id;
  std::int64_t version = 0;
};

/// What the township's visit found, what the household says to it, and what the township proposes. Needs
/// Permission::alert_check; kin stay out. Refuses with "watch.alert_not_found", "watch.changed_meanwhile",
/// "watch.alert_closed", "case.recusal" and field errors.
struct AlertCheck {
  std::string found;
  std::string household_statement;
  AlertOutcome proposal = AlertOutcome::keep;
};
Result<AlertRow> check_alert(const WatchWorld& world, const Actor& actor, const AlertTarget& target,
                             const AlertCheck& check);

/// The county's decision. To keep needs only a note; to raise, cut or stop changes the benefit in the same act, with
/// its written reasons and its notice. Needs Permission::alert_decide. Refuses besides with "watch.not_checked": the
/// township looks first, with "watch.wrong_direction" where a cut is none, and like awards::adjust_award() and
/// awards::end_award().
struct AlertDecision {
  AlertOutcome outcome = AlertOutcome::keep;
  std::string note;
  std::optional<awards::Adjustment> adjustment = {};  // to raise or cut
  std::optional<awards::Ending> ending = {};          // to stop
};
Result<AlertRow> decide_alert(const WatchWorld& world, const Actor& actor, const AlertTarget& target,
                              const AlertDecision& decision);

/// A false alarm is silent until a day; new facts open another alert before it. Needs Permission::alert_mute.
struct AlertMute {
  std::string reason;
  Date until;
};
Result<AlertRow> mute_alert(const WatchWorld& world, const Actor& actor, const AlertTarget& target,
                            const AlertMute& mute);

struct AlertFile {
  AlertRow row;
  std::vector<FactRow> facts;
  awards::AwardRow award;
};
/// Needs Permission::alert_read; recorded.
Result<AlertFile> read_alert(const WatchWorld& world, const Actor& actor, const RegionCode& county, AlertId id);
Result<std::vector<AlertRow>> find_alerts(const WatchWorld& world, const Actor& actor, AlertFilter filter);
/// Households that wait for a visit, without what registers say: villages see only the task, and nobody that of his
/// kin. Needs Permission::visit_record.
struct VisitPage {
  std::vector<VisitTask> tasks;
  std::optional<CheckedCursor> next;
};
Result<VisitPage> find_visits(const WatchWorld& world, const Actor& actor, const CheckedCursor& after, int limit);
Result<std::vector<AlertCount>> total_alerts(const WatchWorld& world, const Actor& actor);

}  // namespace jiuzhu::watch
