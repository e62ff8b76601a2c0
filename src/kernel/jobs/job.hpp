#pragma once
// Work that outlives its request: asked for in a use case, done by a runner (runner.hpp), with progress and cancelling.
// A job's last transaction marks it as done together with its work, so it happens once, whatever is killed when.

#include <functional>
#include <optional>
#include <string>

#include "kernel/use_case/use_case.hpp"

namespace jiuzhu::jobs {

using JobId = Id<struct JobTag>;

enum class JobState {
  waiting,
  running,
  done,
  refused,    // by a rule or for what it was given; refusal_key says why
  cancelled,  // by a person
  broken,     // threw, or its runner died several times: see the log
};
BOOST_DESCRIBE_ENUM(JobState, waiting, running, done, refused, cancelled, broken)

struct JobRow {
  std::string county_code;
  JobId id;
  std::string kind;        // "roster.check"
  std::string subject_id;  // what it works on
  std::string arguments;   // JSON, the kind's own
  JobState state = JobState::waiting;
  UserId actor_user;
  std::string actor_name;
  GrantId actor_grant;
  Role actor_role = Role::village_cadre;
  RegionCode actor_region;
  Instant requested_at;
  std::optional<std::string> runner;
  std::optional<Instant> beat_at;
  int attempt = 0;
  std::int64_t done_count = 0;
  std::int64_t total_count = 0;  // 0: not known yet
  std::optional<Instant> finished_at;
  std::optional<std::string> refusal_key;
  std::optional<std::string> refusal_params;  // MessageParams as JSON
};
BOOST_DESCRIBE_STRUCT(JobRow, (),
                      (county_code, id, kind, subject_id, arguments, state, actor_user, actor_name, actor_grant,
                       actor_role, actor_region, requested_at, runner, beat_at, attempt, done_count, total_count,
                       finished_at, refusal_key, refusal_params))

/// What a job's function works with.
struct JobRun {
  const JobRow& job;
  Actor actor;  // who asked for it

  /// Tells how far the work is; call it every few milliseconds. Refuses with "job.cancelled" or "job.interrupted" (the
  /// program stops; the job starts anew afterwards): give that back, so that the transaction rolls back.
  std::function<Status(std::int64_t done, std::int64_t total)> advance;
  /// Belongs into the job's last transaction, at its end. Refuses with "job.cancelled" when it was cancelled meanwhile.
  std::function<Status(db::Transaction&)> finish;
};

/// May be run again from its beginning after a crash. A refusal ends the job as refused.
using JobFunction = std::function<Status(const JobRun&)>;

/// Enqueues a job in the use case's own transaction, so that it is there exactly when what it works on is. A runner
/// finds it within a second, or at once when woken.
JobId request_job(UseCase& act, const std::string& kind, const std::string& subject_id, const std::string& arguments);

std::optional<JobRow> find_job(db::Transaction& tx, const std::string& county, JobId id);

/// The refusal of a job as an error, for pages; nothing when it was not refused.
std::optional<Error> refusal_of(const JobRow& job);

}  // namespace jiuzhu::jobs
