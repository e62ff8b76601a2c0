#pragma once
// Large tables arrive packed: gzip (RFC 1952, also several members), zstd (RFC 8878), or as a workbook. The packing is
// told from the first bytes, since people rename files. A stream belongs to one thread at a time.

#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include "base/result.hpp"

namespace jiuzhu {

enum class Packing { none, gzip, zstd, workbook };

/// At least the first four bytes of a file, or all of them.
Packing packing_of(std::string_view first_bytes);

class ByteStream {
 public:
  virtual ~ByteStream() = default;
  /// The next bytes, at least one except at the end. Refuses with "packed.damaged" or "packed.cut_short", and stays
  /// refusing.
  virtual Result<std::size_t> read(std::span<char> room) = 0;
  /// Bytes of the file that have been used up, for progress.
  virtual std::uint64_t bytes_taken() const = 0;
};

/// What is in it; a workbook's first visible sheet as CSV in UTF-8, with a blank line for each empty row. `packing` is
/// not none. Refuses for a workbook like read_table. Throws std::system_error when the file cannot be read.
Result<std::unique_ptr<ByteStream>> open_packed(const std::filesystem::path& path, Packing packing);

}  // namespace jiuzhu
