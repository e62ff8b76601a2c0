#pragma once
// Typed routes: one declaration parses the request, calls the handler, renders the answer, and describes the operation
// in the OpenAPI document.
//
//   api.get<CaseQuery, CaseList>("/cases", {.id = "listCases", .summary = "…"}, [&](Call& call, CaseQuery query) { …
//   }); api.post<Intake, CaseView>("/cases", {.id = "fileCase", .summary = "…"}, [&](Call& call, Intake intake) { … });
//
// Every route needs a signed-in actor unless it says otherwise; every route that changes something needs the session's
// token in X-CSRF-Token. The permission is checked by the use case, not here: the API is not the only door.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/assert.hpp"
#include "kernel/access/actor.hpp"
#include "kernel/api/problem.hpp"
#include "kernel/messages/messages.hpp"
#include "platform/http/router.hpp"
#include "platform/json/described.hpp"

namespace jiuzhu::api {

/// For routes without a request body or query, or without an answer (204).
struct Nothing {};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

/// A multipart/form-data body as the input of a route; the parts point into the request. What a malformed one is
/// refused with: "request.not_form".
struct FormInput {
  std::vector<http::FormPart> parts;
};

/// A part of such a body, for the OpenAPI document.
struct FormField {
  std::string name;
  std::string title;  // Chinese
  enum class Kind { file, text, optional_text } kind = Kind::text;
};

/// Whether the browser shows a file in its window or saves it.
enum class Disposition { saved, shown };

/// A file as the answer of a route.
struct FileContent {
  std::string name;
  std::string media_type;
  std::string bytes;
  Disposition disposition = Disposition::saved;
};

/// One request on its way through a handler.
struct Call {
  const http::Request& request;
  Language language = Language::zh;
  const Actor* actor_or_none = nullptr;
  http::Pairs response_headers = {};

  /// The signed-in actor; routes without one must not ask.
  const Actor& actor() const {
    JZ_ASSERT(actor_or_none != nullptr);
    return *actor_or_none;
  }

  /// A typed {name} part of the path; refuses as not_found when it does not parse, since no such thing can exist.
  template <class T>
  Result<T> path(std::string_view name) const {
    if (auto parsed = T::parse(request.path_value(name))) return *parsed;
    return refuse(ErrorCode::not_found, "request.no_such_resource");
  }
};

/// How a route appears in the OpenAPI document.
struct Operation {
  std::string id;       // "listCases"
  std::string summary;  // Chinese
  std::string tag = "jiuzhu";
  int success = 200;
  bool needs_actor = true;
  bool checks_csrf = true;                    // signing in has no session yet
  bool works_before_password_change = false;  // for accounts that must change their password first
  std::size_t body_bytes_max = 1024 * 1024;
  std::vector<FormField> form = {};  // of a route that takes FormInput
};

/// What the session says about a request.
struct Authenticated {
  Actor actor;
  std::string csrf_token;
  bool must_change_password = false;
};

class Api {
 public:
  /// Nothing when nobody is signed in.
  using Authenticator = std::function<std::optional<Authenticated>(const http::Request&)>;
  /// A use case that threw: logged with an incident number by the server; here only for tests.
  Api(http::Router& router, const Messages& messages, Authenticator authenticator, ArticleTitles titles)
      : router_(router), messages_(messages), authenticator_(std::move(authenticator)), titles_(std::move(titles)) {}

  template <class Query, class Out, class Handler>
  void get(const std::string& pattern, Operation operation, Handler handler) {
    add<Query, Nothing, Out>(
        http::Method::get, pattern, std::move(operation),
        [handler](Call& call, Query query, const Nothing&) { return handler(call, std::move(query)); });
  }
  template <class In, class Out, class Handler>
  void post(const std::string& pattern, Operation operation, Handler handler) {
    add_changing<In, Out>(http::Method::post, pattern, std::move(operation), std::move(handler));
  }
  template <class In, class Out, class Handler>
  void put(const std::string& pattern, Operation operation, Handler handler) {
    add_changing<In, Out>(http::Method::put, pattern, std::move(operation), std::move(handler));
  }
  template <class In, class Out, class Handler>
  void patch(const std::string& pattern, Operation operation, Handler handler) {
    add_changing<In, Out>(http::Method::patch, pattern, std::move(operation), std::move(handler));
  }
  template <class In, class Out, class Handler>
  void del(const std::string& pattern, Operation operation, Handler handler) {
    add_changing<In, Out>(http::Method::del, pattern, std::move(operation), std::move(handler));
  }

