#include "platform/db/shared_flush.hpp"

namespace jiuzhu::db {

void SharedFlush::wait() {
  std::unique_lock lock(mutex_);
  // The flush that runs now may have begun before the caller wrote.
  const std::uint64_t needed = begun_ + 1;
  while (done_ < needed) {
    if (failure_) std::rethrow_exception(failure_);
    if (begun_ != done_) {
      ended_.wait(lock);
      continue;
    }
    ++begun_;
    lock.unlock();
    std::exception_ptr failure;
    try {
      flush_();
    } catch (...) {
      failure = std::current_exception();
    }
    lock.lock();
    if (failure) {
      failure_ = failure;  // and done_ stays behind: whoever waited for this one is told, too
    } else {
      done_ = begun_;
    }
    ended_.notify_all();
  }
}

void SharedFlush::check() const {
  const std::lock_guard lock(mutex_);
  if (failure_) std::rethrow_exception(failure_);
}

}  // namespace jiuzhu::db
