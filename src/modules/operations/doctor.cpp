#include "modules/operations/doctor.hpp"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "kernel/audit/audit_anchors.hpp"
#include "kernel/audit/audit_heads.hpp"
#include "modules/operations/sealed_store.hpp"
#include "platform/db/copies.hpp"
#include "platform/files/draft_file.hpp"
#include "platform/files/pdf_document.hpp"

namespace jiuzhu::operations {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kFreeMin = 1ULL << 30;
/// Clocks of one network differ; a restored machine's may lie months back.
constexpr std::int64_t kClockToleranceSeconds = 300;

std::string user_name(uid_t user) {
  const passwd* entry = ::getpwuid(user);
  return entry ? entry->pw_name : std::to_string(user);
}

class Doctor {
 public:
  explicit Doctor(const Patient& patient) : patient_(patient) {}

  std::vector<Finding> run() {
    look_at_data_folder();
    look_at_disk();
    look_at_key_file();
    if (look_at_database() && look_at_schema()) look_into_database();
    look_at_holidays();
    look_at_fonts();
    return std::move(findings_);
  }

 private:
  void say(std::string check, Health health, std::string key, MessageParams params = {}) {
    findings_.push_back({std::move(check), health, std::move(key), std::move(params)});
  }
  void say(std::string check, const Error& error) { say(std::move(check), Health::wrong, error.key, error.params); }

  void look_at_data_folder() {
    const fs::path& folder = patient_.places.data_folder;
    const MessageParams where{{"folder", folder.string()}};
    const auto wrong = [&](std::string key, MessageParams params) {
      say("data_folder", Health::wrong, std::move(key), std::move(params));
    };
    struct stat status{};
    if (::stat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) {
      return wrong("doctor.data_folder_missing", where);
    }
    const std::string owner = user_name(status.st_uid);
    if (status.st_uid != ::geteuid()) {
      return wrong("doctor.data_folder_owner",
                   {{"folder", folder.string()}, {"owner", owner}, {"user", user_name(::geteuid())}});
    }
    if ((status.st_mode & 077U) != 0) return wrong("doctor.data_folder_mode", where);
    try {
      const DraftFile probe(folder / "probe");  // never published, so it is gone at once
    } catch (const std::system_error& error) {
      return wrong("doctor.data_folder_not_writable",
                   {{"folder", folder.string()}, {"reason", error.code().message()}});
    }
    for (const auto& entry : fs::directory_iterator(folder)) {
      struct stat inner{};
      if (::stat(entry.path().c_str(), &inner) == 0 && inner.st_uid != status.st_uid) {
        return wrong("doctor.data_folder_stranger",
                     {{"folder", folder.string()}, {"file", entry.path().string()}, {"owner", owner}});
      }
    }
    say("data_folder", Health::fine, "doctor.data_folder_fine", where);
  }

  void look_at_disk() {
    std::error_code error;
    const auto space = fs::space(patient_.places.data_folder, error);
    if (error) return;  // the folder is missing, which was said
    const bool is_enough = space.available >= kFreeMin;
    say("disk_space", is_enough ? Health::fine : Health::wrong,
        is_enough ? "doctor.disk_space_fine" : "doctor.disk_space_low",
        {{"folder", patient_.places.data_folder.string()}, {"free", size_text(space.available)}});
  }

  void look_at_key_file() {
    try {
      auto vault = Vault::open(patient_.places.key_file);
      if (!vault) return say("key_file", vault.error());
      vault_ = std::make_unique<Vault>(std::move(*vault));
      say("key_file", Health::fine, "doctor.key_file_fine",
          {{"path", patient_.places.key_file.string()}, {"version", std::to_string(vault_->current_version())}});
    } catch (const std::system_error&) {
      // Its folder belongs to somebody else, too: not even the mode can be seen.
      say("key_file", Health::wrong, "vault.key_file_owner", {{"path", patient_.places.key_file.string()}});
    }
  }

