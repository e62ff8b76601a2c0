#include <gtest/gtest.h>

#include <thread>

#include "kernel/jobs/job_store.hpp"
#include "kernel/jobs/runner.hpp"
#include "kernel/test/world.hpp"

namespace jiuzhu::jobs {
namespace {

using namespace std::chrono_literals;

/// Work that leaves a trace in the database: a counter in a table of the test.
class Jobs : public test::WorldOnBothDatabases {
 public:
  JobId ask(const std::string& kind = "test.count") {
    const auto asked =
        run_use_case(world(), officer_, *RegionCode::parse("140302"),
                     [&](UseCase& act) -> Result<JobId> { return request_job(act, kind, "thing", "{}"); });
    return *asked;
  }
  JobRow job(JobId id) {
    return *database().read([&](db::Transaction& tx) { return find_job(tx, "140302", id); });
  }
  std::int64_t count() {
    return database().read([](db::Transaction& tx) {
      return tx.get<std::int64_t>({"test.count", "select count(*) from region where code like '99%'"});
    });
  }
  /// Counts once, in the transaction that ends the job.
  JobFunction counting() {
    return [this](const JobRun& run) -> Status {
      return database().write([&](db::Transaction& tx) -> Status {
        tx.execute(
            {"test.add", "insert into region (code, name, parent, valid_from) values (?, 'x', '', '2019-01-01')"},
            "99" + std::to_string(++next_));
        if (before_finish_) JZ_TRY_VOID(before_finish_(run));
        return run.finish(tx);
      });
    };
  }

 protected:
  std::function<Status(const JobRun&)> before_finish_;
  Actor officer_{.user = world_user(),
                 .name = "任志强",
                 .role = Role::county_case_officer,
                 .region = *RegionCode::parse("140302")};

