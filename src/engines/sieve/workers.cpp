#include "engines/sieve/workers.hpp"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace jiuzhu::sieve {
namespace {

constexpr auto kBeat = std::chrono::milliseconds(100);

/// What ended, and how.
class Outcome {
 public:
  Outcome(unsigned threads, Signals& signals) : running_(threads), signals_(signals) {}

  void end(const Status& status, std::exception_ptr exception) {
    const std::scoped_lock lock(mutex_);
    if (!status && !refusal_) refusal_ = status.error();
    if (exception && !exception_) exception_ = std::move(exception);
    if (!status || exception_) signals_.is_stopped = true;
    if (--running_ == 0) ended_.notify_all();
  }
  bool wait() {
    std::unique_lock lock(mutex_);
    return ended_.wait_for(lock, kBeat, [this] { return running_ == 0; });
  }
  Status status() {
    if (exception_) std::rethrow_exception(exception_);
    if (refusal_) return refuse(*refusal_);
    return {};
  }

 private:
  std::mutex mutex_;
  std::condition_variable ended_;
  unsigned running_;
  Signals& signals_;
  std::optional<Error> refusal_;
  std::exception_ptr exception_;
};

}  // namespace

Status run_workers(const Watching& watching, Signals& signals, const std::function<Status(unsigned)>& work) {
  Outcome outcome(watching.threads, signals);
  std::vector<std::jthread> threads;
  for (unsigned thread = 0; thread < watching.threads; ++thread) {
    threads.emplace_back([&, thread] {
      try {
        outcome.end(work(thread), nullptr);
      } catch (...) {  // a thread's boundary: the caller gets it
        outcome.end({}, std::current_exception());
      }
    });
  }
  bool is_cancelled = false;
  while (!outcome.wait()) {
    if (watching.stop.stop_requested()) {
      is_cancelled = true;
      signals.is_stopped = true;
    }
    if (watching.on_progress) {
      watching.on_progress({.bytes = signals.bytes, .bytes_all = signals.bytes_all, .rows = signals.rows});
    }
  }
  threads.clear();
  JZ_TRY_VOID(outcome.status());
  if (is_cancelled || watching.stop.stop_requested()) return refuse(ErrorCode::conflict, "sieve.cancelled");
  return {};
}

}  // namespace jiuzhu::sieve
