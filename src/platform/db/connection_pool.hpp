#pragma once
// Hands out connections to threads; waits when all are lent.

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

  ConnectionPool(int size, Opener opener) : opener_(std::move(opener)), free_slots_(size) {}

  /// A connection that returns itself; a broken one is dropped and replaced at the next call.
  std::unique_ptr<Connection, std::function<void(Connection*)>> borrow() {
    std::unique_lock lock(mutex_);
    available_.wait(lock, [&] { return free_slots_ > 0; });
    --free_slots_;
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
  void give_back(std::unique_ptr<Connection> connection) {
    {
      const std::lock_guard lock(mutex_);
      ++free_slots_;
      if (connection && !connection->is_broken()) idle_.push_back(std::move(connection));
    }
    available_.notify_one();
  }

  Opener opener_;
  std::mutex mutex_;
  std::condition_variable available_;
  int free_slots_;                                 // guarded by mutex_
  std::vector<std::unique_ptr<Connection>> idle_;  // guarded by mutex_
};

}  // namespace jiuzhu::db
