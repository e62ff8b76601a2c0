#pragma once
// The township's opinion, both rounds of publicity, and objections.

#include "modules/cases/case_service.hpp"
#include "modules/cases/stated_reasons.hpp"
#include "modules/publicity/publicity_store.hpp"

namespace jiuzhu::publicity {

struct ApprovalProposal {
  std::optional<Money> amount;      // the computed one when absent
  std::string reason;               // for any other amount
  std::vector<std::string> places;  // where the notice hangs: boards of village and town, screens of the service hall
};

/// The township proposes approval and posts its notice in the same transaction (S2 art. 25, S3 art. 19). Refuses with
/// field errors "opinion.amount_required" (the assessment leaves the amount to a person),
/// "opinion.amount_not_positive", "opinion.reason_required", "publicity.places_missing", and like cases::take_step().
Result<cases::CaseRow> propose_approval(const Surroundings& surroundings, const cases::CaseWorld& world,
                                        const Actor& actor, const cases::CaseTarget& target,
                                        const ApprovalProposal& proposal);

/// The township proposes refusal; at least one reason with its article. Refuses like cases::require_reasons() and
/// cases::take_step().
Result<cases::CaseRow> propose_refusal(const Surroundings& surroundings, const cases::CaseWorld& world,
                                       const Actor& actor, const cases::CaseTarget& target,
                                       const std::vector<cases::StatedReason>& reasons);

/// Posts the notice of a round for an opened case that has just entered it; `row` carries the proposed amount. For the
/// modules whose steps lead into publicity. Refuses with "publicity.places_missing" or what the assessment refuses
/// with.
Result<NoticeRow> post_notice(UseCase& act, const cases::CaseWorld& world, const cases::CaseRow& row, Round round,
                              const std::vector<std::string>& places);

/// Ends the round. Refuses with "publicity.not_posted", "publicity.not_over" (param last_day) or "objection.open".
Result<cases::CaseRow> close_publicity(const Surroundings& surroundings, const cases::CaseWorld& world,
                                       const Actor& actor, const cases::CaseTarget& target);

struct NewObjection {
  Date received_on;
  ObjectionChannel channel = ObjectionChannel::in_person;
  std::optional<std::string> objector;  // absent: anonymous
  std::string content;
};

struct RecordedObjection {
  cases::CaseRow row;
  ObjectionId id;
};

/// From the first notice until the decision. Refuses with "objection.no_notice" and field errors
/// "objection.received_on_out_of_range", "field.empty".
Result<RecordedObjection> record_objection(const Surroundings& surroundings, const cases::CaseWorld& world,
                                           const Actor& actor, const cases::CaseTarget& target,
                                           const NewObjection& objection);

struct ObjectionHandling {
  ObjectionId objection;
  std::string reasons;
};

/// Refuses with "objection.not_found", "objection.handled" or the field error "field.empty".
Result<cases::CaseRow> dismiss_objection(const Surroundings& surroundings, const cases::CaseWorld& world,
                                         const Actor& actor, const cases::CaseTarget& target,
                                         const ObjectionHandling& handling);

/// Takes the notice down and sends the case back to investigation; from county review through the review's own step
/// (S2 art. 29, S3 art. 19). While the approver has the case, it is returned to review first.
Result<cases::CaseRow> uphold_objection(const Surroundings& surroundings, const cases::CaseWorld& world,
                                        const Actor& actor, const cases::CaseTarget& target,
                                        const ObjectionHandling& handling);

/// Who objected: a recorded act with a reason. Refuses with "objection.not_found", "objection.anonymous".
Result<std::string> reveal_objector(const Surroundings& surroundings, const Actor& actor, const RegionCode& county,
                                    cases::CaseId id, ObjectionId objection, const std::string& reason);

struct PublicityFile {
  cases::CaseRow row;
  std::vector<OpinionRow> opinions;
  std::vector<NoticeRow> notices;
  std::vector<ObjectionRow> objections;
};

/// Reading it is recorded.
Result<PublicityFile> read_publicity(const Surroundings& surroundings, const Actor& actor, const RegionCode& county,
                                     cases::CaseId id);

struct NoticeForPrint {
  cases::CaseRow row;
  NoticeRow notice;
};
/// Refuses with "publicity.notice_not_found".
Result<NoticeForPrint> read_notice(const Surroundings& surroundings, const Actor& actor, const RegionCode& county,
                                   cases::CaseId id, NoticeId notice);

struct PublicPage {
  std::vector<NoticeRow> notices;
  std::optional<std::string> next;
};

/// What hangs today, for anybody. `region` is a place of any level, or nothing for all. A notice whose case was
/// withdrawn, ended or sent back meanwhile does not hang any more.
Result<PublicPage> public_notices(const Surroundings& surroundings, const std::optional<RegionCode>& region,
                                  const std::string& after);

/// How a county shows applicants' names; needs Permission::policy_change there.
Status change_name_display(const Surroundings& surroundings, const Actor& actor, const RegionCode& county,
                           NameDisplay display);
Result<NameDisplay> read_name_display(const Surroundings& surroundings, const Actor& actor, const RegionCode& county);

/// The answers that this module owns: publicity_over, objections_settled.
void provide_publicity_needs(cases::CaseWorld& world);

}  // namespace jiuzhu::publicity
