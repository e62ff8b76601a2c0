#include "kernel/api/api.hpp"

#include <algorithm>

namespace jiuzhu::api {
namespace {

constexpr std::string_view kPrefix = "/api/v1";

bool changes_something(http::Method method) { return method != http::Method::get && method != http::Method::head; }

/// Compares without stopping at the first difference.
bool same_token(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned char difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) difference = static_cast<unsigned char>(difference | (a[i] ^ b[i]));
  return difference == 0;
}

json::Value path_parameters(const std::string& pattern) {
  json::Value::Array parameters;
  for (std::string_view segment : split(pattern, '/')) {
    if (!segment.starts_with('{')) continue;
    parameters.push_back(json::Value()
                             .set("name", std::string(segment.substr(1, segment.size() - 2)))
                             .set("in", "path")
                             .set("required", true)
                             .set("schema", json::Value().set("type", "string")));
  }
  return json::Value(std::move(parameters));
}

json::Value content_of(std::string media_type, json::Value schema) {
  return json::Value().set(std::move(media_type), json::Value().set("schema", std::move(schema)));
}

}  // namespace

json::Value Api::plain_value(const std::string& text) {
  auto value = json::parse(text);
  return value && (value->as_int() || value->as_bool()) ? *value : json::Value(text);
}

Result<json::Value> Api::parse_body(const http::Request& request) {
  const auto type = request.header("content-type");
  if (!type || !type->starts_with("application/json")) {
    return refuse(ErrorCode::invalid_input, "request.not_json");
  }
  return json::parse(request.body);
}

Result<FormInput> Api::parse_form_body(const http::Request& request) {
  auto parts = http::parse_form(request);
  if (!parts) return refuse(ErrorCode::invalid_input, "request.not_form");
  return FormInput{std::move(*parts)};
}

json::Value Api::form_schema(const std::vector<FormField>& fields) {
  json::Value properties(json::Value::Object{});
  json::Value::Array required;
  for (const FormField& field : fields) {
    json::Value schema = json::Value().set("type", "string").set("title", field.title);
    if (field.kind == FormField::Kind::file) schema.set("format", "binary");
    if (field.kind != FormField::Kind::optional_text) required.emplace_back(field.name);
    properties.set(field.name, std::move(schema));
  }
  return json::Value()
      .set("type", "object")
      .set("properties", std::move(properties))
      .set("required", json::Value(std::move(required)));
}

http::Response Api::file_response(FileContent file) {
  http::Response response = http::Response::of(200, file.media_type, std::move(file.bytes));
  // RFC 6266: the name as UTF-8; file names are ours and hold no personal data.
  std::string encoded;
  for (unsigned char c : file.name) {
    constexpr char kHex[] = "0123456789ABCDEF";
    const bool plain =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == '_';
    if (plain) {
      encoded += static_cast<char>(c);
    } else {
      encoded += '%';
      encoded += kHex[c >> 4];
      encoded += kHex[c & 15];
    }
  }
  const std::string disposition = file.disposition == Disposition::shown ? "inline" : "attachment";
  response.set_header("Content-Disposition", disposition + "; filename*=UTF-8''" + encoded);
  return response;
}