  bool look_at_database() {
    const auto dialect = db::dialect_of(patient_.places.database_address);
    if (!dialect) return say("database", dialect.error()), false;
    if (*dialect == db::Dialect::sqlite) {
      const fs::path file = db::sqlite_file_of(patient_.places.database_address);
      if (!fs::exists(file)) {  // opening would make it
        return say("database", Health::wrong, "doctor.database_missing", {{"file", file.string()}}), false;
      }
    }
    auto database = db::Database::open(patient_.places.database_address, {.connection_count = 1});
    if (!database) return say("database", database.error()), false;
    database_ = std::move(*database);
    say("database", Health::fine, "doctor.database_fine", {{"kind", name_of(*dialect)}});
    if (*dialect == db::Dialect::postgresql) {
      say("database_sorting", Health::fine, "doctor.database_sorting_fine",
          {{"collation", database_->read([](db::Transaction& tx) { return db::collation_of(tx); })}});
    }
    return true;
  }

  bool look_at_schema() {
    if (const auto known = db::check_applied(db::applied_migrations(*database_), patient_.migrations); !known) {
      return say("schema", known.error()), false;
    }
    const auto missing = db::missing_migrations(*database_, patient_.migrations);
    if (!missing.empty()) {
      return say("schema", Health::wrong, "doctor.schema_old", {{"count", std::to_string(missing.size())}}), false;
    }
    say("schema", Health::fine, "doctor.schema_fine", {{"count", std::to_string(patient_.migrations.size())}});
    return true;
  }

  void look_into_database() {
    database_->read([&](db::Transaction& tx) {
      look_at_integrity(tx);
      look_at_sealed(tx);
      look_at_clock(tx);
      look_at_audit(tx);
      look_at_count(patient_.count_places(tx), "places", "doctor.places_fine", "doctor.places_missing");
      look_at_count(patient_.count_administrators(tx), "administrator", "doctor.administrator_fine",
                    "doctor.administrator_missing");
      look_at_attachments(tx);
      return true;
    });
  }

  void look_at_integrity(db::Transaction& tx) {
    if (database_->dialect() == db::Dialect::postgresql) {
      return say("integrity", Health::skipped, "doctor.integrity_skipped");
    }
    if (const auto damage = db::find_damage(tx)) {
      return say("integrity", Health::wrong, "doctor.integrity_damaged", {{"damage", *damage}});
    }
    say("integrity", Health::fine, "doctor.integrity_fine");
  }

  void look_at_sealed(db::Transaction& tx) {
    if (!vault_) return say("keys_open_data", Health::skipped, "doctor.keys_open_data_skipped");
    std::int64_t count = 0;
    std::int64_t old = 0;
    for (const SealedColumn& column : patient_.sealed) {
      for (const VersionCount& version : count_versions(tx, column)) {
        const auto sample = find_sample(tx, column, version.version);
        if (!sample || !vault_->open(*sample, column.context)) {
          return say("keys_open_data", Health::wrong, "doctor.keys_open_data_wrong",
                     {{"column", name_of(column)}, {"path", patient_.places.key_file.string()}});
        }
        count += version.count;
        if (!vault_->is_current(*sample)) old += version.count;
      }
    }
    say("keys_open_data", Health::fine, "doctor.keys_open_data_fine", {{"count", std::to_string(count)}});
    if (old > 0) say("keys_current", Health::attention, "doctor.keys_current_old", {{"count", std::to_string(old)}});
  }

  void look_at_clock(db::Transaction& tx) {
    const Instant now = patient_.clock.now();
    const auto newest = newest_audit_record(tx);
    const std::string today = now.china_date().to_text();
    if (newest && now.plus_seconds(kClockToleranceSeconds) < *newest) {
      return say("clock", Health::wrong, "doctor.clock_behind",
                 {{"today", today}, {"newest", newest->china_date().to_text()}});
    }
    say("clock", Health::fine, "doctor.clock_fine", {{"today", today}});
  }

