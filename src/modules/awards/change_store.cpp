#include "modules/awards/change_store.hpp"

#include "modules/cases/facts_json.hpp"
#include "platform/db/statistics.hpp"

namespace jiuzhu::awards {
namespace {

using db::Statement;

#define JZ_CHANGE_COLUMNS                                                                                         \
  "county_code, id, programme, from_month, state, raises_by_difference, standard_before, standard_after, "        \
  "award_count, raised_count, "                                                                                   \
  "unchanged_count, open_count, amount_before, amount_after, arrears, skipped_count, items_digest, prepared_by, " \
  "prepared_by_name, prepared_at, decided_by, decided_by_name, decided_at"
#define JZ_ITEM_COLUMNS                                                                                        \
  "county_code, change_id, award_id, segment, outcome, from_month, until_month, amount_before, amount_after, " \
  "arrears, award_version, facts_revision, is_skipped"

struct JudgedRow {
  AwardId id;
  std::int64_t version = 1;
  AmountBasis basis = AmountBasis::computed;
  Month payable_from;
  Month until_month;
  std::string facts;
  int facts_revision = 1;
};
BOOST_DESCRIBE_STRUCT(JudgedRow, (), (id, version, basis, payable_from, until_month, facts, facts_revision))

struct StretchRow {
  AwardId award_id;
  Month from_month;
  Money amount;
  AmountKind kind = AmountKind::opened;
  Date set_on;
};
BOOST_DESCRIBE_STRUCT(StretchRow, (), (award_id, from_month, amount, kind, set_on))

struct LineRow : ChangeItemRow {
  std::string case_number;
  cases::CaseId case_id;
  std::string holder_name;
  RegionCode region;
  AwardState state = AwardState::active;
  Money amount;
};
BOOST_DESCRIBE_STRUCT(LineRow, (ChangeItemRow), (case_number, case_id, holder_name, region, state, amount))

// Looked up award by award: a join is planned by statistics, and while they are stale PostgreSQL takes a minute a page.
#define JZ_LATEST(column) \
  "(select f." column " from pub_case_latest_facts f where f.county_code = a.county_code and f.case_id = a.case_id)"
constexpr Statement kJudged{
    "awards.judged",
    "select a.id, a.version, a.basis, a.payable_from, a.until_month, " JZ_LATEST("facts") ", " JZ_LATEST("revision")
    " from award a where a.county_code = ? and a.id > ? and a.programme = ? and a.state = 'active' "
    "order by a.id limit ?"};
constexpr Statement kStretches{
    "awards.stretches",
    "select award_id, from_month, amount, kind, set_on from award_amount where county_code = ? and "
    "award_id >= ? and award_id <= ? "
    "and superseded_by is null order by award_id, from_month"};
constexpr Statement kInsert{"standard_changes.insert",
                            "insert into standard_change (" JZ_CHANGE_COLUMNS
                            ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kInsertItem{"standard_changes.insert_item", "insert into standard_change_item (" JZ_ITEM_COLUMNS
                                                                ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kFind{"standard_changes.find",
                          "select " JZ_CHANGE_COLUMNS " from standard_change where county_code = ? and id = ?"};
constexpr Statement kDecide{"standard_changes.decide",
                            "update standard_change set state = ?, decided_by = ?, decided_by_name = ?, decided_at = ? "
                            "where county_code = ? and id = ? and state = 'prepared' returning " JZ_CHANGE_COLUMNS};
constexpr Statement kCountSkipped{
    "standard_changes.count_skipped",
    "update standard_change set skipped_count = (select count(*) from standard_change_item i "
    "where i.county_code = standard_change.county_code and i.change_id = standard_change.id "
    "and i.segment = 1 and i.is_skipped = 1) "
    "where county_code = ? and id = ? returning " JZ_CHANGE_COLUMNS};
constexpr Statement kList{"standard_changes.list", "select " JZ_CHANGE_COLUMNS
                                                   " from standard_change where county_code = ? and (? = '' or id < ?) "
                                                   "order by id desc limit ?"};
constexpr Statement kLines{
    "standard_changes.lines",
    "select i.county_code, i.change_id, i.award_id, i.segment, i.outcome, i.from_month, i.until_month, "
    "i.amount_before, i.amount_after, i.arrears, i.award_version, i.facts_revision, i.is_skipped, a.case_number, "
    "a.case_id, "
    "a.holder_name, a.region, a.state, a.amount from standard_change_item i "
    "join award a on a.county_code = i.county_code and a.id = i.award_id "
    "where i.county_code = ? and i.change_id = ? and (i.award_id, i.segment) > (?, ?) and (? = '' or i.outcome = ?) "
    "and (? = 0 or i.is_skipped = 1) "
    "order by i.award_id, i.segment limit ?"};

// Applying: mark the lines that do not fit any more, then write the others' amounts, then let older ones go, then move
// the awards on.
#define JZ_RAISES(outcome) outcome " in ('raised', 'raised_by_difference')"
#define JZ_FITS(item) JZ_RAISES(item ".outcome") " and " item ".is_skipped = 0"
constexpr Statement kMark{
    "standard_changes.mark",
    "update standard_change_item set is_skipped = 1 where county_code = ? and change_id = ? "
    "and " JZ_RAISES("outcome") " and not exists (select 1 from award a where a.county_code = standard_change_item.county_code "
    "and a.id = standard_change_item.award_id and a.version = standard_change_item.award_version "
    "and a.state = 'active')"};
constexpr Statement kSupersede{
    "standard_changes.supersede",
    "update award_amount set superseded_by = i.new_sequence from (select s.county_code, s.award_id, s.from_month, "
    "a.amount_sequence + 1 as new_sequence from standard_change_item s "
    "join award a on a.county_code = s.county_code and a.id = s.award_id "
    "where s.county_code = ? and s.change_id = ? and s.segment = 1 and " JZ_FITS("s") ") i "
    "where award_amount.county_code = i.county_code and award_amount.award_id = i.award_id "
    "and award_amount.from_month >= i.from_month and award_amount.superseded_by is null"};
constexpr Statement kShorten{"standard_changes.shorten",
                             "update award_amount set until_month = i.from_month from standard_change_item i "
                             "where i.county_code = ? and i.change_id = ? and i.segment = 1 and " JZ_FITS("i") " "
                             "and award_amount.county_code = i.county_code and award_amount.award_id = i.award_id "
                             "and award_amount.from_month < i.from_month and award_amount.until_month > i.from_month "
                             "and award_amount.superseded_by is null"};
constexpr Statement kWriteAmounts{
    "standard_changes.write_amounts",
    "insert into award_amount (county_code, award_id, sequence, from_month, until_month, amount, kind, reasons, "
    "change_id, facts_revision, set_by, set_by_name, set_on, superseded_by) "
    "select s.county_code, s.award_id, a.amount_sequence + s.segment, s.from_month, s.until_month, s.amount_after, "
    "'standard_change', '[]', s.change_id, s.facts_revision, cast(? as text), cast(? as text), cast(? as text), null "
    "from standard_change_item s join award a on a.county_code = s.county_code and a.id = s.award_id "
    "where s.county_code = ? and s.change_id = ? and " JZ_FITS("s")};
constexpr Statement kMoveAwards{
    "standard_changes.move_awards",
    "update award set amount = i.amount_after, amount_from = i.from_month, amount_sequence = amount_sequence + "
    "i.segment, version = version + 1 from standard_change_item i where i.county_code = ? and i.change_id = ? "
    "and i.until_month = ? and " JZ_FITS("i") " and award.county_code = i.county_code and award.id = i.award_id"};

constexpr Statement kAnalyze{"standard_changes.analyze", "analyze (skip_locked) standard_change_item"};

}  // namespace

void plan_anew(const db::Database& database, db::Transaction& tx) { db::gather_statistics(database, tx, kAnalyze); }

std::vector<JudgedAward> judged_awards(db::Transaction& tx, const std::string& county, cases::CaseProgramme programme,
                                       const std::string& after_id, int limit) {
  std::vector<JudgedAward> awards;
  for (JudgedRow& row : tx.select<JudgedRow>(kJudged, county, after_id, programme, limit)) {
    awards.push_back({.id = row.id,
                      .version = row.version,
                      .basis = row.basis,
                      .payable_from = row.payable_from,
                      .until_month = row.until_month,
                      .facts = std::move(row.facts),
                      .facts_revision = row.facts_revision,
                      .stretches = {}});
  }
  if (awards.empty()) return awards;
  auto award = awards.begin();
  for (const StretchRow& stretch : tx.select<StretchRow>(kStretches, county, awards.front().id, awards.back().id)) {
    // Both lists are ordered by id; amounts of awards that are not judged lie between.
    while (award != awards.end() && award->id < stretch.award_id) ++award;
    if (award != awards.end() && award->id == stretch.award_id) {
      award->stretches.push_back({stretch.from_month, stretch.amount, stretch.kind, stretch.set_on});
    }
  }
  return awards;
}

void insert_change(db::Transaction& tx, const ChangeRow& row) { tx.enqueue_row(kInsert, row); }
void insert_items(db::Transaction& tx, std::span<const ChangeItemRow> rows) { tx.enqueue_rows(kInsertItem, rows); }

std::optional<ChangeRow> find_change(db::Transaction& tx, const std::string& county, ChangeId id) {
  return tx.find<ChangeRow>(kFind, county, id);
}

std::optional<ChangeRow> decide_change(db::Transaction& tx, const ChangeRow& decided) {
  return tx.find<ChangeRow>(kDecide, decided.state, decided.decided_by, decided.decided_by_name, decided.decided_at,
                            decided.county_code, decided.id);
}

std::vector<ChangeRow> list_changes(db::Transaction& tx, const std::string& county, const std::string& before_id,
                                    int limit) {
  return tx.select<ChangeRow>(kList, county, before_id, before_id, limit);
}

std::vector<ChangeLine> list_lines(db::Transaction& tx, const std::string& county, ChangeId id,
                                   const ChangeFilter& filter) {
  const std::string outcome = filter.outcome ? std::string(enum_text(*filter.outcome)) : "";
  std::vector<ChangeLine> lines;
  for (LineRow& row : tx.select<LineRow>(kLines, county, id, filter.after_award, filter.after_segment, outcome, outcome,
                                         filter.is_skipped_only, filter.limit)) {
    lines.push_back({.item = row,
                     .state_now = row.state,
                     .amount_now = row.amount,
                     .case_number = row.case_number,
                     .case_id = row.case_id,
                     .holder_name = row.holder_name,
                     .region = row.region});
  }
  return lines;
}

ChangeRow apply_items(db::Transaction& tx, const ChangeRow& change, UserId by, const std::string& by_name, Date on) {
  tx.execute(kMark, change.county_code, change.id);
  tx.execute(kSupersede, change.county_code, change.id);
  tx.execute(kShorten, change.county_code, change.id);
  tx.execute(kWriteAmounts, by, by_name, on, change.county_code, change.id);
  tx.execute(kMoveAwards, change.county_code, change.id, kNoUntilMonth);
  return tx.get<ChangeRow>(kCountSkipped, change.county_code, change.id);
}

}  // namespace jiuzhu::awards
