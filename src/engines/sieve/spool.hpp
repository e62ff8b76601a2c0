#pragma once
// Records that are too many for memory, given back in order: each thread fills a buffer, sorts it and writes it to a
// file that has no name, and at the end all of them are merged. Whatever order they came in, and by whatever threads,
// they come out the same. Failures of the disk are exceptions (std::system_error).

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace jiuzhu::sieve {

class Spool {
 public:
  /// `folder` takes the files. `buffer_bytes` is what a thread keeps in memory.
  explicit Spool(std::filesystem::path folder, std::size_t buffer_bytes = std::size_t{4} << 20);
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  /// One thread's part. It must end before merge().
  class Writer {
   public:
    explicit Writer(Spool& spool) : spool_(spool) {}
    ~Writer() noexcept(false) = default;
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    void add(std::string_view record);
    /// Hands over what is left; nothing may be added afterwards.
    void finish();

   private:
    Spool& spool_;
    std::string bytes_;
    struct Place {
      std::uint64_t first_bytes;  // sort as the record does; most records differ in them
      std::uint32_t begin;
      std::uint32_t size;
    };
    std::vector<Place> places_;
    void sort();
    friend class Spool;
  };

  /// All records by their bytes, equal ones as often as they were added. Once.
  void merge(const std::function<void(std::string_view record)>& take);

 private:
  class Run;
  void keep_in_memory(std::string sorted);
  void write_out(std::string_view sorted);

  std::filesystem::path folder_;
  std::size_t buffer_bytes_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Run>> runs_;
  int descriptor_ = -1;  // of the file, once there is one
  std::uint64_t size_ = 0;
};

/// Numbers as bytes that sort as they do.
void append_big_endian(std::string& record, std::uint64_t value, int bytes);
std::uint64_t take_big_endian(std::string_view& record, int bytes);
/// A text with its length before it.
void append_text(std::string& record, std::string_view text);
std::string_view take_text(std::string_view& record);

}  // namespace jiuzhu::sieve
