#include "harness/load.hpp"

#include <mutex>
#include <stdexcept>
#include <thread>

#include "harness/child_process.hpp"

namespace jiuzhu::bench {

LoadResult run_load(const std::vector<std::unique_ptr<Desk>>& desks, double seconds, const LoadRequest& request) {
  std::mutex mutex;
  std::string failure;            // guarded by mutex
  std::vector<double> latencies;  // guarded by mutex
  const double cpu_before = own_cpu_seconds();
  const Stopwatch whole;
  {
    std::vector<std::jthread> threads;
    for (std::size_t connection = 0; connection < desks.size(); ++connection) {
      threads.emplace_back([&, connection] {
        std::vector<double> own;
        std::string problem;
        try {
          while (whole.seconds() < seconds && problem.empty()) {
            const std::string body = request.body(connection);
            const Stopwatch one;
            const http::Reply reply = desks[connection]->send(request.method, request.path, body);
            own.push_back(one.seconds() * 1000);
            if (reply.status != request.expected_status) {
              problem = request.path + " was answered " + std::to_string(reply.status) + ": " + reply.body;
            }
          }
        } catch (const std::exception& error) {
          problem = error.what();
        }
        const std::lock_guard lock(mutex);
        latencies.insert(latencies.end(), own.begin(), own.end());
        if (!problem.empty()) failure = problem;
      });
    }
  }
  LoadResult result{.count = latencies.size(), .seconds = whole.seconds()};
  if (!failure.empty()) throw std::runtime_error(failure);
  result.generator_cpu_seconds = own_cpu_seconds() - cpu_before;
  result.latency_ms = spread_of(std::move(latencies));
  return result;
}

}  // namespace jiuzhu::bench
