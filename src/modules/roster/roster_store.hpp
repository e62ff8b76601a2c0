#pragma once
// All SQL of the module.

#include "kernel/jobs/job.hpp"
#include "kernel/regions/region_column.hpp"
#include "modules/roster/places.hpp"

namespace jiuzhu::roster {

using ImportId = Id<struct RosterImportTag>;

enum class ImportState {
  checking,    // being read; nothing is written
  unreadable,  // the file as a whole cannot be used
  checked,     // the report is there; waits for an officer
  applying,
  applied,
  discarded,  // by an officer, or the check was cancelled; the file is gone
};
BOOST_DESCRIBE_ENUM(ImportState, checking, unreadable, checked, applying, applied, discarded)

/// How much of a file with findings is taken over.
enum class Extent {
  all_or_nothing,
  good_households,  // those without a finding
};
BOOST_DESCRIBE_ENUM(Extent, all_or_nothing, good_households)

struct ImportRow {
  std::string county_code;
  ImportId id;
  std::string file_name;
  std::string file_digest;
  ImportState state = ImportState::checking;
  std::optional<jobs::JobId> job_id;
  UserId uploaded_by;
  std::string uploaded_by_name;
  Instant uploaded_at;
  std::int64_t person_count = 0;
  std::int64_t household_count = 0;
  std::int64_t good_count = 0;       // households without a finding
  std::int64_t by_person_count = 0;  // of these, those whose amount is not what the rules give
  Money amount;                      // of these, a month
  std::int64_t bad_row_count = 0;
  std::string findings = "[]";  // the first ones, as JSON
  std::string unknown_columns = "[]";
  std::optional<std::string> file_fault_key;
  std::optional<std::string> file_fault_params;
  std::optional<Extent> extent;
  std::optional<Month> payable_from;
  std::int64_t applied_count = 0;
  std::optional<std::string> applied_by_name;
  std::optional<Instant> applied_at;
};
BOOST_DESCRIBE_STRUCT(ImportRow, (),
                      (county_code, id, file_name, file_digest, state, job_id, uploaded_by, uploaded_by_name,
                       uploaded_at, person_count, household_count, good_count, by_person_count, amount, bad_row_count,
                       findings, unknown_columns, file_fault_key, file_fault_params, extent, payable_from,
                       applied_count, applied_by_name, applied_at))

void insert_import(db::Transaction& tx, const ImportRow& row);
std::optional<ImportRow> find_import(db::Transaction& tx, const std::string& county, ImportId id);
/// Writes everything that changes, when the row still stands at `state` with that job; also locks it.
bool update_import(db::Transaction& tx, const ImportRow& row, ImportState state, std::optional<jobs::JobId> job);
/// Newest first.
std::vector<ImportRow> list_imports(db::Transaction& tx, const Scope& scope, const std::string& before_id, int limit);
/// Another import that has taken over a file with the same contents.
std::optional<ImportRow> applied_with_digest(db::Transaction& tx, const std::string& county, const std::string& digest);

/// PostgreSQL keeps the plans of foreign-key checks and look-ups that it made while the tables were small, and would
/// read whole tables for every row of a roster that fills them. Does nothing on SQLite.
void plan_anew(const db::Database& database, db::Transaction& tx);

/// Townships and villages of a county that are valid today.
std::vector<PlaceName> places_of(db::Transaction& tx, const RegionCode& county);

}  // namespace jiuzhu::roster
