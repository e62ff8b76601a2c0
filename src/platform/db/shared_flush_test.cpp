#include "platform/db/shared_flush.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <stdexcept>
#include <thread>
#include <vector>

namespace jiuzhu::db {
namespace {

TEST(SharedFlush, NobodyReturnsBeforeWhatHeWroteIsFlushed) {
  constexpr int kThreads = 8;
  constexpr int kWrites = 300;
  std::atomic<int> written = 0;
  std::atomic<int> durable = 0;
  std::atomic<int> running = 0;
  int flushes = 0;
  SharedFlush flush([&] {
    EXPECT_EQ(++running, 1) << "one at a time";
    const int seen = written;
    std::this_thread::sleep_for(std::chrono::microseconds(50));
    durable = seen;
    ++flushes;
    --running;
  });
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&] {
        for (int n = 0; n < kWrites; ++n) {
          const int mine = ++written;
          flush.wait();
          EXPECT_GE(durable, mine);
        }
      });
    }
  }
  EXPECT_LT(flushes, kThreads * kWrites) << "those who wait together share one";
}

TEST(SharedFlush, AFailureIsToldToAllAndForEver) {
  std::atomic<int> calls = 0;
  std::atomic<int> failures = 0;
  SharedFlush flush([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    if (++calls == 1) throw std::runtime_error("disk");
  });
  EXPECT_NO_THROW(flush.check());
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        try {
          flush.wait();
        } catch (const std::runtime_error&) {
          ++failures;
        }
      });
    }
  }
  EXPECT_EQ(failures, 4);
  EXPECT_THROW(flush.wait(), std::runtime_error);
  EXPECT_THROW(flush.check(), std::runtime_error);
  EXPECT_EQ(calls, 1) << "a flush after a failed one proves nothing";
}

TEST(SharedFlush, WhoeverWaitsForTheOneThatFailsIsTold) {
  // The first succeeds; those who came while it ran share the second, which one of them runs and which fails.
  std::latch first_runs{1}, others_wait{1};
  std::atomic<int> calls = 0;
  std::atomic<int> failures = 0;
  SharedFlush flush([&] {
    if (++calls == 1) {
      first_runs.count_down();
      others_wait.wait();
      return;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    throw std::runtime_error("disk");
  });
  std::jthread first([&] { EXPECT_NO_THROW(flush.wait()); });
  first_runs.wait();
  {
    std::vector<std::jthread> others;
    for (int i = 0; i < 4; ++i) {
      others.emplace_back([&] {
        try {
          flush.wait();
        } catch (const std::runtime_error&) {
          ++failures;
        }
      });
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    others_wait.count_down();
  }
  EXPECT_EQ(failures, 4);
  EXPECT_EQ(calls, 2);
}

}  // namespace
}  // namespace jiuzhu::db
