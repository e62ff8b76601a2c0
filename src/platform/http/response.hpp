#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "platform/http/request.hpp"

namespace jiuzhu::http {

struct Response {
  int status = 200;
  Pairs headers;  // names as sent
  std::string body;
  /// Large unchanging content (the web page) that is sent without copying; used instead of `body` when set.
  std::string_view static_body = {};

  static Response of(int status, std::string_view content_type, std::string body);
  static Response empty(int status);

  Response& set_header(std::string name, std::string value);
};

/// Handlers run on worker threads and may block. Exceptions are caught by the server, logged with an incident number
/// and answered with 500.
using Handler = std::function<Response(const Request&)>;

}  // namespace jiuzhu::http
