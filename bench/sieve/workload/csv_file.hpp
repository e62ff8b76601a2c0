#pragma once
// Writes one CSV file through a large buffer. Every field ends with its separator, and the end of the row turns the
// last one into a line break: no field needs to know whether it is the first.

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace jiuzhu::bench::sieve {

class CsvFile {
 public:
  enum class Quotes { where_needed, everywhere };

  CsvFile(const std::filesystem::path& path, Quotes quotes)
      : buffer_(kBufferBytes), quotes_(quotes == Quotes::everywhere) {
    file_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file_ < 0) throw std::system_error(errno, std::generic_category(), path);
  }
  ~CsvFile() { ::close(file_); }
  CsvFile(const CsvFile&) = delete;
  CsvFile& operator=(const CsvFile&) = delete;

  /// A text without commas, quotes and line breaks.
  void field(std::string_view text) {
    open_field(quotes_);
    put(text);
    close_field(quotes_);
  }
  /// A text that needs its quotes in any case; those inside are doubled already.
  void quoted_field(std::string_view doubled) {
    open_field(true);
    put(doubled);
    close_field(true);
  }
  /// Hundredths as a number with two decimals.
  void hundredths(std::uint64_t amount) {
    open_field(quotes_);
    digits(amount / 100, 1);
    *put_at(1) = '.';
    digits(amount % 100, 2);
    close_field(quotes_);
  }
  /// Letters, then a number filled up with zeros.
  void label(std::string_view letters, std::uint64_t number, int width) {
    open_field(quotes_);
    put(letters);
    digits(number, width);
    close_field(quotes_);
  }

  void end_row() {
    buffer_[used_ - 1] = '\n';
    if (used_ > kBufferBytes - kRowBytesMax) flush();
  }
  /// Needed at the end: an error of the last write must not be lost in the destructor.
  void finish() { flush(); }
  std::uint64_t bytes() const { return written_ + used_; }

 private:
  static constexpr std::size_t kBufferBytes = 1 << 20;
  static constexpr std::size_t kRowBytesMax = 1 << 10;

  char* put_at(std::size_t bytes) {
    char* at = buffer_.data() + used_;
    used_ += bytes;
    return at;
  }
  void put(std::string_view text) { std::memcpy(put_at(text.size()), text.data(), text.size()); }
  void open_field(bool has_quotes) {
    if (has_quotes) *put_at(1) = '"';
  }
  void close_field(bool has_quotes) {
    if (has_quotes) *put_at(1) = '"';
    *put_at(1) = ',';
  }
  void digits(std::uint64_t number, int width) {
    char reversed[20];
    int count = 0;
    do {
      reversed[count++] = static_cast<char>('0' + number % 10);
      number /= 10;
    } while (number != 0);
    while (count < width) reversed[count++] = '0';
    char* at = put_at(static_cast<std::size_t>(count));
    while (count > 0) *at++ = reversed[--count];
  }
  void flush() {
    for (std::size_t from = 0; from < used_;) {
      const ssize_t bytes = ::write(file_, buffer_.data() + from, used_ - from);
      if (bytes < 0) throw std::system_error(errno, std::generic_category(), "write");
      from += static_cast<std::size_t>(bytes);
    }
    written_ += used_;
    used_ = 0;
  }

  std::vector<char> buffer_;
  std::size_t used_ = 0;
  std::uint64_t written_ = 0;
  int file_ = -1;
  bool quotes_;
};

}  // namespace jiuzhu::bench::sieve
