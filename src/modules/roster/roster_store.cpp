#include "modules/roster/roster_store.hpp"

#include "platform/db/statistics.hpp"

namespace jiuzhu::roster {
namespace {

using db::Statement;

#define JZ_IMPORT_COLUMNS                                                                                      \
  "county_code, id, file_name, file_digest, state, job_id, uploaded_by, uploaded_by_name, uploaded_at, "       \
  "person_count, household_count, good_count, by_person_count, amount, bad_row_count, findings, "              \
  "unknown_columns, file_fault_key, file_fault_params, extent, payable_from, applied_count, applied_by_name, " \
  "applied_at"

constexpr Statement kInsert{"roster.insert",
                            "insert into roster_import (" JZ_IMPORT_COLUMNS
                            ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kFind{"roster.find",
                          "select " JZ_IMPORT_COLUMNS " from roster_import where county_code = ? and id = ?"};
constexpr Statement kUpdate{
    "roster.update",
    "update roster_import set state = ?, job_id = ?, person_count = ?, household_count = ?, good_count = ?, "
    "by_person_count = ?, amount = ?, bad_row_count = ?, findings = ?, unknown_columns = ?, file_fault_key = ?, "
    "file_fault_params = ?, extent = ?, payable_from = ?, applied_count = ?, applied_by_name = ?, applied_at = ? "
    "where county_code = ? and id = ? and state = ? and coalesce(job_id, '') = ?"};
constexpr Statement kList{"roster.list",
                          "select " JZ_IMPORT_COLUMNS
                          " from roster_import where county_code >= ? and county_code < ? and (? = '' or id < ?) "
                          "order by id desc limit ?"};
constexpr Statement kAppliedWithDigest{"roster.applied_with_digest",
                                       "select " JZ_IMPORT_COLUMNS
                                       " from roster_import where county_code = ? and file_digest = ? and state = "
                                       "'applied' order by id desc limit 1"};
constexpr Statement kPlaces{"roster.places",
                            "select code, name from region where code > ? and code < ? and valid_until is null "
                            "order by code"};
// Its lock stays until the transaction ends: of two counties' rosters, neither may wait for the other's end.
constexpr Statement kAnalyze{"roster.analyze",
                             "analyze (skip_locked) assistance_case, case_person, case_facts, award, award_amount, "
                             "award_member, award_account, person_directory, audit_record"};

}  // namespace

void plan_anew(const db::Database& database, db::Transaction& tx) { db::gather_statistics(database, tx, kAnalyze); }

void insert_import(db::Transaction& tx, const ImportRow& row) { tx.enqueue_row(kInsert, row); }

std::optional<ImportRow> find_import(db::Transaction& tx, const std::string& county, ImportId id) {
  return tx.find<ImportRow>(kFind, county, id);
}

bool update_import(db::Transaction& tx, const ImportRow& row, ImportState state, std::optional<jobs::JobId> job) {
  return tx.execute(kUpdate, row.state, row.job_id, row.person_count, row.household_count, row.good_count,
                    row.by_person_count, row.amount, row.bad_row_count, row.findings, row.unknown_columns,
                    row.file_fault_key, row.file_fault_params, row.extent, row.payable_from, row.applied_count,
                    row.applied_by_name, row.applied_at, row.county_code, row.id, state,
                    job ? job->to_text() : std::string()) == 1;
}

std::vector<ImportRow> list_imports(db::Transaction& tx, const Scope& scope, const std::string& before_id, int limit) {
  return tx.select<ImportRow>(kList, scope.from, scope.until, before_id, before_id, limit);
}

std::optional<ImportRow> applied_with_digest(db::Transaction& tx, const std::string& county,
                                             const std::string& digest) {
  return tx.find<ImportRow>(kAppliedWithDigest, county, digest);
}

std::vector<PlaceName> places_of(db::Transaction& tx, const RegionCode& county) {
  return tx.select<PlaceName>(kPlaces, county.to_text(), county.range().until);
}

}  // namespace jiuzhu::roster
