#pragma once

#include <functional>
#include <optional>
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

  /// "Content-Type" is `content_type`; text needs no charset parameter when it is JSON.
  static Response of(int status, std::string_view content_type, std::string body);
  static Response empty(int status);

  /// Replaces every header of that name (compared without case).
  Response& set_header(std::string name, std::string value);
  /// Adds one more header of that name; for Set-Cookie.
  Response& add_header(std::string name, std::string value);
  std::optional<std::string_view> header(std::string_view name) const;
};

/// "Not Found"; "Unknown" for a status that no standard names.
std::string_view reason_phrase(int status);

/// ASCII letters only, as header names need it.
bool equal_ignoring_case(std::string_view one, std::string_view other);

/// Handlers run on worker threads and may block. Exceptions are caught by the server, logged with an incident number
/// and answered with 500.
using Handler = std::function<Response(const Request&)>;

}  // namespace jiuzhu::http
