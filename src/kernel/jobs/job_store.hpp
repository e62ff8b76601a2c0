#pragma once
// All SQL of jobs. Private to this folder.

#include "kernel/jobs/job.hpp"

namespace jiuzhu::jobs {

void insert_job(db::Transaction& tx, const JobRow& row);

/// Jobs that wait, or whose runner has been silent since `silent_since`, oldest first; at most a thousand.
std::vector<JobRow> next_jobs(db::Transaction& tx, Instant silent_since);
/// False when another runner was faster.
bool claim_job(db::Transaction& tx, const JobRow& job, const std::string& runner, Instant now, Instant silent_since);
/// False when the job is not the runner's any more: cancelled, or taken over.
bool beat_job(db::Transaction& tx, const JobRow& job, const std::string& runner, Instant now, std::int64_t done,
              std::int64_t total);
/// The same.
bool end_job(db::Transaction& tx, const JobRow& job, const std::string& runner, JobState state, Instant now,
             const std::optional<Error>& refusal);
/// Gives a job back that was not finished.
void return_job(db::Transaction& tx, const JobRow& job, const std::string& runner);
/// False when it is over already.
bool cancel_job(db::Transaction& tx, const std::string& county, JobId id, Instant now);

}  // namespace jiuzhu::jobs
