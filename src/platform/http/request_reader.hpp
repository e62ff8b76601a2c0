#pragma once
// Bytes to requests, one connection long. Beast's parser does the grammar (request_reader.cpp); this adds what it
// leaves open: the Host header, framing that two readers could see differently, and names for every refusal. For
// server.cpp, from one thread.

#include <cstddef>
#include <memory>
#include <string_view>

#include "platform/http/problem.hpp"
#include "platform/http/request.hpp"

namespace jiuzhu::http {

struct ReaderLimits {
  std::size_t header_bytes_max = 0;
  std::size_t body_bytes_max = 0;
};

class RequestReader {
 public:
  enum class State {
    head,      // the start line or the headers are incomplete
    body,      // the headers are complete, the body is not
    complete,  // request() may be taken
    refused,   // answer problem() and close: the rest of the stream means nothing
  };

  explicit RequestReader(ReaderLimits limits);
  ~RequestReader();
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;

  /// Reads on and returns how many bytes were used up. The caller keeps the others and shows them again with more
  /// behind them; bytes after a complete request belong to the next one.
  std::size_t put(std::string_view bytes);
  State state() const;
  /// Ready for the next request of the connection.
  void reset();

  Request& request();
  const Request& request() const;
  const Problem& problem() const;  // in State::refused
  bool has_started() const;        // at least one byte of this request was seen
  bool keeps_alive() const;        // what the client wishes; valid from State::body on
  bool is_http_1_0() const;
  /// The client waits for "100 Continue" before it sends the body.
  bool expects_continue() const;

 private:
  class Parser;
  ReaderLimits limits_;
  std::unique_ptr<Parser> parser_;
};

}  // namespace jiuzhu::http
