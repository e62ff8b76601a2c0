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

/// Sorted records, each behind its length; in memory, or in a stretch of the file of which a piece is in memory.
class Spool::Run {
 public:
  explicit Run(std::string sorted) : piece_(std::move(sorted)) {}
  Run(int descriptor, std::uint64_t offset, std::size_t size)
      : descriptor_(descriptor), offset_(offset), end_(offset + size) {}

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
    piece_.erase(0, at_);
    at_ = 0;
    std::size_t filled = piece_.size();
    piece_.resize(filled +
                  static_cast<std::size_t>(std::min<std::uint64_t>(std::max(kReadAhead, bytes), end_ - offset_)));
    while (filled < piece_.size()) {
      const ssize_t read =
          ::pread(descriptor_, piece_.data() + filled, piece_.size() - filled, static_cast<off_t>(offset_));
      if (read < 0 && errno == EINTR) continue;
      if (read < 0) throw std::system_error(errno, std::generic_category(), "cannot read a temporary file");
      JZ_ASSERT(read > 0);
      filled += static_cast<std::size_t>(read);
      offset_ += static_cast<std::uint64_t>(read);
    }
    return piece_.size() >= bytes;
  }

  std::string piece_;
  std::size_t at_ = 0;
  std::string_view record_;
  int descriptor_ = -1;
  std::uint64_t offset_ = 0;
  std::uint64_t end_ = 0;
};

Spool::Spool(std::filesystem::path folder, std::size_t buffer_bytes)
    : folder_(std::move(folder)), buffer_bytes_(buffer_bytes) {}

Spool::~Spool() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void Spool::Writer::add(std::string_view record) {
  if (bytes_.size() + record.size() > spool_.buffer_bytes_ && !places_.empty()) {
    sort();
    spool_.write_out(bytes_);
    bytes_.clear();
  }
  places_.push_back({.first_bytes = first_bytes_of(record),
                     .begin = static_cast<std::uint32_t>(bytes_.size()),
                     .size = static_cast<std::uint32_t>(record.size())});
  bytes_ += record;
}

void Spool::Writer::finish() {
  if (places_.empty()) return;
  sort();
  spool_.keep_in_memory(std::exchange(bytes_, {}));
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

void Spool::keep_in_memory(std::string sorted) {
  const std::scoped_lock lock(mutex_);
  runs_.push_back(std::make_unique<Run>(std::move(sorted)));
}

/// One file for all, since there may be more runs than files that a process may open.
void Spool::write_out(std::string_view sorted) {
  std::uint64_t offset = 0;
  {
    const std::scoped_lock lock(mutex_);
    if (descriptor_ < 0) descriptor_ = open_nameless(folder_);
    offset = size_;
    size_ += sorted.size();
    runs_.push_back(std::make_unique<Run>(descriptor_, offset, sorted.size()));
  }
  while (!sorted.empty()) {
    const ssize_t written = ::pwrite(descriptor_, sorted.data(), sorted.size(), static_cast<off_t>(offset));
    if (written < 0 && errno != EINTR) {
      throw std::system_error(errno, std::generic_category(), "cannot write a temporary file");
    }
    if (written <= 0) continue;
    sorted.remove_prefix(static_cast<std::size_t>(written));
    offset += static_cast<std::uint64_t>(written);
  }
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
