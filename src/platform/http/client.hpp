#pragma once
// A small blocking HTTP client for our own tests, scenarios and benchmarks: it drives the real program over 127.0.0.1,
// keeps its connection and its cookies. Not for the outside world: no TLS, no names, no redirects. One thread at a
// time.
//
// A lost connection is an exception (std::runtime_error): a test that meets one is over.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/http/request.hpp"

namespace jiuzhu::http {

struct Reply {
  int status = 0;
  Pairs headers;  // names in lower case
  std::string body;

  /// The first header of that name.
  std::optional<std::string_view> header(std::string_view lower_case_name) const;
};

class Client {
 public:
  explicit Client(std::uint16_t port, int timeout_seconds = 60);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Sends and waits for the answer. `target` is sent as it stands ("/cases?page=2"). A kept connection that the server
  /// closed meanwhile is opened anew, once, when not a byte of the answer had come.
  Reply send(Method method, std::string_view target, std::string_view body = {}, const Pairs& headers = {});

  Reply get(std::string_view target, const Pairs& headers = {});
  Reply post_json(std::string_view target, std::string_view document, const Pairs& headers = {});

  /// Sent with every request from now on (an anti-forgery token, an Accept-Language).
  void set_header(std::string name, std::string value);
  /// What the server's Set-Cookie headers left; without domains and paths, since there is one server.
  const Pairs& cookies() const { return cookies_; }
  void forget_cookies() { cookies_.clear(); }

 private:
  bool try_exchange(std::string_view request, Method method, Reply& reply);
  void open();
  void close();
  bool read_more();
  void keep_cookies(const Reply& reply);

  std::uint16_t port_;
  int timeout_seconds_;
  int socket_ = -1;
  std::string buffer_;
  Pairs headers_;
  Pairs cookies_;
};

}  // namespace jiuzhu::http
