#include "modules/reviews/review_store.hpp"

namespace jiuzhu::reviews {
namespace {

using db::Statement;

#define JZ_DRAW_COLUMNS                                                                                             \
  "county_code, id, number, seed, ratio, priority_count, population_count, chosen_count, drawn_by, drawn_by_name, " \
  "drawn_at, drawn_on"

constexpr Statement kInsertReview{
    "reviews.insert_review",
    "insert into county_review (county_code, case_id, sequence, opinion, content, reviewed_by, reviewed_by_name, "
    "reviewed_on) values (?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kReviews{
    "reviews.reviews",
    "select county_code, case_id, sequence, opinion, content, reviewed_by, reviewed_by_name, reviewed_on "
    "from county_review where county_code = ? and case_id = ? order by sequence"};
constexpr Statement kInsertFlag{
    "reviews.insert_flag",
    "insert into case_flag (county_code, id, case_id, kind, reason, raised_by, raised_by_name, raised_on) "
    "values (?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kFlags{"reviews.flags",
                           "select county_code, id, case_id, kind, reason, raised_by, raised_by_name, raised_on "
                           "from case_flag where county_code = ? and case_id = ? order by id"};
constexpr Statement kStartCounter{
    "reviews.start_counter",
    "insert into review_draw_counter (county_code, last_number) values (?, 0) on conflict (county_code) do nothing"};
constexpr Statement kNextNumber{
    "reviews.next_number",
    "update review_draw_counter set last_number = last_number + 1 where county_code = ? returning last_number"};
constexpr Statement kInsertDraw{
    "reviews.insert_draw", "insert into review_draw (" JZ_DRAW_COLUMNS ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kInsertDrawCase{
    "reviews.insert_draw_case",
    "insert into review_draw_case (county_code, draw_id, case_id, case_version, is_chosen) values (?, ?, ?, ?, ?)"};
constexpr Statement kDraws{"reviews.draws",
                           "select " JZ_DRAW_COLUMNS
                           " from review_draw where county_code = ? and number < ? order by number desc limit ?"};
constexpr Statement kFindDraw{"reviews.find_draw",
                              "select " JZ_DRAW_COLUMNS " from review_draw where county_code = ? and id = ?"};
constexpr Statement kCasesOfDraw{"reviews.cases_of_draw",
                                 "select county_code, draw_id, case_id, case_version, is_chosen from review_draw_case "
                                 "where county_code = ? and draw_id = ? order by case_id"};
constexpr Statement kDrawsOfCase{"reviews.draws_of_case",
                                 "select county_code, draw_id, case_id, case_version, is_chosen from review_draw_case "
                                 "where county_code = ? and case_id = ? order by case_version"};

}  // namespace

void insert_review(db::Transaction& tx, const ReviewRow& row) { tx.enqueue_row(kInsertReview, row); }

std::vector<ReviewRow> reviews_of(db::Transaction& tx, const std::string& county, cases::CaseId id) {
  return tx.select<ReviewRow>(kReviews, county, id);
}

void insert_flag(db::Transaction& tx, const FlagRow& row) { tx.enqueue_row(kInsertFlag, row); }

std::vector<FlagRow> flags_of(db::Transaction& tx, const std::string& county, cases::CaseId id) {
  return tx.select<FlagRow>(kFlags, county, id);
}

std::int64_t next_draw_number(db::Transaction& tx, const std::string& county) {
  tx.execute(kStartCounter, county);
  return tx.get<std::int64_t>(kNextNumber, county);
}

void insert_draw(db::Transaction& tx, const DrawRow& row) { tx.enqueue_row(kInsertDraw, row); }
void insert_draw_case(db::Transaction& tx, const DrawCaseRow& row) { tx.enqueue_row(kInsertDrawCase, row); }

std::vector<DrawRow> draws_of_county(db::Transaction& tx, const std::string& county, std::int64_t before_number,
                                     int limit) {
  return tx.select<DrawRow>(kDraws, county, before_number, limit);
}

std::optional<DrawRow> find_draw(db::Transaction& tx, const std::string& county, DrawId id) {
  return tx.find<DrawRow>(kFindDraw, county, id);
}

std::vector<DrawCaseRow> cases_of_draw(db::Transaction& tx, const std::string& county, DrawId id) {
  return tx.select<DrawCaseRow>(kCasesOfDraw, county, id);
}

std::vector<DrawCaseRow> draws_of_case(db::Transaction& tx, const std::string& county, cases::CaseId id) {
  return tx.select<DrawCaseRow>(kDrawsOfCase, county, id);
}

}  // namespace jiuzhu::reviews
