// Beast 1.81 asserts `n >= 5` inside parse_chunk_header, which a client breaks by sending "0\r\n" and "\r" in two
// segments; the code behind the assertion copes. Our release build keeps assert() on, so that would end the program.
#define BOOST_DISABLE_ASSERTS
#include "platform/http/request_reader.hpp"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <optional>

#include "base/assert.hpp"
#include "platform/http/target.hpp"

namespace jiuzhu::http {
namespace {

namespace beast_http = boost::beast::http;
using boost::system::error_code;

constexpr std::size_t kHeadersMax = 128;
// A declared length is a promise: memory follows the bytes that arrive.
constexpr std::size_t kBodyReserveMax = 256 * 1024;

std::optional<Method> to_method(beast_http::verb asked) {
  using beast_http::verb;
  // Only the methods of our Method; the rest of Beast's forty (TRACE, CONNECT, PROPFIND ...) is answered with 501.
  if (asked == verb::get) return Method::get;
  if (asked == verb::head) return Method::head;
  if (asked == verb::post) return Method::post;
  if (asked == verb::put) return Method::put;
  if (asked == verb::patch) return Method::patch;
  if (asked == verb::delete_) return Method::del;
  if (asked == verb::options) return Method::options;
  return std::nullopt;
}

Problem problem_of(const error_code& found) {
  using beast_http::error;
  if (found == error::header_limit || found == error::buffer_overflow) {
    return {431, "http.header_too_large", "The request's headers are larger than this server takes."};
  }
  if (found == error::body_limit) {
    return {413, "http.body_too_large", "The request's body is larger than this server takes."};
  }
  if (found == error::bad_version) return {505, "http.version_unknown", "This server speaks HTTP/1.1 and HTTP/1.0."};
  return {400, "http.malformed", "The request is not well-formed HTTP."};
}

bool is_host_character(char letter) {
  const bool is_letter_or_digit =
      (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9');
  return is_letter_or_digit || std::string_view("-._:[]").find(letter) != std::string_view::npos;
}

}  // namespace

class RequestReader::Parser final : public beast_http::basic_parser<true> {
 public:
  explicit Parser(ReaderLimits limits) {
    header_limit(static_cast<std::uint32_t>(limits.header_bytes_max));
    body_limit(limits.body_bytes_max);
    eager(true);
  }

  void refuse(Problem reason) {
    if (!problem) problem = reason;
  }

  Request request;
  std::optional<Problem> problem;
  int version = 11;
  bool expects_continue = false;
  bool has_started = false;

 private:
  // Beast stops at any error; which one does not matter once `problem` is set.
  void stop(error_code& error, Problem reason) {
    refuse(reason);
    error = beast_http::error::bad_value;
  }

  void on_request_impl(beast_http::verb verb, boost::beast::string_view, boost::beast::string_view target, int asked,
                       error_code& error) override {
    version = asked;
    const auto method = to_method(verb);
    if (!method) return stop(error, {501, "http.method_unknown", "This server does not know that method."});
    auto parsed = http::parse_target({target.data(), target.size()});
    if (!parsed) {
      return stop(error, {400, "http.target_malformed", "The address is malformed or could be read in two ways."});
    }
    request.method = *method;
    request.path = std::move(parsed->path);
    request.query = std::move(parsed->query);
  }

  void on_field_impl(beast_http::field field, boost::beast::string_view name, boost::beast::string_view value,
                     error_code& error) override {
    // Trailers arrive here as well. They stand outside of what a proxy checked, so they are dropped.
    if (is_header_complete_) return;
    if (request.headers.size() == kHeadersMax) {
      return stop(error, {431, "http.header_too_large", "The request has more headers than this server takes."});
    }
    if (field == beast_http::field::host) {
      ++host_count_;
      if (!std::ranges::all_of(value, is_host_character)) host_count_ = 2;
    } else if (field == beast_http::field::content_length) {
      ++content_length_count_;
      if (value.find_first_not_of("0123456789") != boost::beast::string_view::npos) content_length_count_ = 2;
    } else if (field == beast_http::field::transfer_encoding) {
      if (has_transfer_encoding_ || !boost::beast::iequals(value, "chunked")) {
        return stop(error, {501, "http.transfer_encoding_unknown", "The only transfer encoding here is chunked."});
      }
      has_transfer_encoding_ = true;
    } else if (field == beast_http::field::expect) {
      if (!boost::beast::iequals(value, "100-continue")) {
        return stop(error, {417, "http.expectation_unknown", "The only expectation here is 100-continue."});
      }
      expects_continue = true;
    }
    auto& header = request.headers.emplace_back(std::string(name.data(), name.size()), value);
    for (char& letter : header.first) {
      if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter | 0x20);
    }
  }

  void on_header_impl(error_code& error) override {
    is_header_complete_ = true;
    if (host_count_ > 1 || (host_count_ == 0 && version >= 11)) {
      return stop(error, {400, "http.host_malformed", "The request must have exactly one well-formed Host header."});
    }
    // RFC 9112 section 6.1: an HTTP/1.0 sender does not know chunked, so somebody in between disagrees on the length.
    if (content_length_count_ > 1 || (has_transfer_encoding_ && version < 11)) {
      return stop(error, {400, "http.length_ambiguous", "The length of the request's body is ambiguous."});
    }
  }

  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
    if (length) request.body.reserve(std::min<std::size_t>(*length, kBodyReserveMax));
  }

  std::size_t on_body_impl(boost::beast::string_view bytes, error_code&) override {
    request.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }

  void on_chunk_header_impl(std::uint64_t, boost::beast::string_view, error_code&) override {}

  std::size_t on_chunk_body_impl(std::uint64_t, boost::beast::string_view bytes, error_code&) override {
    request.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }

  void on_finish_impl(error_code&) override {}
  void on_response_impl(int, boost::beast::string_view, int, error_code&) override {}

  std::size_t host_count_ = 0;
  std::size_t content_length_count_ = 0;
  bool has_transfer_encoding_ = false;
  bool is_header_complete_ = false;
};

RequestReader::RequestReader(ReaderLimits limits) : limits_(limits) { reset(); }
RequestReader::~RequestReader() = default;

void RequestReader::reset() { parser_ = std::make_unique<Parser>(limits_); }

std::size_t RequestReader::put(std::string_view bytes) {
  if (bytes.empty() || state() == State::complete || state() == State::refused) return 0;
  parser_->has_started = true;
  error_code error;
  const std::size_t used = parser_->put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
  if (error && error != beast_http::error::need_more) parser_->refuse(problem_of(error));
  return used;
}

RequestReader::State RequestReader::state() const {
  if (parser_->problem) return State::refused;
  if (parser_->is_done()) return State::complete;
  return parser_->is_header_done() ? State::body : State::head;
}

Request& RequestReader::request() { return parser_->request; }
const Request& RequestReader::request() const { return parser_->request; }

const Problem& RequestReader::problem() const {
  JZ_ASSERT(parser_->problem.has_value());
  return *parser_->problem;
}

bool RequestReader::has_started() const { return parser_->has_started; }
bool RequestReader::keeps_alive() const { return parser_->keep_alive(); }
bool RequestReader::is_http_1_0() const { return parser_->version == 10; }
bool RequestReader::expects_continue() const { return parser_->expects_continue && parser_->version == 11; }

}  // namespace jiuzhu::http
