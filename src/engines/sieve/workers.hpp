#pragma once
// The threads of a run: all do the same until nothing is left, the first refusal or exception stops the others and is
// what the caller gets. The caller's thread meanwhile tells how far it is, and whether the user has had enough.

#include <atomic>
#include <functional>
#include <stop_token>

#include "base/result.hpp"

namespace jiuzhu::sieve {

struct Progress {
  std::uint64_t bytes = 0;  // read
  std::uint64_t bytes_all = 0;
  std::uint64_t rows = 0;
};

struct Watching {
  unsigned threads = 1;
  std::stop_token stop;
  std::function<void(const Progress&)> on_progress;  // some times a second; may be empty
};

/// Shared by the threads of a run.
struct Signals {
  std::atomic<bool> is_stopped = false;
  std::atomic<std::uint64_t> bytes = 0;
  std::atomic<std::uint64_t> rows = 0;
  std::uint64_t bytes_all = 0;
};

/// `work` gets the number of its thread. Refuses with "sieve.cancelled", or with what one of them refused with.
/// Rethrows.
Status run_workers(const Watching& watching, Signals& signals, const std::function<Status(unsigned)>& work);

}  // namespace jiuzhu::sieve
