#pragma once
// Expected refusals are values: a function that may refuse returns Result<T>, and ignoring one does not compile.

#include <expected>
#include <utility>

#include "base/error.hpp"

namespace jiuzhu {

template <class T>
using Result = std::expected<T, Error>;

/// A use case that only succeeds or refuses.
using Status = Result<void>;

[[nodiscard]] inline std::unexpected<Error> refuse(Error error) { return std::unexpected<Error>(std::move(error)); }

[[nodiscard]] inline std::unexpected<Error> refuse(ErrorCode code, std::string key, MessageParams params = {}) {
  return refuse(Error{.code = code, .key = std::move(key), .params = std::move(params)});
}

/// A rule of law stands in the way; `law` names the articles.
[[nodiscard]] inline std::unexpected<Error> refuse_by_rule(std::string key, std::vector<std::string> law,
                                                           MessageParams params = {}) {
  return refuse(Error{
      .code = ErrorCode::refused_by_rule, .key = std::move(key), .params = std::move(params), .law = std::move(law)});
}

}  // namespace jiuzhu

#define JZ_CONCAT_INNER(a, b) a##b
#define JZ_CONCAT(a, b) JZ_CONCAT_INNER(a, b)

#define JZ_TRY_NAMED(holder, declaration, expression)                              \
  auto holder = (expression);                                                      \
  if (!holder) return std::unexpected<::jiuzhu::Error>(std::move(holder).error()); \
  declaration = std::move(holder).value()

/// JZ_TRY(auto household, find(id)); returns the refusal to the caller, or goes on with the value.
#define JZ_TRY(declaration, expression) JZ_TRY_NAMED(JZ_CONCAT(jz_result_, __COUNTER__), declaration, expression)

/// The same for a Status.
#define JZ_TRY_VOID(expression)                                                            \
  do {                                                                                     \
    auto jz_status = (expression);                                                         \
    if (!jz_status) return std::unexpected<::jiuzhu::Error>(std::move(jz_status).error()); \
  } while (false)
