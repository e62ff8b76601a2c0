// Accepting, sweeping and stopping; connection.cpp is where a request goes through. Deadlines are checked by one sweep
// a tick over all connections of a thread: timers for each operation would be work for each request, and nobody needs
// the deadlines exact.
#include "platform/http/server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <latch>
#include <utility>

#include "platform/http/connection.hpp"
#include "platform/log/log.hpp"

namespace jiuzhu::http {
namespace {

using asio::use_awaitable;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kTick{200};

// One of the connections that the server counts and waits for.
class Place {
 public:
  static std::optional<Place> take(Surroundings& surroundings) {
    const std::lock_guard lock(surroundings.mutex);
    if (surroundings.connection_count >= surroundings.options.connections_max) return std::nullopt;
    ++surroundings.connection_count;
    return Place(surroundings);
  }
  Place(Place&& other) noexcept : surroundings_(std::exchange(other.surroundings_, nullptr)) {}
  Place& operator=(Place&&) = delete;
  ~Place() {
    if (surroundings_ == nullptr) return;
    const std::lock_guard lock(surroundings_->mutex);
    --surroundings_->connection_count;
    surroundings_->connection_ended.notify_all();
  }

 private:
  explicit Place(Surroundings& surroundings) : surroundings_(&surroundings) {}
  Surroundings* surroundings_;
};

// The parameters live in the coroutine's frame; the objects behind the pointers outlive every frame.
awaitable<void> serve(Surroundings* surroundings, IoThread* io, tcp::socket socket, Place) {
  try {
    Connection connection(*surroundings, *io, std::move(socket));
    co_await connection.run();
  } catch (const std::exception& exception) {
    log::error("http.connection_failed", {{"what", exception.what()}});
  }
}

awaitable<void> sweep(IoThread* io) {
  asio::steady_timer timer(io->context);
  while (true) {
    timer.expires_after(kTick);
    co_await timer.async_wait(use_awaitable);
    const auto now = SteadyClock::now();
    for (Connection* connection : io->connections) connection->end_when_late(now);
  }
}

// Best effort: the socket is fresh, so its buffer takes this at once.
void turn_away(tcp::socket& socket) {
  const Response response = busy_answer();
  const std::string text = head_of(response, ConnectionAfter::closed) + response.body;
  error_code ignored;
  socket.non_blocking(true, ignored);
  socket.write_some(asio::buffer(text), ignored);
  socket.shutdown(tcp::socket::shutdown_send, ignored);
}

class AsioServer final : public Server {
 public:
  AsioServer(ServerOptions options, Dispatch dispatch)
      : surroundings_(std::move(options), std::move(dispatch)),
        workers_(surroundings_.options.worker_count, surroundings_.options.queue_max) {
    surroundings_.workers = &workers_;
    for (int index = 0; index < surroundings_.options.io_thread_count; ++index) {
      io_threads_.push_back(std::make_unique<IoThread>());
    }
    acceptor_.emplace(io_threads_.front()->context);
  }

  ~AsioServer() override { stop(0); }

  error_code listen() {
    error_code error;
    const auto address = asio::ip::make_address(surroundings_.options.address, error);
    if (error) return error;
    const tcp::endpoint endpoint(address, surroundings_.options.port);
    if (acceptor_->open(endpoint.protocol(), error)) return error;
    if (acceptor_->set_option(tcp::acceptor::reuse_address(true), error)) return error;
    if (acceptor_->bind(endpoint, error)) return error;
    if (acceptor_->listen(tcp::acceptor::max_listen_connections, error)) return error;
    port_ = acceptor_->local_endpoint(error).port();
    return error;
  }

  void run() {
    for (const auto& io : io_threads_) {
      asio::co_spawn(io->context, sweep(io.get()), asio::detached);
      io->thread = std::jthread([context = &io->context] { context->run(); });
    }
    asio::co_spawn(io_threads_.front()->context, accept(), asio::detached);
  }

  std::uint16_t port() const override { return port_; }

  void stop(int grace_seconds) override {
    const std::lock_guard once(stop_mutex_);
    if (is_stopped_) return;
    is_stopped_ = true;
    surroundings_.is_stopping = true;
    asio::post(io_threads_.front()->context, [this] {
      error_code ignored;
      acceptor_->close(ignored);
    });
    on_every_connection(&Connection::end_when_idle);
    wait_for_connections(seconds(grace_seconds));
    on_every_connection(&Connection::end_now);
    workers_.close();
    // Lets the coroutines end where they stand; only those whose handler still runs are left afterwards.
    wait_for_connections(milliseconds(200));
    for (const auto& io : io_threads_) io->context.stop();
    for (const auto& io : io_threads_) io->thread = {};
  }

 private:
  awaitable<void> accept() {
    std::size_t next = 0;
    while (!surroundings_.is_stopping) {
      IoThread& io = *io_threads_[next];
      next = (next + 1) % io_threads_.size();
      error_code error;
      tcp::socket socket = co_await acceptor_->async_accept(io.context, asio::redirect_error(use_awaitable, error));
      if (error == asio::error::operation_aborted || error == asio::error::bad_descriptor) co_return;
      if (error) {
        // Out of file descriptors, most likely: they come back when connections end.
        log::warn("http.accept_failed", {{"reason", error.message()}});
        asio::steady_timer timer(io_threads_.front()->context, milliseconds(100));
        co_await timer.async_wait(use_awaitable);
        continue;
      }
      auto place = Place::take(surroundings_);
      if (!place) {
        turn_away(socket);
        continue;
      }
      asio::co_spawn(io.context, serve(&surroundings_, &io, std::move(socket), *std::move(place)), asio::detached);
    }
  }

  /// Returns when it has been done, however busy the machine is.
  void on_every_connection(void (Connection::*action)()) {
    std::latch done(static_cast<std::ptrdiff_t>(io_threads_.size()));
    for (const auto& io : io_threads_) {
      if (!io->thread.joinable()) {  // run() was never reached
        done.count_down();
        continue;
      }
      asio::post(io->context, [action, &done, thread = io.get()] {
        for (Connection* connection : thread->connections) (connection->*action)();
        done.count_down();
      });
    }
    done.wait();
  }

  void wait_for_connections(SteadyClock::duration duration) {
    std::unique_lock lock(surroundings_.mutex);
    surroundings_.connection_ended.wait_for(lock, duration, [this] { return surroundings_.connection_count == 0; });
  }

  // In this order: the workers end first (their jobs point into coroutines), then the coroutines, then what they use.
  Surroundings surroundings_;
  std::vector<std::unique_ptr<IoThread>> io_threads_;
  std::optional<tcp::acceptor> acceptor_;
  WorkerPool workers_;
  std::uint16_t port_ = 0;
  std::mutex stop_mutex_;
  bool is_stopped_ = false;
};

}  // namespace

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, Dispatch dispatch) {
  const std::string address = options.address;
  const std::string port = std::to_string(options.port);
  auto server = std::make_unique<AsioServer>(std::move(options), std::move(dispatch));
  if (const error_code error = server->listen()) {
    return refuse(ErrorCode::unavailable, "server.cannot_listen",
                  {{"address", address}, {"port", port}, {"reason", error.message()}});
  }
  server->run();
  return server;
}

}  // namespace jiuzhu::http
