#include "modules/operations/backup.hpp"

#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "modules/operations/sealed_store.hpp"
#include "platform/db/copies.hpp"
#include "platform/files/archive.hpp"
#include "platform/files/draft_file.hpp"

namespace jiuzhu::operations {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kWorkPrefix = ".jiuzhu-backup-";
constexpr std::string_view kNamePrefix = "jiuzhu-";
constexpr std::string_view kNameEnding = ".zip";
constexpr std::string_view kKeyCheckContext = "backup.key_check";

/// Beside the target, this user's only, and gone at the end. One that a killed backup left is removed after a day.
class WorkFolder {
 public:
  explicit WorkFolder(const fs::path& parent) {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(parent, ignored)) {
      const auto age = fs::file_time_type::clock::now() - entry.last_write_time(ignored);
      if (entry.path().filename().string().starts_with(kWorkPrefix) && age > std::chrono::hours(24)) {
        fs::remove_all(entry.path(), ignored);
      }
    }
    std::string pattern = (parent / kWorkPrefix).string() + "XXXXXX";
    if (::mkdtemp(pattern.data())) path_ = pattern;
  }
  ~WorkFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;

  bool is_made() const { return !path_.empty(); }
  fs::path operator/(const char* name) const { return path_ / name; }

 private:
  fs::path path_;
};

/// "jiuzhu-20190801-031500.zip", the time in China.
std::string archive_name(Instant now) {
  std::string digits;
  for (const char c : now.plus_seconds(8 * 3600).to_text().substr(0, 19)) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return std::string(kNamePrefix) + digits.substr(0, 8) + "-" + digits.substr(8) + std::string(kNameEnding);
}

bool is_archive_name(const std::string& name) {
  return name.size() == archive_name(Instant{}).size() && name.starts_with(kNamePrefix) && name.ends_with(kNameEnding);
}

bool is_within(const fs::path& inner, const fs::path& outer) {
  const auto relative = fs::weakly_canonical(inner).lexically_relative(fs::weakly_canonical(outer));
  return !relative.empty() && *relative.begin() != "..";
}

Result<fs::path> choose_target(const Places& places, const BackupWish& wish, Instant now) {
  std::error_code error;
  // Never made: where a disk is not mounted, a folder of its name would fill the wrong one.
  const bool names_folder = fs::is_directory(wish.to, error) || !wish.to.has_filename();
  const fs::path target = names_folder ? wish.to / archive_name(now) : wish.to;
  const fs::path parent = target.has_parent_path() ? target.parent_path() : fs::path(".");
  if (!fs::is_directory(parent, error)) {
    return refuse(ErrorCode::invalid_input, "backup.folder_missing", {{"folder", parent.string()}});
  }
  if (fs::exists(target, error)) {
    return refuse(ErrorCode::conflict, "backup.file_exists", {{"file", target.string()}});
  }
  if (is_within(parent, places.data_folder)) {
    return refuse(ErrorCode::invalid_input, "backup.inside_data", {{"folder", places.data_folder.string()}});
  }
  return target;
}

struct Part {
  ManifestPart described;
  fs::path file;
  Packing packing;
};

/// Nothing when the file is gone: an attachment that was removed meanwhile is in no record either.
std::optional<Part> read_part(std::string name, const fs::path& file, Packing packing) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return std::nullopt;
  Sm3 digest;
  Part part{{std::move(name), 0, {}}, file, packing};
  std::vector<char> piece(1U << 18);
  while (stream.read(piece.data(), static_cast<std::streamsize>(piece.size())), stream.gcount() > 0) {
    digest.add({piece.data(), static_cast<std::size_t>(stream.gcount())});
    part.described.size += stream.gcount();
  }
  part.described.sm3 = digest.finish().to_text();
  return part;
}

/// Relative to their folder.
std::vector<std::string> attachments_below(const fs::path& folder) {
  std::vector<std::string> found;
  std::error_code missing;
  for (const auto& entry : fs::recursive_directory_iterator(folder, missing)) {
    std::string relative = entry.path().lexically_relative(folder).generic_string();
    if (is_attachment_path(relative)) found.push_back(std::move(relative));
  }
  std::sort(found.begin(), found.end());
  return found;
}

