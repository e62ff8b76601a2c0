#include "platform/db/connection_pool.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace jiuzhu::db {
namespace {

using namespace std::chrono_literals;

/// Only handed round.
class IdleConnection final : public Connection {
 public:
  void begin(bool) override {}
  void commit() override {}
  void rollback() noexcept override {}
  std::int64_t execute(Statement, std::span<const Parameter>) override { return 0; }
  void enqueue(Statement, std::span<const Parameter>) override {}
  void query(Statement, std::span<const Parameter>, std::size_t, const RowSink&) override {}
  bool is_broken() const override { return false; }
};

std::unique_ptr<Connection> open_idle() { return std::make_unique<IdleConnection>(); }

ErrorKind refusal_of(ConnectionPool& pool) {
  try {
    (void)pool.borrow();
  } catch (const DatabaseError& error) {
    return error.kind();
  }
  return ErrorKind::other;
}

TEST(ConnectionPool, TellsWhoeverWaitsTooLongAndWhoeverComesAfterwards) {
  ConnectionPool pool(1, open_idle, 100ms);
  auto held = pool.borrow();
  EXPECT_EQ(refusal_of(pool), ErrorKind::busy);
  const auto before = std::chrono::steady_clock::now();
  EXPECT_EQ(refusal_of(pool), ErrorKind::busy);
  EXPECT_LT(std::chrono::steady_clock::now() - before, 100ms) << "nobody else waits for the same long act";
  held.reset();
  EXPECT_NO_THROW((void)pool.borrow());
}

TEST(ConnectionPool, WaitsForOneThatComesBackInTime) {
  ConnectionPool pool(1, open_idle, 10s);
  auto held = pool.borrow();
  std::jthread other([&] {
    std::this_thread::sleep_for(50ms);
    held.reset();
  });
  EXPECT_NO_THROW((void)pool.borrow());
}

}  // namespace
}  // namespace jiuzhu::db
