#pragma once
// All SQL of single awards. Private to the module; others read through award_service.hpp and the view
// pub_award_entitlement.

#include "modules/awards/awards.hpp"

namespace jiuzhu::awards {

struct AmountRow {
  std::string county_code;
  AwardId award_id;
  std::int64_t sequence = 1;
  Month from_month;
  Month until_month = kNoUntilMonth;  // the next row's first month
  Money amount;
  AmountKind kind = AmountKind::opened;
  std::string reasons;  // cases::StatedReason as JSON
  std::optional<ChangeId> change_id;
  int facts_revision = 1;
  UserId set_by;
  std::string set_by_name;
  Date set_on;
  std::optional<std::int64_t> superseded_by;
};
BOOST_DESCRIBE_STRUCT(AmountRow, (),
                      (county_code, award_id, sequence, from_month, until_month, amount, kind, reasons, change_id,
                       facts_revision, set_by, set_by_name, set_on, superseded_by))

void insert_award(db::Transaction& tx, const AwardRow& row);
void insert_amount(db::Transaction& tx, const AmountRow& row);
void insert_member(db::Transaction& tx, const MemberRow& row);
void insert_account(db::Transaction& tx, const AwardAccountRow& row);

std::optional<AwardRow> find_award(db::Transaction& tx, const std::string& county, AwardId id);
std::optional<AwardRow> award_of_case(db::Transaction& tx, const std::string& county, cases::CaseId id);
/// Raises the version when it is `expected`, which also locks the row until the transaction ends.
std::optional<AwardRow> lock_award(db::Transaction& tx, const std::string& county, AwardId id, std::int64_t expected);
/// Writes everything that an act may change, on a row locked before.
void update_award(db::Transaction& tx, const AwardRow& row);
/// Rows in force from `from` on are superseded by row `by`; the row before ends there.
void supersede_amounts(db::Transaction& tx, const std::string& county, AwardId id, Month from, std::int64_t by);
void update_account(db::Transaction& tx, const AwardAccountRow& row);
void bar_account(db::Transaction& tx, const std::string& county, AwardId id, std::int64_t version,
                 const std::string& reason);
void end_members(db::Transaction& tx, const std::string& county, AwardId id, Month until);

/// All amounts, superseded ones too, by sequence.
std::vector<AmountRow> amounts_of(db::Transaction& tx, const std::string& county, AwardId id);
std::vector<MemberRow> members_of(db::Transaction& tx, const std::string& county, AwardId id);
std::optional<AwardAccountRow> account_of(db::Transaction& tx, const std::string& county, AwardId id);

/// Case numbers of the county's awards from which the person draws for `from` or later.
std::vector<std::string> awards_of_person(db::Transaction& tx, const std::string& county,
                                          const std::string& citizen_index, Month from);

/// The last row of a page, after which the next page goes on.
struct AwardCursor {
  std::string region = {};
  std::string id = {};
};

struct AwardFilter {
  Scope scope;
  std::optional<AwardState> state = {};
  std::optional<cases::CaseProgramme> programme = {};
  std::optional<std::string> search = {};         // case number, or the start of the holder's name
  std::optional<std::string> citizen_index = {};  // a person whom the award feeds
  bool refused_accounts_only = false;
  std::optional<Date> review_due_by = {};
  AwardCursor after = {};
  int limit = 50;
};

/// By region, then by id.
std::vector<AwardRow> list_awards(db::Transaction& tx, const AwardFilter& filter);

struct AwardTotals {
  cases::CaseProgramme programme = cases::CaseProgramme::urban_minimum_living;
  std::int64_t households = 0;
  std::int64_t persons = 0;
  Money amount;  // a month
};
BOOST_DESCRIBE_STRUCT(AwardTotals, (), (programme, households, persons, amount))
/// Of active awards.
std::vector<AwardTotals> count_awards(db::Transaction& tx, const Scope& scope);
/// Households whose account the bank has refused: nothing is paid to them until it is changed.
std::int64_t count_refused_accounts(db::Transaction& tx, const Scope& scope);

}  // namespace jiuzhu::awards