Status check_space(const Places& places, const fs::path& folder, db::Dialect dialect) {
  std::uint64_t needed = 0;
  for (const std::string& attachment : attachments_below(places.attachments())) {
    std::error_code gone;
    const auto size = fs::file_size(places.attachments() / attachment, gone);
    if (!gone) needed += size;
  }
  // Its copy and, beside it, the copy in the archive. A dump is squeezed already, and far smaller than its database.
  if (dialect == db::Dialect::sqlite) needed += 2 * fs::file_size(db::sqlite_file_of(places.database_address));
  const std::uint64_t free = fs::space(folder).available;
  if (free >= needed) return {};
  return refuse(ErrorCode::unavailable, "backup.no_space",
                {{"folder", folder.string()}, {"free", size_text(free)}, {"needed", size_text(needed)}});
}

class Backup {
 public:
  Backup(const Surroundings& world, const Places& places, const SealedColumns& columns, const BackupWish& wish,
         const Progress& progress, const WorkFolder& work)
      : world_(world), places_(places), columns_(columns), wish_(wish), progress_(progress), work_(work) {}

  Status run(const fs::path& archive) {
    progress_("backup.copying_database", {});
    JZ_TRY_VOID(copy_anchors());
    JZ_TRY_VOID(copy_database());
    collect_parts();
    return write(archive);
  }

  std::int64_t attachments() const { return attachments_; }
  const std::vector<std::string>& damaged() const { return damaged_; }

 private:
  Status copy_anchors() {
    std::error_code error;
    if (!fs::exists(places_.anchors())) return {};
    fs::copy_file(places_.anchors(), work_ / kAnchorsEntry, error);
    if (error) return refuse(ErrorCode::unavailable, "archive.not_written", {{"reason", error.message()}});
    return {};
  }

  Status copy_database() {
    const fs::path copy = work_ / kDatabaseEntry;
    manifest_.database = name_of(world_.database.dialect());
    if (world_.database.dialect() == db::Dialect::postgresql) {
      return world_.database.read([&](db::Transaction& tx) -> Status {
        const std::string snapshot = db::export_snapshot(tx);
        describe(tx, db::Dialect::postgresql);
        return db::dump_postgresql(places_.database_address, snapshot, copy);
      });
    }
    JZ_TRY_VOID(db::copy_sqlite(db::sqlite_file_of(places_.database_address), copy));
    JZ_TRY(const auto database, db::Database::open("sqlite:" + copy.string(), {.connection_count = 1}));
    return database->read([&](db::Transaction& tx) -> Status {
      if (db::find_damage(tx)) return refuse(ErrorCode::unavailable, "backup.database_damaged");
      describe(tx, db::Dialect::sqlite);
      return {};
    });
  }

  void describe(db::Transaction& tx, db::Dialect dialect) {
    manifest_.migrations = db::applied_migrations(tx);
    for (const std::string& table : db::table_names(tx, dialect)) {
      manifest_.tables.push_back({table, db::count_rows(tx, table)});
    }
    manifest_.audit_heads = audit_heads(tx);
    // An empty installation has no sealed value, and its archive belongs to its key file all the same.
    manifest_.samples.push_back({std::string(kKeyCheckContext), to_hex(world_.vault.seal("jiuzhu", kKeyCheckContext))});
    for (const SealedColumn& column : columns_) {
      for (const VersionCount& version : count_versions(tx, column)) {
        if (const auto sample = find_sample(tx, column, version.version)) {
          manifest_.samples.push_back({std::string(column.context), to_hex(*sample)});
        }
      }
    }
  }

