#include "kernel/jobs/job_store.hpp"

#include "kernel/regions/region_column.hpp"
#include "platform/json/value.hpp"

namespace jiuzhu::jobs {
namespace {

using db::Statement;

#define JZ_JOB_COLUMNS                                                                                        \
  "county_code, id, kind, subject_id, arguments, state, actor_user, actor_name, actor_grant, actor_role, "    \
  "actor_region, requested_at, runner, beat_at, attempt, done_count, total_count, finished_at, refusal_key, " \
  "refusal_params"

constexpr Statement kInsert{"jobs.insert", "insert into background_job (" JZ_JOB_COLUMNS
                                           ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kFind{"jobs.find",
                          "select " JZ_JOB_COLUMNS " from background_job where county_code = ? and id = ?"};
constexpr Statement kNext{"jobs.next", "select " JZ_JOB_COLUMNS
                                       " from background_job where state in ('waiting', 'running') "
                                       "and (state = 'waiting' or beat_at < ?) order by requested_at limit 1000"};
constexpr Statement kClaim{"jobs.claim",
                           "update background_job set state = 'running', runner = ?, beat_at = ?, attempt = attempt + "
                           "1 where county_code = ? and id = ? and (state = 'waiting' or (state = 'running' and "
                           "beat_at < ?))"};
constexpr Statement kBeat{"jobs.beat",
                          "update background_job set beat_at = ?, done_count = ?, total_count = ? "
                          "where county_code = ? and id = ? and runner = ? and state = 'running'"};
constexpr Statement kEnd{"jobs.end",
                         "update background_job set state = ?, finished_at = ?, refusal_key = ?, refusal_params = ? "
                         "where county_code = ? and id = ? and runner = ? and state = 'running'"};
constexpr Statement kReturn{"jobs.return",
                            "update background_job set state = 'waiting', runner = null, beat_at = null, attempt = "
                            "attempt - 1 where county_code = ? and id = ? and runner = ? and state = 'running'"};
constexpr Statement kCancel{"jobs.cancel",
                            "update background_job set state = 'cancelled', finished_at = ? "
                            "where county_code = ? and id = ? and state in ('waiting', 'running')"};

std::string write_params(const MessageParams& params) {
  json::Value::Object members;
  for (const auto& [name, value] : params) members.emplace_back(name, value);
  return json::print(json::Value(std::move(members)));
}

}  // namespace

void insert_job(db::Transaction& tx, const JobRow& row) { tx.enqueue_row(kInsert, row); }

std::optional<JobRow> find_job(db::Transaction& tx, const std::string& county, JobId id) {
  return tx.find<JobRow>(kFind, county, id);
}

std::vector<JobRow> next_jobs(db::Transaction& tx, Instant silent_since) {
  return tx.select<JobRow>(kNext, silent_since);
}

bool claim_job(db::Transaction& tx, const JobRow& job, const std::string& runner, Instant now, Instant silent_since) {
  return tx.execute(kClaim, runner, now, job.county_code, job.id, silent_since) == 1;
}

bool beat_job(db::Transaction& tx, const JobRow& job, const std::string& runner, Instant now, std::int64_t done,
              std::int64_t total) {
  return tx.execute(kBeat, now, done, total, job.county_code, job.id, runner) == 1;
}

bool end_job(db::Transaction& tx, const JobRow& job, const std::string& runner, JobState state, Instant now,
             const std::optional<Error>& refusal) {
  std::optional<std::string> key;
  std::optional<std::string> params;
  if (refusal) {
    key = refusal->key;
    params = write_params(refusal->params);
  }
  return tx.execute(kEnd, state, now, key, params, job.county_code, job.id, runner) == 1;
}

void return_job(db::Transaction& tx, const JobRow& job, const std::string& runner) {
  tx.execute(kReturn, job.county_code, job.id, runner);
}

bool cancel_job(db::Transaction& tx, const std::string& county, JobId id, Instant now) {
  return tx.execute(kCancel, now, county, id) == 1;
}

JobId request_job(UseCase& act, const std::string& kind, const std::string& subject_id, const std::string& arguments) {
  const JobRow row{.county_code = act.county.to_text(),
                   .id = act.new_id<JobId>(),
                   .kind = kind,
                   .subject_id = subject_id,
                   .arguments = arguments,
                   .actor_user = act.actor.user,
                   .actor_name = act.actor.name,
                   .actor_grant = act.actor.grant,
                   .actor_role = act.actor.role,
                   .actor_region = act.actor.region,
                   .requested_at = act.now};
  insert_job(act.tx, row);
  return row.id;
}

std::optional<Error> refusal_of(const JobRow& job) {
  if (!job.refusal_key) return std::nullopt;
  Error error{.code = ErrorCode::refused_by_rule, .key = *job.refusal_key};
  if (const auto params = json::parse(job.refusal_params.value_or("{}")); params && params->as_object()) {
    for (const auto& [name, value] : *params->as_object()) {
      error.params.emplace_back(name, value.as_text() ? *value.as_text() : "");
    }
  }
  return error;
}

}  // namespace jiuzhu::jobs
