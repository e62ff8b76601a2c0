#include "platform/http/request.hpp"

#include "base/assert.hpp"
#include "base/text.hpp"

namespace jiuzhu::http {
namespace {

std::optional<std::string_view> find(const Pairs& pairs, std::string_view name) {
  for (const auto& [key, value] : pairs) {
    if (key == name) return value;
  }
  return std::nullopt;
}

}  // namespace

std::string_view name_of(Method method) {
  switch (method) {
    case Method::get: return "GET";
    case Method::head: return "HEAD";
    case Method::post: return "POST";
    case Method::put: return "PUT";
    case Method::patch: return "PATCH";
    case Method::del: return "DELETE";
    case Method::options: return "OPTIONS";
  }
  return "";
}

std::optional<std::string_view> Request::header(std::string_view lower_case_name) const {
  return find(headers, lower_case_name);
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
  // RFC 6265 section 5.4 has one Cookie header, but a proxy may split it.
  for (const auto& [header_name, header_value] : headers) {
    if (header_name != "cookie") continue;
    for (const std::string_view piece : split(header_value, ';')) {
      const std::string_view pair = trim(piece);
      const auto equals = pair.find('=');
      if (equals == std::string_view::npos || trim(pair.substr(0, equals)) != name) continue;
      std::string_view value = trim(pair.substr(equals + 1));
      if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
      return value;
    }
  }
  return std::nullopt;
}

std::optional<std::string_view> Request::query_value(std::string_view name) const { return find(query, name); }

std::string_view Request::path_value(std::string_view name) const {
  const auto value = find(path_values, name);
  JZ_ASSERT(value.has_value());
  return *value;
}

}  // namespace jiuzhu::http
