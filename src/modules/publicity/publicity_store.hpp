#pragma once
// All SQL of the module.

#include <optional>
#include <string>
#include <vector>

#include "modules/cases/case_store.hpp"
#include "modules/publicity/publicity_rules.hpp"

namespace jiuzhu::publicity {

using NoticeId = Id<struct NoticeTag>;
using ObjectionId = Id<struct ObjectionTag>;

struct OpinionRow {
  std::string county_code;
  cases::CaseId case_id;
  std::int64_t sequence = 0;  // the case's version, as of its step
  cases::Proposal proposal = cases::Proposal::none;
  std::optional<Money> amount;
  std::optional<Money> computed_amount;  // absent where the assessment left it to a person
  std::string reason;                    // for an amount other than the computed one
  std::string reasons;                   // of a refusal, cases::StatedReason as JSON
  UserId given_by;
  std::string given_by_name;
  Date given_on;
};
BOOST_DESCRIBE_STRUCT(OpinionRow, (),
                      (county_code, case_id, sequence, proposal, amount, computed_amount, reason, reasons, given_by,
                       given_by_name, given_on))

struct NoticeRow {
  std::string county_code;
  NoticeId id;
  cases::CaseId case_id;
  std::int64_t case_version = 0;
  RegionCode region;
  cases::CaseProgramme programme = cases::CaseProgramme::urban_minimum_living;
  Round round = Round::township;
  std::string applicant_name;  // as shown
  int member_count = 0;
  std::string member_names;  // as shown, JSON
  Money proposed_amount;
  std::string places;  // JSON
  Date posted_on;
  Date last_day;
  UserId posted_by;
  std::string posted_by_name;
  std::optional<Date> removed_on;  // an objection was upheld
};
BOOST_DESCRIBE_STRUCT(NoticeRow, (),
                      (county_code, id, case_id, case_version, region, programme, round, applicant_name, member_count,
                       member_names, proposed_amount, places, posted_on, last_day, posted_by, posted_by_name,
                       removed_on))

enum class ObjectionChannel { in_person, phone, letter, online, hotline, other };
BOOST_DESCRIBE_ENUM(ObjectionChannel, in_person, phone, letter, online, hotline, other)

enum class ObjectionOutcome { open, dismissed, upheld };
BOOST_DESCRIBE_ENUM(ObjectionOutcome, open, dismissed, upheld)

struct ObjectionRow {
  std::string county_code;
  ObjectionId id;
  cases::CaseId case_id;
  NoticeId notice_id;
  Date received_on;
  ObjectionChannel channel = ObjectionChannel::in_person;
  std::optional<db::Bytes> objector;  // sealed, context kObjectorContext; absent when anonymous
  std::string content;
  UserId recorded_by;
  std::string recorded_by_name;
  Date recorded_on;
  ObjectionOutcome outcome = ObjectionOutcome::open;
  std::string handling;  // the reasons
  std::optional<UserId> handled_by;
  std::optional<std::string> handled_by_name;
  std::optional<Date> handled_on;
};
BOOST_DESCRIBE_STRUCT(ObjectionRow, (),
                      (county_code, id, case_id, notice_id, received_on, channel, objector, content, recorded_by,
                       recorded_by_name, recorded_on, outcome, handling, handled_by, handled_by_name, handled_on))

inline constexpr std::string_view kObjectorContext = "publicity_objection.objector";

void insert_opinion(db::Transaction& tx, const OpinionRow& row);
std::vector<OpinionRow> opinions_of(db::Transaction& tx, const std::string& county, cases::CaseId id);

void insert_notice(db::Transaction& tx, const NoticeRow& row);
std::vector<NoticeRow> notices_of(db::Transaction& tx, const std::string& county, cases::CaseId id);
std::optional<NoticeRow> find_notice(db::Transaction& tx, const std::string& county, NoticeId id);
/// The one of the round that was posted last.
std::optional<NoticeRow> latest_notice(db::Transaction& tx, const std::string& county, cases::CaseId id, Round round);
/// Takes down whatever still hangs.
void remove_notices(db::Transaction& tx, const std::string& county, cases::CaseId id, Date today);
/// Those that hang on a day in a part of the country, newest first, after the notice `after` ("" for the first page).
std::vector<NoticeRow> hanging_notices(db::Transaction& tx, const Scope& scope, Date today, const std::string& after,
                                       int limit);

void insert_objection(db::Transaction& tx, const ObjectionRow& row);
void update_objection(db::Transaction& tx, const ObjectionRow& row);
std::vector<ObjectionRow> objections_of(db::Transaction& tx, const std::string& county, cases::CaseId id);
std::int64_t open_objections(db::Transaction& tx, const std::string& county, cases::CaseId id);

NameDisplay name_display_of(db::Transaction& tx, const std::string& county);
void set_name_display(db::Transaction& tx, const std::string& county, NameDisplay display, UserId changed_by,
                      Instant changed_at);

}  // namespace jiuzhu::publicity
