#include "platform/files/archive.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include <cerrno>
#include <cstring>
#include <deque>

#include "base/assert.hpp"

namespace jiuzhu {
namespace {

constexpr std::size_t kPieceSize = 1U << 18;

struct DiscardArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseEntry {
  void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};

Status make_durable(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  const bool is_done = descriptor >= 0 && ::fchmod(descriptor, 0600) == 0 && ::fsync(descriptor) == 0;
  const int problem = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!is_done) return refuse(ErrorCode::unavailable, "archive.not_written", {{"reason", std::strerror(problem)}});
  return {};
}

/// A new file that is written in pieces; removed again unless it was kept.
class Output {
 public:
  explicit Output(const std::filesystem::path& file)
      : file_(file), descriptor_(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {}
  ~Output() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (descriptor_ >= 0 && !is_kept_) ::unlink(file_.c_str());
  }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  bool is_open() const { return descriptor_ >= 0; }
  bool write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  }
  void keep() { is_kept_ = true; }

 private:
  std::filesystem::path file_;
  int descriptor_;
  bool is_kept_ = false;
};

}  // namespace

struct ArchiveWriter::State {
  std::filesystem::path file;
  std::deque<std::string> texts;  // borrowed by the archive until it is written
  std::unique_ptr<zip_t, DiscardArchive> archive;
  bool is_complete = true;

  void add(const std::string& name, zip_source_t* source, Packing packing) {
    const zip_int64_t index = source ? zip_file_add(archive.get(), name.c_str(), source, ZIP_FL_ENC_UTF_8) : -1;
    if (index < 0) {
      if (source) zip_source_free(source);
      is_complete = false;
      return;
    }
    // Level 1: a database shrinks to a third either way, and the night is short on two cores.
    const zip_int32_t method = packing == Packing::squeezed ? ZIP_CM_DEFLATE : ZIP_CM_STORE;
    if (zip_set_file_compression(archive.get(), static_cast<zip_uint64_t>(index), method, 1) != 0) is_complete = false;
  }
};

ArchiveWriter::ArchiveWriter(std::filesystem::path file) : state_(std::make_unique<State>()) {
  state_->file = std::move(file);
  int problem = 0;
  state_->archive.reset(zip_open(state_->file.c_str(), ZIP_CREATE | ZIP_EXCL, &problem));
}

ArchiveWriter::~ArchiveWriter() = default;

void ArchiveWriter::add_text(const std::string& name, std::string text) {
  if (!state_->archive) return;
  const std::string& kept = state_->texts.emplace_back(std::move(text));
  state_->add(name, zip_source_buffer(state_->archive.get(), kept.data(), kept.size(), 0), Packing::squeezed);
}

void ArchiveWriter::add_file(const std::string& name, const std::filesystem::path& file, Packing packing) {
  if (!state_->archive) return;
  state_->add(name, zip_source_file(state_->archive.get(), file.c_str(), 0, -1), packing);
}

Status ArchiveWriter::finish(const std::function<void(double)>& on_progress) {
  if (!state_->archive || !state_->is_complete) {
    return refuse(ErrorCode::unavailable, "archive.not_written", {{"reason", state_->file.string()}});
  }
  zip_register_progress_callback_with_state(
      state_->archive.get(), 0.01,
      [](zip_t*, double share, void* hearer) { (*static_cast<const std::function<void(double)>*>(hearer))(share); },
      nullptr, const_cast<std::function<void(double)>*>(&on_progress));
  if (zip_close(state_->archive.get()) != 0) {
    return refuse(ErrorCode::unavailable, "archive.not_written", {{"reason", zip_strerror(state_->archive.get())}});
  }
  static_cast<void>(state_->archive.release());
  return make_durable(state_->file);
}

struct ArchiveReader::State {
  std::unique_ptr<zip_t, DiscardArchive> archive;
  std::vector<ArchiveEntry> entries;
};

ArchiveReader::ArchiveReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
ArchiveReader::~ArchiveReader() = default;
ArchiveReader::ArchiveReader(ArchiveReader&&) noexcept = default;
ArchiveReader& ArchiveReader::operator=(ArchiveReader&&) noexcept = default;

Result<ArchiveReader> ArchiveReader::open(const std::filesystem::path& file) {
  const auto unreadable = [&] {
    return refuse(ErrorCode::invalid_input, "archive.unreadable", {{"file", file.string()}});
  };
  auto state = std::make_unique<State>();
  int problem = 0;
  state->archive.reset(zip_open(file.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &problem));
  if (!state->archive) return unreadable();
  const zip_int64_t count = zip_get_num_entries(state->archive.get(), 0);
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_stat_t status;
    if (zip_stat_index(state->archive.get(), static_cast<zip_uint64_t>(i), 0, &status) != 0) return unreadable();
    state->entries.push_back({status.name, status.size});
  }
  return ArchiveReader(std::move(state));
}

const std::vector<ArchiveEntry>& ArchiveReader::entries() const { return state_->entries; }

Status ArchiveReader::read(const std::string& name, std::uint64_t size_max,
                           const std::function<Status(std::string_view piece)>& on_piece) const {
  const auto damaged = [&] { return refuse(ErrorCode::invalid_input, "archive.entry_damaged", {{"name", name}}); };
  const zip_int64_t index = zip_name_locate(state_->archive.get(), name.c_str(), 0);
  if (index < 0) return refuse(ErrorCode::invalid_input, "archive.entry_missing", {{"name", name}});
  const std::unique_ptr<zip_file_t, CloseEntry> entry(
      zip_fopen_index(state_->archive.get(), static_cast<zip_uint64_t>(index), 0));
  if (!entry) return damaged();
  std::vector<char> piece(kPieceSize);
  for (std::uint64_t total = 0;;) {
    const zip_int64_t got = zip_fread(entry.get(), piece.data(), piece.size());
    if (got < 0) return damaged();
    if (got == 0) return {};
    total += static_cast<std::uint64_t>(got);
    if (total > size_max) return damaged();
    JZ_TRY_VOID(on_piece({piece.data(), static_cast<std::size_t>(got)}));
  }
}

Result<std::string> ArchiveReader::read_text(const std::string& name, std::uint64_t size_max) const {
  std::string text;
  JZ_TRY_VOID(read(name, size_max, [&](std::string_view piece) -> Status {
    text += piece;
    return {};
  }));
  return text;
}

Result<Digest> ArchiveReader::extract(const std::string& name, std::uint64_t size,
                                      const std::filesystem::path& file) const {
  const auto not_extracted = [&] {
    return refuse(ErrorCode::unavailable, "archive.not_extracted", {{"name", name}, {"reason", std::strerror(errno)}});
  };
  Output output(file);
  if (!output.is_open()) return not_extracted();
  Sm3 digest;
  JZ_TRY_VOID(read(name, size, [&](std::string_view piece) -> Status {
    digest.add(piece);
    if (!output.write(piece)) return not_extracted();
    return {};
  }));
  output.keep();
  return digest.finish();
}

}  // namespace jiuzhu
