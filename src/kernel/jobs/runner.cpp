#include "kernel/jobs/runner.hpp"

#include <chrono>
#include <thread>

#include "kernel/jobs/job_store.hpp"
#include "platform/log/log.hpp"

namespace jiuzhu::jobs {
namespace {

using namespace std::chrono_literals;

constexpr int kBusyAttempts = 40;
constexpr auto kBusyPause = 250ms;

/// What must be written although somebody keeps the database busy.
template <class Write>
auto insist(const Write& write) {
  for (int attempt = 1;; ++attempt) {
    try {
      return write();
    } catch (const db::DatabaseError& error) {
      if (error.kind() != db::ErrorKind::busy || attempt == kBusyAttempts) throw;
    }
    std::this_thread::sleep_for(kBusyPause);
  }
}

Status broken(const JobRow& job, const std::exception& error) {
  log::error("jobs.broken", {{"kind", job.kind}, {"job", job.id.to_text()}, {"reason", std::string(error.what())}});
  return refuse(ErrorCode::unavailable, "job.broken");
}

Actor actor_of(const JobRow& job) {
  return {.user = job.actor_user,
          .name = job.actor_name,
          .grant = job.actor_grant,
          .role = job.actor_role,
          .region = job.actor_region};
}

}  // namespace

Runner::Runner(const Surroundings& surroundings)
    : surroundings_(surroundings), name_(make_id<JobId>(surroundings.clock, surroundings.random).to_text()) {}

Runner::~Runner() {
  is_stopping_ = true;
  worker_ = {};  // asks it to stop and waits
  beater_ = {};
}

void Runner::provide(const std::string& kind, JobFunction function) { functions_[kind] = std::move(function); }

void Runner::start() {
  worker_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
  beater_ = std::jthread([this](const std::stop_token& stop) { beat(stop); });
}

void Runner::wake() {
  {
    const std::scoped_lock lock(mutex_);
    is_woken_ = true;
  }
  wakes_.notify_all();
}

std::shared_ptr<Runner::Current> Runner::current() const {
  const std::scoped_lock lock(mutex_);
  return current_;
}

Progress Runner::progress_of(const JobRow& job) const {
  const auto running = current();
  if (running && running->id == job.id) {
    return {.done = running->done, .total = running->total, .is_cancelling = running->is_cancelled};
  }
  return {.done = job.done_count, .total = job.total_count};
}

bool Runner::cancel(const std::string& county, JobId id) {
  // First here: on SQLite the job's own transaction keeps others from writing until it has rolled back.
  const auto running = current();
  if (running && running->id == id) running->is_cancelled = true;
  // The job that has just been told to stop may be who keeps the database.
  const auto cancelled = insist([&] {
    return surroundings_.database.write([&](db::Transaction& tx) -> Result<bool> {
      if (cancel_job(tx, county, id, surroundings_.clock.now())) return true;
      // Rolled back and told so by its own thread, which was faster.
      const auto job = find_job(tx, county, id);
      return job && job->state == JobState::cancelled;
    });
  });
  return *cancelled;
}

void Runner::work(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    bool has_run = false;
    try {
      has_run = run_next();
    } catch (const std::exception& error) {
      log::error("jobs.unreachable", {{"reason", std::string(error.what())}});
    }
    if (has_run) continue;
    std::unique_lock lock(mutex_);
    wakes_.wait_for(lock, stop, 1s, [this] { return is_woken_; });
    is_woken_ = false;
  }
}

void Runner::beat(const std::stop_token& stop) {
  std::mutex own;
  std::condition_variable_any never;
  while (!stop.stop_requested()) {
    {
      std::unique_lock lock(own);
      never.wait_for(lock, stop, 5s, [] { return false; });
    }
    std::shared_ptr<Current> running;
    std::optional<JobRow> job;
    {
      const std::scoped_lock lock(mutex_);
      running = current_;
      job = current_row_;
    }
    if (!running || !job || stop.stop_requested()) continue;
    try {
      const auto is_ours = surroundings_.database.write([&](db::Transaction& tx) -> Result<bool> {
        return beat_job(tx, *job, name_, surroundings_.clock.now(), running->done, running->total);
      });
      if (!*is_ours) running->is_lost = true;
    } catch (const db::DatabaseError& error) {
      // On SQLite the job itself keeps the database; nobody can take it over meanwhile.
      if (error.kind() != db::ErrorKind::busy) log::warn("jobs.beat_failed", {{"reason", std::string(error.what())}});
    } catch (const std::exception& error) {
      log::warn("jobs.beat_failed", {{"reason", std::string(error.what())}});
    }
  }
}

