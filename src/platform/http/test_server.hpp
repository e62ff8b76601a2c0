#pragma once
// For tests: a server with routes that answer, fail and misbehave in every way the tests need.

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>

#include "platform/http/client.hpp"
#include "platform/http/router.hpp"
#include "platform/http/server.hpp"

namespace jiuzhu::http {

inline const std::string kLongText(100'000, 'a');
inline const std::string kPage(8 << 20, 'p');

inline Router example() {
  Router router;
  router.add(Method::get, "/hello/{name}", [](const Request& request) {
    return Response::of(200, "application/json", "{\"name\":\"" + std::string(request.path_value("name")) + "\"}");
  });
  router.add(Method::post, "/echo",
             [](const Request& request) { return Response::of(200, "text/plain", request.body); });
  router.add(Method::get, "/address",
             [](const Request& request) { return Response::of(200, "text/plain", request.client_address); });
  router.add(Method::get, "/long", [](const Request&) {
    return Response::of(200, "application/json", kLongText).set_header("ETag", "\"1\"");
  });
  router.add(Method::get, "/page", [](const Request&) {
    Response response = Response::of(200, "text/html", "");
    response.static_body = kPage;
    return response;
  });
  router.add(Method::get, "/throws", [](const Request&) -> Response { throw std::runtime_error("the disk is full"); });
  router.add(Method::get, "/throws-int", [](const Request&) -> Response { throw 7; });
  router.add(Method::get, "/splits",
             [](const Request&) { return Response::empty(204).set_header("X", "a\r\nSet-Cookie: b=c"); });
  router.add(Method::get, "/frames-itself",
             [](const Request&) { return Response::empty(204).set_header("content-length", "5"); });
  router.add(Method::get, "/own-policy", [](const Request&) {
    return Response::of(200, "text/plain", "x")
        .set_header("cache-control", "private")
        .set_header("X-Frame-Options", "SAMEORIGIN");
  });
  router.add(Method::get, "/nothing", [](const Request&) { return Response::empty(204); });
  return router;
}

struct Fixture {
  explicit Fixture(ServerOptions options = {}, Dispatch dispatch = {}) {
    options.port = 0;
    if (!options.on_incident) {
      options.on_incident = [](std::string_view, std::string_view what) { ADD_FAILURE() << "incident: " << what; };
    }
    if (!dispatch) dispatch = [router = example()](Request& request) { return router.dispatch(request); };
    server = std::move(Server::start(std::move(options), std::move(dispatch))).value();
  }
  std::uint16_t port() const { return server->port(); }
  bool is_healthy() const { return Client(port()).get("/hello/x").status == 200; }

  std::unique_ptr<Server> server;
};

}  // namespace jiuzhu::http
