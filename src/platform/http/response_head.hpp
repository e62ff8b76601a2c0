#pragma once
// Responses to bytes: the status line and headers, with what every answer of ours carries unless its handler said
// otherwise.

#include <string>

#include "platform/http/response.hpp"

namespace jiuzhu::http {

enum class ConnectionAfter { kept, kept_1_0, closed };

/// Status line to blank line. A header that would break the framing (line breaks, U+0000, a name that is no token,
/// Content-Length, Transfer-Encoding, Connection) is a bug of the handler.
std::string head_of(const Response& response, ConnectionAfter after);

/// What is sent after the head: `static_body` when set, else `body`.
inline std::string_view body_of(const Response& response) {
  return response.static_body.empty() ? std::string_view(response.body) : response.static_body;
}

}  // namespace jiuzhu::http
