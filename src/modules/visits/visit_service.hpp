#pragma once
// Recording home visits, and ending the investigation. A visit stays in the state it is made in; finish_investigation()
// moves the case on.

#include <set>

#include "modules/access/access_store.hpp"
#include "modules/cases/case_service.hpp"
#include "modules/visits/visit_rules.hpp"

namespace jiuzhu::visits {

struct RecordedVisit {
  cases::CaseRow row;
  VisitId id;
};

/// Needs Permission::visit_record; the township's visits are recorded in `investigating` by the village or township,
/// the county's in `county_review` by the county: refuses with "visit.not_in_this_state" and "visit.of_other_level".
/// Field errors as in faults_in(), refusals as in check_lawful(). Facts of a township visit become the next revision,
/// with reason "visited". Signatures may follow later.
Result<RecordedVisit> record_visit(const Surroundings& surroundings, const cases::CaseWorld& world, const Actor& actor,
                                   const cases::CaseTarget& target, const VisitDraft& draft);

struct VisitSignatures {
  std::vector<UserId> investigators;
  bool is_present_signed = false;
};
/// Signatures that were given on paper after the record was written; none is ever taken back. Refuses with
/// "visit.not_found", "visit.not_in_this_state" and field error "visit.investigator_unknown".
Result<cases::CaseRow> sign_visit(const Surroundings& surroundings, const cases::CaseWorld& world, const Actor& actor,
                                  const cases::CaseTarget& target, VisitId visit, const VisitSignatures& signatures);

/// A visit that contradicts the declaration marks the case doubtful, so that the county visits too (S2 art. 26).
Result<cases::CaseRow> finish_investigation(const Surroundings& surroundings, const cases::CaseWorld& world,
                                            const Actor& actor, const cases::CaseTarget& target,
                                            const std::string& note);

struct VisitRecord {
  VisitRow visit;
  std::vector<InvestigatorRow> investigators;
  std::vector<VisitFindingRow> findings;
  std::vector<documents::DocumentRow> photos;  // the removed among them
  bool is_signed = false;
  bool counts = false;  // made since the case last came to be investigated
};

struct VisitFile {
  std::vector<VisitRecord> visits;  // oldest first
  std::vector<cases::PersonRow> persons;
  std::optional<Error> obstacle;  // why the township's investigation is not complete
};
/// Reading it is recorded. Needs Permission::case_read.
Result<VisitFile> read_visits(const Surroundings& surroundings, const cases::CaseWorld& world, const Actor& actor,
                              const RegionCode& county, cases::CaseId id);

/// Who may visit this household: holders of Permission::visit_record around it who are not its kin. Needs
/// Permission::visit_record.
Result<std::vector<access::OfficerRow>> eligible_investigators(const Surroundings& surroundings, const Actor& actor,
                                                               const RegionCode& county, cases::CaseId id);

/// All who went to see the household or wrote a visit down, of both kinds, in any round: none of them approves.
std::set<UserId> investigators_of(db::Transaction& tx, const std::string& county, cases::CaseId id);

/// The township's visit, since the case last came to be investigated; refuses as check_complete().
Status check_township_visit(db::Transaction& tx, const cases::CaseRow& row, const policy::Procedure& procedure);
/// The county's own visit, likewise. For the need county_visit of the module that draws samples.
Status check_county_visit(db::Transaction& tx, const cases::CaseRow& row, const policy::Procedure& procedure);

/// complete_visit.
void provide_visit_needs(cases::CaseWorld& world);

}  // namespace jiuzhu::visits
