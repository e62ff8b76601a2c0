#include "modules/roster/stored_files.hpp"

#include <chrono>
#include <fstream>

#include "platform/files/draft_file.hpp"

namespace jiuzhu::roster {
namespace {

constexpr std::string_view kFileContext = "roster.file";
constexpr std::chrono::minutes kDraftLives{10};

/// Without a second copy on the way: these files are large.
std::optional<std::string> contents_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) return std::nullopt;
  std::string bytes(static_cast<std::size_t>(file.tellg()), '\0');
  file.seekg(0);
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return bytes;
}

void make_private_folder(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
}

}  // namespace

std::filesystem::path StoredFiles::path_of(const std::string& county, ImportId id, FileKind kind) const {
  return folder_ / county / (id.to_text() + (kind == FileKind::upload ? ".upload" : ".annotated"));
}

std::filesystem::path StoredFiles::draft_path(ImportId id) const {
  make_private_folder(folder_);
  sweep_drafts();
  return folder_ / (id.to_text() + ".draft.xlsx");
}

void StoredFiles::sweep_drafts() const {
  std::error_code gone;
  const auto abandoned = std::filesystem::file_time_type::clock::now() - kDraftLives;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, gone)) {
    const bool is_draft = entry.is_regular_file(gone) && entry.path().filename().string().contains(".draft");
    if (is_draft && entry.last_write_time(gone) < abandoned) std::filesystem::remove(entry.path(), gone);
  }
}

std::string StoredFiles::take_draft(const std::filesystem::path& path) const {
  auto bytes = contents_of(path);
  JZ_ASSERT(bytes.has_value());
  std::filesystem::remove(path);
  return std::move(*bytes);
}

void StoredFiles::write(const std::string& county, ImportId id, FileKind kind, std::string_view bytes) const {
  make_private_folder(folder_ / county);
  const auto sealed = vault_.seal(bytes, kFileContext);
  DraftFile draft(path_of(county, id, kind));
  draft.write({reinterpret_cast<const char*>(sealed.data()), sealed.size()});
  draft.publish();
}

Result<std::string> StoredFiles::read(const std::string& county, ImportId id, FileKind kind) const {
  const auto sealed = contents_of(path_of(county, id, kind));
  if (!sealed) return refuse(ErrorCode::not_found, "roster.file_gone");
  return vault_.open({reinterpret_cast<const std::uint8_t*>(sealed->data()), sealed->size()}, kFileContext);
}

bool StoredFiles::has(const std::string& county, ImportId id, FileKind kind) const {
  return std::filesystem::exists(path_of(county, id, kind));
}

void StoredFiles::remove(const std::string& county, ImportId id, FileKind kind) const {
  std::error_code gone;
  std::filesystem::remove(path_of(county, id, kind), gone);
}

}  // namespace jiuzhu::roster
