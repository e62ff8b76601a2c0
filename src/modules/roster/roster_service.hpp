#pragma once
// Taking over the roster that a county kept before (存量): upload, check, report, application. Check and application
// run as jobs; the functions at the end are what these jobs and the command line do.

#include "kernel/jobs/runner.hpp"
#include "kernel/messages/messages.hpp"
#include "modules/roster/roster_pass.hpp"
#include "modules/roster/stored_files.hpp"

namespace jiuzhu::roster {

/// What the module works with. Immutable; any thread.
struct RosterWorld {
  const Surroundings& surroundings;
  const cases::CaseWorld& cases;
  const Messages& messages;
  StoredFiles files;
};

/// Registers the jobs.
void provide_roster_jobs(jobs::Runner& runner, const std::shared_ptr<const RosterWorld>& world);

/// An import as it stands, its job looked at: a row that says "applying" beside a cancelled job has been checked.
struct Import {
  ImportRow row;
  ImportState state = ImportState::checking;
  std::optional<jobs::JobRow> job;          // the one that works on it now
  std::optional<Error> refusal;             // why the last application did nothing
  std::optional<ImportRow> applied_before;  // another import took over a file with the same contents
  bool has_file = false;
  bool has_annotated_copy = false;
};

/// Stores the file sealed and asks for its check. Needs Permission::roster_import, which county case officers have.
/// Refuses with "content.empty".
Result<Import> upload(const RosterWorld& world, const Actor& actor, const std::string& file_name,
                      std::string_view bytes);

struct Application {
  Extent extent = Extent::all_or_nothing;
  Month payable_from;  // the first month that this program pays; from the month before this one to two ahead
};
/// Asks for the application of a checked file. Needs Permission::case_decide. Refuses with "roster.not_found",
/// "roster.same_person", "roster.not_checked",
/// "roster.has_findings" {rows} (all or nothing), "roster.nothing_good", and the field error
/// "roster.payable_from_range" {first, last}.
Result<Import> request_application(const RosterWorld& world, const Actor& actor, const RegionCode& county, ImportId id,
                                   const Application& application);

/// Ends what runs. A cancelled check discards the import; a cancelled application leaves it checked, with nothing
/// written. Refuses with "roster.not_found" and "roster.not_running".
Result<Import> cancel(const RosterWorld& world, jobs::Runner& runner, const Actor& actor, const RegionCode& county,
                      ImportId id);

/// Removes the file and its annotated copy. What was taken over stays. Refuses with "roster.not_found" and
/// "roster.running".
Result<Import> discard(const RosterWorld& world, const Actor& actor, const RegionCode& county, ImportId id);

Result<Import> read_import(const RosterWorld& world, const Actor& actor, const RegionCode& county, ImportId id);
Result<std::vector<Import>> find_imports(const RosterWorld& world, const Actor& actor, const std::string& before_id,
                                         int limit);
/// The uploaded file as this program reads it (XLSX, all lines, only the columns that are read), for whoever takes it
/// over to look at, or its annotated copy. Recorded: both hold citizen numbers. Refuses with "roster.file_gone", and as
/// the check did for a file that cannot be read.
struct RosterFile {
  std::string file_name;
  std::string bytes;
};
Result<RosterFile> read_file(const RosterWorld& world, const Actor& actor, const RegionCode& county, ImportId id,
                             FileKind kind);
/// The empty template (XLSX).
Result<std::string> template_bytes(const RosterWorld& world, const Actor& actor);

/// What a job or a command puts around its work.
struct Around {
  std::function<Status(std::int64_t done, std::int64_t total)> advance;
  std::function<Status(db::Transaction&)> finish;
};
/// Without a job, for the command line.
Result<ImportRow> store_upload(const RosterWorld& world, const Actor& actor, const std::string& file_name,
                               std::string_view bytes, bool wants_job);
Result<ImportRow> start_application(const RosterWorld& world, const Actor& actor, const RegionCode& county, ImportId id,
                                    const Application& application, bool wants_job);
/// Reads the file and writes the report to the import. A file that cannot be read makes it unreadable.
Result<ImportRow> run_check(const RosterWorld& world, const Actor& actor, const std::string& county, ImportId id,
                            const Around& around);
/// Everything in one transaction. Refuses with "roster.has_findings" and "roster.nothing_good" after writing the new
/// report: somebody may have filed a person since the check.
Result<ImportRow> run_application(const RosterWorld& world, const Actor& actor, const std::string& county, ImportId id,
                                  const Application& application, const Around& around);

/// The findings that an import's row keeps.
inline constexpr std::size_t kFindingsKept = 200;
std::vector<Finding> kept_findings(const ImportRow& row);
std::vector<std::string> unknown_columns_of(const ImportRow& row);
/// Why the file as a whole cannot be used.
std::optional<Error> file_fault_of(const ImportRow& row);

}  // namespace jiuzhu::roster
