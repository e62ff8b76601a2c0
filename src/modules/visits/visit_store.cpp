#include "modules/visits/visit_store.hpp"

namespace jiuzhu::visits {
namespace {

using db::Statement;

constexpr Statement kInsertVisit{
    "visits.insert",
    "insert into home_visit (county_code, id, case_id, case_version, kind, mode, visited_on, place, emergency, "
    "present_key, is_present_signed, conclusion, has_facts, recorded_by, recorded_by_name, recorded_at) "
    "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kVisits{
    "visits.of_case",
    "select county_code, id, case_id, case_version, kind, mode, visited_on, place, emergency, present_key, "
    "is_present_signed, conclusion, has_facts, recorded_by, recorded_by_name, recorded_at from home_visit "
    "where county_code = ? and case_id = ? order by case_version"};
constexpr Statement kInsertInvestigator{
    "visits.insert_investigator",
    "insert into home_visit_investigator (county_code, visit_id, user_id, position, name, role, is_signed) "
    "values (?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kInvestigators{
    "visits.investigators",
    "select county_code, visit_id, user_id, position, name, role, is_signed from home_visit_investigator "
    "where county_code = ? and visit_id = ? order by position"};
constexpr Statement kAllInvestigators{
    "visits.all_investigators",
    "select i.county_code, i.visit_id, i.user_id, i.position, i.name, i.role, i.is_signed "
    "from home_visit_investigator i join home_visit v on v.county_code = i.county_code and v.id = i.visit_id "
    "where v.county_code = ? and v.case_id = ? order by v.case_version, i.position"};
constexpr Statement kInsertFinding{
    "visits.insert_finding",
    "insert into home_visit_finding (county_code, visit_id, position, topic, content) values (?, ?, ?, ?, ?)"};
constexpr Statement kFindings{
    "visits.findings",
    "select f.county_code, f.visit_id, f.position, f.topic, f.content from home_visit_finding f "
    "join home_visit v on v.county_code = f.county_code and v.id = f.visit_id "
    "where v.county_code = ? and v.case_id = ? order by v.case_version, f.position"};
constexpr Statement kInsertPhoto{
    "visits.insert_photo",
    "insert into home_visit_photo (county_code, visit_id, position, attachment) values (?, ?, ?, ?)"};
constexpr Statement kPhotos{"visits.photos",
                            "select p.county_code, p.visit_id, p.position, p.attachment from home_visit_photo p "
                            "join home_visit v on v.county_code = p.county_code and v.id = p.visit_id "
                            "where v.county_code = ? and v.case_id = ? order by v.case_version, p.position"};
constexpr Statement kSignInvestigator{"visits.sign_investigator",
                                      "update home_visit_investigator set is_signed = 1 "
                                      "where county_code = ? and visit_id = ? and user_id = ?"};
constexpr Statement kSignPresent{"visits.sign_present",
                                 "update home_visit set is_present_signed = 1 where county_code = ? and id = ?"};

}  // namespace

void insert_visit(db::Transaction& tx, const VisitRow& row) { tx.enqueue_row(kInsertVisit, row); }
void insert_investigator(db::Transaction& tx, const InvestigatorRow& row) { tx.enqueue_row(kInsertInvestigator, row); }
void insert_visit_finding(db::Transaction& tx, const VisitFindingRow& row) { tx.enqueue_row(kInsertFinding, row); }
void insert_visit_photo(db::Transaction& tx, const VisitPhotoRow& row) { tx.enqueue_row(kInsertPhoto, row); }

bool sign_as_investigator(db::Transaction& tx, const std::string& county, VisitId visit, UserId user) {
  return tx.execute(kSignInvestigator, county, visit, user) > 0;
}

void sign_as_present(db::Transaction& tx, const std::string& county, VisitId visit) {
  tx.enqueue(kSignPresent, county, visit);
}

std::vector<VisitRow> visits_of(db::Transaction& tx, const std::string& county, cases::CaseId id) {
  return tx.select<VisitRow>(kVisits, county, id);
}

std::vector<InvestigatorRow> investigators_on(db::Transaction& tx, const std::string& county, VisitId visit) {
  return tx.select<InvestigatorRow>(kInvestigators, county, visit);
}

std::vector<InvestigatorRow> all_investigators_of(db::Transaction& tx, const std::string& county, cases::CaseId id) {
  return tx.select<InvestigatorRow>(kAllInvestigators, county, id);
}

std::vector<VisitFindingRow> visit_findings_of(db::Transaction& tx, const std::string& county, cases::CaseId id) {
  return tx.select<VisitFindingRow>(kFindings, county, id);
}

std::vector<VisitPhotoRow> visit_photos_of(db::Transaction& tx, const std::string& county, cases::CaseId id) {
  return tx.select<VisitPhotoRow>(kPhotos, county, id);
}

}  // namespace jiuzhu::visits
