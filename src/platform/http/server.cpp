// The only file with Asio. A connection is one coroutine: read a request, hop to a worker, write its answer, again; so
// pipelined requests are answered in their order without any bookkeeping. Each I/O thread has its own io_context and
// its own connections, hence no locks and no strands. Deadlines are checked by one sweep a tick over all connections of
// the thread: a timer for each operation costs 1 to 2 microseconds a request, and nobody needs them exact.
#include "platform/http/server.hpp"

#include <sys/random.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>
#include <optional>
#include <thread>

#include "base/text.hpp"
#include "platform/http/compression.hpp"
#include "platform/http/problem.hpp"
#include "platform/http/request_reader.hpp"
#include "platform/http/response_head.hpp"
#include "platform/http/worker_pool.hpp"
#include "platform/log/log.hpp"

namespace jiuzhu::http {
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using asio::use_awaitable;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kTick{200};
constexpr std::size_t kBytesPerSecondMin = 16 * 1024;
constexpr std::size_t kBufferBytesFirst = 4 * 1024;
constexpr std::size_t kBufferBytesForBody = 64 * 1024;
constexpr std::size_t kChunkLineBytesMax = 8 * 1024;
// After a refusal the client may still be sending. Closing with unread bytes would reset the connection and take the
// answer away from it, so they are read and dropped for a while.
constexpr seconds kLingerMax{2};

struct Surroundings {
  Surroundings(ServerOptions chosen, Dispatch answers) : options(std::move(chosen)), dispatch(std::move(answers)) {}

  const ServerOptions options;
  const Dispatch dispatch;
  std::atomic<bool> is_stopping = false;
  std::atomic<std::size_t> all_bodies_bytes = 0;
  std::mutex mutex;
  std::condition_variable connection_ended;
  std::size_t connection_count = 0;  // behind `mutex`
  WorkerPool* workers = nullptr;
};

class Connection;

struct IoThread {
  // Before `context`: destroying that destroys the coroutines, which take their connections off this list.
  std::list<Connection*> connections;
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> keeps_running{context.get_executor()};
  std::jthread thread;
};

std::string make_incident() {
  std::uint64_t number = 0;
  if (getrandom(&number, sizeof number, 0) != sizeof number) number = static_cast<std::uint64_t>(std::time(nullptr));
  std::string text;
  for (int digit = 0; digit < 16; ++digit, number >>= 4) text += "0123456789abcdef"[number & 15];
  return text;
}

Problem overloaded() { return {503, "http.overloaded", "The server has too much to do; try again in a moment."}; }

Response busy_answer() { return answer(overloaded()).set_header("Retry-After", "1"); }

class Connection {
 public:
  Connection(Surroundings& surroundings, IoThread& io, tcp::socket socket)
      : surroundings_(surroundings),
        io_(io),
        socket_(std::move(socket)),
        reader_({surroundings.options.header_bytes_max, surroundings.options.body_bytes_max}),
        buffer_(kBufferBytesFirst, '\0') {
    error_code ignored;
    const auto peer = socket_.remote_endpoint(ignored);
    peer_address_ = peer.address().is_v6() && peer.address().to_v6().is_v4_mapped()
                        ? asio::ip::make_address_v4(asio::ip::v4_mapped, peer.address().to_v6()).to_string()
                        : peer.address().to_string();
    position_ = io_.connections.insert(io_.connections.end(), this);
    socket_.set_option(tcp::no_delay(true), ignored);
  }

  ~Connection() {
    count_body_bytes(0);
    io_.connections.erase(position_);
  }

  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  awaitable<void> run() {
    while (true) {
      const Incoming incoming = co_await read_request();
      if (incoming == Incoming::nothing) co_return;
      if (incoming == Incoming::problem) {
        answer_problem();
        if (co_await write_answer()) co_await linger();
        co_return;
      }
      deadline_ = Clock::time_point::max();
      co_await answer_on_worker();
      if (!co_await write_answer() || after_ == ConnectionAfter::closed) co_return;
      count_body_bytes(0);
      reader_.reset();
      shrink_buffer();
    }
  }

  void end_when_late(Clock::time_point now) {
    if (now < deadline_) return;
    is_late_ = true;
    error_code ignored;
    socket_.cancel(ignored);
  }

  void end_when_idle() {
    error_code ignored;
    if (is_idle_) socket_.cancel(ignored);
  }

  void end_now() {
    error_code ignored;
    socket_.close(ignored);
  }

 private:
  enum class Incoming { request, problem, nothing };

  const ServerOptions& options() const { return surroundings_.options; }

