#include "platform/http/connection.hpp"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <ctime>

#include "base/text.hpp"
#include "platform/http/compression.hpp"
#include "platform/log/log.hpp"

namespace jiuzhu::http {
namespace {

using asio::use_awaitable;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t kBytesPerSecondMin = 16 * 1024;
constexpr std::size_t kBufferBytesFirst = 4 * 1024;
constexpr std::size_t kBufferBytesForBody = 64 * 1024;
constexpr std::size_t kChunkLineBytesMax = 8 * 1024;
// After a refusal the client may still be sending. Closing with unread bytes would reset the connection and take the
// answer away from it, so they are read and dropped for a while.
constexpr seconds kLingerMax{2};

std::string make_incident() {
  std::uint64_t number = 0;
  if (getrandom(&number, sizeof number, 0) != sizeof number) number = static_cast<std::uint64_t>(std::time(nullptr));
  std::string text;
  for (int digit = 0; digit < 16; ++digit, number >>= 4) text += "0123456789abcdef"[number & 15];
  return text;
}

Problem overloaded() { return {503, "http.overloaded", "The server has too much to do; try again in a moment."}; }

}  // namespace

Response busy_answer() { return answer(overloaded()).set_header("Retry-After", "1"); }

Connection::Connection(Surroundings& surroundings, IoThread& io, tcp::socket socket)
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

Connection::~Connection() {
  count_body_bytes(0);
  io_.connections.erase(position_);
}

awaitable<void> Connection::run() {
  while (true) {
    const Incoming incoming = co_await read_request();
    if (incoming == Incoming::nothing) co_return;
    if (incoming == Incoming::problem) {
      answer_problem();
      if (co_await write_answer()) co_await linger();
      co_return;
    }
    deadline_ = SteadyClock::time_point::max();
    co_await answer_on_worker();
    if (!co_await write_answer() || after_ == ConnectionAfter::closed) co_return;
    count_body_bytes(0);
    reader_.reset();
    shrink_buffer();
  }
}

void Connection::end_when_late(SteadyClock::time_point now) {
  if (now < deadline_) return;
  is_late_ = true;
  error_code ignored;
  socket_.cancel(ignored);
}

void Connection::end_when_idle() {
  error_code ignored;
  if (is_idle_) socket_.cancel(ignored);
}

void Connection::end_now() {
  error_code ignored;
  socket_.close(ignored);
}

// Ends a transfer that stands still as well as one that drips: a wait is never longer than `read_seconds_max`, and all
// waits together never more than that plus what the bytes so far deserve at the slowest rate we take.
SteadyClock::time_point Connection::deadline_of_transfer(SteadyClock::time_point started_at, std::size_t bytes) const {
  const seconds wait_max(options().read_seconds_max);
  const milliseconds deserved(bytes * 1000 / kBytesPerSecondMin);
  return std::min(started_at + wait_max + deserved, SteadyClock::now() + wait_max);
}

awaitable<Connection::Incoming> Connection::read_request() {
  using State = RequestReader::State;
  const auto idle_since = SteadyClock::now();
  std::optional<SteadyClock::time_point> started_at;
  std::size_t received_count = 0;
  bool has_continued = false;
  problem_.reset();
  while (true) {
    consume(reader_.put(unread()));
    const State state = reader_.state();
    if (state == State::refused) co_return fail(reader_.problem());
    if (!count_body_bytes(reader_.request().body.size())) co_return fail(overloaded());
    if (state == State::complete) co_return Incoming::request;
    if (state == State::body && reader_.expects_continue() && !has_continued && reader_.request().body.empty()) {
      has_continued = true;
      if (unread().empty() && !co_await write_all("HTTP/1.1 100 Continue\r\n\r\n", {})) co_return Incoming::nothing;
    }
    if (!make_room()) co_return fail(buffer_is_full_problem());

    is_idle_ = !reader_.has_started();
    if (is_idle_ && surroundings_.is_stopping) co_return Incoming::nothing;
    if (!is_idle_ && !started_at) started_at = SteadyClock::now();
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

Connection::Incoming Connection::fail(const Problem& problem) {
  problem_ = problem;
  return Incoming::problem;
}

Problem Connection::buffer_is_full_problem() const {
  if (reader_.state() == RequestReader::State::head) {
    return {431, "http.header_too_large", "The request's headers are larger than this server takes."};
  }
  return {400, "http.malformed", "The request is not well-formed HTTP."};
}

void Connection::consume(std::size_t count) {
  begin_ += count;
  if (begin_ == end_) begin_ = end_ = 0;
}

// False when an unfinished line or header fills all that it may.
bool Connection::make_room() {
  const bool is_body = reader_.state() == RequestReader::State::body;
  if (is_body && unread().size() > kChunkLineBytesMax) return false;
  const std::size_t bytes_max = std::max(kBufferBytesForBody, 2 * options().header_bytes_max);
  // A body that came with more than one small read is worth a large buffer.
  const bool is_large_body = is_body && reader_.request().body.size() >= kBufferBytesFirst / 2;
  if (is_large_body && buffer_.size() < kBufferBytesForBody) buffer_.resize(kBufferBytesForBody);
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

void Connection::shrink_buffer() {
  if (begin_ != end_ || buffer_.size() <= kBufferBytesFirst) return;
  buffer_.assign(kBufferBytesFirst, '\0');
  buffer_.shrink_to_fit();
}

// Keeps the sum over all connections. False when it is above the limit.
bool Connection::count_body_bytes(std::size_t count) {
  if (count == counted_body_bytes_) return true;
  const std::size_t all = surroundings_.all_bodies_bytes += count - counted_body_bytes_;  // modulo 2^64
  const bool has_grown = count > counted_body_bytes_;
  counted_body_bytes_ = count;
  return !has_grown || all <= options().all_bodies_bytes_max;
}

awaitable<void> Connection::answer_on_worker() {
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

void Connection::run_handler() {
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

void Connection::answer_incident(std::string_view what) {
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

void Connection::answer_problem() {
  Response response = answer(*problem_);
  if (problem_->status == 503) response.set_header("Retry-After", "1");
  response_ = std::move(response);
  after_ = ConnectionAfter::closed;
  head_ = head_of(response_, after_);
}

void Connection::finish_answer(Response response) {
  const bool is_kept = reader_.keeps_alive() && !surroundings_.is_stopping;
  after_ = !is_kept                ? ConnectionAfter::closed
           : reader_.is_http_1_0() ? ConnectionAfter::kept_1_0
                                   : ConnectionAfter::kept;
  head_ = head_of(response, after_);
  response_ = std::move(response);
}

awaitable<bool> Connection::write_answer() {
  const bool has_body = reader_.state() != RequestReader::State::complete || reader_.request().method != Method::head;
  const bool is_written = co_await write_all(head_, has_body ? body_of(response_) : std::string_view());
  response_ = {};
  co_return is_written;
}

awaitable<bool> Connection::write_all(std::string_view head, std::string_view body) {
  is_late_ = false;
  const auto started_at = SteadyClock::now();
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

awaitable<void> Connection::linger() {
  error_code error;
  socket_.shutdown(tcp::socket::shutdown_send, error);
  is_late_ = false;
  deadline_ = SteadyClock::now() + kLingerMax;
  while (!error && !is_late_) {
    co_await socket_.async_read_some(asio::buffer(buffer_), asio::redirect_error(use_awaitable, error));
  }
}

// Read from the right, because each proxy appends what it saw: everything left of the last untrusted address was
// written by the client itself.
std::string Connection::client_address() const {
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

}  // namespace jiuzhu::http