  /// The OpenAPI 3.1 document of everything added so far.
  json::Value document() const;

 private:
  using Reply = Result<http::Response>;

  struct Described {
    http::Method method;
    std::string pattern;
    Operation operation;
    json::Value query_schema;  // null when there is none
    json::Value body_schema;
    std::string body_type = "application/json";
    json::Value answer_schema;
    bool answers_file = false;
  };

  template <class In, class Out, class Handler>
  void add_changing(http::Method method, const std::string& pattern, Operation operation, Handler handler) {
    add<Nothing, In, Out>(method, pattern, std::move(operation),
                          [handler](Call& call, const Nothing&, In in) { return handler(call, std::move(in)); });
  }

  template <class Query, class In, class Out, class Handler>
  void add(http::Method method, const std::string& pattern, Operation operation, Handler handler) {
    Described described{.method = method, .pattern = pattern, .operation = operation};
    if constexpr (!std::is_same_v<Query, Nothing>) described.query_schema = schema_of<Query>();
    if constexpr (std::is_same_v<In, FormInput>) {
      described.body_type = "multipart/form-data";
      described.body_schema = form_schema(operation.form);
    } else if constexpr (!std::is_same_v<In, Nothing>) {
      described.body_schema = schema_of<In>();
    }
    if constexpr (std::is_same_v<Out, FileContent>) {
      described.answers_file = true;
    } else if constexpr (!std::is_same_v<Out, Nothing>) {
      described.answer_schema = schema_of<Out>();
    }
    describe(std::move(described));
    const int success = std::is_same_v<Out, Nothing> ? 204 : operation.success;
    serve(method, pattern, operation, [handler, success](Call& call) -> Reply {
      Query query{};
      In in{};
      if constexpr (!std::is_same_v<Query, Nothing>) {
        JZ_TRY(query, json::read<Query>(query_value<Query>(call.request)));
      }
      if constexpr (std::is_same_v<In, FormInput>) {
        JZ_TRY(in, parse_form_body(call.request));
      } else if constexpr (!std::is_same_v<In, Nothing>) {
        JZ_TRY(const json::Value body, parse_body(call.request));
        JZ_TRY(in, json::read<In>(body));
      }
      Result<Out> out = handler(call, std::move(query), std::move(in));
      if (!out) return std::unexpected<Error>(std::move(out).error());
      if constexpr (std::is_same_v<Out, Nothing>) {
        return http::Response::empty(success);
      } else if constexpr (std::is_same_v<Out, FileContent>) {
        return file_response(std::move(*out));
      } else {
        return http::Response::of(success, "application/json", json::print(json::write(*out)));
      }
    });
  }

  template <class T>
  json::Value schema_of() {
    return json::Codec<T>::schema(components_);
  }

  /// Query parameters as the JSON object that the same reader checks: texts, but integers and booleans where the
  /// member is one.
  template <class Query>
  static json::Value query_value(const http::Request& request) {
    json::Value value(json::Value::Object{});
    for (const auto& [name, text] : request.query) {
      json::Value field(text);
      boost::mp11::mp_for_each<typename json::Codec<Query>::Members>([&](auto member) {
        using Field = std::remove_cvref_t<decltype(std::declval<Query&>().*member.pointer)>;
        constexpr bool is_plain = std::is_integral_v<Field>;
        constexpr bool is_optional_plain = std::is_same_v<Field, std::optional<int>> ||
                                           std::is_same_v<Field, std::optional<std::int64_t>> ||
                                           std::is_same_v<Field, std::optional<bool>>;
        if constexpr (is_plain || is_optional_plain) {
          if (name == member.name) field = plain_value(text);
        }
      });
      value.set(name, std::move(field));
    }
    return value;
  }

  static json::Value plain_value(const std::string& text);
  static Result<json::Value> parse_body(const http::Request& request);
  static Result<FormInput> parse_form_body(const http::Request& request);
  static json::Value form_schema(const std::vector<FormField>& fields);
  static http::Response file_response(FileContent file);
  void serve(http::Method method, const std::string& pattern, const Operation& operation,
             std::function<Reply(Call&)> run);
  void describe(Described described) { operations_.push_back(std::move(described)); }

  http::Router& router_;
  const Messages& messages_;
  Authenticator authenticator_;
  ArticleTitles titles_;
  json::Components components_;
  std::vector<Described> operations_;
};

}  // namespace jiuzhu::api
