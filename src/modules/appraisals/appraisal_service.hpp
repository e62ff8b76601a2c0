#pragma once
// Recording democratic appraisals. Where the rules want one, its result moves the case: to the township's opinion, or
// back to the investigation when it was disputed.

#include "modules/appraisals/appraisal_rules.hpp"
#include "modules/cases/case_service.hpp"

namespace jiuzhu::appraisals {

/// Needs Permission::appraisal_record, and a state as may_be_held_in(): refuses with "appraisal.not_in_this_state".
/// Field errors as in faults_in(), refusals as in check_lawful(). In `appraising` takes accept_appraisal or
/// dispute_appraisal in the same act, with their needs.
Result<cases::CaseRow> record_appraisal(const Surroundings& surroundings, const cases::CaseWorld& world,
                                        const Actor& actor, const cases::CaseTarget& target,
                                        const AppraisalDraft& draft);

struct AppraisalRecord {
  SessionRow session;
  std::vector<ParticipantRow> participants;
  bool counts = false;  // held since the case last came to be investigated
};

struct AppraisalFile {
  std::vector<AppraisalRecord> sessions;  // oldest first
  bool is_required = false;
  std::optional<Error> obstacle;
};
/// Reading it is recorded. Needs Permission::case_read.
Result<AppraisalFile> read_appraisals(const Surroundings& surroundings, const cases::CaseWorld& world,
                                      const Actor& actor, const RegionCode& county, cases::CaseId id);

/// valid_appraisal.
void provide_appraisal_needs(cases::CaseWorld& world);

}  // namespace jiuzhu::appraisals
