#include "platform/http/worker_pool.hpp"

#include <utility>

namespace jiuzhu::http {

WorkerPool::WorkerPool(int thread_count, std::size_t queue_max) : queue_max_(queue_max) {
  for (int index = 0; index < thread_count; ++index) threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() {
  std::deque<Job> dropped;
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
    dropped.swap(queue_);
  }
  has_work_.notify_all();
  threads_.clear();
}

void WorkerPool::close() {
  const std::lock_guard lock(mutex_);
  is_stopping_ = true;
}

bool WorkerPool::submit(Job&& job) {
  bool wakes_one = false;
  {
    const std::lock_guard lock(mutex_);
    if (is_stopping_ || queue_.size() >= queue_max_) return false;
    queue_.push_back(std::move(job));
    wakes_one = claims_wake();
  }
  if (wakes_one) has_work_.notify_one();
  return true;
}

bool WorkerPool::claims_wake() {
  if (is_one_waking_ || sleeper_count_ == 0 || queue_.empty()) return false;
  is_one_waking_ = true;
  return true;
}

void WorkerPool::work() {
  while (true) {
    Job job;
    bool wakes_one = false;
    {
      std::unique_lock lock(mutex_);
      while (queue_.empty() && !is_stopping_) {
        ++sleeper_count_;
        has_work_.wait(lock);
        --sleeper_count_;
        is_one_waking_ = false;
      }
      if (is_stopping_) return;
      job = std::move(queue_.front());
      queue_.pop_front();
      wakes_one = claims_wake();
    }
    if (wakes_one) has_work_.notify_one();
    job();
  }
}

}  // namespace jiuzhu::http
