#pragma once
// Refusals as RFC 9457 problem documents, in the caller's language, with every field error and the articles cited.

#include <functional>
#include <string>

#include "base/error.hpp"
#include "kernel/messages/messages.hpp"
#include "platform/http/response.hpp"
#include "platform/json/described.hpp"

namespace jiuzhu::api {

struct FieldProblem {
  std::string pointer;
  std::string key;
  std::string message;
};
BOOST_DESCRIBE_STRUCT(FieldProblem, (), (pointer, key, message))

struct Citation {
  std::string id;
  std::string title;
};
BOOST_DESCRIBE_STRUCT(Citation, (), (id, title))

struct Problem {
  std::string type;
  std::string title;
  int status = 500;
  std::string detail;
  std::string key;
  std::vector<FieldProblem> errors;
  std::vector<Citation> law;
};
BOOST_DESCRIBE_STRUCT(Problem, (), (type, title, status, detail, key, errors, law))

/// What an article's identifier is called in a language, e.g. "DB-2012/29" →
/// "最低生活保障审核审批办法(试行)第二十九条".
using ArticleTitles = std::function<std::string(const std::string& id, Language)>;

int status_of(ErrorCode code);

Problem to_problem(const Error& error, const Messages& messages, Language language, const ArticleTitles& titles);

http::Response to_response(const Problem& problem);

}  // namespace jiuzhu::api
