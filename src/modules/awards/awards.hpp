#pragma once
// Benefits in force: the words that other modules share.

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "kernel/use_case/use_case.hpp"
#include "modules/cases/case_store.hpp"

namespace jiuzhu::awards {

using AwardId = Id<struct AwardTag>;
using ChangeId = Id<struct StandardChangeTag>;

enum class AwardState { active, ended };
BOOST_DESCRIBE_ENUM(AwardState, active, ended)

/// Where the amount comes from. What a person has set, no machine changes: a new standard lists it for a person.
enum class AmountBasis {
  computed,   // by the rules, from the facts of the case
  by_person,  // the rules left it open, or the roster that was taken over says another amount than the rules
};
BOOST_DESCRIBE_ENUM(AmountBasis, computed, by_person)

/// Why an award's amount is what it is.
enum class AmountKind { opened, taken_over, standard_change, adjusted };
BOOST_DESCRIBE_ENUM(AmountKind, opened, taken_over, standard_change, adjusted)

/// Not ended; sorts behind every month.
inline const Month kNoUntilMonth = *Month::of(9999, 12);

struct AwardRow {
  std::string county_code;
  AwardId id;
  cases::CaseId case_id;
  std::string case_number;
  cases::CaseProgramme programme = cases::CaseProgramme::urban_minimum_living;
  RegionCode region;
  AwardState state = AwardState::active;
  std::int64_t version = 1;
  std::string holder_name;
  int member_count = 0;  // whom the amount is for
  Money amount;          // a month, the latest
  Month amount_from;
  std::int64_t amount_sequence = 1;
  AmountBasis basis = AmountBasis::computed;
  Month first_month;
  Month payable_from;                 // earlier months were paid by somebody else
  Month until_month = kNoUntilMonth;  // the first month that is not paid any more
  Date opened_on;
  std::optional<Date> review_due_on;
  std::optional<Date> ended_on;
  std::optional<std::string> end_reason;
  std::optional<std::string> end_note;
};
BOOST_DESCRIBE_STRUCT(AwardRow, (),
                      (county_code, id, case_id, case_number, programme, region, state, version, holder_name,
                       member_count, amount, amount_from, amount_sequence, basis, first_month, payable_from,
                       until_month, opened_on, review_due_on, ended_on, end_reason, end_note))

struct MemberRow {
  std::string county_code;
  AwardId award_id;
  std::string person_key;
  std::string citizen_index;
  Month from_month;
  std::optional<Month> until_month;
};
BOOST_DESCRIBE_STRUCT(MemberRow, (), (county_code, award_id, person_key, citizen_index, from_month, until_month))

struct AwardAccountRow {
  std::string county_code;
  AwardId award_id;
  std::string kind;  // bank_card, passbook
  db::Bytes number;  // sealed, context cases::kAccountContext
  std::string number_masked;
  std::string holder_name;
  std::string bank;
  std::int64_t version = 1;                   // grows with every change of the account
  std::optional<std::string> refused_reason;  // the bank's; nothing is paid until the account is repaired
  Date changed_on;
  UserId changed_by;
  std::string changed_by_name;
};
BOOST_DESCRIBE_STRUCT(AwardAccountRow, (),
                      (county_code, award_id, kind, number, number_masked, holder_name, bank, version, refused_reason,
                       changed_on, changed_by, changed_by_name))

/// Until the transaction ends nobody changes what an award is worth, opens one or ends one: for what reads and writes
/// them statement by statement, each of which would see another moment on PostgreSQL. Others wait, for ten seconds at
/// most; on SQLite they do so anyway.
void hold_awards_still(const db::Database& database, db::Transaction& tx);

/// What a new award starts from.
struct NewAward {
  const cases::CaseRow& row;
  Money amount;
  AmountBasis basis = AmountBasis::computed;
  AmountKind kind = AmountKind::opened;
  Month first_month;
  Month payable_from;  // first_month, but for awards that were taken over: the first month paid by this program
  std::optional<Date> review_due_on = {};
  int facts_revision = 1;
  std::vector<const cases::PersonRow*> members = {};  // whom the amount is for
  const cases::AccountRow& account;
  std::string account_holder;  // the holder's name
};

/// Writes an award and gives its id. The caller has made sure that no member draws from another award
/// (refuse_double_members), that the account is there, and that the act is permitted, and records it. Statements are
/// enqueued, so that thousands cost few round trips.
AwardId write_award(UseCase& act, const NewAward& award);

/// Refuses with "award.member_draws_elsewhere" (field errors with the other award's case number) when a person already
/// draws for `from` or later from another award of the county (S1 art. 9: one household, one benefit).
Status refuse_double_members(UseCase& act, const std::vector<const cases::PersonRow*>& members, Month from);

/// The bank sent a transfer back: nothing goes to this account until the county case officer repairs it. Does nothing
/// when the account was changed since the transfer was written (`version` is that of the transfer).
void bar_account(UseCase& act, AwardId id, std::int64_t version, const std::string& reason);

}  // namespace jiuzhu::awards