 private:
  static UserId world_user() { return *UserId::parse("01920000-0000-7000-8000-000000000001"); }
  int next_ = 10;
};

TEST_P(Jobs, RunOnceAsWhoeverAsked) {
  Runner runner(world());
  Actor seen;
  runner.provide("test.count", [&](const JobRun& run) {
    seen = run.actor;
    return counting()(run);
  });
  const JobId id = ask();
  EXPECT_EQ(job(id).state, JobState::waiting);
  runner.run_waiting();
  runner.run_waiting();
  EXPECT_EQ(job(id).state, JobState::done);
  EXPECT_FALSE(runner.cancel("140302", id));
  EXPECT_EQ(count(), 1);
  EXPECT_EQ(seen.name, "任志强");
  EXPECT_EQ(seen.region.to_text(), "140302");
}

TEST_P(Jobs, KeepTheReasonOfARefusal) {
  Runner runner(world());
  runner.provide("test.count", [](const JobRun&) -> Status {
    return refuse(ErrorCode::conflict, "roster.has_findings", {{"rows", "3"}});
  });
  const JobId id = ask();
  runner.run_waiting();
  EXPECT_EQ(job(id).state, JobState::refused);
  const auto refusal = refusal_of(job(id));
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->key, "roster.has_findings");
  EXPECT_EQ(refusal->params, (MessageParams{{"rows", "3"}}));
}

TEST_P(Jobs, AreBrokenByAnExceptionAndTheRunnerGoesOn) {
  Runner runner(world());
  runner.provide("test.throw", [](const JobRun&) -> Status { throw std::runtime_error("the disk is gone"); });
  runner.provide("test.count", counting());
  const JobId broken = ask("test.throw");
  const JobId next = ask();
  runner.run_waiting();
  EXPECT_EQ(job(broken).state, JobState::broken);
  EXPECT_EQ(job(next).state, JobState::done);
}

TEST_P(Jobs, CancelledWhileWaitingNeverRun) {
  Runner runner(world());
  runner.provide("test.count", counting());
  const JobId id = ask();
  EXPECT_TRUE(runner.cancel("140302", id));
  runner.run_waiting();
  EXPECT_EQ(job(id).state, JobState::cancelled);
  EXPECT_EQ(count(), 0);
}

TEST_P(Jobs, CancelledWhileRunningRollBack) {
  Runner runner(world());
  std::atomic<bool> has_begun = false;
  before_finish_ = [&](const JobRun& run) -> Status {
    has_begun = true;
    for (;;) {
      JZ_TRY_VOID(run.advance(1, 2));
      std::this_thread::sleep_for(1ms);
    }
  };
  runner.provide("test.count", counting());
  const JobId id = ask();
  runner.start();
  while (!has_begun) std::this_thread::sleep_for(1ms);
  EXPECT_EQ(runner.progress_of(job(id)).total, 2);
  EXPECT_TRUE(runner.cancel("140302", id));
  EXPECT_EQ(job(id).state, JobState::cancelled);
  EXPECT_EQ(count(), 0);
}

TEST_P(Jobs, CancelledByAnotherProgramDoNotTakeEffect) {
  Runner runner(world());
  Runner elsewhere(world());
  bool is_first = true;
  // Between the work and its last transaction: a long check of a file.
  runner.provide("test.count", [&](const JobRun& run) -> Status {
    if (std::exchange(is_first, false)) {
      EXPECT_TRUE(elsewhere.cancel("140302", run.job.id));
    }
    return counting()(run);
  });
  const JobId id = ask();
  runner.run_waiting();
  EXPECT_EQ(job(id).state, JobState::cancelled);
  EXPECT_EQ(count(), 0);
}

TEST_P(Jobs, AreNotOverBecauseSomebodyKeepsTheDatabaseBusy) {
  Runner runner(world());
  int runs = 0;
  runner.provide("test.count", [&](const JobRun& run) -> Status {
    if (++runs <= 5) throw db::DatabaseError(db::ErrorKind::busy, "borrow", "");
    return counting()(run);
  });
  const JobId id = ask();
  runner.run_waiting();
  EXPECT_EQ(job(id).state, JobState::done);
  EXPECT_EQ(job(id).attempt, 1) << "waiting is no attempt";
  EXPECT_EQ(count(), 1);
}

TEST_P(Jobs, WaitForTheNextStartWhenTheProgramStops) {
  const JobId id = ask();
  {
    Runner runner(world());
    std::atomic<bool> has_begun = false;
    runner.provide("test.count", [&](const JobRun& run) -> Status {
      has_begun = true;
      for (;;) {
        JZ_TRY_VOID(run.advance(1, 2));
        std::this_thread::sleep_for(1ms);
      }
    });
    runner.start();
    while (!has_begun) std::this_thread::sleep_for(1ms);
  }
  EXPECT_EQ(job(id).state, JobState::waiting);
  Runner next(world());
  next.provide("test.count", counting());
  next.run_waiting();
  EXPECT_EQ(job(id).state, JobState::done);
  EXPECT_EQ(count(), 1);
}

TEST_P(Jobs, OfAKilledRunnerAreTakenOverAfterItsSilence) {
  const JobId id = ask();
  ASSERT_TRUE(database().write([&](db::Transaction& tx) -> Status {
    const JobRow row = *find_job(tx, "140302", id);
    EXPECT_TRUE(claim_job(tx, row, "killed", clock().now(), clock().now()));
    return {};
  }));
  Runner runner(world());
  runner.provide("test.count", counting());
  runner.run_waiting();
  EXPECT_EQ(job(id).state, JobState::running) << "its runner may still be alive";
  clock().advance_seconds(Runner::kSilenceSeconds + 1);
  runner.run_waiting();
  EXPECT_EQ(job(id).state, JobState::done);
  EXPECT_EQ(count(), 1);
}

TEST_P(Jobs, TakenOverFromARunnerThatStillLivesGoOnWithTheOther) {
  // The first one's beats did not come through for a while: the database was full of others' work.
  Runner runner(world());
  Runner elsewhere(world());
  const auto lose = [&](const JobRun& run) {
    clock().advance_seconds(Runner::kSilenceSeconds + 1);
    ASSERT_TRUE(database().write([&](db::Transaction& tx) -> Status {
      EXPECT_TRUE(claim_job(tx, run.job, "elsewhere", clock().now(), clock().now().plus_seconds(-1)));
      return {};
    }));
  };
  runner.provide("test.count", [&](const JobRun& run) -> Status {
    lose(run);
    return counting()(run);
  });
  const JobId id = ask();
  runner.run_waiting();
  EXPECT_EQ(job(id).state, JobState::running) << "nobody has cancelled it";
  EXPECT_EQ(job(id).runner, "elsewhere");
  EXPECT_EQ(count(), 0);
  elsewhere.provide("test.count", counting());
  clock().advance_seconds(Runner::kSilenceSeconds + 1);
  elsewhere.run_waiting();
  EXPECT_EQ(job(id).state, JobState::done);
  EXPECT_EQ(count(), 1);
}

TEST_P(Jobs, ThatBringTheirRunnersDownAreGivenUp) {
  const JobId id = ask();
  Runner runner(world());
  runner.provide("test.count", counting());
  for (int attempt = 1; attempt <= Runner::kAttemptsMost; ++attempt) {
    ASSERT_TRUE(database().write([&](db::Transaction& tx) -> Status {
      EXPECT_TRUE(claim_job(tx, *find_job(tx, "140302", id), "killed", clock().now(), clock().now()));
      return {};
    }));
    clock().advance_seconds(Runner::kSilenceSeconds + 1);
  }
  runner.run_waiting();
  EXPECT_EQ(job(id).state, JobState::broken);
  EXPECT_EQ(count(), 0);
}

JZ_ON_BOTH_DATABASES(Jobs);

}  // namespace
}  // namespace jiuzhu::jobs
