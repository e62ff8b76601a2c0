#include "platform/files/table_reader.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "platform/files/csv_reader.hpp"
#include "platform/files/row_sink.hpp"
#include "platform/files/xlsx_reader.hpp"

namespace jiuzhu {
namespace {

using namespace std::string_view_literals;

/// Compound File Binary: the old .xls, and the wrapping of an encrypted .xlsx.
constexpr std::string_view kCompoundFile = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// The name of the stream with the encrypted workbook, UTF-16LE ([MS-OFFCRYPTO] 2.3.4.4).
constexpr std::string_view kEncryptedPackage = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"sv;

std::unexpected<Error> refuse_too_large(const TableLimits& limits) {
  return refuse(ErrorCode::too_large, "table.too_large", {{"max_mib", std::to_string(limits.file_bytes_max >> 20)}});
}

/// A file's contents without a copy.
class MappedFile {
 public:
  MappedFile(void* address, std::size_t size) : address_(address), size_(size) {}
  MappedFile(MappedFile&& other) noexcept : address_(other.address_), size_(std::exchange(other.size_, 0)) {}
  MappedFile& operator=(MappedFile&&) = delete;
  ~MappedFile() {
    if (size_ > 0) ::munmap(address_, size_);
  }

  std::string_view bytes() const { return {static_cast<const char*>(address_), size_}; }

  static Result<MappedFile> open(const std::filesystem::path& path, const TableLimits& limits) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
      if (errno == ENOENT) return refuse(ErrorCode::not_found, "table.file_missing");
      throw std::system_error(errno, std::generic_category(), "open table");
    }
    struct stat status{};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
      ::close(descriptor);
      return refuse(ErrorCode::not_found, "table.file_missing");
    }
    const auto size = static_cast<std::size_t>(status.st_size);
    void* address = nullptr;
    if (size > 0 && size <= limits.file_bytes_max) {
      address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    }
    const int problem = errno;
    ::close(descriptor);
    if (size > limits.file_bytes_max) return refuse_too_large(limits);
    if (address == MAP_FAILED) throw std::system_error(problem, std::generic_category(), "mmap table");
    return MappedFile(address, size);
  }

 private:
  void* address_;
  std::size_t size_;
};

}  // namespace

Result<TableSummary> read_table_bytes(std::string_view bytes, const TableOptions& options,
                                      const TableRowCallback& on_row) {
  if (bytes.size() > options.limits.file_bytes_max) return refuse_too_large(options.limits);
  if (bytes.starts_with(kCompoundFile)) {
    const bool is_encrypted = bytes.find(kEncryptedPackage) != std::string_view::npos;
    return refuse(ErrorCode::invalid_input, is_encrypted ? "table.password_protected" : "table.old_excel_format");
  }
  RowSink sink(options, on_row);
  TableSummary summary;
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06")) {
    summary.format = TableFormat::xlsx;
    JZ_TRY_VOID(read_xlsx(bytes, options.sheet, sink));
  } else {
    if (options.encoding) {
      summary.encoding = *options.encoding;
    } else {
      JZ_TRY(summary.encoding, detect_encoding(bytes));
    }
    JZ_TRY_VOID(read_csv(bytes, summary.encoding, options.separator, sink));
  }
  JZ_TRY_VOID(sink.finish());
  summary.rows = sink.rows();
  return summary;
}

Result<TableSummary> read_table(const std::filesystem::path& path, const TableOptions& options,
                                const TableRowCallback& on_row) {
  JZ_TRY(const MappedFile file, MappedFile::open(path, options.limits));
  return read_table_bytes(file.bytes(), options, on_row);
}

}  // namespace jiuzhu
