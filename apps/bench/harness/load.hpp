#pragma once
// A closed loop: each connection sends its next request when the last one was answered. Threads with blocking sockets;
// its own processor time is part of the result, because on the same machine it takes from the server.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "harness/desk.hpp"
#include "harness/timing.hpp"

namespace jiuzhu::bench {

struct LoadResult {
  std::size_t count = 0;  // requests answered as expected
  double seconds = 0;     // until the last answer
  Spread latency_ms = {};
  double generator_cpu_seconds = 0;

  double per_second() const { return static_cast<double>(count) / seconds; }
};

struct LoadRequest {
  http::Method method = http::Method::post;
  std::string path;
  int expected_status = 201;
  /// The next body for this connection; called on the connection's thread.
  std::function<std::string(std::size_t connection)> body;
};

/// Throws at the first answer with another status: figures of refused work are worth nothing.
LoadResult run_load(const std::vector<std::unique_ptr<Desk>>& desks, double seconds, const LoadRequest& request);

}  // namespace jiuzhu::bench
