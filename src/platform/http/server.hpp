#pragma once
// HTTP/1.1 over plain TCP (TLS ends in the proxy in front). Connections live in coroutines on one or more I/O threads;
// each complete request is handed to a pool of worker threads, because the databases block.
//
// What the server answers by itself, always as a problem document with a `key` and mostly closing the connection:
// 400 malformed or ambiguous, 408 too slow, 413 and 431 too large, 417, 501 unknown method or coding, 503 overloaded,
// 500 a handler's exception. Every answer carries the security headers of response_head.cpp unless the handler set
// them.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "platform/http/response.hpp"

namespace jiuzhu::http {

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  // 0 takes a free one
  int io_thread_count = 1;    // one moves about 100 000 small answers a second
  int worker_count = 8;
  std::size_t queue_max = 1024;  // requests that wait for a worker; one more is answered 503
  std::size_t header_bytes_max = 32 * 1024;
  std::size_t body_bytes_max = 32 * 1024 * 1024;  // the largest upload; JSON routes check a smaller limit themselves
  std::size_t all_bodies_bytes_max = 512 * 1024 * 1024;  // of all requests under way together
  /// For a whole request, plus a second for every 16 kB that arrived, and for any single silence within it: ends
  /// drip-feeding, not a long upload. The same holds for a client that reads its answer.
  int read_seconds_max = 30;
  int idle_seconds_max = 75;
  std::size_t connections_max = 4000;
  std::vector<std::string> trusted_proxies = {};  // addresses whose X-Forwarded-For is believed
  /// Told about every exception of a handler, on the worker's thread; without one, platform/log gets "http.incident".
  /// `incident` is the number that the client was given.
  std::function<void(std::string_view incident, std::string_view what)> on_incident = {};
};

/// What answers every request: usually Router::dispatch, which fills in `path_values`.
using Dispatch = std::function<Response(Request&)>;

class Server {
 public:
  /// Binds and starts accepting. `dispatch` is called by all worker threads at once. Refuses with
  /// "server.cannot_listen" (params address, port, reason).
  static Result<std::unique_ptr<Server>> start(ServerOptions options, Dispatch dispatch);

  /// Stops at once, but waits for handlers that run: a thread cannot be taken out of the middle of a transaction.
  virtual ~Server() = default;
  virtual std::uint16_t port() const = 0;
  /// Stops accepting, closes idle connections, lets requests under way finish (at most `grace_seconds`), then returns.
  /// Not from a handler.
  virtual void stop(int grace_seconds) = 0;
};

}  // namespace jiuzhu::http
