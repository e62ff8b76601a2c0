#pragma once
// Hands out connections to threads; waits when all are lent, but not for ever.

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "platform/db/database.hpp"

namespace jiuzhu::db {

class ConnectionPool {
 public:
  using Opener = std::function<std::unique_ptr<Connection>()>;

  using Patience = std::chrono::milliseconds;

  /// `patience` is how long the last borrower may keep others waiting until these are told that the database is busy;
  /// those who come later are told at once, so that one long act does not fill the program with waiting threads.
  ConnectionPool(int size, Opener opener, std::optional<Patience> patience = std::nullopt)
      : opener_(std::move(opener)), patience_(patience), free_slots_(size) {}

  /// A connection that returns itself; a broken one is dropped and replaced at the next call. Throws DatabaseError
  /// (busy).
  std::unique_ptr<Connection, std::function<void(Connection*)>> borrow() {
    std::unique_lock lock(mutex_);
    while (free_slots_ == 0) wait(lock);
    --free_slots_;
    lent_at_ = Clock::now();
    std::unique_ptr<Connection> connection;
    if (!idle_.empty()) {
      connection = std::move(idle_.back());
      idle_.pop_back();
    }
    lock.unlock();
    try {
      if (!connection) connection = opener_();
    } catch (...) {
      give_back(nullptr);
      throw;
    }
    return {connection.release(), [this](Connection* lent) { give_back(std::unique_ptr<Connection>(lent)); }};
  }

 private:
  using Clock = std::chrono::steady_clock;

  void wait(std::unique_lock<std::mutex>& lock) {
    if (!patience_) return available_.wait(lock);
    const auto end = lent_at_ + *patience_;
    if (Clock::now() >= end) throw DatabaseError(ErrorKind::busy, "borrow", "");
    available_.wait_until(lock, end);
  }

  void give_back(std::unique_ptr<Connection> connection) {
    {
      const std::lock_guard lock(mutex_);
      ++free_slots_;
      if (connection && !connection->is_broken()) idle_.push_back(std::move(connection));
    }
    available_.notify_one();
  }

  Opener opener_;
  std::optional<Patience> patience_;
  std::mutex mutex_;
  std::condition_variable available_;
  int free_slots_;                                 // guarded by mutex_
  Clock::time_point lent_at_;                      // guarded by mutex_; the last time
  std::vector<std::unique_ptr<Connection>> idle_;  // guarded by mutex_
};

}  // namespace jiuzhu::db
