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
  /// The peer's; behind trusted proxies the last address of X-Forwarded-For that is none of them. (The first one is
  /// whatever the client chose to write.)
  std::string client_address;
  Pairs path_values;  // {name} parts of the route that matched

  /// The first header of that name.
  std::optional<std::string_view> header(std::string_view lower_case_name) const;
  /// The first cookie of that name, as sent (surrounding quotes removed).
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

/// Parts of a multipart/form-data body (RFC 7578), or nothing when the body is not one or is malformed: no boundary, no
/// closing delimiter, a part without a name, more than 1000 parts, more than 8 kB of part headers. `request` must
/// outlive the parts.
std::optional<std::vector<FormPart>> parse_form(const Request& request);

}  // namespace jiuzhu::http
