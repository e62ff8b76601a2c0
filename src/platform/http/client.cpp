#include "platform/http/client.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <stdexcept>

#include "base/text.hpp"
#include "platform/http/response.hpp"

namespace jiuzhu::http {
namespace {

std::runtime_error failure(const std::string& what) { return std::runtime_error("http client: " + what); }

template <class Number>
Number parse_number(std::string_view text, int base) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc() || end == text.data()) throw failure("no number where the answer needs one");
  return number;
}

void read_head(std::string_view head, Reply& reply) {
  if (!head.starts_with("HTTP/1.1 ") || head.size() < 12) throw failure("the answer is not HTTP/1.1");
  reply = {};
  reply.status = parse_number<int>(head.substr(9, 3), 10);
  const auto first_line_end = head.find("\r\n");
  while (first_line_end != std::string_view::npos) {
    head.remove_prefix(head.find("\r\n") + 2);
    const std::string_view line = head.substr(0, head.find("\r\n"));
    if (const auto colon = line.find(':'); colon != std::string_view::npos) {
      auto& header = reply.headers.emplace_back(line.substr(0, colon), trim(line.substr(colon + 1)));
      for (char& letter : header.first) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter | 0x20);
      }
    }
    if (head.find("\r\n") == std::string_view::npos) break;
  }
}

}  // namespace

std::optional<std::string_view> Reply::header(std::string_view lower_case_name) const {
  for (const auto& [name, value] : headers) {
    if (name == lower_case_name) return value;
  }
  return std::nullopt;
}

Client::Client(std::uint16_t port, int timeout_seconds) : port_(port), timeout_seconds_(timeout_seconds) {}

Client::~Client() { close(); }

void Client::open() {
  socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket_ < 0) throw failure("no socket");
  const timeval timeout{.tv_sec = timeout_seconds_, .tv_usec = 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);
  const int is_on = 1;
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &is_on, sizeof is_on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port_);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  // The socket interface is older than void*.
  if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    close();
    throw failure("cannot connect to port " + std::to_string(port_));
  }
}

void Client::close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
  buffer_.clear();
}

// False when the server closed.
bool Client::read_more() {
  std::array<char, 64 * 1024> piece;
  const auto count = recv(socket_, piece.data(), piece.size(), 0);
  if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) throw failure("no answer in time");
  if (count <= 0) return false;
  buffer_.append(piece.data(), static_cast<std::size_t>(count));
  return true;
}

Reply Client::send(Method method, std::string_view target, std::string_view body, const Pairs& headers) {
  std::string request;
  request.append(name_of(method)).append(" ").append(target).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
  for (const Pairs& pairs : {headers_, headers}) {
    for (const auto& [name, value] : pairs) request.append(name).append(": ").append(value).append("\r\n");
  }
  if (!cookies_.empty()) {
    request += "Cookie: ";
    for (std::size_t index = 0; index < cookies_.size(); ++index) {
      request.append(index == 0 ? "" : "; ").append(cookies_[index].first).append("=").append(cookies_[index].second);
    }
    request += "\r\n";
  }
  if (!body.empty() || method == Method::post || method == Method::put || method == Method::patch) {
    request.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
  }
  request.append("\r\n").append(body);

  Reply reply;
  const bool was_open = socket_ >= 0;
  if (!was_open) open();
  if (!try_exchange(request, method, reply)) {
    close();
    if (!was_open) throw failure("the server closed without an answer");
    open();
    if (!try_exchange(request, method, reply)) throw failure("the server closed without an answer");
  }
  keep_cookies(reply);
  const auto connection = reply.header("connection");
  if (connection && equal_ignoring_case(*connection, "close")) close();
  return reply;
}

// False when the connection ended before the first byte of an answer.
bool Client::try_exchange(std::string_view request, Method method, Reply& reply) {
  while (!request.empty()) {
    const auto count = ::send(socket_, request.data(), request.size(), MSG_NOSIGNAL);
    // A server may refuse a large body and close; its answer is still there to be read.
    if (count <= 0) break;
    request.remove_prefix(static_cast<std::size_t>(count));
  }
  do {
    std::size_t head_end = 0;
    while ((head_end = buffer_.find("\r\n\r\n")) == std::string::npos) {
      if (read_more()) continue;
      if (buffer_.empty()) return false;
      throw failure("the server closed inside the answer");
    }
    read_head(std::string_view(buffer_).substr(0, head_end), reply);
    buffer_.erase(0, head_end + 4);
  } while (reply.status == 100);

  if (method == Method::head || reply.status == 204 || reply.status == 304) return true;
  const auto length = reply.header("content-length");
  if (!length) throw failure("the answer has no Content-Length");
  const auto size = parse_number<std::size_t>(*length, 10);
  while (buffer_.size() < size) {
    if (!read_more()) throw failure("the server closed inside the answer");
  }
  reply.body = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return true;
}

void Client::keep_cookies(const Reply& reply) {
  for (const auto& [name, value] : reply.headers) {
    if (name != "set-cookie") continue;
    const auto pieces = split(value, ';');
    const auto equals = pieces[0].find('=');
    if (equals == std::string_view::npos) continue;
    const std::string cookie(trim(pieces[0].substr(0, equals)));
    std::erase_if(cookies_, [&](const auto& kept) { return kept.first == cookie; });
    bool is_deleted = false;
    for (const std::string_view piece : pieces) is_deleted |= equal_ignoring_case(trim(piece), "max-age=0");
    if (!is_deleted) cookies_.emplace_back(cookie, trim(pieces[0].substr(equals + 1)));
  }
}

Reply Client::get(std::string_view target, const Pairs& headers) { return send(Method::get, target, {}, headers); }

Reply Client::post_json(std::string_view target, std::string_view document, const Pairs& headers) {
  Pairs all = headers;
  all.emplace_back("Content-Type", "application/json");
  return send(Method::post, target, document, all);
}

void Client::set_header(std::string name, std::string value) {
  std::erase_if(headers_, [&](const auto& header) { return equal_ignoring_case(header.first, name); });
  headers_.emplace_back(std::move(name), std::move(value));
}

}  // namespace jiuzhu::http
