#pragma once
// One connection as one coroutine: read a request, hop to a worker, write its answer, again; so pipelined requests are
// answered in their order without any bookkeeping. Each I/O thread has its own io_context and its own connections,
// hence no locks and no strands. Includes Asio: for connection.cpp and server.cpp only.

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "platform/http/problem.hpp"
#include "platform/http/request_reader.hpp"
#include "platform/http/response_head.hpp"
#include "platform/http/server.hpp"
#include "platform/http/worker_pool.hpp"

namespace jiuzhu::http {

namespace asio = boost::asio;
using asio::awaitable;
using asio::ip::tcp;
using boost::system::error_code;
using SteadyClock = std::chrono::steady_clock;

/// What all connections of a server share.
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

/// One thread with its connections, which nobody else touches.
struct IoThread {
  // Before `context`: destroying that destroys the coroutines, which take their connections off this list.
  std::list<Connection*> connections;
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> keeps_running{context.get_executor()};
  std::jthread thread;
};

/// The answer to one request or connection too many.
Response busy_answer();

class Connection {
 public:
  Connection(Surroundings& surroundings, IoThread& io, tcp::socket socket);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Until either side closes.
  awaitable<void> run();

  // Called on the connection's own thread while run() waits.
  void end_when_late(SteadyClock::time_point now);
  void end_when_idle();
  void end_now();

 private:
  enum class Incoming { request, problem, nothing };

  awaitable<Incoming> read_request();
  awaitable<void> answer_on_worker();
  awaitable<bool> write_answer();
  awaitable<bool> write_all(std::string_view head, std::string_view body);  // false when the client is gone
  awaitable<void> linger();

  // On a worker's thread, while the coroutine waits.
  void run_handler();
  void answer_incident(std::string_view what);
  void finish_answer(Response response);

  const ServerOptions& options() const { return surroundings_.options; }
  SteadyClock::time_point deadline_of_transfer(SteadyClock::time_point started_at, std::size_t bytes) const;
  Incoming fail(const Problem& problem);
  Problem buffer_is_full_problem() const;
  void answer_problem();
  std::string client_address() const;

  std::string_view unread() const { return std::string_view(buffer_).substr(begin_, end_ - begin_); }
  void consume(std::size_t count);
  bool make_room();
  void shrink_buffer();
  bool count_body_bytes(std::size_t count);

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
  SteadyClock::time_point deadline_ = SteadyClock::time_point::max();
  bool is_late_ = false;
  bool is_idle_ = false;     // waits for the first byte of a request
  bool is_refused_ = false;  // by the workers' queue
  std::optional<Problem> problem_;
  Response response_;
  std::string head_;
  ConnectionAfter after_ = ConnectionAfter::closed;
};

}  // namespace jiuzhu::http
