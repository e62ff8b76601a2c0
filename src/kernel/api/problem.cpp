#include "kernel/api/problem.hpp"

namespace jiuzhu::api {

int status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_input: return 422;
    case ErrorCode::unauthenticated: return 401;
    case ErrorCode::forbidden: return 403;
    case ErrorCode::not_found: return 404;
    case ErrorCode::conflict: return 409;
    case ErrorCode::refused_by_rule: return 409;
    case ErrorCode::too_large: return 413;
    case ErrorCode::rate_limited: return 429;
    case ErrorCode::unavailable: return 503;
  }
  return 500;
}

Problem to_problem(const Error& error, const Messages& messages, Language language, const ArticleTitles& titles) {
  Problem problem{.type = std::string("urn:jiuzhu:problem:") + name_of(error.code),
                  .title = messages.text(language, std::string("problem.") + name_of(error.code)),
                  .status = status_of(error.code),
                  .detail = messages.text(language, error.key, error.params),
                  .key = error.key,
                  .errors = {},
                  .law = {}};
  for (const FieldError& field : error.fields) {
    problem.errors.push_back({field.pointer, field.key, messages.text(language, field.key, field.params)});
  }
  for (const std::string& id : error.law) problem.law.push_back({id, titles ? titles(id, language) : id});
  return problem;
}

http::Response to_response(const Problem& problem) {
  http::Response response =
      http::Response::of(problem.status, "application/problem+json", json::print(json::write(problem)));
  return response;
}

}  // namespace jiuzhu::api
