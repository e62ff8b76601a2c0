#pragma once
// One file that holds many: a ZIP archive (ZIP64 where it must be), which every desktop opens by a double click.
// Written and read in pieces, whatever its size. One thread at a time.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "platform/crypto/digest.hpp"

namespace jiuzhu {

enum class Packing { squeezed, as_it_is };  // photos, PDF and dumps are compressed already

class ArchiveWriter {
 public:
  /// `file` must not exist yet. Nothing is written before finish().
  explicit ArchiveWriter(std::filesystem::path file);
  ~ArchiveWriter();

  void add_text(const std::string& name, std::string text);
  /// Read by finish(), so it must stay there unchanged until then.
  void add_file(const std::string& name, const std::filesystem::path& file, Packing packing);
  /// Writes all of it, readable by this user only, and flushes it to the disk. `on_progress` hears shares of 1.
  /// Refuses with "archive.not_written" {reason}.
  Status finish(const std::function<void(double)>& on_progress);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

struct ArchiveEntry {
  std::string name;
  std::uint64_t size = 0;  // unpacked
};

class ArchiveReader {
 public:
  /// Refuses with "archive.unreadable" {file}.
  static Result<ArchiveReader> open(const std::filesystem::path& file);
  ~ArchiveReader();
  ArchiveReader(ArchiveReader&&) noexcept;
  ArchiveReader& operator=(ArchiveReader&&) noexcept;

  const std::vector<ArchiveEntry>& entries() const;
  /// Refuses with "archive.entry_missing" {name} or "archive.entry_damaged" {name}; the latter also for a longer text.
  Result<std::string> read_text(const std::string& name, std::uint64_t size_max) const;
  /// Writes the entry to `file` (new, this user's only) and gives the digest of what was written. Never writes more
  /// than `size` bytes. Refuses like read_text, and with "archive.not_extracted" {name, reason}.
  Result<Digest> extract(const std::string& name, std::uint64_t size, const std::filesystem::path& file) const;

 private:
  struct State;
  explicit ArchiveReader(std::unique_ptr<State> state);
  Status read(const std::string& name, std::uint64_t size_max,
              const std::function<Status(std::string_view piece)>& on_piece) const;
  std::unique_ptr<State> state_;
};

}  // namespace jiuzhu