  // Ends a transfer that stands still as well as one that drips: a wait is never longer than `read_seconds_max`, and
  // all waits together never more than that plus what the bytes so far deserve at the slowest rate we take.
  Clock::time_point deadline_of_transfer(Clock::time_point started_at, std::size_t bytes) const {
    const seconds wait_max(options().read_seconds_max);
    const milliseconds deserved(bytes * 1000 / kBytesPerSecondMin);
    return std::min(started_at + wait_max + deserved, Clock::now() + wait_max);
  }

  awaitable<Incoming> read_request() {
    using State = RequestReader::State;
    const auto idle_since = Clock::now();
    std::optional<Clock::time_point> started_at;
    std::size_t received_count = 0;
    bool has_continued = false;
    problem_.reset();
    while (true) {
      consume(reader_.put(unread()));
      const State state = reader_.state();
      if (state == State::complete) co_return Incoming::request;
      if (state == State::refused) co_return fail(reader_.problem());
      if (!count_body_bytes(reader_.request().body.size())) co_return fail(overloaded());
      if (state == State::body && reader_.expects_continue() && !has_continued && reader_.request().body.empty()) {
        has_continued = true;
        if (unread().empty() && !co_await write_all("HTTP/1.1 100 Continue\r\n\r\n", {})) co_return Incoming::nothing;
      }
      if (!make_room()) co_return fail(buffer_is_full_problem());

      is_idle_ = !reader_.has_started();
      if (is_idle_ && surroundings_.is_stopping) co_return Incoming::nothing;
      if (!is_idle_ && !started_at) started_at = Clock::now();
      deadline_ = started_at ? deadline_of_transfer(*started_at, received_count)
                             : idle_since + seconds(options().idle_seconds_max);
      error_code error;
      const auto space = asio::buffer(buffer_.data() + end_, buffer_.size() - end_);
      const std::size_t count = co_await socket_.async_read_some(space, asio::redirect_error(use_awaitable, error));
      is_idle_ = false;
      if (is_late_ && started_at) co_return fail({408, "http.too_slow", "The request took too long to arrive."});
      if (error || is_late_) co_return Incoming::nothing;
      end_ += count;
      received_count += count;
    }
  }

  Incoming fail(const Problem& problem) {
    problem_ = problem;
    return Incoming::problem;
  }

  Problem buffer_is_full_problem() const {
    if (reader_.state() == RequestReader::State::head) {
      return {431, "http.header_too_large", "The request's headers are larger than this server takes."};
    }
    return {400, "http.malformed", "The request is not well-formed HTTP."};
  }

  std::string_view unread() const { return std::string_view(buffer_).substr(begin_, end_ - begin_); }

  void consume(std::size_t count) {
    begin_ += count;
    if (begin_ == end_) begin_ = end_ = 0;
  }

  // False when an unfinished line or header fills all that it may.
  bool make_room() {
    const bool is_body = reader_.state() == RequestReader::State::body;
    if (is_body && unread().size() > kChunkLineBytesMax) return false;
    const std::size_t bytes_max = std::max(kBufferBytesForBody, 2 * options().header_bytes_max);
    if (is_body && buffer_.size() < kBufferBytesForBody && received_fills_buffer()) buffer_.resize(kBufferBytesForBody);
    if (end_ < buffer_.size()) return true;
    if (begin_ > 0) {
      buffer_.erase(0, begin_);
      buffer_.resize(buffer_.size() + begin_);
      end_ -= begin_;
      begin_ = 0;
      return true;
    }
    if (buffer_.size() >= bytes_max) return false;
    buffer_.resize(std::min(bytes_max, buffer_.size() * 2));
    return true;
  }

  // A body that came with more than one small read is worth a large buffer.
  bool received_fills_buffer() const { return reader_.request().body.size() >= kBufferBytesFirst / 2; }

  void shrink_buffer() {
    if (begin_ != end_ || buffer_.size() <= kBufferBytesFirst) return;
    buffer_.assign(kBufferBytesFirst, '\0');
    buffer_.shrink_to_fit();
  }

  // Keeps the sum over all connections. False when it is above the limit.
  bool count_body_bytes(std::size_t count) {
    if (count == counted_body_bytes_) return true;
    const std::size_t all = surroundings_.all_bodies_bytes += count - counted_body_bytes_;  // modulo 2^64
    const bool has_grown = count > counted_body_bytes_;
    counted_body_bytes_ = count;
    return !has_grown || all <= options().all_bodies_bytes_max;
  }

  awaitable<void> answer_on_worker() {
    reader_.request().client_address = client_address();
    is_refused_ = false;
    auto initiate = [this](auto resume) {
      WorkerPool::Job job = [this, resume = std::move(resume)]() mutable {
        is_refused_ ? finish_answer(busy_answer()) : run_handler();
        asio::post(io_.context, [resume = std::move(resume)]() mutable { std::move(resume)(); });
      };
      if (surroundings_.workers->submit(std::move(job))) return;
      is_refused_ = true;
      job();
    };
    co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(std::move(initiate), use_awaitable);
  }

