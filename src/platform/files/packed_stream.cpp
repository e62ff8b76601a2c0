#include "platform/files/packed_stream.hpp"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <string>
#include <system_error>

#include "platform/files/table_reader.hpp"

namespace jiuzhu {
namespace {

constexpr std::size_t kPackedRoom = 64 << 10;

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using OpenFile = std::unique_ptr<std::FILE, FileCloser>;

OpenFile open_file(const std::filesystem::path& path) {
  OpenFile file(std::fopen(path.c_str(), "rbe"));
  if (!file) throw std::system_error(errno, std::generic_category(), "cannot open a packed file");
  return file;
}

/// The packed bytes, piece by piece.
class PackedBytes {
 public:
  explicit PackedBytes(OpenFile file) : file_(std::move(file)) {}

  /// False at the end of the file.
  bool refill() {
    const std::size_t read = std::fread(room_.data(), 1, room_.size(), file_.get());
    if (read == 0 && std::ferror(file_.get()) != 0) {
      throw std::system_error(errno, std::generic_category(), "cannot read a packed file");
    }
    taken_ += read;
    piece_ = std::span(room_).first(read);
    return read > 0;
  }

  std::span<char> piece() const { return piece_; }
  void keep_last(std::size_t count) { piece_ = piece_.last(count); }
  std::uint64_t taken() const { return taken_ - piece_.size(); }

 private:
  OpenFile file_;
  std::array<char, kPackedRoom> room_{};
  std::span<char> piece_;
  std::uint64_t taken_ = 0;
};

class GzipStream final : public ByteStream {
 public:
  explicit GzipStream(OpenFile file) : packed_(std::move(file)) {
    constexpr int kGzipOnly = 15 + 16;
    if (inflateInit2(&zlib_, kGzipOnly) != Z_OK) throw std::bad_alloc();
  }
  ~GzipStream() override { inflateEnd(&zlib_); }
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;

  Result<std::size_t> read(std::span<char> room) override {
    const auto size = static_cast<uInt>(std::min<std::size_t>(room.size(), 1U << 30));
    zlib_.next_out = reinterpret_cast<Bytef*>(room.data());
    zlib_.avail_out = size;
    while (zlib_.avail_out == size) {
      if (packed_.piece().empty() && !packed_.refill()) {
        if (is_between_members_) return std::size_t{0};
        return refuse(ErrorCode::invalid_input, "packed.cut_short");
      }
      if (is_between_members_ && packed_.piece().front() == 0) {  // padding of tapes, as gzip takes it
        packed_.keep_last(packed_.piece().size() - 1);
        continue;
      }
      if (!inflate_piece()) return refuse(ErrorCode::invalid_input, "packed.damaged");
    }
    return size - zlib_.avail_out;
  }
  std::uint64_t bytes_taken() const override { return packed_.taken(); }

 private:
  bool inflate_piece() {
    is_between_members_ = false;
    zlib_.next_in = reinterpret_cast<Bytef*>(packed_.piece().data());
    zlib_.avail_in = static_cast<uInt>(packed_.piece().size());
    const int result = inflate(&zlib_, Z_NO_FLUSH);
    packed_.keep_last(zlib_.avail_in);
    if (result == Z_STREAM_END) {
      is_between_members_ = true;
      return inflateReset(&zlib_) == Z_OK;
    }
    return result == Z_OK || result == Z_BUF_ERROR;
  }

  PackedBytes packed_;
  z_stream zlib_{};
  bool is_between_members_ = false;
};

class ZstdStream final : public ByteStream {
 public:
  explicit ZstdStream(OpenFile file) : packed_(std::move(file)), zstd_(ZSTD_createDStream(), ZSTD_freeDStream) {
    if (!zstd_) throw std::bad_alloc();
  }

  Result<std::size_t> read(std::span<char> room) override {
    ZSTD_outBuffer out{room.data(), room.size(), 0};
    while (out.pos == 0) {
      // What was unpacked may still wait inside, even when the file is at its end.
      if (packed_.piece().empty() && !packed_.refill() && is_between_frames_) return std::size_t{0};
      ZSTD_inBuffer in{packed_.piece().data(), packed_.piece().size(), 0};
      const std::size_t result = ZSTD_decompressStream(zstd_.get(), &out, &in);
      if (ZSTD_isError(result) != 0) return refuse(ErrorCode::invalid_input, "packed.damaged");
      is_between_frames_ = result == 0;
      const bool is_stuck = in.size == 0 && out.pos == 0 && !is_between_frames_;
      if (is_stuck) return refuse(ErrorCode::invalid_input, "packed.cut_short");
      packed_.keep_last(in.size - in.pos);
    }
    return out.pos;
  }
  std::uint64_t bytes_taken() const override { return packed_.taken(); }

 private:
  PackedBytes packed_;
  std::unique_ptr<ZSTD_DStream, decltype(&ZSTD_freeDStream)> zstd_;
  bool is_between_frames_ = false;
};

class TextStream final : public ByteStream {
 public:
  explicit TextStream(std::string text) : text_(std::move(text)) {}

  Result<std::size_t> read(std::span<char> room) override {
    const std::size_t size = std::min(room.size(), text_.size() - at_);
    std::copy_n(text_.data() + at_, size, room.data());
    at_ += size;
    return size;
  }
  std::uint64_t bytes_taken() const override { return at_; }

 private:
  std::string text_;
  std::size_t at_ = 0;
};

void append_row(std::string& csv, std::span<const std::string> cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) csv += ',';
    csv += '"';
    for (const char c : cells[i]) csv.append(c == '"' ? 2 : 1, c);
    csv += '"';
  }
}

Result<std::string> workbook_as_csv(const std::filesystem::path& path) {
  std::string csv;
  std::size_t rows = 0;
  JZ_TRY([[maybe_unused]] const TableSummary summary,
         read_table(path, {}, [&](std::size_t number, std::span<const std::string> cells) {
           csv.append(number - rows - 1, '\n');
           append_row(csv, cells);
           csv += '\n';
           rows = number;
           return Status{};
         }));
  return csv;
}

}  // namespace

Packing packing_of(std::string_view first_bytes) {
  if (first_bytes.starts_with("\x1F\x8B")) return Packing::gzip;
  if (first_bytes.starts_with("\x28\xB5\x2F\xFD")) return Packing::zstd;
  const bool begins_with_skippable_frame = first_bytes.size() >= 4 && first_bytes.substr(1, 3) == "\x2A\x4D\x18" &&
                                           (static_cast<unsigned char>(first_bytes[0]) & 0xF0) == 0x50;
  if (begins_with_skippable_frame) return Packing::zstd;
  if (first_bytes.starts_with("PK\x03\x04")) return Packing::workbook;
  return Packing::none;
}

Result<std::unique_ptr<ByteStream>> open_packed(const std::filesystem::path& path, Packing packing) {
  if (packing == Packing::gzip) return std::make_unique<GzipStream>(open_file(path));
  if (packing == Packing::zstd) return std::make_unique<ZstdStream>(open_file(path));
  JZ_TRY(std::string csv, workbook_as_csv(path));
  return std::make_unique<TextStream>(std::move(csv));
}

}  // namespace jiuzhu
