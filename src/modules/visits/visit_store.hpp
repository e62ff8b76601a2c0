#pragma once
// All SQL of the module, and its rows.

#include <optional>
#include <string>
#include <vector>

#include "modules/cases/case_store.hpp"
#include "modules/documents/document_store.hpp"

namespace jiuzhu::visits {

using VisitId = Id<struct HomeVisitTag>;

/// The township's investigation of an application, or the county's own check of it.
enum class VisitKind { township, county };
BOOST_DESCRIBE_ENUM(VisitKind, township, county)

/// By telephone or video only in a major emergency, where the rules allow it.
enum class VisitMode { on_site, remote };
BOOST_DESCRIBE_ENUM(VisitMode, on_site, remote)

/// What the visitors look into (S2 art. 19).
enum class VisitTopic { members, housing, living_conditions, health, employment, income, property, expenses, other };
BOOST_DESCRIBE_ENUM(VisitTopic, members, housing, living_conditions, health, employment, income, property, expenses,
                    other)

/// With the family's declaration.
enum class Conclusion { consistent, inconsistent };
BOOST_DESCRIBE_ENUM(Conclusion, consistent, inconsistent)

struct VisitRow {
  std::string county_code;
  VisitId id;
  cases::CaseId case_id;
  std::int64_t case_version = 0;
  VisitKind kind = VisitKind::township;
  VisitMode mode = VisitMode::on_site;
  Date visited_on;
  std::string place;
  std::optional<std::string> emergency;
  std::string present_key;  // the member who was there
  bool is_present_signed = false;
  Conclusion conclusion = Conclusion::consistent;
  bool has_facts = false;  // the facts were revised with it
  UserId recorded_by;
  std::string recorded_by_name;
  Instant recorded_at;
};
BOOST_DESCRIBE_STRUCT(VisitRow, (),
                      (county_code, id, case_id, case_version, kind, mode, visited_on, place, emergency, present_key,
                       is_present_signed, conclusion, has_facts, recorded_by, recorded_by_name, recorded_at))

struct InvestigatorRow {
  std::string county_code;
  VisitId visit_id;
  UserId user_id;
  int position = 0;
  std::string name;
  Role role = Role::village_cadre;
  bool is_signed = false;
};
BOOST_DESCRIBE_STRUCT(InvestigatorRow, (), (county_code, visit_id, user_id, position, name, role, is_signed))

struct VisitFindingRow {
  std::string county_code;
  VisitId visit_id;
  int position = 0;
  VisitTopic topic = VisitTopic::other;
  std::string content;
};
BOOST_DESCRIBE_STRUCT(VisitFindingRow, (), (county_code, visit_id, position, topic, content))

struct VisitPhotoRow {
  std::string county_code;
  VisitId visit_id;
  int position = 0;
  documents::DocumentId attachment;
};
BOOST_DESCRIBE_STRUCT(VisitPhotoRow, (), (county_code, visit_id, position, attachment))

void insert_visit(db::Transaction& tx, const VisitRow& row);
void insert_investigator(db::Transaction& tx, const InvestigatorRow& row);
void insert_visit_finding(db::Transaction& tx, const VisitFindingRow& row);
void insert_visit_photo(db::Transaction& tx, const VisitPhotoRow& row);
/// False when nobody of that kind is on the visit.
bool sign_as_investigator(db::Transaction& tx, const std::string& county, VisitId visit, UserId user);
void sign_as_present(db::Transaction& tx, const std::string& county, VisitId visit);

/// Oldest first.
std::vector<VisitRow> visits_of(db::Transaction& tx, const std::string& county, cases::CaseId id);
std::vector<InvestigatorRow> investigators_on(db::Transaction& tx, const std::string& county, VisitId visit);
std::vector<InvestigatorRow> all_investigators_of(db::Transaction& tx, const std::string& county, cases::CaseId id);
std::vector<VisitFindingRow> visit_findings_of(db::Transaction& tx, const std::string& county, cases::CaseId id);
std::vector<VisitPhotoRow> visit_photos_of(db::Transaction& tx, const std::string& county, cases::CaseId id);

}  // namespace jiuzhu::visits
