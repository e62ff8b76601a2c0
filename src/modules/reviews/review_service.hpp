#pragma once
// The county's review of a file: its opinion, its closer looks, its samples.

#include <functional>

#include "modules/cases/case_service.hpp"
#include "modules/reviews/review_rules.hpp"
#include "modules/reviews/review_store.hpp"
#include "modules/visits/visit_service.hpp"

namespace jiuzhu::reviews {

struct Review {
  ReviewOpinion opinion = ReviewOpinion::agree;  // with the township's proposal
  std::string content;
  bool has_read_file = false;       // the whole of it: S2 art. 26
  std::vector<std::string> places;  // of the county's notice, where a second round follows
};

/// Gives the county's opinion and moves the case on; under two rounds the county's notice is posted in the same
/// transaction. Refuses with "review.file_not_read", "review.disagrees_with_refusal" (send it back instead), field
/// errors "field.empty" and "publicity.places_missing", and the needs: "review.sample_not_drawn",
/// "review.county_visit_needed" or what the visit lacks.
Result<cases::CaseRow> complete_review(const Surroundings& surroundings, const cases::CaseWorld& world,
                                       const Actor& actor, const cases::CaseTarget& target, const Review& review);

struct Flag {
  FlagKind kind = FlagKind::doubtful;
  std::string reason;
};
/// Marks an open case for a closer look; nobody can take the mark away. Refuses with "review.case_closed" and the field
/// error "field.empty".
Result<cases::CaseRow> flag_case(const Surroundings& surroundings, const cases::CaseWorld& world, const Actor& actor,
                                 const cases::CaseTarget& target, const Flag& flag);

/// Draws among all cases that stand in county review, are not visited anyway, are judged by rules with a ratio and were
/// not drawn since they came in. Where their rules differ in it, the greatest ratio counts for all. Refuses with
/// "review.nothing_to_draw".
Result<DrawRow> draw_county_sample(const Surroundings& surroundings, const cases::CaseWorld& world, const Actor& actor,
                                   const RegionCode& county);

struct DrawnCase {
  cases::CaseRow row;
  bool is_chosen = false;
};
struct DrawFile {
  DrawRow draw;
  std::vector<DrawnCase> cases;
  bool is_reproduced = false;  // drawing again from the recorded seed chooses the same cases
};
/// Refuses with "review.draw_not_found".
Result<DrawFile> read_draw(const Surroundings& surroundings, const Actor& actor, const RegionCode& county, DrawId id);

struct DrawPage {
  std::vector<DrawRow> draws;
  std::optional<std::int64_t> next;  // before_number of the next page
  std::int64_t waiting = 0;          // cases that the next draw would draw from
};
Result<DrawPage> find_draws(const Surroundings& surroundings, const cases::CaseWorld& world, const Actor& actor,
                            const RegionCode& county, std::optional<std::int64_t> before_number);

struct ReviewFile {
  cases::CaseRow row;
  std::vector<ReviewRow> reviews;
  std::vector<FlagRow> flags;
  std::vector<VisitReason> visit_reasons;  // empty: the county need not visit
  bool waits_for_draw = false;
};
/// Reading it is recorded.
Result<ReviewFile> read_review(const Surroundings& surroundings, const cases::CaseWorld& world, const Actor& actor,
                               const RegionCode& county, cases::CaseId id);

/// Why the county must check this home, drawn samples included.
std::vector<VisitReason> visit_reasons_of(db::Transaction& tx, const cases::CaseRow& row,
                                          const policy::Procedure& procedure);

/// Success when the county's own visit to the household is complete.
using CountyVisitCheck =
    std::function<Status(db::Transaction& tx, const cases::CaseRow& row, const policy::Procedure& procedure)>;

/// The answers that this module owns: drawn_sample, county_visit.
void provide_review_needs(cases::CaseWorld& world, CountyVisitCheck check_county_visit = visits::check_county_visit);

}  // namespace jiuzhu::reviews
