#include "platform/http/router.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "platform/http/problem.hpp"

namespace jiuzhu::http {
namespace {

bool is_parameter(std::string_view segment) { return segment.starts_with('{'); }

// "/" has no segments; "/a/" ends in an empty one, which no pattern has.
std::vector<std::string_view> segments_of(std::string_view path) {
  if (path.size() <= 1) return {};
  return split(path.substr(1), '/');
}

bool matches(const std::vector<std::string>& pattern, const std::vector<std::string_view>& path) {
  if (pattern.size() != path.size()) return false;
  // Backwards, because the first segments ("api") are the ones that most patterns share.
  for (std::size_t index = pattern.size(); index-- > 0;) {
    if (is_parameter(pattern[index]) ? path[index].empty() : pattern[index] != path[index]) return false;
  }
  return true;
}

bool overlap(const std::vector<std::string>& one, const std::vector<std::string>& other) {
  return one.size() == other.size() && std::ranges::equal(one, other, [](const auto& left, const auto& right) {
           return left == right || is_parameter(left) || is_parameter(right);
         });
}

std::vector<std::string> parse_pattern(std::string_view pattern) {
  JZ_ASSERT(pattern.starts_with('/'));
  std::vector<std::string> segments;
  for (const std::string_view segment : segments_of(pattern)) {
    JZ_ASSERT(!segment.empty());
    const bool has_brace = segment.find_first_of("{}") != std::string_view::npos;
    const bool is_whole = segment.size() > 2 && segment.front() == '{' && segment.find('}') == segment.size() - 1 &&
                          segment.rfind('{') == 0;
    JZ_ASSERT(!has_brace || is_whole);
    JZ_ASSERT(!is_parameter(segment) || std::ranges::find(segments, segment) == segments.end());
    segments.emplace_back(segment);
  }
  return segments;
}

Method method_of_route(Method asked) { return asked == Method::head ? Method::get : asked; }

}  // namespace

void Router::add(Method method, std::string pattern, Handler handler) {
  JZ_ASSERT(method != Method::head);
  JZ_ASSERT(static_cast<bool>(handler));
  auto segments = parse_pattern(pattern);
  if (routes_.size() <= segments.size()) routes_.resize(segments.size() + 1);
  auto& same_length = routes_[segments.size()];
  for (const Route& route : same_length) {
    JZ_ASSERT(route.method != method || !overlap(route.segments, segments));
  }
  same_length.push_back({method, std::move(segments), std::move(handler)});
}

Response Router::dispatch(Request& request) const {
  const auto path = segments_of(request.path);
  std::string allow;
  if (path.size() < routes_.size()) {
    for (const Route& route : routes_[path.size()]) {
      if (!matches(route.segments, path)) continue;
      if (route.method == method_of_route(request.method)) {
        request.path_values.clear();
        for (std::size_t index = 0; index < path.size(); ++index) {
          const std::string_view segment = route.segments[index];
          if (is_parameter(segment)) {
            request.path_values.emplace_back(segment.substr(1, segment.size() - 2), path[index]);
          }
        }
        return route.handler(request);
      }
      allow += allow.empty() ? "" : ", ";
      allow += name_of(route.method);
      if (route.method == Method::get) allow += ", HEAD";
    }
  }
  if (!allow.empty()) {
    if (method_not_allowed_) return method_not_allowed_(request, allow);
    return answer({405, "http.method_not_allowed", "This address does not take that method; see Allow."})
        .set_header("Allow", allow);
  }
  if (fallback_) return fallback_(request);
  return answer({404, "http.not_found", "There is nothing at this address."});
}

}  // namespace jiuzhu::http