  void look_at_audit(db::Transaction& tx) {
    if (!vault_) return say("audit", Health::skipped, "doctor.keys_open_data_skipped");
    const auto anchors = AuditAnchors(patient_.places.anchors()).read();
    if (!anchors) return say("audit", anchors.error());
    const auto faults = check_audit_heads(tx, *vault_, *anchors);
    for (const AuditFault& fault : faults) {
      say("audit", Health::wrong, fault.key, {{"chain", fault.chain}, {"sequence", std::to_string(fault.sequence)}});
    }
    if (!faults.empty()) return;
    say("audit", Health::fine, "doctor.audit_fine", {{"chains", std::to_string(audit_heads(tx).size())}});
  }

  void look_at_count(std::int64_t count, std::string check, std::string fine, std::string missing) {
    say(std::move(check), count > 0 ? Health::fine : Health::wrong, count > 0 ? std::move(fine) : std::move(missing),
        {{"count", std::to_string(count)}});
  }

  void look_at_attachments(db::Transaction& tx) {
    const auto tables = db::table_names(tx, database_->dialect());
    std::int64_t count = 0;
    std::vector<std::string> missing;
    bool has_table = false;
    for (const AttachmentColumn& column : patient_.attachments) {
      if (std::find(tables.begin(), tables.end(), column.table) == tables.end()) continue;
      has_table = true;
      const std::string name(column.column);
      tx.each<std::string>(
          {"doctor.attachments", "select distinct " + name + " from " + std::string(column.table) + " where " + name +
                                     " is not null and " + std::string(column.condition)},
          [&](const std::string& digest) {
            ++count;
            if (!is_stored(digest)) missing.push_back(digest);
          });
    }
    if (!has_table) return;
    if (missing.empty()) {
      return say("attachments", Health::fine, "doctor.attachments_fine", {{"count", std::to_string(count)}});
    }
    say("attachments", Health::wrong, "doctor.attachments_missing",
        {{"count", std::to_string(missing.size())},
         {"digest", missing.front()},
         {"folder", patient_.places.attachments().string()}});
  }

  /// Without a ContentStore, which would make its folder.
  bool is_stored(const std::string& digest) const {
    if (!Digest::parse(digest)) return false;
    return fs::exists(patient_.places.attachments() / digest.substr(0, 2) / digest.substr(2, 2) / digest);
  }

  void look_at_holidays() {
    const int year = patient_.clock.today().year();
    const int last = patient_.calendar.last_year();
    const MessageParams years{{"year", std::to_string(last + 1)}, {"last", std::to_string(last)}};
    if (last < year) return say("holidays", Health::wrong, "doctor.holidays_missing", years);
    if (last == year) return say("holidays", Health::attention, "doctor.holidays_next_missing", years);
    say("holidays", Health::fine, "doctor.holidays_fine", years);
  }

  /// By printing: that alone tells whether a notice would come out with its characters.
  void look_at_fonts() {
    const PdfDocument page{.title = "最低生活保障", .blocks = {PdfParagraph{.text = "准予享受最低生活保障待遇决定书"}}};
    const bool is_printed = render_pdf({&page, 1}, patient_.clock.now()).has_value();
    say("fonts", is_printed ? Health::fine : Health::wrong, is_printed ? "doctor.fonts_fine" : "doctor.fonts_missing");
  }

  const Patient& patient_;
  std::vector<Finding> findings_;
  std::unique_ptr<Vault> vault_;
  std::unique_ptr<db::Database> database_;
};

}  // namespace

std::vector<Finding> examine(const Patient& patient) { return Doctor(patient).run(); }

bool is_healthy(const std::vector<Finding>& findings) {
  return std::none_of(findings.begin(), findings.end(),
                      [](const Finding& finding) { return finding.health == Health::wrong; });
}

}  // namespace jiuzhu::operations
