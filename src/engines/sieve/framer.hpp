#pragma once
// What both kinds of feeds do with the bytes of a window. Private to them.

#include <filesystem>
#include <string>
#include <string_view>

#include "engines/sieve/feed.hpp"
#include "engines/sieve/open_file.hpp"

namespace jiuzhu::sieve {

inline constexpr std::uint32_t kRecordMost = 1 << 20;  // a longer one is a file with a quote that never ends
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

inline std::unexpected<Error> refuse_file(std::string key, const std::string& path) {
  return refuse(ErrorCode::invalid_input, std::move(key), {{"file", std::filesystem::path(path).filename()}});
}

/// What both kinds of feeds do with the bytes of a window.
class Framer {
 public:
  Framer(RecordShape shape, const Kernels& kernels) : shape_(shape), kernels_(kernels) {}

  RowsFound find(const char* bytes, std::uint32_t from, std::uint32_t until, RecordState state,
                 std::uint32_t* ends) const {
    const RowSearch search{.bytes = bytes,
                           .from = from,
                           .until = until,
                           .separator = shape_.separator,
                           .quote = shape_.quote,
                           .state = state};
    const RowsFound found = kernels_.find_row_ends(search, ends);
    return found.is_regular ? found : walk_row_ends(search, ends);
  }
  bool is_regular(const char* bytes, std::uint32_t until, RecordState state, std::uint32_t* ends) const {
    return kernels_
        .find_row_ends(
            {.bytes = bytes, .until = until, .separator = shape_.separator, .quote = shape_.quote, .state = state},
            ends)
        .is_regular;
  }
  const RecordShape& shape() const { return shape_; }

 private:
  RecordShape shape_;
  const Kernels& kernels_;
};

inline void make_room(Window& window, std::size_t bytes) {
  if (window.bytes.size() < bytes + kPadding) window.bytes.resize(bytes + kPadding);
  // A row takes a byte at least, a kernel writes up to 64 places more, and the begin and the end of all come on top.
  if (window.places.size() < bytes + kPadding + 2) window.places.resize(bytes + kPadding + 2);
}

/// Of a file that can be read anywhere: its windows in any order. `mark_bytes`: how long its byte order mark is.
std::unique_ptr<Feed> make_plain_feed(OpenFile file, Framer framer, std::uint32_t mark_bytes, bool has_header,
                                      const Reading& reading);
/// Of a packed file, which can only be read from its beginning, by one thread after the other.
std::unique_ptr<Feed> make_stream_feed(OpenFile file, Packing packing, Framer framer, bool has_header,
                                       const Reading& reading);
/// open_packed() whose refusals name the file.
Result<std::unique_ptr<ByteStream>> open_packed_file(const std::string& path, Packing packing);

}  // namespace jiuzhu::sieve
