#include <algorithm>
#include <thread>

#include "engines/sieve/framer.hpp"

namespace jiuzhu::sieve {
namespace {

constexpr std::uint32_t kBeyond = 4 << 10;  // read behind a window, for the end of its last row

class PlainFeed final : public Feed {
 public:
  PlainFeed(OpenFile file, Framer framer, std::uint32_t mark_bytes, bool has_header, const Reading& reading)
      : file_(std::move(file)), framer_(framer), reading_(reading), mark_bytes_(mark_bytes), has_header_(has_header) {
    const std::uint64_t windows = (file_.size() + reading.window_bytes - 1) / reading.window_bytes;
    ends_.first_window = static_cast<std::uint32_t>(windows * reading.share.index / reading.share.count);
    ends_.windows =
        static_cast<std::uint32_t>(windows * (reading.share.index + 1) / reading.share.count) - ends_.first_window;
    states_ = std::vector<std::atomic<std::uint8_t>>(ends_.windows + 1);
    for (auto& state : states_) state.store(kUnknown, std::memory_order_relaxed);
    if (ends_.first_window == 0) publish(0, RecordState::field_begin);
  }

  Result<bool> next(Window& window) override {
    const std::uint32_t place = next_.fetch_add(1, std::memory_order_relaxed);
    if (place >= ends_.windows) return false;
    const std::uint32_t number = ends_.first_window + place;
    const std::uint64_t offset = std::uint64_t{number} * reading_.window_bytes;
    const auto length =
        static_cast<std::uint32_t>(std::min<std::uint64_t>(reading_.window_bytes, file_.size() - offset));
    const auto loaded = static_cast<std::uint32_t>(std::min<std::uint64_t>(length + kBeyond, file_.size() - offset));
    make_room(window, loaded);
    JZ_TRY_VOID(file_.read(window.bytes.data(), loaded, offset));
    window.number = number;
    window.bytes_taken = length;

    std::uint32_t* const ends = window.places.data() + 1;
    RecordState state = known(place).value_or(RecordState::unquoted);
    if (place == 0 && number > 0) {
      if (reading_.scans_before_share) {
        JZ_TRY(state, scanned_state());
      } else {
        state = likely_state(window, length, offset);
      }
    }
    const std::uint32_t from = mark_in(offset, length);
    RowsFound found = framer_.find(window.bytes.data(), from, length, state, ends);
    if (place > 0 || number == 0) {
      const std::optional<RecordState> right = wait_for(place);
      if (!right) return false;
      const bool begins_alike =
          (*right != RecordState::quoted) == (state != RecordState::quoted) && window.bytes[0] != framer_.shape().quote;
      if (!begins_alike && *right != state) found = framer_.find(window.bytes.data(), from, length, *right, ends);
    } else {
      ends_.begin = state;
    }
    if (offset + length == file_.size() && found.state == RecordState::quoted) {
      return refuse_file("sieve.quote_unterminated", file_.path());
    }
    publish(place + 1, found.state);
    JZ_TRY_VOID(finish(window, {.offset = offset, .length = length, .loaded = loaded}, found));
    return true;
  }

  FeedEnds ends() const override {
    FeedEnds ends = ends_;
    ends.end = known(ends_.windows).value_or(RecordState::field_begin);
    return ends;
  }
  Status check_unchanged() const override { return file_.check_unchanged(); }

 private:
  static constexpr std::uint8_t kUnknown = 0xFF;
  struct Stretch {
    std::uint64_t offset = 0;
    std::uint32_t length = 0;
    std::uint32_t loaded = 0;
  };

  /// How much of a window is the byte order mark.
  std::uint32_t mark_in(std::uint64_t offset, std::uint32_t length) const {
    if (offset >= mark_bytes_) return 0;
    return std::min(length, mark_bytes_ - static_cast<std::uint32_t>(offset));
  }
  void publish(std::uint32_t place, RecordState state) {
    states_[place].store(static_cast<std::uint8_t>(state), std::memory_order_release);
  }
  std::optional<RecordState> known(std::uint32_t place) const {
    const std::uint8_t state = states_[place].load(std::memory_order_acquire);
    if (state == kUnknown) return std::nullopt;
    return static_cast<RecordState>(state);
  }
  /// Whoever has the window before is at work on it, and needs microseconds.
  std::optional<RecordState> wait_for(std::uint32_t place) const {
    for (;;) {
      if (const auto state = known(place)) return state;
      if (reading_.is_stopped != nullptr && reading_.is_stopped->load(std::memory_order_relaxed)) return std::nullopt;
      std::this_thread::yield();
    }
  }

