#include <algorithm>

#include "engines/sieve/framer.hpp"

namespace jiuzhu::sieve {
namespace {

/// A packed file can only be read from its beginning, by one thread after the other.
class StreamFeed final : public Feed {
 public:
  StreamFeed(OpenFile file, Packing packing, Framer framer, bool has_header, const Reading& reading)
      : file_(std::move(file)), packing_(packing), framer_(framer), reading_(reading), has_header_(has_header) {}

  Result<bool> next(Window& window) override {
    const std::scoped_lock lock(mutex_);
    if (is_given_out_) return false;
    if (!stream_) JZ_TRY_VOID(open());
    const std::uint64_t taken_before = stream_->bytes_taken();
    JZ_TRY(const bool is_filled, fill(window));
    window.bytes_taken = stream_->bytes_taken() - taken_before;
    if (!is_filled) {
      // What unpacking needs is not kept for files that are done.
      is_given_out_ = true;
      stream_.reset();
      return false;
    }
    window.number = ends_.windows++;
    window.first_row = 0;
    if (window.number == 0 && has_header_) {
      window.first_row = 1;
      --window.rows;
      ++window.begins;
    }
    return true;
  }

  FeedEnds ends() const override { return ends_; }
  Status check_unchanged() const override { return file_.check_unchanged(); }

 private:
  /// Only when it is its turn: a run may have more packed files than memory for unpacking them.
  Status open() {
    JZ_TRY(stream_, open_packed_file(file_.path(), packing_));
    carried_.resize(kByteOrderMark.size());
    std::size_t size = 0;
    while (size < carried_.size()) {
      JZ_TRY(const std::size_t read, read_stream(std::span(carried_).subspan(size)));
      if (read == 0) break;
      size += read;
    }
    carried_.resize(size);
    if (carried_ == kByteOrderMark) carried_.clear();
    return {};
  }

  /// Whole rows, one at least, unless the stream is at its end.
  Result<bool> fill(Window& window) {
    std::uint32_t loaded = 0;
    std::uint32_t wanted = std::max<std::uint32_t>(reading_.window_bytes, 1);
    for (;;) {
      make_room(window, wanted);
      while (loaded < wanted && !is_at_end_) {
        JZ_TRY(const std::size_t read, read_some(std::span(window.bytes).subspan(loaded, wanted - loaded)));
        loaded += static_cast<std::uint32_t>(read);
        is_at_end_ = read == 0;
      }
      if (loaded == 0) return false;
      window.places[0] = 0;
      window.begins = window.places.data();
      const RowsFound found =
          framer_.find(window.bytes.data(), 0, loaded, RecordState::field_begin, window.places.data() + 1);
      if (is_at_end_) {
        if (found.state == RecordState::quoted) return refuse_file("sieve.quote_unterminated", file_.path());
        const bool has_last_line_end = found.count > 0 && window.begins[found.count] == loaded;
        window.rows = found.count + (has_last_line_end ? 0 : 1);
        if (!has_last_line_end) window.places[window.rows] = loaded + 1;
        JZ_TRY_VOID(check_lengths(window));
        return true;
      }
      if (found.count > 0) {
        window.rows = found.count;
        JZ_TRY_VOID(check_lengths(window));
        const std::uint32_t end = window.begins[found.count];
        carried_.insert(0, window.bytes.data() + end, loaded - end);
        return true;
      }
      if (loaded > kRecordMost) return refuse_file("sieve.record_too_long", file_.path());
      wanted += reading_.window_bytes;
    }
  }

  Status check_lengths(const Window& window) const {
    for (std::size_t i = 0; i < window.rows; ++i) {
      if (window.begins[i + 1] - window.begins[i] > kRecordMost) {
        return refuse_file("sieve.record_too_long", file_.path());
      }
    }
    return {};
  }

  Result<std::size_t> read_some(std::span<char> room) {
    if (!carried_.empty()) {
      const std::size_t size = std::min(room.size(), carried_.size());
      std::copy_n(carried_.data(), size, room.data());
      carried_.erase(0, size);
      return size;
    }
    return read_stream(room);
  }
  Result<std::size_t> read_stream(std::span<char> room) {
    auto read = stream_->read(room);
    if (!read) read.error().params.emplace_back("file", std::filesystem::path(file_.path()).filename());
    return read;
  }

  OpenFile file_;
  Packing packing_;
  std::mutex mutex_;
  std::unique_ptr<ByteStream> stream_;
  std::string carried_;  // read, and not yet given out
  Framer framer_;
  Reading reading_;
  bool has_header_;
  bool is_at_end_ = false;
  bool is_given_out_ = false;
  FeedEnds ends_;
};

}  // namespace

std::unique_ptr<Feed> make_stream_feed(OpenFile file, Packing packing, Framer framer, bool has_header,
                                       const Reading& reading) {
  return std::make_unique<StreamFeed>(std::move(file), packing, framer, has_header, reading);
}

}  // namespace jiuzhu::sieve
