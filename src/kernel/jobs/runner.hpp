#pragma once
// Does jobs one after the other on a thread of its own. Several programs may serve one PostgreSQL: a job is claimed,
// and taken over by another runner when its own has been silent for kSilence (killed, or the machine gone).

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "kernel/jobs/job.hpp"

namespace jiuzhu::jobs {

struct Progress {
  std::int64_t done = 0;
  std::int64_t total = 0;  // 0: not known yet
  bool is_cancelling = false;
};

class Runner {
 public:
  static constexpr std::int64_t kSilenceSeconds = 20;
  static constexpr int kAttemptsMost = 3;

  /// `surroundings` must outlive the runner.
  explicit Runner(const Surroundings& surroundings);
  /// Stops the running job, which then waits for the next start, and returns.
  ~Runner();
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  /// Before start().
  void provide(const std::string& kind, JobFunction function);
  void start();
  /// A job was asked for: look now, not within the next second. Any thread.
  void wake();

  /// How far a job is that runs here; from its row otherwise. Any thread.
  Progress progress_of(const JobRow& job) const;
  /// True when the job will not take effect; false when it is over already. Any thread.
  bool cancel(const std::string& county, JobId id);

  /// Does what waits, on the caller's thread; for commands and tests.
  void run_waiting();

 private:
  struct Current {
    JobId id;
    std::atomic<std::int64_t> done = 0;
    std::atomic<std::int64_t> total = 0;
    std::atomic<bool> is_cancelled = false;
    std::atomic<bool> is_lost = false;  // cancelled elsewhere, or taken over
  };

  void work(const std::stop_token& stop);
  void beat(const std::stop_token& stop);
  bool run_next();
  void run(const JobRow& job);
  Status call(const JobRow& job, Current& current);
  void conclude(const JobRow& job, const Status& outcome);
  std::shared_ptr<Current> current() const;

  const Surroundings& surroundings_;
  const std::string name_;
  std::map<std::string, JobFunction> functions_;
  mutable std::mutex mutex_;
  std::condition_variable_any wakes_;
  bool is_woken_ = false;              // guarded by mutex_
  std::shared_ptr<Current> current_;   // guarded by mutex_
  std::optional<JobRow> current_row_;  // guarded by mutex_
  std::atomic<bool> is_stopping_ = false;
  std::jthread beater_;
  std::jthread worker_;
};

}  // namespace jiuzhu::jobs