void Runner::run_waiting() {
  while (run_next()) {
  }
}

bool Runner::run_next() {
  const Instant silent_since = surroundings_.clock.now().plus_seconds(-kSilenceSeconds);
  // Looking is a read, so that an idle program leaves the database alone.
  auto jobs = surroundings_.database.read([&](db::Transaction& tx) { return next_jobs(tx, silent_since); });
  // What this program does not know how to do is left to one that does: a command beside a server knows one kind.
  const auto job = std::ranges::find_if(jobs, [&](const JobRow& each) { return functions_.contains(each.kind); });
  if (job == jobs.end()) return false;
  const auto claimed = surroundings_.database.write([&](db::Transaction& tx) -> Result<bool> {
    // The claim may have waited for the database: its beat begins now.
    return claim_job(tx, *job, name_, surroundings_.clock.now(), silent_since);
  });
  if (*claimed) {
    job->attempt += 1;
    run(*job);
  }
  return true;
}

void Runner::run(const JobRow& job) {
  const auto running = std::make_shared<Current>();
  running->id = job.id;
  {
    const std::scoped_lock lock(mutex_);
    current_ = running;
    current_row_ = job;
  }
  const Status outcome = call(job, *running);
  {
    const std::scoped_lock lock(mutex_);
    current_.reset();
    current_row_.reset();
  }
  conclude(job, outcome);
}

Status Runner::call(const JobRow& job, Current& current) {
  const auto function = functions_.find(job.kind);
  // A job that brings the program down is not tried for ever; one of another program's kinds cannot be done here.
  if (job.attempt > kAttemptsMost || function == functions_.end()) return refuse(ErrorCode::unavailable, "job.broken");
  const JobRun run{.job = job,
                   .actor = actor_of(job),
                   .advance = [&](std::int64_t done, std::int64_t total) -> Status {
                     current.done = done;
                     current.total = total;
                     if (current.is_cancelled || current.is_lost) return refuse(ErrorCode::conflict, "job.cancelled");
                     if (is_stopping_) return refuse(ErrorCode::unavailable, "job.interrupted");
                     return {};
                   },
                   .finish = [&](db::Transaction& tx) -> Status {
                     if (end_job(tx, job, name_, JobState::done, surroundings_.clock.now(), std::nullopt)) return {};
                     return refuse(ErrorCode::conflict, "job.cancelled");
                   }};
  try {
    return function->second(run);
  } catch (const db::DatabaseError& error) {
    // Nobody's fault, and over sooner or later: the job waits in its place in the row.
    if (error.kind() == db::ErrorKind::busy) return refuse(ErrorCode::unavailable, "job.interrupted");
    return broken(job, error);
  } catch (const std::exception& error) {
    return broken(job, error);
  }
}

void Runner::conclude(const JobRow& job, const Status& outcome) {
  if (outcome) return;  // its last transaction has said so
  const std::string& key = outcome.error().key;
  const auto written = insist([&] {
    return surroundings_.database.write([&](db::Transaction& tx) -> Status {
      const Instant now = surroundings_.clock.now();
      if (key == "job.interrupted") {
        return_job(tx, job, name_);
      } else if (key == "job.cancelled") {
        // Only while it is ours: a job that another runner has taken over goes on there.
        end_job(tx, job, name_, JobState::cancelled, now, std::nullopt);
      } else {
        end_job(tx, job, name_, key == "job.broken" ? JobState::broken : JobState::refused, now, outcome.error());
      }
      return {};
    });
  });
  JZ_ASSERT(written.has_value());
}

}  // namespace jiuzhu::jobs
