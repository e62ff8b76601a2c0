#pragma once
// What a home visit must be: who may go, what they look into, and when a record is complete (S2 arts. 18, 19; S3
// art. 16). Pure; any thread.

#include <span>

#include "base/result.hpp"
#include "engines/policy/facts.hpp"
#include "engines/policy/procedure.hpp"
#include "modules/visits/visit_store.hpp"

namespace jiuzhu::visits {

struct VisitFinding {
  VisitTopic topic = VisitTopic::other;
  std::string content;
};

struct VisitSigner {
  UserId user;
  bool is_signed = false;
};

struct VisitDraft {
  VisitKind kind = VisitKind::township;
  VisitMode mode = VisitMode::on_site;
  Date visited_on;
  std::string place;
  std::string emergency;  // which major emergency keeps the investigators away
  std::vector<VisitSigner> investigators;
  std::string present;  // key of the member who was there
  bool is_present_signed = false;
  std::vector<VisitFinding> findings;
  std::vector<documents::DocumentId> photos;
  Conclusion conclusion = Conclusion::consistent;
  std::optional<policy::HouseholdFacts> facts;  // as the visitors found them
};

/// What is known about the account that a draft names, in the draft's order.
struct Candidate {
  bool is_known = false;  // there is such an account, and it is not disabled
  bool is_kin = false;
  std::string name = {};
  std::optional<Role> role = {};  // under which the account may visit this household; none when it may not
};

/// The circumstances of one visit.
struct VisitSetting {
  std::span<const Candidate> candidates;
  std::span<const cases::PersonRow> persons;
  std::span<const documents::DocumentRow> documents;  // of the case
  const policy::Procedure& procedure;
  Date since;  // the case came into its state on this day
  Date today;
};

/// The state in which visits of a kind are made.
cases::State state_for(VisitKind kind);

/// A role of the level that answers for visits of this kind: township or county.
bool answers_for(Role role, VisitKind kind);

/// Field errors: unknown or repeated investigators, nobody of the family, missing topics, dates, photos.
std::vector<FieldError> faults_in(const VisitDraft& draft, const VisitSetting& setting);

/// What the law asks. Refuses with "visit.too_few_investigators" (param minimum), "case.recusal",
/// "visit.level_missing_township", "visit.level_missing_county", "visit.remote_not_allowed" or
/// "visit.before_its_time" (param since).
Status check_lawful(const VisitDraft& draft, const VisitSetting& setting);

/// Refuses with "visit.missing_township", "visit.missing_county", "visit.too_few_investigators" or
/// "visit.signature_missing". `visit` is the latest of the kind since the case last came to be investigated, null when
/// there is none.
Status check_complete(VisitKind kind, const VisitRow* visit, std::span<const InvestigatorRow> investigators,
                      const policy::Procedure& procedure);

}  // namespace jiuzhu::visits
