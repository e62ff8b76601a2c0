#pragma once
// A file appears under its name whole or not at all: it is written beside its place under a random name, flushed to the
// disk, and renamed. Failures of the file system are exceptions (std::system_error). One thread at a time.

#include <filesystem>
#include <string_view>

namespace jiuzhu {

class DraftFile {
 public:
  /// `target` need not exist; its folder must. The draft is readable by this user only, and stays so when published.
  explicit DraftFile(std::filesystem::path target);
  /// Removes a draft that was not published.
  ~DraftFile();
  DraftFile(const DraftFile&) = delete;
  DraftFile& operator=(const DraftFile&) = delete;

  /// For libraries that write by name.
  const std::filesystem::path& path() const { return draft_; }
  void write(std::string_view bytes);
  /// Safely on the disk: what publish() still does can hardly fail. For drafts that shall appear together.
  void settle();
  /// Replaces what is at the target.
  void publish();

 private:
  std::filesystem::path target_;
  std::filesystem::path draft_;
  int descriptor_ = -1;
  bool is_settled_ = false;
};

/// The same for what another hand wrote: renames it (within one file system) so that the new name outlives a crash.
void move_into_place(const std::filesystem::path& draft, const std::filesystem::path& target);

}  // namespace jiuzhu
