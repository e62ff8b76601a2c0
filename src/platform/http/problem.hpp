#pragma once
// The answers that the transport gives by itself, before or instead of a handler, as problem documents (RFC 9457).
// `key` is what programs and the web page's texts go by; the English detail is for whoever reads the wire.

#include <string_view>

#include "platform/http/response.hpp"

namespace jiuzhu::http {

struct Problem {
  int status = 400;
  std::string_view key;     // "http.host_missing"
  std::string_view detail;  // one sentence
  std::string_view incident = {};
};

/// application/problem+json with type, title, status, detail, key, and incident when there is one.
Response answer(const Problem& problem);

}  // namespace jiuzhu::http
