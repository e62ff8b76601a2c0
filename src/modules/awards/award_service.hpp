#pragma once
// Awards: opened by an approval, changed by a named officer, ended with the case.

#include "modules/awards/award_store.hpp"
#include "modules/cases/case_service.hpp"
#include "modules/cases/stated_reasons.hpp"
#include "modules/decisions/decision_service.hpp"

namespace jiuzhu::awards {

/// What `decisions` calls inside an approving transaction. Refuses like refuse_double_members().
decisions::ApprovalHook open_on_approval();

struct AwardTarget {
  RegionCode county;
  AwardId id;
  std::int64_t version = 0;
};

/// An officer sets the amount from a month on, upwards or downwards, with reasons that rest on articles (S1 art. 13,
/// S3 art. 32). The approver's act, since it decides on a benefit; kin stay out. Refuses with "award.not_found",
/// "award.changed_meanwhile", "award.ended", "case.recusal", like cases::require_reasons(), and with the field errors
/// "award.amount_required", "award.amount_same", "award.month_before_first" {first}, "award.month_too_late" {last}.
struct Adjustment {
  Month from_month;
  Money amount;  // a month
  std::vector<cases::StatedReason> reasons;
};
Result<AwardRow> adjust_award(const Surroundings& surroundings, const cases::CaseWorld& world, const Actor& actor,
                              const AwardTarget& target, const Adjustment& adjustment);
/// The same as a part of another act.
Result<AwardRow> adjust_award(UseCase& act, const cases::CaseWorld& world, const AwardTarget& target,
                              const Adjustment& adjustment);

/// Why a benefit ends (S1 art. 13, S3 art. 32).
enum class EndReason {
  recipient_died,      // 享受对象死亡
  gave_up,             // 自愿放弃
  no_longer_eligible,  // 不再符合条件
  moved_away,          // 户籍迁出本县
  other_programme,     // 转入特困供养等其他救助
  deceived,            // 骗取待遇
};
BOOST_DESCRIBE_ENUM(EndReason, recipient_died, gave_up, no_longer_eligible, moved_away, other_programme, deceived)

/// Which reasons only the approver may end a benefit for; the others are recorded by the county case officer.
bool needs_approver(EndReason reason);

struct Ending {
  EndReason reason = EndReason::no_longer_eligible;
  Month last_month;  // the last one that is paid; before the first month: none is
  std::string note;  // what happened; the written reasons
};
/// Ends award and case together. Refuses like adjust_award() and cases::take_step(), and with
/// "award.end_needs_approver", field errors "award.last_month_too_late" {last}, "award.last_month_before_first"
/// {first}, "field.empty".
Result<AwardRow> end_award(const Surroundings& surroundings, const cases::CaseWorld& world, const Actor& actor,
                           const AwardTarget& target, const Ending& ending);
/// The same as a part of another act.
Result<AwardRow> end_award(UseCase& act, const cases::CaseWorld& world, const AwardTarget& target,
                           const Ending& ending);

/// The account into which an award is paid, by the county case officer: whoever pays must not choose where the money
/// goes. The holder is one of the household. Refuses with the field errors of BankAccount and "award.holder_unknown".
struct AccountChange {
  std::string kind;  // bank_card, passbook
  std::string number;
  std::string holder;  // key of a member
  std::string bank;
};
Result<AwardRow> change_account(const Surroundings& surroundings, const Actor& actor, const AwardTarget& target,
                                const AccountChange& change);

/// What the page of one award shows. Reading it is recorded.
struct AwardFile {
  AwardRow row;
  std::vector<AmountRow> amounts;
  std::vector<cases::PersonRow> members;  // whom it is for
  std::optional<AwardAccountRow> account;
};
/// Refuses with "award.not_found", also outside the actor's region.
Result<AwardFile> read_award(const Surroundings& surroundings, const Actor& actor, const RegionCode& county,
                             AwardId id);
/// Of a case; nothing when it has none.
Result<std::optional<AwardFile>> read_award_of_case(const Surroundings& surroundings, const Actor& actor,
                                                    const RegionCode& county, cases::CaseId id);

Result<std::vector<AwardRow>> find_awards(const Surroundings& surroundings, const Actor& actor, AwardFilter filter);
Result<std::vector<AwardTotals>> total_awards(const Surroundings& surroundings, const Actor& actor);
Result<std::int64_t> total_refused_accounts(const Surroundings& surroundings, const Actor& actor);

}  // namespace jiuzhu::awards
