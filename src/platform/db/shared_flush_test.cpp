#include "platform/db/shared_flush.hpp"

#include <gtest/gtest.h>

#include <atomic>
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

}  // namespace
}  // namespace jiuzhu::db