void Api::serve(http::Method method, const std::string& pattern, const Operation& operation,
                std::function<Reply(Call&)> run) {
  const auto handle = [this, operation, method, run = std::move(run)](const http::Request& request) -> http::Response {
    const Language language = Messages::choose(request.header("accept-language").value_or(""));
    const auto answer = [&](const Error& error) {
      http::Response response = to_response(to_problem(error, messages_, language, titles_));
      response.set_header("Cache-Control", "no-store");
      return response;
    };
    const auto authenticated = authenticator_(request);
    if (operation.needs_actor && !authenticated) {
      return answer(Error{.code = ErrorCode::unauthenticated, .key = "session.missing"});
    }
    if (operation.needs_actor && authenticated->must_change_password && !operation.works_before_password_change) {
      return answer(Error{.code = ErrorCode::forbidden, .key = "session.password_must_change"});
    }
    if (operation.checks_csrf && authenticated && changes_something(method) &&
        !same_token(request.header("x-csrf-token").value_or(""), authenticated->csrf_token)) {
      return answer(Error{.code = ErrorCode::forbidden, .key = "session.csrf_token_wrong"});
    }
    if (request.body.size() > operation.body_bytes_max) {
      return answer(Error{.code = ErrorCode::too_large,
                          .key = "request.body_too_large",
                          .params = {{"maximum", std::to_string(operation.body_bytes_max)}}});
    }
    Call call{
        .request = request, .language = language, .actor_or_none = authenticated ? &authenticated->actor : nullptr};
    Reply reply = run(call);
    if (!reply) {
      http::Response response = answer(reply.error());
      for (auto& [name, value] : call.response_headers) response.set_header(std::move(name), std::move(value));
      return response;
    }
    for (auto& [name, value] : call.response_headers) reply->set_header(std::move(name), std::move(value));
    reply->set_header("Cache-Control", "no-store");  // answers hold personal data
    return std::move(*reply);
  };
  router_.add(method, std::string(kPrefix) + pattern, handle);
}

json::Value Api::document() const {
  json::Components components = components_;
  json::Value problem = json::Codec<Problem>::schema(components);
  json::Value paths(json::Value::Object{});
  for (const Described& described : operations_) {
    json::Value parameters = path_parameters(described.pattern);
    if (!described.query_schema.is_null()) {
      // The query struct's own schema is spread into parameters and is no component of its own.
      const std::string reference = *described.query_schema.find("$ref")->as_text();
      const std::string name = reference.substr(reference.rfind('/') + 1);
      const auto component =
          std::find_if(components.begin(), components.end(), [&](const auto& entry) { return entry.first == name; });
      JZ_ASSERT(component != components.end());
      const json::Value* required = component->second.find("required");
      for (const auto& [member, schema] : *component->second.find("properties")->as_object()) {
        const bool is_required = required && std::find(required->as_array()->begin(), required->as_array()->end(),
                                                       json::Value(member)) != required->as_array()->end();
        parameters.as_array()->push_back(
            json::Value().set("name", member).set("in", "query").set("required", is_required).set("schema", schema));
      }
    }
    json::Value responses;
    const bool has_answer = !described.answer_schema.is_null() || described.answers_file;
    json::Value success;
    success.set("description", described.operation.summary);
    if (described.answers_file) {
      success.set("content",
                  content_of("application/octet-stream", json::Value().set("type", "string").set("format", "binary")));
    } else if (has_answer) {
      success.set("content", content_of("application/json", described.answer_schema));
    }
    responses.set(std::to_string(has_answer ? described.operation.success : 204), std::move(success));
    responses.set(
        "default",
        json::Value().set("description", "RFC 9457").set("content", content_of("application/problem+json", problem)));
    json::Value operation;
    operation.set("operationId", described.operation.id)
        .set("summary", described.operation.summary)
        .set("tags", json::Value::Array{described.operation.tag});
    if (!parameters.as_array()->empty()) operation.set("parameters", std::move(parameters));
    if (!described.body_schema.is_null()) {
      operation.set(
          "requestBody",
          json::Value().set("required", true).set("content", content_of(described.body_type, described.body_schema)));
    }
    operation.set("responses", std::move(responses));

    std::string method(http::name_of(described.method));
    std::transform(method.begin(), method.end(), method.begin(), [](char c) { return static_cast<char>(c | 0x20); });
    const std::string path = std::string(kPrefix) + described.pattern;
    json::Value item = paths.find(path) ? *paths.find(path) : json::Value();
    item.set(std::move(method), std::move(operation));
    paths.set(path, std::move(item));
  }
  json::Value document;
  document.set("openapi", "3.1.0")
      .set("info", json::Value().set("title", "jiuzhu 社会救助").set("version", "1"))
      .set("paths", std::move(paths))
      .set("components", json::Value().set("schemas", std::move(components)));
  return document;
}

}  // namespace jiuzhu::api
