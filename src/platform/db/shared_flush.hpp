#pragma once
// One flush to the disk for all who wait for one: whoever comes while a flush runs shares the next with the others.

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>

namespace jiuzhu::db {

class SharedFlush {
 public:
  /// `flush` makes everything durable that was written before it was called, or throws; one thread at a time calls it.
  explicit SharedFlush(std::function<void()> flush) : flush_(std::move(flush)) {}

  /// Returns when what the caller wrote before is durable. A flush that failed cannot be made good by the next one: the
  /// system may have dropped the pages that it could not write. It is thrown to all who waited and to all who come
  /// later.
  void wait();
  /// Throws when a flush has failed.
  void check() const;

 private:
  std::function<void()> flush_;
  mutable std::mutex mutex_;
  std::condition_variable ended_;
  std::uint64_t begun_ = 0;     // guarded by mutex_
  std::uint64_t done_ = 0;      // guarded by mutex_; the same as begun_ when none runs
  std::exception_ptr failure_;  // guarded by mutex_
};

}  // namespace jiuzhu::db
