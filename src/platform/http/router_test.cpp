#include "platform/http/router.hpp"

#include <gtest/gtest.h>

#include "base/assert.hpp"

namespace jiuzhu::http {
namespace {

Handler says(std::string text) {
  return [text](const Request& request) {
    std::string body = text;
    for (const auto& [name, value] : request.path_values) body += " " + name + "=" + value;
    return Response::of(200, "text/plain", body);
  };
}

Router example() {
  Router router;
  router.add(Method::get, "/", says("root"));
  router.add(Method::get, "/cases", says("list"));
  router.add(Method::post, "/cases", says("create"));
  router.add(Method::get, "/cases/{case}", says("read"));
  router.add(Method::post, "/cases/import", says("import"));
  router.add(Method::get, "/cases/{case}/visits/{visit}", says("visit"));
  return router;
}

Response ask(const Router& router, Method method, std::string path) {
  Request request;
  request.method = method;
  request.path = std::move(path);
  return router.dispatch(request);
}

TEST(Router, MatchesLiteralsAndParameters) {
  const Router router = example();
  EXPECT_EQ(ask(router, Method::get, "/").body, "root");
  EXPECT_EQ(ask(router, Method::get, "/cases").body, "list");
  EXPECT_EQ(ask(router, Method::post, "/cases").body, "create");
  EXPECT_EQ(ask(router, Method::get, "/cases/七").body, "read case=七");
  EXPECT_EQ(ask(router, Method::get, "/cases/import").body, "read case=import");
  EXPECT_EQ(ask(router, Method::post, "/cases/import").body, "import");
  EXPECT_EQ(ask(router, Method::get, "/cases/1/visits/2").body, "visit case=1 visit=2");
  EXPECT_EQ(ask(router, Method::head, "/cases").body, "list");
}

TEST(Router, DoesNotMatchMoreThanItSays) {
  const Router router = example();
  for (const char* path :
       {"/cases/", "/cases/1/", "/cases/1/visits", "/cases/1/visits/2/3", "/case", "/casesx", "/Cases"}) {
    EXPECT_EQ(ask(router, Method::get, path).status, 404) << path;
  }
}

TEST(Router, TellsWhichMethodsAPathTakes) {
  const Router router = example();
  const Response response = ask(router, Method::del, "/cases/import");
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(response.header("Allow"), "GET, HEAD, POST");
  EXPECT_NE(response.body.find("http.method_not_allowed"), std::string::npos);
}

TEST(Router, AsksItsOwnHandlersForTheRest) {
  Router router = example();
  router.set_fallback(says("page"));
  router.set_method_not_allowed(
      [](const Request&, std::string_view allow) { return Response::of(405, "text/plain", std::string(allow)); });
  EXPECT_EQ(ask(router, Method::get, "/nowhere").body, "page");
  EXPECT_EQ(ask(router, Method::put, "/cases/1").body, "GET, HEAD");
}

TEST(Router, RoutesThatOverlapAreABug) {
  Router router = example();
  EXPECT_THROW(router.add(Method::get, "/cases/{other}", says("")), InvariantError);
  EXPECT_THROW(router.add(Method::get, "/cases/new", says("")), InvariantError);
  EXPECT_THROW(router.add(Method::get, "/{anything}", says("")), InvariantError);
  EXPECT_THROW(router.add(Method::get, "/{a}/1/visits/2", says("")), InvariantError);
  EXPECT_NO_THROW(router.add(Method::put, "/cases/{other}", says("")));
  EXPECT_NO_THROW(router.add(Method::get, "/{a}/1/visits/2/3", says("")));
}

TEST(Router, MalformedPatternsAreABug) {
  for (const char* pattern :
       {"", "cases", "/cases/", "/cases//x", "/{}", "/{a", "/a}", "/x{a}", "/{a}x", "/{a}/{a}", "/{a{b}"}) {
    Router router;
    EXPECT_THROW(router.add(Method::get, pattern, says("")), InvariantError) << pattern;
  }
  Router router;
  EXPECT_THROW(router.add(Method::head, "/a", says("")), InvariantError);
  EXPECT_THROW(router.add(Method::get, "/a", Handler()), InvariantError);
}

}  // namespace
}  // namespace jiuzhu::http
