#pragma once
// One consistent archive of an installation, made while the server runs: the database as of one moment, the
// attachments, the audit anchors, and a manifest. Attachments are never changed and are removed after their records, so
// those listed after the database's moment contain all that it names. Anchors are read before that moment: anchors of
// a later one would make the restored chain look cut off.
//
// The key file stays out unless it is asked for: with it, whoever finds the archive reads every citizen number.

#include <filesystem>
#include <functional>

#include "kernel/use_case/use_case.hpp"
#include "modules/operations/manifest.hpp"
#include "modules/operations/sealed_columns.hpp"

namespace jiuzhu::operations {

/// Where an installation keeps its things.
struct Places {
  std::string database_address;
  std::filesystem::path data_folder;
  std::filesystem::path key_file;

  std::filesystem::path attachments() const { return data_folder / "attachments"; }
  std::filesystem::path anchors() const { return data_folder / "audit-anchors.jsonl"; }
};

struct BackupWish {
  std::filesystem::path to;  // a file that does not exist yet, or a folder that does
  bool with_keys = false;
  int keep = 0;  // in a folder: so many archives stay, older ones are removed; 0 keeps all
  std::string program_version;
};

struct BackupReport {
  std::filesystem::path file;
  std::uint64_t size = 0;
  std::int64_t attachments = 0;
  std::vector<std::string> damaged;  // attachments whose contents no longer have their name
  std::vector<std::filesystem::path> removed;
};

/// Hears the key of a text and its parameters.
using Progress = std::function<void(const std::string& key, const MessageParams& params)>;

/// Refuses with "backup.…", "database.…" and "archive.…"; nothing is left at the target then.
Result<BackupReport> back_up(const Surroundings& world, const Places& places, const SealedColumns& columns,
                             const BackupWish& wish, const Progress& progress);

/// "12.3 MiB"
std::string size_text(std::uint64_t bytes);

}  // namespace jiuzhu::operations
