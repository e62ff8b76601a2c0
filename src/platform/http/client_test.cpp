#include "platform/http/client.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "platform/http/server.hpp"

namespace jiuzhu::http {
namespace {

std::unique_ptr<Server> start(ServerOptions options, Dispatch dispatch) {
  options.port = 0;
  return std::move(Server::start(std::move(options), std::move(dispatch))).value();
}

TEST(Client, KeepsAndForgetsCookies) {
  const auto server = start({}, [](Request& request) {
    Response response = Response::of(200, "text/plain", std::string(request.header("cookie").value_or("none")));
    if (request.path == "/in") {
      response.add_header("Set-Cookie", "session=s1; Path=/; HttpOnly; SameSite=Strict");
      response.add_header("Set-Cookie", "language=zh");
    }
    if (request.path == "/renew") response.add_header("Set-Cookie", "session=s2");
    if (request.path == "/out") response.add_header("Set-Cookie", "session=; Max-Age=0");
    return response;
  });
  Client client(server->port());
  EXPECT_EQ(client.get("/in").body, "none");
  EXPECT_EQ(client.get("/renew").body, "session=s1; language=zh");
  EXPECT_EQ(client.get("/out").body, "language=zh; session=s2");
  EXPECT_EQ(client.get("/").body, "language=zh");
  client.forget_cookies();
  EXPECT_EQ(client.get("/").body, "none");
}

TEST(Client, SendsItsOwnHeadersEveryTime) {
  const auto server = start({}, [](Request& request) {
    return Response::of(200, "text/plain",
                        std::string(request.header("x-token").value_or("none")) + " " +
                            std::string(request.header("content-type").value_or("none")) + " " + request.body);
  });
  Client client(server->port());
  client.set_header("X-Token", "old");
  client.set_header("x-token", "new");
  EXPECT_EQ(client.get("/").body, "new none ");
  EXPECT_EQ(client.post_json("/", "{}").body, "new application/json {}");
}

TEST(Client, OpensAConnectionAnewThatTheServerClosed) {
  int count = 0;
  ServerOptions options;
  options.worker_count = 1;
  options.idle_seconds_max = 0;
  const auto server =
      start(options, [&](Request&) { return Response::of(200, "text/plain", std::to_string(++count)); });
  Client client(server->port());
  EXPECT_EQ(client.get("/").body, "1");
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  EXPECT_EQ(client.get("/").body, "2");
}

TEST(Client, ThrowsWhenNobodyAnswers) {
  auto server = start({}, [](Request&) { return Response::empty(204); });
  const auto port = server->port();
  Client client(port);
  EXPECT_EQ(client.get("/").status, 204);
  server.reset();
  EXPECT_THROW(client.get("/"), std::runtime_error);
  EXPECT_THROW(Client(port).get("/"), std::runtime_error);
}

}  // namespace
}  // namespace jiuzhu::http
