#pragma once
// HTTP/1.1 over plain TCP (TLS ends in the proxy in front). Connections live in coroutines on one or more I/O threads;
// each complete request is handed to a pool of worker threads, because the databases block.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "platform/http/response.hpp"

namespace jiuzhu::http {

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  // 0 takes a free one
  int worker_count = 8;
  std::size_t header_bytes_max = 32 * 1024;
  std::size_t body_bytes_max = 32 * 1024 * 1024;  // the largest upload; JSON routes check a smaller limit themselves
  int read_seconds_max = 30;                      // for a whole request: also ends drip-feeding
  int idle_seconds_max = 75;
  std::size_t connections_max = 4000;
  std::vector<std::string> trusted_proxies = {};  // addresses whose X-Forwarded-For is believed
};

class Server {
 public:
  /// Binds and starts accepting. Refuses with "server.cannot_listen" (params address, port, reason).
  static Result<std::unique_ptr<Server>> start(ServerOptions options, Handler handler);

  virtual ~Server() = default;
  virtual std::uint16_t port() const = 0;
  /// Stops accepting, lets requests under way finish (at most `grace_seconds`), then returns.
  virtual void stop(int grace_seconds) = 0;
};

}  // namespace jiuzhu::http
