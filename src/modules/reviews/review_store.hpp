#pragma once
// All SQL of the module.

#include <optional>
#include <string>
#include <vector>

#include "modules/cases/case_store.hpp"

namespace jiuzhu::reviews {

enum class ReviewOpinion { agree, disagree };
BOOST_DESCRIBE_ENUM(ReviewOpinion, agree, disagree)

struct ReviewRow {
  std::string county_code;
  cases::CaseId case_id;
  std::int64_t sequence = 0;  // of the step
  ReviewOpinion opinion = ReviewOpinion::agree;
  std::string content;
  UserId reviewed_by;
  std::string reviewed_by_name;
  Date reviewed_on;
};
BOOST_DESCRIBE_STRUCT(ReviewRow, (),
                      (county_code, case_id, sequence, opinion, content, reviewed_by, reviewed_by_name, reviewed_on))

enum class FlagKind { doubtful, reported };
BOOST_DESCRIBE_ENUM(FlagKind, doubtful, reported)

using FlagId = Id<struct CaseFlagTag>;

struct FlagRow {
  std::string county_code;
  FlagId id;
  cases::CaseId case_id;
  FlagKind kind = FlagKind::doubtful;
  std::string reason;
  UserId raised_by;
  std::string raised_by_name;
  Date raised_on;
};
BOOST_DESCRIBE_STRUCT(FlagRow, (), (county_code, id, case_id, kind, reason, raised_by, raised_by_name, raised_on))

using DrawId = Id<struct DrawTag>;

struct DrawRow {
  std::string county_code;
  DrawId id;
  std::int64_t number = 0;  // 1, 2, … in a county
  std::string seed;         // 64 hexadecimal digits
  std::string ratio;
  std::int64_t priority_count = 0;  // cases in review that are visited anyway
  std::int64_t population_count = 0;
  std::int64_t chosen_count = 0;
  UserId drawn_by;
  std::string drawn_by_name;
  Instant drawn_at;
  Date drawn_on;
};
BOOST_DESCRIBE_STRUCT(DrawRow, (),
                      (county_code, id, number, seed, ratio, priority_count, population_count, chosen_count, drawn_by,
                       drawn_by_name, drawn_at, drawn_on))

/// One case of a draw's population.
struct DrawCaseRow {
  std::string county_code;
  DrawId draw_id;
  cases::CaseId case_id;
  std::int64_t case_version = 0;  // when it was drawn
  bool is_chosen = false;
};
BOOST_DESCRIBE_STRUCT(DrawCaseRow, (), (county_code, draw_id, case_id, case_version, is_chosen))

void insert_review(db::Transaction& tx, const ReviewRow& row);
std::vector<ReviewRow> reviews_of(db::Transaction& tx, const std::string& county, cases::CaseId id);

void insert_flag(db::Transaction& tx, const FlagRow& row);
std::vector<FlagRow> flags_of(db::Transaction& tx, const std::string& county, cases::CaseId id);

/// Holds the county's draws until the transaction ends.
std::int64_t next_draw_number(db::Transaction& tx, const std::string& county);
void insert_draw(db::Transaction& tx, const DrawRow& row);
void insert_draw_case(db::Transaction& tx, const DrawCaseRow& row);
/// Newest first, those before `before_number`.
std::vector<DrawRow> draws_of_county(db::Transaction& tx, const std::string& county, std::int64_t before_number,
                                     int limit);
std::optional<DrawRow> find_draw(db::Transaction& tx, const std::string& county, DrawId id);
std::vector<DrawCaseRow> cases_of_draw(db::Transaction& tx, const std::string& county, DrawId id);
/// The draws that a case took part in.
std::vector<DrawCaseRow> draws_of_case(db::Transaction& tx, const std::string& county, cases::CaseId id);

}  // namespace jiuzhu::reviews
