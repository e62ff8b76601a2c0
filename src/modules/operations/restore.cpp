#include "modules/operations/restore.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <set>

#include "kernel/audit/audit_anchors.hpp"
#include "platform/db/copies.hpp"
#include "platform/files/archive.hpp"
#include "platform/files/draft_file.hpp"

namespace jiuzhu::operations {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kManifestSizeMax = 1ULL << 30;
constexpr std::uint64_t kKeyFileSizeMax = 1U << 16;
constexpr std::size_t kNamedMax = 5;

std::string list_of(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < kNamedMax; ++i) text += (i == 0 ? "" : ", ") + names[i];
  return names.size() > kNamedMax ? text + ", …" : text;
}

Status make_private_folder(const fs::path& folder) {
  if (::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) return {};
  return refuse(ErrorCode::unavailable, "program.no_data_folder",
                {{"folder", folder.string()}, {"reason", std::strerror(errno)}});
}

/// Where parts wait until all of them are known to be good. What a killed restore left there is removed first.
class Staging {
 public:
  explicit Staging(const Places& places)
      : folder_(places.data_folder / ".restoring"), had_data_folder_(fs::exists(places.data_folder)) {}
  ~Staging() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
    if (!database_.empty()) {
      for (const char* ending : {"", "-wal", "-shm"}) fs::remove(database_.string() + ending, ignored);
    }
    if (!had_data_folder_) fs::remove(folder_.parent_path(), ignored);  // only where nothing came into it
  }
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;

  Status make(const Places& places, db::Dialect dialect) {
    std::error_code error;
    fs::remove_all(folder_, error);
    fs::create_directories(places.data_folder.parent_path(), error);
    JZ_TRY_VOID(make_private_folder(places.data_folder));
    JZ_TRY_VOID(make_private_folder(folder_));
    database_ = folder_ / kDatabaseEntry;
    // Beside its place, where that is not the data folder: it may be another file system, and a renaming stays in one.
    if (dialect == db::Dialect::sqlite) {
      const fs::path file = db::sqlite_file_of(places.database_address);
      if (!fs::equivalent(fs::absolute(file).parent_path(), places.data_folder, error)) {
        database_ = file.string() + ".restoring";
        fs::remove(database_, error);
      }
    }
    return {};
  }

  fs::path of(const std::string& part) const { return part == kDatabaseEntry ? database_ : folder_ / part; }
  fs::path key_file() const { return folder_ / "vault.key"; }

 private:
  fs::path folder_;
  fs::path database_;
  bool had_data_folder_;
};

class Restore {
 public:
  Restore(const Places& places, const std::vector<db::Migration>& migrations, const Clock& clock,
          const RestoreWish& wish, const Progress& progress, ArchiveReader archive)
      : places_(places),
        migrations_(migrations),
        clock_(clock),
        wish_(wish),
        progress_(progress),
        archive_(std::move(archive)),
        staging_(places) {}

  Result<RestoreReport> run() {
    JZ_TRY_VOID(read_manifest());
    JZ_TRY_VOID(check_place());
    JZ_TRY_VOID(staging_.make(places_, dialect_));
    JZ_TRY_VOID(find_keys());
    JZ_TRY_VOID(check_keys(*vault_, manifest_, manifest_text_, mac_));
    JZ_TRY_VOID(extract_parts());
    JZ_TRY_VOID(fill_database());
    place_files();
    return report_;
  }

 private:
  Status read_manifest() {
    auto text = archive_.read_text(kManifestEntry, kManifestSizeMax);
    auto mac = archive_.read_text(kManifestMacEntry, 1000);
    if (!text || !mac) return refuse(ErrorCode::invalid_input, "restore.no_backup");
    manifest_text_ = std::move(*text);
    mac_ = std::move(*mac);
    JZ_TRY(manifest_, parse_manifest(manifest_text_));
    report_.made_at = manifest_.made_at;
    JZ_TRY(dialect_, db::dialect_of(places_.database_address));
    if (manifest_.database != name_of(dialect_)) {
      return refuse(ErrorCode::conflict, "restore.other_database",
                    {{"archive", manifest_.database}, {"target", name_of(dialect_)}});
    }
    if (const auto known = db::check_applied(manifest_.migrations, migrations_); !known) {
      return refuse(ErrorCode::conflict, "restore.newer_program",
                    {{"version", manifest_.program_version}, {"name", known.error().params.front().second}});
    }
    return check_parts();
  }

