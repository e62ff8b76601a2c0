#pragma once

#include <string>
#include <string_view>

#include "platform/http/request.hpp"
#include "platform/http/response.hpp"

namespace jiuzhu::http {

/// True when Accept-Encoding names `coding` (or "*") with a quality above zero (RFC 9110 section 12.5.3).
bool accepts_encoding(const Request& request, std::string_view coding);

/// The bytes as a gzip member. Any thread; each keeps its own compressor (256 kB).
std::string gzip(std::string_view bytes);

/// Compresses the body of a text or JSON answer above 1 kB when the client takes gzip. Leaves alone: what the handler
/// encoded itself, `static_body`, and answers marked "Cache-Control: no-transform" - the way out for a handler that
/// prints a secret next to text of the client's choice (BREACH).
void compress(const Request& request, Response& response);

}  // namespace jiuzhu::http