  // On a worker's thread, while the coroutine waits.
  void run_handler() {
    try {
      Response response = surroundings_.dispatch(reader_.request());
      compress(reader_.request(), response);
      finish_answer(std::move(response));
    } catch (const std::exception& exception) {
      answer_incident(exception.what());
    } catch (...) {
      answer_incident("an exception that is no std::exception");
    }
  }

  void answer_incident(std::string_view what) {
    const std::string incident = make_incident();
    try {
      if (options().on_incident) {
        options().on_incident(incident, what);
      } else {
        log::error("http.incident", {{"incident", incident}, {"what", what}});
      }
    } catch (...) {
      log::error("http.incident_unreported", {{"incident", incident}});
    }
    finish_answer(answer({500, "http.incident", "Something went wrong on our side; tell us the incident.", incident}));
  }

  void answer_problem() {
    Response response = answer(*problem_);
    if (problem_->status == 503) response.set_header("Retry-After", "1");
    response_ = std::move(response);
    after_ = ConnectionAfter::closed;
    head_ = head_of(response_, after_);
  }

  void finish_answer(Response response) {
    const bool is_kept = reader_.keeps_alive() && !surroundings_.is_stopping;
    after_ = !is_kept                ? ConnectionAfter::closed
             : reader_.is_http_1_0() ? ConnectionAfter::kept_1_0
                                     : ConnectionAfter::kept;
    head_ = head_of(response, after_);
    response_ = std::move(response);
  }

  awaitable<bool> write_answer() {
    const bool has_body = reader_.state() != RequestReader::State::complete || reader_.request().method != Method::head;
    const bool is_written = co_await write_all(head_, has_body ? body_of(response_) : std::string_view());
    response_ = {};
    co_return is_written;
  }

  awaitable<bool> write_all(std::string_view head, std::string_view body) {
    is_late_ = false;
    const auto started_at = Clock::now();
    std::size_t sent_count = 0;
    while (!head.empty() || !body.empty()) {
      deadline_ = deadline_of_transfer(started_at, sent_count);
      const std::array<asio::const_buffer, 2> rest{asio::buffer(head), asio::buffer(body)};
      error_code error;
      const auto count = co_await socket_.async_write_some(rest, asio::redirect_error(use_awaitable, error));
      if (error || is_late_) co_return false;
      sent_count += count;
      const std::size_t of_head = std::min(count, head.size());
      head.remove_prefix(of_head);
      body.remove_prefix(count - of_head);
    }
    co_return true;
  }

  awaitable<void> linger() {
    error_code error;
    socket_.shutdown(tcp::socket::shutdown_send, error);
    is_late_ = false;
    deadline_ = Clock::now() + kLingerMax;
    while (!error && !is_late_) {
      co_await socket_.async_read_some(asio::buffer(buffer_), asio::redirect_error(use_awaitable, error));
    }
  }

  // Read from the right, because each proxy appends what it saw: everything left of the last untrusted address was
  // written by the client itself.
  std::string client_address() {
    const auto is_trusted = [&](std::string_view address) {
      return std::ranges::find(options().trusted_proxies, address) != options().trusted_proxies.end();
    };
    if (!is_trusted(peer_address_)) return peer_address_;
    std::vector<std::string_view> hops;
    for (const auto& [name, value] : reader_.request().headers) {
      if (name != "x-forwarded-for") continue;
      for (const std::string_view piece : split(value, ',')) hops.push_back(trim(piece));
    }
    while (!hops.empty() && is_trusted(hops.back())) hops.pop_back();
    if (hops.empty()) return peer_address_;
    error_code error;
    const auto address = asio::ip::make_address(hops.back(), error);
    return error ? peer_address_ : address.to_string();
  }

  Surroundings& surroundings_;
  IoThread& io_;
  tcp::socket socket_;
  RequestReader reader_;
  std::string buffer_;  // begin_..end_ is unread
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t counted_body_bytes_ = 0;
  std::string peer_address_;
  std::list<Connection*>::iterator position_;
  Clock::time_point deadline_ = Clock::time_point::max();
  bool is_late_ = false;
  bool is_idle_ = false;
  bool is_refused_ = false;
  std::optional<Problem> problem_;
  Response response_;
  std::string head_;
  ConnectionAfter after_ = ConnectionAfter::closed;
};

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
    const auto now = Clock::now();
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

  void on_every_connection(void (Connection::*action)()) {
    for (const auto& io : io_threads_) {
      asio::post(io->context, [action, thread = io.get()] {
        for (Connection* connection : thread->connections) (connection->*action)();
      });
    }
  }

  void wait_for_connections(Clock::duration duration) {
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
