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

bool WorkerPool::submit(Job&& job) {
  bool wakes_one = false;
  {
    const std::lock_guard lock(mutex_);
    if (is_stopping_ || queue_.size() >= queue_max_) return false;
    queue_.push_back(std::move(job));
    wakes_one = sleeper_count_ > 0;
  }
  if (wakes_one) has_work_.notify_one();
  return true;
}

void WorkerPool::work() {
  while (true) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      ++sleeper_count_;
      has_work_.wait(lock, [this] { return is_stopping_ || !queue_.empty(); });
      --sleeper_count_;
      if (is_stopping_) return;
      job = std::move(queue_.front());
      queue_.pop_front();
    }
    job();
  }
}

}  // namespace jiuzhu::http
