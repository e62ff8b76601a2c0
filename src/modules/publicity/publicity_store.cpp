#include "modules/publicity/publicity_store.hpp"

namespace jiuzhu::publicity {
namespace {

using db::Statement;

#define JZ_OPINION_COLUMNS                                                                                        \
  "county_code, case_id, sequence, proposal, amount, computed_amount, reason, reasons, given_by, given_by_name, " \
  "given_on"
#define JZ_NOTICE_COLUMNS                                                                                          \
  "county_code, id, case_id, case_version, region, programme, round, applicant_name, member_count, member_names, " \
  "proposed_amount, places, posted_on, last_day, posted_by, posted_by_name, removed_on"
#define JZ_OBJECTION_COLUMNS                                                                                      \
  "county_code, id, case_id, notice_id, received_on, channel, objector, content, recorded_by, recorded_by_name, " \
  "recorded_on, outcome, handling, handled_by, handled_by_name, handled_on"

constexpr Statement kInsertOpinion{"publicity.insert_opinion", "insert into township_opinion (" JZ_OPINION_COLUMNS
                                                               ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kOpinions{"publicity.opinions",
                              "select " JZ_OPINION_COLUMNS
                              " from township_opinion where county_code = ? and case_id = ? order by sequence"};
constexpr Statement kInsertNotice{"publicity.insert_notice",
                                  "insert into public_notice (" JZ_NOTICE_COLUMNS
                                  ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kNotices{"publicity.notices",
                             "select " JZ_NOTICE_COLUMNS
                             " from public_notice where county_code = ? and case_id = ? order by case_version"};
constexpr Statement kFindNotice{"publicity.find_notice",
                                "select " JZ_NOTICE_COLUMNS " from public_notice where county_code = ? and id = ?"};
constexpr Statement kLatestNotice{"publicity.latest_notice",
                                  "select " JZ_NOTICE_COLUMNS
                                  " from public_notice where county_code = ? and case_id = ? and round = ? "
                                  "order by case_version desc limit 1"};
constexpr Statement kRemoveNotices{
    "publicity.remove_notices",
    "update public_notice set removed_on = ? where county_code = ? and case_id = ? and removed_on is null "
    "and last_day >= ?"};
constexpr Statement kHanging{"publicity.hanging",
                             "select " JZ_NOTICE_COLUMNS
                             " from public_notice where last_day >= ? and posted_on <= ? and removed_on is null "
                             "and region >= ? and region < ? and (? = '' or id < ?) order by id desc limit ?"};
constexpr Statement kInsertObjection{"publicity.insert_objection",
                                     "insert into publicity_objection (" JZ_OBJECTION_COLUMNS
                                     ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kUpdateObjection{
    "publicity.update_objection",
    "update publicity_objection set outcome = ?, handling = ?, handled_by = ?, handled_by_name = ?, handled_on = ? "
    "where county_code = ? and id = ?"};
constexpr Statement kObjections{"publicity.objections",
                                "select " JZ_OBJECTION_COLUMNS
                                " from publicity_objection where county_code = ? and case_id = ? order by id"};
constexpr Statement kOpenObjections{
    "publicity.open_objections",
    "select count(*) from publicity_objection where county_code = ? and case_id = ? and outcome = 'open'"};
constexpr Statement kNameDisplay{"publicity.name_display",
                                 "select applicant_name from publicity_setting where county_code = ?"};
constexpr Statement kSetNameDisplay{
    "publicity.set_name_display",
    "insert into publicity_setting (county_code, applicant_name, changed_by, changed_at) values (?, ?, ?, ?) "
    "on conflict (county_code) do update set applicant_name = excluded.applicant_name, "
    "changed_by = excluded.changed_by, changed_at = excluded.changed_at"};

}  // namespace

void insert_opinion(db::Transaction& tx, const OpinionRow& row) { tx.enqueue_row(kInsertOpinion, row); }

std::vector<OpinionRow> opinions_of(db::Transaction& tx, const std::string& county, cases::CaseId id) {
  return tx.select<OpinionRow>(kOpinions, county, id);
}

void insert_notice(db::Transaction& tx, const NoticeRow& row) { tx.enqueue_row(kInsertNotice, row); }

std::vector<NoticeRow> notices_of(db::Transaction& tx, const std::string& county, cases::CaseId id) {
  return tx.select<NoticeRow>(kNotices, county, id);
}

std::optional<NoticeRow> find_notice(db::Transaction& tx, const std::string& county, NoticeId id) {
  return tx.find<NoticeRow>(kFindNotice, county, id);
}

std::optional<NoticeRow> latest_notice(db::Transaction& tx, const std::string& county, cases::CaseId id, Round round) {
  return tx.find<NoticeRow>(kLatestNotice, county, id, round);
}

void remove_notices(db::Transaction& tx, const std::string& county, cases::CaseId id, Date today) {
  tx.enqueue(kRemoveNotices, today, county, id, today);
}

std::vector<NoticeRow> hanging_notices(db::Transaction& tx, const Scope& scope, Date today, const std::string& after,
                                       int limit) {
  return tx.select<NoticeRow>(kHanging, today, today, scope.from, scope.until, after, after, limit);
}

void insert_objection(db::Transaction& tx, const ObjectionRow& row) { tx.enqueue_row(kInsertObjection, row); }

void update_objection(db::Transaction& tx, const ObjectionRow& row) {
  tx.enqueue(kUpdateObjection, row.outcome, row.handling, row.handled_by, row.handled_by_name, row.handled_on,
             row.county_code, row.id);
}

std::vector<ObjectionRow> objections_of(db::Transaction& tx, const std::string& county, cases::CaseId id) {
  return tx.select<ObjectionRow>(kObjections, county, id);
}

std::int64_t open_objections(db::Transaction& tx, const std::string& county, cases::CaseId id) {
  return tx.get<std::int64_t>(kOpenObjections, county, id);
}

NameDisplay name_display_of(db::Transaction& tx, const std::string& county) {
  return tx.find<NameDisplay>(kNameDisplay, county).value_or(NameDisplay::masked);
}

void set_name_display(db::Transaction& tx, const std::string& county, NameDisplay display, UserId changed_by,
                      Instant changed_at) {
  tx.enqueue(kSetNameDisplay, county, display, changed_by, changed_at);
}

}  // namespace jiuzhu::publicity
