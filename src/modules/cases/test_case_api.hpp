#pragma once
// For tests of a module's routes: the API as the server runs it, on the world of test_cases.hpp, with one actor signed
// in and the texts that the program carries.

#include "modules/cases/case_http.hpp"
#include "modules/cases/test_cases.hpp"
#include "platform/http/router.hpp"

namespace jiuzhu::test {

class CaseApiOnBothDatabases : public CasesOnBothDatabases {
 public:
  http::Response get(const Actor& who, const std::string& path) {
    signed_in_ = who;
    http::Request request{.method = http::Method::get, .path = "/api/v1" + path};
    return router_.dispatch(request);
  }

  http::Response post(const Actor& who, const std::string& path, const json::Value& body) {
    signed_in_ = who;
    http::Request request{.method = http::Method::post,
                          .path = "/api/v1" + path,
                          .headers = {{"content-type", "application/json"}, {"x-csrf-token", "token"}},
                          .body = json::print(body)};
    return router_.dispatch(request);
  }

  /// A request as it stands, with the session's token.
  http::Response send(const Actor& who, http::Request request) {
    signed_in_ = who;
    request.path = "/api/v1" + request.path;
    request.headers.emplace_back("x-csrf-token", "token");
    return router_.dispatch(request);
  }

  static std::string path_of(const cases::CaseRow& row, const std::string& rest) {
    return "/cases/" + row.county_code + "/" + row.id.to_text() + rest;
  }

 protected:
  /// Adds routes: add_case_routes and those of the module under test.
  template <class Add>
  void serve(Add add) {
    const auto text = [](const char* file) { return std::string(*embedded::find(embedded::locales(), file)); };
    messages_ = std::make_unique<Messages>(*Messages::parse(text("zh-CN.json"), text("en.json")));
    api_ = std::make_unique<api::Api>(
        router_, *messages_,
        [this](const http::Request&) -> std::optional<api::Authenticated> {
          if (!signed_in_) return std::nullopt;
          return api::Authenticated{*signed_in_, "token", false};
        },
        nullptr);
    add(*api_,
        std::make_shared<const cases::CaseRoutesContext>(cases::CaseRoutesContext{
            world(), case_world(), {[](const RegionCode& code) { return code.to_text(); }, *messages_, nullptr}}));
  }

 private:
  std::optional<Actor> signed_in_;
  http::Router router_;
  std::unique_ptr<Messages> messages_;
  std::unique_ptr<api::Api> api_;
};

}  // namespace jiuzhu::test
