#include "platform/files/xlsx_package.hpp"

#include <zip.h>

#include <vector>

namespace jiuzhu {
namespace {

constexpr std::size_t kPieceSize = 1U << 16;
constexpr std::uint64_t kRatioFrom = 16U << 20;

struct CloseArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseEntry {
  void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};

std::unexpected<Error> refuse_damaged() { return refuse(ErrorCode::invalid_input, "table.damaged"); }

}  // namespace

struct XlsxPackage::State {
  std::unique_ptr<zip_t, CloseArchive> archive;
  TableLimits limits;
};

XlsxPackage::XlsxPackage(std::unique_ptr<State> state) : state_(std::move(state)) {}
XlsxPackage::~XlsxPackage() = default;
XlsxPackage::XlsxPackage(XlsxPackage&&) noexcept = default;
XlsxPackage& XlsxPackage::operator=(XlsxPackage&&) noexcept = default;

Result<XlsxPackage> XlsxPackage::open(std::string_view bytes, const TableLimits& limits) {
  zip_error_t problem;
  zip_error_init(&problem);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &problem);
  if (source == nullptr) return refuse_damaged();
  auto state = std::make_unique<State>();
  state->archive.reset(zip_open_from_source(source, ZIP_RDONLY, &problem));
  zip_error_fini(&problem);
  if (!state->archive) {
    zip_source_free(source);
    return refuse_damaged();
  }
  state->limits = limits;
  return XlsxPackage(std::move(state));
}

bool XlsxPackage::contains(const std::string& name) const {
  return zip_name_locate(state_->archive.get(), name.c_str(), ZIP_FL_NOCASE) >= 0;
}

Status XlsxPackage::read(const std::string& name,
                         const std::function<Status(std::string_view piece, bool is_last)>& on_piece) const {
  zip_t* archive = state_->archive.get();
  const zip_int64_t found = zip_name_locate(archive, name.c_str(), ZIP_FL_NOCASE);
  if (found < 0) return refuse_damaged();
  const auto index = static_cast<zip_uint64_t>(found);
  zip_stat_t status;
  if (zip_stat_index(archive, index, 0, &status) != 0) return refuse_damaged();
  if ((status.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && status.encryption_method != ZIP_EM_NONE) {
    return refuse(ErrorCode::invalid_input, "table.password_protected");
  }
  const std::unique_ptr<zip_file_t, CloseEntry> entry(zip_fopen_index(archive, index, 0));
  if (!entry) return refuse_damaged();

  std::vector<char> piece(kPieceSize);
  std::uint64_t unpacked = 0;
  for (;;) {
    const zip_int64_t got = zip_fread(entry.get(), piece.data(), piece.size());
    if (got < 0) return refuse_damaged();
    unpacked += static_cast<std::uint64_t>(got);
    const bool is_bomb = unpacked > kRatioFrom && unpacked / state_->limits.entry_ratio_max > status.comp_size;
    if (unpacked > state_->limits.entry_bytes_max || is_bomb) {
      return refuse(ErrorCode::too_large, "table.expands_too_much");
    }
    JZ_TRY_VOID(on_piece({piece.data(), static_cast<std::size_t>(got)}, got == 0));
    if (got == 0) return {};
  }
}

}  // namespace jiuzhu
