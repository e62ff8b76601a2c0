#pragma once
// One HTTP request as a handler sees it: complete, within the limits, on a worker thread. Free of Boost types.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jiuzhu::http {

enum class Method { get, head, post, put, patch, del, options };

/// "GET"
std::string_view name_of(Method method);

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Request {
  Method method = Method::get;
  std::string path;  // percent-decoded, starts with '/', without dot segments
  Pairs query;       // percent-decoded, in order
  Pairs headers;     // names in lower case
  std::string body;
  std::string client_address;  // the peer's, or the first of X-Forwarded-For when the peer is a trusted proxy
  Pairs path_values;           // {name} parts of the route that matched

  std::optional<std::string_view> header(std::string_view lower_case_name) const;
  std::optional<std::string_view> cookie(std::string_view name) const;
  std::optional<std::string_view> query_value(std::string_view name) const;
  /// The value of a {name} part; asking for a part that the route does not have is a bug.
  std::string_view path_value(std::string_view name) const;
};

/// One part of a multipart/form-data body. `content` points into the request.
struct FormPart {
  std::string name;
  std::string file_name;     // as sent; never use it as a path
  std::string content_type;  // as sent; never trust it
  std::string_view content;
};

/// Parts of a multipart/form-data body, or nothing when the body is not one or is malformed.
std::optional<std::vector<FormPart>> parse_form(const Request& request);

}  // namespace jiuzhu::http