  /// In what state the share begins, by reading everything before it.
  Result<RecordState> scanned_state() {
    Window window;
    make_room(window, reading_.window_bytes);
    RecordState state = RecordState::field_begin;
    for (std::uint32_t number = 0; number < ends_.first_window; ++number) {
      JZ_TRY_VOID(
          file_.read(window.bytes.data(), reading_.window_bytes, std::uint64_t{number} * reading_.window_bytes));
      const std::uint32_t from = mark_in(std::uint64_t{number} * reading_.window_bytes, reading_.window_bytes);
      state = framer_.find(window.bytes.data(), from, reading_.window_bytes, state, window.places.data()).state;
      if (reading_.is_stopped != nullptr && reading_.is_stopped->load(std::memory_order_relaxed)) return state;
    }
    return state;
  }

  /// Of the first window of a share, whose past nobody here has read: outside quotes, unless only inside makes sense.
  /// The merge finds out whether this was right.
  RecordState likely_state(Window& window, std::uint32_t length, std::uint64_t offset) {
    char before = 0;
    if (!file_.read(&before, 1, offset - 1)) return RecordState::field_begin;
    const RecordShape& shape = framer_.shape();
    if (shape.quote == 0) return RecordState::unquoted;
    RecordState outside = RecordState::unquoted;
    if (before == shape.separator || before == '\n') outside = RecordState::field_begin;
    if (before == shape.quote) outside = RecordState::closing;
    std::uint32_t* const ends = window.places.data() + 1;
    if (framer_.is_regular(window.bytes.data(), length, outside, ends)) return outside;
    const bool is_inside = framer_.is_regular(window.bytes.data(), length, RecordState::quoted, ends);
    return is_inside ? RecordState::quoted : outside;
  }

  /// From the ends of rows in the window to the rows that begin there, and the end of the last of them.
  Status finish(Window& window, Stretch stretch, const RowsFound& found) {
    std::uint32_t* const begins = window.places.data();
    std::size_t first = 1;  // begins[1…] are the line ends in the window; [0] is for the first row of the file
    window.first_row = 0;
    if (window.number == 0) {
      begins[0] = mark_bytes_;
      first = 0;
      if (has_header_) {
        window.first_row = 1;
        first = 1;
      }
    }
    std::size_t rows = 1 + found.count - first;
    // What begins at the very end of the file is no row, but it ends the one before it.
    const bool ends_with_file = rows > 0 && stretch.offset + begins[first + rows - 1] >= file_.size();
    window.rows = ends_with_file ? rows - 1 : rows;
    if (window.rows > 0 && !ends_with_file) {
      JZ_TRY(const std::uint32_t end, find_end(window, begins[first + rows - 1], stretch, found.state));
      window.places[first + rows] = end;
    }
    window.begins = window.places.data() + first;
    return {};
  }

  /// The place behind the line end of the window's last row, which may lie far behind the window.
  Result<std::uint32_t> find_end(Window& window, std::uint32_t begin, Stretch stretch, RecordState state) {
    std::uint32_t from = stretch.length;  // in the window there is no further line end
    for (;;) {
      if (window.ends_behind.size() < stretch.loaded - from + kPadding) {
        window.ends_behind.resize(stretch.loaded - from + kPadding);
      }
      const RowsFound found = framer_.find(window.bytes.data(), from, stretch.loaded, state, window.ends_behind.data());
      if (found.count > 0) {
        if (window.ends_behind[0] - begin > kRecordMost) return refuse_file("sieve.record_too_long", file_.path());
        return window.ends_behind[0];
      }
      state = found.state;
      from = stretch.loaded;
      const std::uint64_t left = file_.size() - stretch.offset - stretch.loaded;
      if (left == 0) {
        if (state == RecordState::quoted) return refuse_file("sieve.quote_unterminated", file_.path());
        return stretch.loaded + 1;
      }
      if (stretch.loaded - begin > kRecordMost) return refuse_file("sieve.record_too_long", file_.path());
      const auto more = static_cast<std::uint32_t>(std::min<std::uint64_t>(left, kRecordMost / 4));
      make_room(window, stretch.loaded + more);
      JZ_TRY_VOID(file_.read(window.bytes.data() + stretch.loaded, more, stretch.offset + stretch.loaded));
      stretch.loaded += more;
    }
  }

  OpenFile file_;
  Framer framer_;
  Reading reading_;
  std::uint32_t mark_bytes_;
  bool has_header_;
  FeedEnds ends_;
  std::atomic<std::uint32_t> next_ = 0;
  std::vector<std::atomic<std::uint8_t>> states_;  // before each window, and behind the last
};

}  // namespace

std::unique_ptr<Feed> make_plain_feed(OpenFile file, Framer framer, std::uint32_t mark_bytes, bool has_header,
                                      const Reading& reading) {
  return std::make_unique<PlainFeed>(std::move(file), framer, mark_bytes, has_header, reading);
}

}  // namespace jiuzhu::sieve
