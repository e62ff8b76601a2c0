#pragma once
// A refusal: the normal case in this domain. `code` decides (HTTP status, exit code), `key` names the text in locales/,
// `fields` lists every problem at once, `law` the articles that the screen cites. Never put personal data in here:
// refusals are logged.

#include <string>
#include <utility>
#include <vector>

namespace jiuzhu {

enum class ErrorCode {
  invalid_input,    // the request is malformed or a value is wrong
  unauthenticated,  // nobody is signed in
  forbidden,        // signed in, but this role or region may not
  not_found,        // there is no such thing, or it is outside the actor's scope
  conflict,         // somebody else changed it meanwhile, or it exists already
  refused_by_rule,  // a rule of law stands in the way; `law` says which
  too_large,        // over a limit of size
  rate_limited,     // too often; try again later
  unavailable,      // surroundings are broken; try again later
};

/// Values for the placeholders of a message, such as {"days", "7"}.
using MessageParams = std::vector<std::pair<std::string, std::string>>;

/// One problem with one value. `pointer` is an RFC 6901 JSON pointer ("/members/0/birth_date").
struct FieldError {
  std::string pointer;
  std::string key;
  MessageParams params = {};

  bool operator==(const FieldError&) const = default;
};

struct Error {
  ErrorCode code = ErrorCode::invalid_input;
  std::string key;
  std::vector<FieldError> fields = {};
  MessageParams params = {};
  std::vector<std::string> law = {};  // identifiers of articles, "DB-2012/29" (policy/instruments.yaml)
};

/// The identifier of an error code as it stands in problem documents and logs.
constexpr const char* name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_input: return "invalid_input";
    case ErrorCode::unauthenticated: return "unauthenticated";
    case ErrorCode::forbidden: return "forbidden";
    case ErrorCode::not_found: return "not_found";
    case ErrorCode::conflict: return "conflict";
    case ErrorCode::refused_by_rule: return "refused_by_rule";
    case ErrorCode::too_large: return "too_large";
    case ErrorCode::rate_limited: return "rate_limited";
    case ErrorCode::unavailable: return "unavailable";
  }
  return "unknown";
}

}  // namespace jiuzhu