  void collect_parts() {
    const bool is_dump = world_.database.dialect() == db::Dialect::postgresql;
    add(kDatabaseEntry, work_ / kDatabaseEntry, is_dump ? Packing::as_it_is : Packing::squeezed);
    progress_("backup.database_copied", {{"size", size_text(static_cast<std::uint64_t>(parts_[0].described.size))}});
    add(kAnchorsEntry, work_ / kAnchorsEntry, Packing::squeezed);
    if (wish_.with_keys) add(kKeysEntry, places_.key_file, Packing::as_it_is);
    const auto found = attachments_below(places_.attachments());
    if (!found.empty()) progress_("backup.reading_attachments", {{"count", std::to_string(found.size())}});
    for (const std::string& relative : found) {
      const fs::path file = places_.attachments() / relative;
      if (!add(std::string(kAttachmentsFolder) + relative, file, Packing::as_it_is)) continue;
      ++attachments_;
      if (parts_.back().described.sm3 != file.filename().string()) damaged_.push_back(relative);
    }
  }

  bool add(std::string name, const fs::path& file, Packing packing) {
    auto part = read_part(std::move(name), file, packing);
    if (part) parts_.push_back(std::move(*part));
    return part.has_value();
  }

  Status write(const fs::path& archive) {
    manifest_.format = kBackupFormat;
    manifest_.program_version = wish_.program_version;
    manifest_.made_at = world_.clock.now().to_text();
    for (const Part& part : parts_) manifest_.parts.push_back(part.described);
    const std::string text = json::print_pretty(json::write(manifest_));
    ArchiveWriter writer(archive);
    writer.add_text(kManifestEntry, text);
    writer.add_text(kManifestMacEntry, manifest_mac(world_.vault, text) + "\n");
    for (const Part& part : parts_) writer.add_file(part.described.name, part.file, part.packing);
    int tenths = 0;
    return writer.finish([&](double share) {
      if (const int now = static_cast<int>(share * 10); now > tenths) {
        tenths = now;
        progress_("backup.writing", {{"percent", std::to_string(now * 10)}});
      }
    });
  }

  const Surroundings& world_;
  const Places& places_;
  const SealedColumns& columns_;
  const BackupWish& wish_;
  const Progress& progress_;
  const WorkFolder& work_;
  Manifest manifest_;
  std::vector<Part> parts_;
  std::int64_t attachments_ = 0;
  std::vector<std::string> damaged_;
};

/// Only files with the names that backups give; what else lies there is not ours.
std::vector<fs::path> remove_old(const fs::path& folder, int keep) {
  std::vector<fs::path> archives;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (is_archive_name(entry.path().filename().string())) archives.push_back(entry.path());
  }
  std::sort(archives.begin(), archives.end());
  const std::size_t surplus = archives.size() - std::min(archives.size(), static_cast<std::size_t>(keep));
  archives.resize(surplus);
  for (const fs::path& archive : archives) fs::remove(archive);
  return archives;
}

}  // namespace

std::string size_text(std::uint64_t bytes) {
  const std::uint64_t tenths = bytes / (1U << 10) * 10 / (1U << 10);
  if (bytes > 0 && tenths == 0) return std::to_string((bytes + 1023) >> 10) + " KiB";
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " MiB";
}

Result<BackupReport> back_up(const Surroundings& world, const Places& places, const SealedColumns& columns,
                             const BackupWish& wish, const Progress& progress) {
  JZ_TRY(const fs::path target, choose_target(places, wish, world.clock.now()));
  const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
  JZ_TRY_VOID(check_space(places, folder, world.database.dialect()));
  const WorkFolder work(folder);
  if (!work.is_made()) {
    return refuse(ErrorCode::unavailable, "backup.folder_not_writable", {{"folder", folder.string()}});
  }
  Backup backup(world, places, columns, wish, progress, work);
  const fs::path draft = work / "archive.zip";
  JZ_TRY_VOID(backup.run(draft));
  move_into_place(draft, target);
  BackupReport report{.file = target,
                      .size = fs::file_size(target),
                      .attachments = backup.attachments(),
                      .damaged = backup.damaged(),
                      .removed = {}};
  if (wish.keep > 0 && fs::is_directory(wish.to)) report.removed = remove_old(folder, wish.keep);
  return report;
}

}  // namespace jiuzhu::operations
