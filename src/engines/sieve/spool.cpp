#include "engines/sieve/spool.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <queue>
#include <system_error>
#include <utility>

#include "base/assert.hpp"

namespace jiuzhu::sieve {
namespace {

constexpr std::size_t kReadAhead = 64 << 10;
constexpr std::size_t kLengthBytes = 4;

/// A file that nobody else can open and that ends with the process.
int open_nameless(const std::filesystem::path& folder) {
  std::string pattern = (folder / "jiuzhu-sieve-XXXXXX").string();
  const int descriptor = ::mkostemp(pattern.data(), O_CLOEXEC);
  if (descriptor < 0)
    throw std::system_error(errno, std::generic_category(), "no temporary file in " + folder.string());
  ::unlink(pattern.c_str());
  return descriptor;
}

std::uint64_t first_bytes_of(std::string_view record) {
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < sizeof bytes; ++i) {
    bytes = bytes << 8 | (i < record.size() ? static_cast<unsigned char>(record[i]) : 0U);
  }
  return bytes;
}

}  // namespace

/// Sorted records, each behind its length; in memory, or in a file of which a piece is in memory.
class Spool::Run {
 public:
  explicit Run(std::string sorted) : piece_(std::move(sorted)) {}
  Run(std::string_view sorted, const std::filesystem::path& folder) : descriptor_(open_nameless(folder)) {
    while (!sorted.empty()) {
      const ssize_t written = ::write(descriptor_, sorted.data(), sorted.size());
      if (written < 0 && errno != EINTR) {
        throw std::system_error(errno, std::generic_category(), "cannot write a temporary file");
      }
      if (written > 0) sorted.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  ~Run() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  std::string_view record() const { return record_; }
  bool next() {
    if (!has(kLengthBytes)) return false;
    std::uint32_t size = 0;
    std::memcpy(&size, piece_.data() + at_, kLengthBytes);
    JZ_ASSERT(has(kLengthBytes + size));
    record_ = std::string_view(piece_).substr(at_ + kLengthBytes, size);
    at_ += kLengthBytes + size;
    return true;
  }

 private:
  /// Whether so many bytes lie ahead; reads them from the file if need be.
  bool has(std::size_t bytes) {
    if (piece_.size() - at_ >= bytes) return true;
    if (descriptor_ < 0) return false;
    piece_.erase(0, at_);
    at_ = 0;
    const std::size_t kept = piece_.size();
    piece_.resize(std::max(kReadAhead, bytes));
    std::size_t filled = kept;
    while (filled < piece_.size()) {
      const ssize_t read = ::pread(descriptor_, piece_.data() + filled, piece_.size() - filled, offset_);
      if (read < 0 && errno == EINTR) continue;
      if (read < 0) throw std::system_error(errno, std::generic_category(), "cannot read a temporary file");
      if (read == 0) break;
      filled += static_cast<std::size_t>(read);
      offset_ += read;
    }
    piece_.resize(filled);
    return piece_.size() >= bytes;
  }

  std::string piece_;
  std::size_t at_ = 0;
  std::string_view record_;
  int descriptor_ = -1;
  off_t offset_ = 0;
};

Spool::Spool(std::filesystem::path folder, std::size_t buffer_bytes)
    : folder_(std::move(folder)), buffer_bytes_(buffer_bytes) {}

Spool::~Spool() = default;

void Spool::Writer::add(std::string_view record) {
  if (bytes_.size() + record.size() > spool_.buffer_bytes_ && !places_.empty()) {
    sort();
    spool_.add_run(std::exchange(bytes_, {}), false);
  }
  places_.push_back({.first_bytes = first_bytes_of(record),
                     .begin = static_cast<std::uint32_t>(bytes_.size()),
                     .size = static_cast<std::uint32_t>(record.size())});
  bytes_ += record;
}

void Spool::Writer::finish() {
  if (places_.empty()) return;
  sort();
  spool_.add_run(std::exchange(bytes_, {}), true);
}

void Spool::Writer::sort() {
  const std::string_view all = bytes_;
  std::ranges::sort(places_, [all](Place one, Place other) {
    if (one.first_bytes != other.first_bytes) return one.first_bytes < other.first_bytes;
    return all.substr(one.begin, one.size) < all.substr(other.begin, other.size);
  });
  std::string sorted;
  sorted.reserve(bytes_.size() + places_.size() * kLengthBytes);
  for (const Place place : places_) {
    sorted.append(reinterpret_cast<const char*>(&place.size), kLengthBytes);
    sorted += all.substr(place.begin, place.size);
  }
  places_.clear();
  bytes_ = std::move(sorted);
}

void Spool::add_run(std::string sorted, bool is_last) {
  auto run = is_last ? std::make_unique<Run>(std::move(sorted)) : std::make_unique<Run>(sorted, folder_);
  const std::scoped_lock lock(mutex_);
  runs_.push_back(std::move(run));
}

void Spool::merge(const std::function<void(std::string_view)>& take) {
  const auto is_later = [](const Run* one, const Run* other) { return one->record() > other->record(); };
  std::priority_queue<Run*, std::vector<Run*>, decltype(is_later)> heads(is_later);
  for (const auto& run : runs_) {
    if (run->next()) heads.push(run.get());
  }
  while (!heads.empty()) {
    Run* const first = heads.top();
    heads.pop();
    take(first->record());
    if (first->next()) heads.push(first);
  }
  runs_.clear();
}

void append_big_endian(std::string& record, std::uint64_t value, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) record += static_cast<char>(value >> (8 * i) & 0xFF);
}

std::uint64_t take_big_endian(std::string_view& record, int bytes) {
  JZ_ASSERT(record.size() >= static_cast<std::size_t>(bytes));
  std::uint64_t value = 0;
  for (int i = 0; i < bytes; ++i) value = value << 8 | static_cast<unsigned char>(record[static_cast<std::size_t>(i)]);
  record.remove_prefix(static_cast<std::size_t>(bytes));
  return value;
}

void append_text(std::string& record, std::string_view text) {
  append_big_endian(record, text.size(), 4);
  record += text;
}

std::string_view take_text(std::string_view& record) {
  const std::uint64_t size = take_big_endian(record, 4);
  JZ_ASSERT(record.size() >= size);
  const std::string_view text = record.substr(0, size);
  record.remove_prefix(size);
  return text;
}

}  // namespace jiuzhu::sieve
