#include "engines/sieve/feed.hpp"

#include <algorithm>
#include <filesystem>

#include "engines/sieve/framer.hpp"

namespace jiuzhu::sieve {
namespace {

constexpr std::size_t kBeginMost = 64 << 10;

/// A file of another share.
class NoFeed final : public Feed {
 public:
  Result<bool> next(Window&) override { return false; }
  FeedEnds ends() const override { return {}; }
  Status check_unchanged() const override { return {}; }
};

Result<FeedBegin> begin_of(ByteStream& stream, const std::string& path) {
  FeedBegin begin;
  begin.bytes.resize(kBeginMost);
  std::size_t size = 0;
  while (size < kBeginMost && !begin.is_all) {
    auto read = stream.read(std::span(begin.bytes).subspan(size));
    if (!read) {
      read.error().params.emplace_back("file", std::filesystem::path(path).filename());
      return refuse(read.error());
    }
    size += *read;
    begin.is_all = *read == 0;
  }
  begin.bytes.resize(size);
  return begin;
}

}  // namespace

Result<std::unique_ptr<ByteStream>> open_packed_file(const std::string& path, Packing packing) {
  auto stream = open_packed(path, packing);
  if (!stream) stream.error().params.emplace_back("file", std::filesystem::path(path).filename());
  return stream;
}

Result<OpenedFeed> open_feed(const std::string& path, std::uint32_t place, RecordShape shape, bool has_header,
                             const Reading& reading) {
  JZ_TRY(OpenFile file, OpenFile::open(path));
  OpenedFeed opened{.file_bytes = file.size()};
  opened.begin.bytes.resize(static_cast<std::size_t>(std::min<std::uint64_t>(file.size(), kBeginMost)));
  opened.begin.is_all = opened.begin.bytes.size() == file.size();
  JZ_TRY_VOID(file.read(opened.begin.bytes.data(), opened.begin.bytes.size(), 0));
  opened.packing = packing_of(opened.begin.bytes);
  if (opened.packing == Packing::none) {
    const bool has_mark = opened.begin.bytes.starts_with(kByteOrderMark);
    opened.feed =
        make_plain_feed(std::move(file), Framer(shape, *reading.kernels), has_mark ? 3 : 0, has_header, reading);
    return opened;
  }
  if (opened.packing == Packing::workbook) shape = {};
  {
    JZ_TRY(const auto stream, open_packed_file(path, opened.packing));
    JZ_TRY(opened.begin, begin_of(*stream, path));
  }
  if (place % reading.share.count != reading.share.index) {
    opened.feed = std::make_unique<NoFeed>();
    return opened;
  }
  opened.feed = make_stream_feed(std::move(file), opened.packing, Framer(shape, *reading.kernels), has_header, reading);
  return opened;
}

}  // namespace jiuzhu::sieve
