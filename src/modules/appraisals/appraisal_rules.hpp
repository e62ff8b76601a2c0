#pragma once
// When a democratic appraisal is one: who must be there, who must not, what its result allows (S2 arts. 21-24). Pure;
// any thread.

#include <span>

#include "base/result.hpp"
#include "engines/policy/procedure.hpp"
#include "modules/appraisals/appraisal_store.hpp"

namespace jiuzhu::appraisals {

struct Participant {
  std::string name;
  Capacity capacity = Capacity::residents_delegate;
  std::optional<UserId> user;  // where the participant has an account
  bool is_signed = false;
};

struct AppraisalDraft {
  Date held_on;
  std::string place;
  std::vector<Participant> participants;
  AppraisalResult result = AppraisalResult::disputed;
  std::optional<int> votes_true;
  std::optional<int> votes_untrue;
  std::string remarks;
};

/// The circumstances of one session.
struct AppraisalSetting {
  std::span<const UserId> known_users;  // accounts of the draft that exist and are not disabled
  std::span<const cases::PersonRow> persons;
  std::span<const cases::KinRow> kin;
  const policy::Procedure& procedure;
  Date since;  // the case came into its state on this day
  Date today;
};

/// True when the rules of the case want every application appraised.
bool is_required(const policy::Procedure& procedure);

/// Where a session belongs: `appraising` where the rules want it; otherwise the township may hold one of its own accord
/// while it investigates or forms its opinion (S3 art. 19).
bool may_be_held_in(cases::State state, const policy::Procedure& procedure);

/// Field errors: names, accounts, double entries, votes, date and place.
std::vector<FieldError> faults_in(const AppraisalDraft& draft, const AppraisalSetting& setting);

/// Refuses with "case.recusal" (kin, and the family itself), "appraisal.no_township_staff",
/// "appraisal.too_few_delegates" (params delegates, present, share), "appraisal.signature_missing" or
/// "appraisal.before_its_time" (param since). A dispute is recorded without all signatures: not signing is one way to
/// dispute, and the family must not wait for it.
Status check_lawful(const AppraisalDraft& draft, const AppraisalSetting& setting);

/// `sessions` are those since the case last came to be investigated, oldest first. Refuses with "appraisal.missing"
/// where one is required, "appraisal.disputed" when any was, and "appraisal.untrue" when the last one says so, except
/// in `appraising`: the session was held and the case goes on to the township's opinion, which then cannot be approval.
Status check_valid(std::span<const SessionRow> sessions, cases::State state, const policy::Procedure& procedure);

}  // namespace jiuzhu::appraisals