  /// The names become paths: only those that a backup gives are taken.
  Status check_parts() const {
    std::set<std::string> names;
    for (const ManifestPart& part : manifest_.parts) {
      const std::string_view name = part.name;
      const bool is_known =
          name == kDatabaseEntry || name == kAnchorsEntry || name == kKeysEntry ||
          (name.starts_with(kAttachmentsFolder) && is_attachment_path(name.substr(kAttachmentsFolder.size())));
      if (!is_known || !names.insert(part.name).second) {
        return refuse(ErrorCode::conflict, "restore.manifest_altered");
      }
    }
    if (!names.contains(kDatabaseEntry)) return refuse(ErrorCode::conflict, "restore.manifest_altered");
    for (const ArchiveEntry& entry : archive_.entries()) {
      if (entry.name == kManifestEntry || entry.name == kManifestMacEntry || names.contains(entry.name)) continue;
      return refuse(ErrorCode::conflict, "restore.stranger", {{"name", entry.name}});
    }
    return {};
  }

  Status check_place() const {
    std::vector<std::string> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(places_.data_folder, error)) {
      const std::string name = entry.path().filename().string();
      const bool may_stay = name == "keys" || name == "lost+found" || name == ".restoring" ||
                            fs::equivalent(entry.path(), places_.key_file, error);
      if (!may_stay) found.push_back(name);
    }
    if (!found.empty()) {
      std::sort(found.begin(), found.end());
      return refuse(ErrorCode::conflict, "restore.folder_not_empty",
                    {{"folder", places_.data_folder.string()}, {"found", list_of(found)}});
    }
    if (dialect_ == db::Dialect::sqlite) {
      const fs::path file = db::sqlite_file_of(places_.database_address);
      if (!fs::exists(file, error)) return {};
      return refuse(ErrorCode::conflict, "restore.file_exists", {{"file", file.string()}});
    }
    JZ_TRY(const auto database, db::Database::open(places_.database_address, {.connection_count = 1}));
    const auto tables = database->read([&](db::Transaction& tx) { return db::table_names(tx, dialect_); });
    if (tables.empty()) return {};
    return refuse(ErrorCode::conflict, "restore.database_not_empty", {{"found", list_of(tables)}});
  }

  /// The key file in its place, else a kept copy that is named, else the archive's own.
  Status find_keys() {
    const bool is_there = fs::exists(places_.key_file);
    if (is_there && wish_.keys_from) {
      return refuse(ErrorCode::conflict, "vault.key_file_exists", {{"path", places_.key_file.string()}});
    }
    if (wish_.keys_from) {
      // Read and written, not copied: a memory stick gives every file away to everybody, and ours must not.
      std::ifstream kept(*wish_.keys_from, std::ios::binary);
      if (!kept) {
        return refuse(ErrorCode::invalid_input, "vault.key_file_missing", {{"path", wish_.keys_from->string()}});
      }
      DraftFile draft(staging_.key_file());
      draft.write(std::string{std::istreambuf_iterator<char>(kept), {}});
      draft.publish();
    } else if (!is_there) {
      const auto own = archive_.extract(kKeysEntry, kKeyFileSizeMax, staging_.key_file());
      if (!own && own.error().key == "archive.entry_missing") {
        return refuse(ErrorCode::invalid_input, "restore.key_file_needed", {{"path", places_.key_file.string()}});
      }
      if (!own) return refuse(own.error());
    }
    has_new_keys_ = !is_there;
    auto vault = Vault::open(is_there ? places_.key_file : staging_.key_file());
    if (!vault) return refuse(vault.error());
    vault_ = std::make_unique<Vault>(std::move(*vault));
    return {};
  }

  Status extract_parts() {
    progress_("restore.unpacking", {{"count", std::to_string(manifest_.parts.size())}});
    for (const ManifestPart& part : manifest_.parts) {
      if (part.name == kKeysEntry) continue;
      const fs::path file = staging_.of(part.name);
      fs::create_directories(file.parent_path());
      JZ_TRY(const Digest digest, archive_.extract(part.name, static_cast<std::uint64_t>(part.size), file));
      if (digest.to_text() != part.sm3) {
        return refuse(ErrorCode::conflict, "restore.part_altered", {{"name", part.name}});
      }
      if (part.name.starts_with(kAttachmentsFolder)) ++report_.attachments;
    }
    return {};
  }

  Status fill_database() {
    progress_("restore.filling_database", {});
    std::string address = places_.database_address;
    if (dialect_ == db::Dialect::sqlite) {
      address = "sqlite:" + staging_.of(kDatabaseEntry).string();
    } else {
      JZ_TRY_VOID(db::load_postgresql(address, staging_.of(kDatabaseEntry)));
    }
    JZ_TRY(const auto database, db::Database::open(address, {.connection_count = 1}));
    JZ_TRY_VOID(check_rows(*database));
    JZ_TRY(const auto migrated, db::migrate(*database, migrations_, clock_.now()));
    report_.migrated = migrated.applied;
    progress_("restore.verifying_audit", {});
    JZ_TRY(const auto anchors, AuditAnchors(staging_.of(kAnchorsEntry)).read());
    report_.audit = database->read([&](db::Transaction& tx) { return verify_audit(tx, *vault_, anchors); });
    return {};
  }

  Status check_rows(db::Database& database) {
    return database.read([&](db::Transaction& tx) -> Status {
      for (const ManifestTable& table : manifest_.tables) {
        const std::int64_t rows = db::count_rows(tx, table.name);
        if (rows != table.rows) return refuse(ErrorCode::conflict, "restore.rows_differ", {{"table", table.name}});
        report_.rows += rows;
      }
      const auto heads = audit_heads(tx);
      report_.heads_match = std::equal(heads.begin(), heads.end(), manifest_.audit_heads.begin(),
                                       manifest_.audit_heads.end(), [](const AuditAnchor& a, const AuditAnchor& b) {
                                         return a.chain == b.chain && a.sequence == b.sequence && a.mac == b.mac;
                                       });
      return {};
    });
  }

  /// The database last: as long as it is missing, nobody takes the place for an installation.
  void place_files() {
    ::sync();
    if (has_new_keys_) {
      if (fs::create_directories(places_.key_file.parent_path())) {
        ::chmod(places_.key_file.parent_path().c_str(), 0700);
      }
      std::ifstream staged(staging_.key_file(), std::ios::binary);
      DraftFile draft(places_.key_file);
      draft.write(std::string{std::istreambuf_iterator<char>(staged), {}});
      draft.publish();
    }
    for (const fs::path& place : {places_.attachments(), places_.anchors()}) {
      const fs::path staged = staging_.of(place.filename().string());
      if (fs::exists(staged)) move_into_place(staged, place);
    }
    if (dialect_ == db::Dialect::sqlite) {
      move_into_place(staging_.of(kDatabaseEntry), db::sqlite_file_of(places_.database_address));
    }
  }

  const Places& places_;
  const std::vector<db::Migration>& migrations_;
  const Clock& clock_;
  const RestoreWish& wish_;
  const Progress& progress_;
  ArchiveReader archive_;
  Staging staging_;
  Manifest manifest_;
  std::string manifest_text_;
  std::string mac_;
  db::Dialect dialect_ = db::Dialect::sqlite;
  std::unique_ptr<Vault> vault_;
  bool has_new_keys_ = false;
  RestoreReport report_;
};

}  // namespace

Result<RestoreReport> restore(const Places& places, const std::vector<db::Migration>& migrations, const Clock& clock,
                              const RestoreWish& wish, const Progress& progress) {
  JZ_TRY(ArchiveReader archive, ArchiveReader::open(wish.archive));
  return Restore(places, migrations, clock, wish, progress, std::move(archive)).run();
}

}  // namespace jiuzhu::operations
