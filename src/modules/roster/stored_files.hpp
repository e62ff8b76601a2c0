#pragma once
// Uploaded rosters and their annotated copies: whole registers of citizen numbers, so they lie sealed, in the data
// folder and only as long as they are needed. They are no part of a backup.

#include <filesystem>
#include <string>

#include "modules/roster/roster_store.hpp"
#include "platform/crypto/vault.hpp"

namespace jiuzhu::roster {

enum class FileKind { upload, annotated };

class StoredFiles {
 public:
  /// `vault` must outlive this. The folder is made when something is written.
  StoredFiles(std::filesystem::path folder, const Vault& vault) : folder_(std::move(folder)), vault_(vault) {}

  /// Replaces what is there. Failures of the disk are exceptions.
  void write(const std::string& county, ImportId id, FileKind kind, std::string_view bytes) const;
  /// Refuses with "roster.file_gone".
  Result<std::string> read(const std::string& county, ImportId id, FileKind kind) const;
  bool has(const std::string& county, ImportId id, FileKind kind) const;
  void remove(const std::string& county, ImportId id, FileKind kind) const;
  /// For what a library writes by name, before it is sealed or sent. Sweeps, too.
  std::filesystem::path draft_path(ImportId id) const;
  /// Removes drafts that a kill left behind: they are not sealed. One that is being written lives for seconds.
  void sweep_drafts() const;
  /// The draft's bytes; the draft itself is gone.
  std::string take_draft(const std::filesystem::path& path) const;

 private:
  std::filesystem::path path_of(const std::string& county, ImportId id, FileKind kind) const;

  std::filesystem::path folder_;
  const Vault& vault_;
};

}  // namespace jiuzhu::roster
