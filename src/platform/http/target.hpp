#pragma once
// The request target ("/cases/1?page=2") taken apart, strictly: whatever two readers could understand differently is
// refused, so that the router, a proxy in front and a log always mean the same resource.

#include <optional>
#include <string>
#include <string_view>

#include "platform/http/request.hpp"

namespace jiuzhu::http {

struct Target {
  std::string path;
  Pairs query;
};

/// Takes origin form ("/a?b") and absolute form ("http://host/a?b"). Nothing for: a bad percent escape, U+0000 and
/// other control characters, a backslash, an encoded slash, "." and ".." segments, empty segments ("//"), a fragment,
/// text that is not UTF-8. A '+' in the query is a blank.
std::optional<Target> parse_target(std::string_view target);

/// The pairs of a query or of an application/x-www-form-urlencoded body, under the same rules.
std::optional<Pairs> parse_query(std::string_view text);

}  // namespace jiuzhu::http
