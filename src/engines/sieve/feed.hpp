#pragma once
// Where rows come from: a file in windows of some hundred KiB, each with the places where its rows begin. Any thread
// may take the next window; all of them together are the file, each row once. A row belongs to the window that holds
// the line end before it, so every window can be framed as soon as it is known in what state the one before it ended.

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "engines/sieve/kernels.hpp"
#include "engines/sieve/record.hpp"
#include "platform/files/packed_stream.hpp"

namespace jiuzhu::sieve {

/// A share of a run: this one, from 0, of so many.
struct Share {
  std::uint32_t index = 0;
  std::uint32_t count = 1;
};

/// How files are read; the same for all of a run.
struct Reading {
  const Kernels* kernels = nullptr;
  std::uint32_t window_bytes = 256 << 10;
  Share share;
  bool scans_before_share = false;  // reads a file from its beginning to know in what state the share begins
  const std::atomic<bool>* is_stopped = nullptr;  // somebody else failed, or the user has enough
};

/// Reused from window to window, so that its memory stays in the cache. One thread at a time.
struct Window {
  std::vector<char> bytes;                // the window, as much behind it as its last row needs, and padding
  const std::uint32_t* begins = nullptr;  // of each row, and one: row i ends before the line feed at begins[i + 1] - 1
  std::size_t rows = 0;
  std::uint32_t number = 0;       // in its file
  std::uint32_t first_row = 0;    // rows of this window that stand before the first here: a header
  std::uint64_t bytes_taken = 0;  // of the file

  std::vector<std::uint32_t> places;  // where begins lie
  std::vector<std::uint32_t> ends_behind;

  std::string_view row(std::size_t i) const { return {bytes.data() + begins[i], begins[i + 1] - 1 - begins[i]}; }
};

/// What is known of a file when all its windows, or those of a share, have been taken.
struct FeedEnds {
  std::uint32_t first_window = 0;
  std::uint32_t windows = 0;
  RecordState begin = RecordState::field_begin;  // assumed where a share begins inside the file
  RecordState end = RecordState::field_begin;
};

class Feed {
 public:
  virtual ~Feed() = default;
  /// False when there is no further one. Refuses with "sieve.record_too_long", "sieve.quote_unterminated",
  /// "sieve.file_changed" and what a packed stream refuses with, each with {file}.
  virtual Result<bool> next(Window& window) = 0;
  virtual FeedEnds ends() const = 0;
  /// Whether the file is what it was when it was opened.
  virtual Status check_unchanged() const = 0;
};

/// How the table begins: up to 64 KiB of it.
struct FeedBegin {
  std::string bytes;
  bool is_all = false;
};

struct OpenedFeed {
  FeedBegin begin;
  Packing packing = Packing::none;
  std::uint64_t file_bytes = 0;
  std::unique_ptr<Feed> feed;
};

/// `place` is the file's among the files of the run: a packed one cannot be shared out, so it is all of one share's.
/// `has_header`: the first record is not a row. Refuses with "sieve.file_unreadable" {file, problem}.
Result<OpenedFeed> open_feed(const std::string& path, std::uint32_t place, RecordShape shape, bool has_header,
                             const Reading& reading);

}  // namespace jiuzhu::sieve
