// The server over real sockets: what a client gets, and what it cannot do to others.
#include "platform/http/server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <atomic>
#include <barrier>
#include <future>
#include <semaphore>
#include <thread>

#include "platform/http/test_connection.hpp"
#include "platform/http/test_server.hpp"
#include "platform/json/value.hpp"

namespace jiuzhu::http {
namespace {

using namespace std::string_literals;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

std::string gunzip(std::string_view packed) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  std::string bytes(1 << 20, '\0');
  std::string input(packed);
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_out = static_cast<uInt>(bytes.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  bytes.resize(stream.total_out);
  inflateEnd(&stream);
  return bytes;
}

const std::string kGet = "GET /hello/x HTTP/1.1\r\nHost: x\r\n";
const std::string kPost = "POST /echo HTTP/1.1\r\nHost: x\r\n";

TEST(Server, AnswersWithWhatEveryAnswerCarries) {
  const Fixture fixture;
  Client client(fixture.port());
  const Reply reply = client.get("/hello/%E6%95%91");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, R"({"name":"救"})");
  EXPECT_EQ(reply.header("x-content-type-options"), "nosniff");
  EXPECT_EQ(reply.header("x-frame-options"), "DENY");
  EXPECT_EQ(reply.header("referrer-policy"), "no-referrer");
  EXPECT_EQ(reply.header("cache-control"), "no-store");
  EXPECT_THAT(std::string(*reply.header("content-security-policy")), HasSubstr("default-src 'self'"));
  EXPECT_THAT(std::string(*reply.header("content-security-policy")), Not(HasSubstr("unsafe-eval")));
  EXPECT_TRUE(reply.header("permissions-policy"));
  EXPECT_THAT(std::string(*reply.header("date")),
              testing::MatchesRegex("[A-Z][a-z][a-z], [0-9][0-9] [A-Z][a-z][a-z] 20[0-9][0-9] .* GMT"));
  EXPECT_FALSE(reply.header("server"));
  EXPECT_FALSE(reply.header("connection"));
}

TEST(Server, LeavesWhatTheHandlerSetItself) {
  const Fixture fixture;
  const Reply reply = Client(fixture.port()).get("/own-policy");
  EXPECT_EQ(reply.header("cache-control"), "private");
  EXPECT_EQ(reply.header("x-frame-options"), "SAMEORIGIN");
  EXPECT_EQ(reply.header("x-content-type-options"), "nosniff");
  EXPECT_EQ(std::ranges::count(reply.headers, "cache-control", [](const auto& header) { return header.first; }), 1);
}

TEST(Server, ClosesTheDoorsThatItCannotOpen) {
  const Fixture fixture;
  ServerOptions options;
  options.port = fixture.port();
  const auto second = Server::start(options, [](Request&) { return Response::empty(204); });
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().key, "server.cannot_listen");
  EXPECT_EQ(second.error().params[1].second, std::to_string(fixture.port()));
  options.address = "not an address";
  EXPECT_EQ(Server::start(options, [](Request&) { return Response::empty(204); }).error().key, "server.cannot_listen");
}

struct Hostile {
  std::string name;
  std::string bytes;
  int status;
  std::string key;
};

class HostileRequest : public testing::TestWithParam<Hostile> {};

// Refused with a problem document, then closed in good order, and nobody else notices.
TEST_P(HostileRequest, IsRefusedAndTheConnectionClosed) {
  ServerOptions options;
  options.body_bytes_max = 1 << 20;
  const Fixture fixture(options);
  RawConnection connection(fixture.port());
  connection.send(GetParam().bytes);
  const std::string answer = connection.read_to_end();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 " + std::to_string(GetParam().status) + " "));
  EXPECT_EQ(RawConnection::occurrences(answer, "HTTP/1.1 "), 1);
  EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
  EXPECT_THAT(answer, HasSubstr("Content-Type: application/problem+json\r\n"));
  EXPECT_THAT(answer, HasSubstr("X-Content-Type-Options: nosniff\r\n"));
  const auto document = json::parse(answer.substr(answer.find("\r\n\r\n") + 4));
  ASSERT_TRUE(document) << answer;
  EXPECT_EQ(*document->find("key")->as_text(), GetParam().key);
  EXPECT_EQ(*document->find("status")->as_int(), GetParam().status);
  for (const char* member : {"type", "title", "detail"}) EXPECT_FALSE(document->find(member)->as_text()->empty());
  EXPECT_TRUE(fixture.is_healthy());
}

std::string chunks(std::size_t bytes) {
  std::string text;
  for (std::size_t sent = 0; sent < bytes; sent += 0x10000) text += "10000\r\n" + std::string(0x10000, 'a') + "\r\n";
  return text + "0\r\n\r\n";
}

INSTANTIATE_TEST_SUITE_P(
    All, HostileRequest,
    testing::Values(
        Hostile{"DeclaredBody", kPost + "Content-Length: 52428800\r\n\r\n", 413, "http.body_too_large"},
        Hostile{"DeclaredBodyThatWaits", kPost + "Expect: 100-continue\r\nContent-Length: 52428800\r\n\r\n", 413,
                "http.body_too_large"},
        Hostile{"SentBody", kPost + "Content-Length: 3145728\r\n\r\n" + std::string(3 << 20, 'a'), 413,
                "http.body_too_large"},
        Hostile{"ChunkedBody", kPost + "Transfer-Encoding: chunked\r\n\r\n" + chunks(3 << 20), 413,
                "http.body_too_large"},
        Hostile{"LengthAndChunked", kPost + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400,
                "http.malformed"},
        Hostile{"TwoLengths", kPost + "Content-Length: 2\r\nContent-Length: 3\r\n\r\nabc", 400, "http.malformed"},
        Hostile{"Header200kB", kGet + "X: " + std::string(200'000, 'y') + "\r\n\r\n", 431, "http.header_too_large"},
        Hostile{"Target200kB", "GET /" + std::string(200'000, 'y') + " HTTP/1.1\r\n", 431, "http.header_too_large"},
        Hostile{"EndlessChunkLine", kPost + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(200'000, 'y'), 400,
                "http.malformed"},
        Hostile{"EndlessTrailer", kPost + "Transfer-Encoding: chunked\r\n\r\n0\r\nX: " + std::string(200'000, 'y'), 400,
                "http.malformed"},
        Hostile{"BlankBeforeColon", kGet + "X : 1\r\n\r\n", 400, "http.malformed"},
        Hostile{"NoHost", "GET /hello/x HTTP/1.1\r\n\r\n", 400, "http.host_malformed"},
        Hostile{"TwoHosts", kGet + "Host: y\r\n\r\n", 400, "http.host_malformed"},
        Hostile{"EncodedSlash", "GET /hello/..%2fx HTTP/1.1\r\nHost: x\r\n\r\n", 400, "http.target_malformed"},
        Hostile{"UnknownMethod", "BREW / HTTP/1.1\r\nHost: x\r\n\r\n", 501, "http.method_unknown"},
        Hostile{"TlsHello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"s, 400, "http.malformed"},
        Hostile{"SmuggledSecond", kPost + "Content-Length: 1\r\nContent-Length: 99\r\n\r\nx" + kGet + "\r\n", 400,
                "http.malformed"}),
    [](const auto& row) { return row.param.name; });

// Beast 1.81 asserts here (request_reader.cpp): two segments used to be the end of the program.
TEST(Server, SurvivesAFinalChunkInTwoSegments) {
  const Fixture fixture;
  RawConnection connection(fixture.port());
  connection.send(kPost + "Transfer-Encoding: chunked\r\n\r\n0\r\n");
  std::this_thread::sleep_for(milliseconds(50));
  connection.send("\r");
  std::this_thread::sleep_for(milliseconds(50));
  connection.send("\n");
  EXPECT_THAT(connection.read_until("\r\n\r\n"), StartsWith("HTTP/1.1 200 "));
}

TEST(Server, EndsDripFeedingWhileOthersAreServed) {
  ServerOptions options;
  options.read_seconds_max = 1;
  const Fixture fixture(options);
  std::vector<std::unique_ptr<RawConnection>> drippers;
  for (int index = 0; index < 100; ++index) {
    drippers.push_back(std::make_unique<RawConnection>(fixture.port()));
    // Half of them drip inside the headers, half inside a body.
    drippers.back()->send(index % 2 == 0 ? kGet : kPost + "Content-Length: 1000\r\n\r\n");
  }
  const auto started_at = Clock::now();
  milliseconds slowest{0};
  Client healthy(fixture.port());
  while (Clock::now() - started_at < milliseconds(900)) {
    for (const auto& dripper : drippers) dripper->send("x");
    const auto asked_at = Clock::now();
    ASSERT_EQ(healthy.get("/hello/x").status, 200);
    slowest = std::max(slowest, std::chrono::duration_cast<milliseconds>(Clock::now() - asked_at));
    std::this_thread::sleep_for(milliseconds(100));
  }
  EXPECT_LT(slowest, milliseconds(200));
  for (const auto& dripper : drippers) {
    const std::string answer = dripper->read_to_end();
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 408 "));
    EXPECT_THAT(answer, HasSubstr("http.too_slow"));
  }
  EXPECT_GE(Clock::now() - started_at, milliseconds(900));
  EXPECT_LT(Clock::now() - started_at, milliseconds(3000));
}

TEST(Server, ClosesConnectionsThatAreIdleForLong) {
  ServerOptions options;
  options.idle_seconds_max = 1;
  const Fixture fixture(options);
  RawConnection fresh(fixture.port()), used(fixture.port());
  used.send(kGet + "\r\n");
  EXPECT_THAT(used.read_until("}"), StartsWith("HTTP/1.1 200 "));
  const auto started_at = Clock::now();
  EXPECT_EQ(fresh.read_to_end(), "");
  EXPECT_EQ(used.read_to_end(), "");
  EXPECT_GE(Clock::now() - started_at, milliseconds(700));
  EXPECT_LT(Clock::now() - started_at, milliseconds(2500));
}

TEST(Server, DropsClientsThatDoNotReadTheirAnswer) {
  ServerOptions options;
  options.read_seconds_max = 1;
  const Fixture fixture(options);
  RawConnection connection(fixture.port());
  for (int count = 0; count < 4; ++count) connection.send("GET /page HTTP/1.1\r\nHost: x\r\n\r\n");
  std::this_thread::sleep_for(milliseconds(3000));
  const std::string all = connection.read_until("never");
  EXPECT_LT(all.size(), 4 * kPage.size());
  EXPECT_TRUE(fixture.is_healthy());
}

TEST(Server, IsQuickBesideManyIdleConnections) {
  const Fixture fixture;
  std::vector<std::unique_ptr<RawConnection>> idle;
  for (int index = 0; index < 300; ++index) {
    idle.push_back(std::make_unique<RawConnection>(fixture.port()));
    idle.back()->send(kGet + "\r\n");
    ASSERT_THAT(idle.back()->read_until("}"), StartsWith("HTTP/1.1 200 "));
  }
  const auto started_at = Clock::now();
  EXPECT_TRUE(fixture.is_healthy());
  EXPECT_LT(Clock::now() - started_at, milliseconds(100));
  for (const auto& connection : idle) {
    connection->send(kGet + "\r\n");
    ASSERT_THAT(connection->read_until("}"), StartsWith("HTTP/1.1 200 "));
  }
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
  const Fixture fixture;
  RawConnection connection(fixture.port());
  std::string requests;
  for (int index = 0; index < 200; ++index) {
    requests += "GET /hello/" + std::to_string(index) + " HTTP/1.1\r\nHost: x\r\n\r\n";
    requests += kPost + "Content-Length: 4\r\n\r\nGET ";
  }
  connection.send(requests + kGet + "Connection: close\r\n\r\n");
  const std::string answers = connection.read_to_end();
  EXPECT_EQ(RawConnection::occurrences(answers, "HTTP/1.1 200 OK"), 401);
  std::size_t at = 0;
  for (int index = 0; index < 200; ++index) {
    at = answers.find("{\"name\":\"" + std::to_string(index) + "\"}", at);
    ASSERT_NE(at, std::string::npos) << index;
  }
}

TEST(Server, AsksForTheBodyOfAClientThatWaits) {
  const Fixture fixture;
  RawConnection connection(fixture.port());
  connection.send(kPost + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  EXPECT_EQ(connection.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  connection.send("abc");
  EXPECT_THAT(connection.read_until("abc"), StartsWith("HTTP/1.1 200 "));
  // The next request of the connection is a new one in this respect, too.
  connection.send(kPost + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  EXPECT_EQ(connection.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
}

TEST(Server, KeepsAndClosesConnectionsAsTheClientWishes) {
  const Fixture fixture;
  RawConnection closing(fixture.port());
  closing.send(kGet + "Connection: close\r\n\r\n");
  EXPECT_THAT(closing.read_to_end(), HasSubstr("Connection: close\r\n"));
  RawConnection old(fixture.port());
  old.send("GET /hello/x HTTP/1.0\r\n\r\n");
  EXPECT_THAT(old.read_to_end(), HasSubstr("Connection: close\r\n"));
  RawConnection old_kept(fixture.port());
  for (int count = 0; count < 2; ++count) {
    old_kept.send("GET /hello/x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_THAT(old_kept.read_until("}"), HasSubstr("Connection: keep-alive\r\n"));
  }
}

TEST(Server, AnswersHeadWithoutABody) {
  const Fixture fixture;
  RawConnection connection(fixture.port());
  connection.send(
      "HEAD /hello/x HTTP/1.1\r\nHost: x\r\n\r\nHEAD /page HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const std::string answers = connection.read_to_end();
  EXPECT_THAT(answers, HasSubstr("Content-Length: 12\r\n"));
  EXPECT_THAT(answers, HasSubstr("Content-Length: 8388608\r\n"));
  EXPECT_THAT(answers, Not(HasSubstr("name")));
  EXPECT_LT(answers.size(), 4000u);
}

TEST(Server, CompressesLongTextForThoseWhoTakeIt) {
  const Fixture fixture;
  Client client(fixture.port());
  const Reply plain = client.get("/long");
  EXPECT_EQ(plain.body, kLongText);
  EXPECT_EQ(plain.header("vary"), "Accept-Encoding");
  EXPECT_EQ(plain.header("etag"), "\"1\"");
  EXPECT_EQ(client.get("/long", {{"Accept-Encoding", "gzip;q=0, br"}}).body, kLongText);
  const Reply packed = client.get("/long", {{"Accept-Encoding", "br, GZIP;q=0.5"}});
  EXPECT_EQ(packed.header("content-encoding"), "gzip");
  EXPECT_EQ(packed.header("etag"), "W/\"1\"");
  EXPECT_LT(packed.body.size(), 1000u);
  EXPECT_EQ(gunzip(packed.body), kLongText);
  const Reply head = client.send(Method::head, "/long", {}, {{"Accept-Encoding", "gzip"}});
  EXPECT_EQ(head.header("content-length"), std::to_string(packed.body.size()));
  EXPECT_FALSE(client.get("/hello/x", {{"Accept-Encoding", "gzip"}}).header("content-encoding"));
  EXPECT_EQ(client.get("/page", {{"Accept-Encoding", "gzip"}}).body.size(), kPage.size());
}

TEST(Server, SendsLargeAnswersAndTakesLargeBodiesWhole) {
  const Fixture fixture;
  Client client(fixture.port());
  EXPECT_EQ(client.get("/page").body, kPage);
  std::string body(20 << 20, '\0');
  for (std::size_t at = 0; at < body.size(); ++at) body[at] = static_cast<char>(at * 2654435761u >> 13);
  EXPECT_EQ(client.send(Method::post, "/echo", body).body, body);
  EXPECT_EQ(client.get("/nothing").status, 204);
}

TEST(Server, GivesAnIncidentNumberForAnException) {
  std::mutex mutex;
  std::vector<std::pair<std::string, std::string>> incidents;
  ServerOptions options;
  options.on_incident = [&](std::string_view incident, std::string_view what) {
    const std::lock_guard lock(mutex);
    incidents.emplace_back(incident, what);
  };
  const Fixture fixture(options);
  Client client(fixture.port());
  for (const char* path : {"/throws", "/throws-int", "/splits", "/frames-itself"}) {
    const Reply reply = client.get(path);
    EXPECT_EQ(reply.status, 500) << path;
    EXPECT_FALSE(reply.header("set-cookie"));
    EXPECT_THAT(reply.body, Not(HasSubstr("disk")));
    const auto document = json::parse(reply.body);
    ASSERT_TRUE(document);
    ASSERT_FALSE(incidents.empty());
    EXPECT_EQ(*document->find("incident")->as_text(), incidents.back().first);
    EXPECT_EQ(*document->find("key")->as_text(), "http.incident");
    EXPECT_EQ(incidents.back().first.size(), 16u);
  }
  ASSERT_EQ(incidents.size(), 4u);
  EXPECT_EQ(incidents[0].second, "the disk is full");
  EXPECT_NE(incidents[0].first, incidents[1].first);
}

TEST(Server, SurvivesAFailingIncidentReport) {
  ServerOptions options;
  options.on_incident = [](std::string_view, std::string_view) { throw std::runtime_error("no space in the log"); };
  const Fixture fixture(options);
  EXPECT_EQ(Client(fixture.port()).get("/throws").status, 500);
  EXPECT_TRUE(fixture.is_healthy());
}

// A handler that waits until it is let go.
struct Gate {
  Dispatch dispatch() {
    return [this](Request& request) {
      if (request.path == "/free") return Response::of(200, "text/plain", "free");
      entered.release();
      // A test that goes wrong must fail, not hang.
      static_cast<void>(leave.try_acquire_for(std::chrono::seconds(20)));
      return Response::of(200, "text/plain", "done");
    };
  }
  std::counting_semaphore<> entered{0};
  std::counting_semaphore<> leave{0};
};

TEST(Server, RefusesWhatTheQueueCannotHold) {
  Gate gate;
  ServerOptions options;
  options.worker_count = 1;
  options.queue_max = 2;
  Fixture fixture(options, gate.dispatch());
  std::vector<std::unique_ptr<RawConnection>> waiting;
  for (int index = 0; index < 3; ++index) {
    waiting.push_back(std::make_unique<RawConnection>(fixture.port()));
    waiting.back()->send(kGet + "\r\n");
    if (index == 0) gate.entered.acquire();
  }
  // The two that wait are in the queue as soon as somebody else is refused.
  Client refused(fixture.port());
  Reply reply;
  for (int attempt = 0; attempt < 50; ++attempt) {
    std::this_thread::sleep_for(milliseconds(20));
    RawConnection probe(fixture.port(), 1);
    reply = {};
    probe.send("GET /free HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const std::string answer = probe.read_until("}");
    if (answer.starts_with("HTTP/1.1 503 ")) {
      EXPECT_THAT(answer, HasSubstr("Retry-After: 1\r\n"));
      EXPECT_THAT(answer, HasSubstr("http.overloaded"));
      reply.status = 503;
      break;
    }
  }
  EXPECT_EQ(reply.status, 503);
  // Probes that came before the two hold no place: only three requests ever run.
  gate.leave.release(60);
  for (const auto& connection : waiting) EXPECT_THAT(connection->read_until("done"), HasSubstr("done"));
  EXPECT_EQ(Client(fixture.port()).get("/free").body, "free");
}

TEST(Server, TurnsAwayMoreConnectionsThanItTakes) {
  ServerOptions options;
  options.connections_max = 5;
  const Fixture fixture(options);
  std::vector<std::unique_ptr<RawConnection>> taken;
  for (int index = 0; index < 5; ++index) {
    taken.push_back(std::make_unique<RawConnection>(fixture.port()));
    taken.back()->send(kGet + "\r\n");
    ASSERT_THAT(taken.back()->read_until("}"), StartsWith("HTTP/1.1 200 "));
  }
  EXPECT_THAT(RawConnection(fixture.port()).read_to_end(), StartsWith("HTTP/1.1 503 "));
  taken.clear();
  bool is_free = false;
  for (int attempt = 0; attempt < 50 && !is_free; ++attempt) {
    std::this_thread::sleep_for(milliseconds(20));
    RawConnection next(fixture.port());
    next.send(kGet + "\r\n");
    is_free = next.read_until("}").starts_with("HTTP/1.1 200 ");
  }
  EXPECT_TRUE(is_free);
}

TEST(Server, BoundsTheBodiesOfAllRequestsTogether) {
  ServerOptions options;
  options.all_bodies_bytes_max = 1 << 20;
  const Fixture fixture(options);
  std::vector<std::unique_ptr<RawConnection>> halves;
  for (int index = 0; index < 2; ++index) {
    halves.push_back(std::make_unique<RawConnection>(fixture.port()));
    halves.back()->send(kPost + "Content-Length: 600000\r\n\r\n" + std::string(500'000, 'a'));
  }
  RawConnection third(fixture.port());
  std::this_thread::sleep_for(milliseconds(200));
  third.send(kPost + "Content-Length: 200000\r\n\r\n" + std::string(150'000, 'a'));
  EXPECT_THAT(third.read_to_end(), StartsWith("HTTP/1.1 503 "));
  halves.clear();
  std::this_thread::sleep_for(milliseconds(200));
  const std::string body(900'000, 'b');
  Client client(fixture.port());
  for (int count = 0; count < 3; ++count) EXPECT_EQ(client.send(Method::post, "/echo", body).body, body);
}

TEST(Server, BelievesTheProxyAboutTheClientAndNobodyElse) {
  const auto ask = [](std::vector<std::string> trusted, const Pairs& headers) {
    ServerOptions options;
    options.trusted_proxies = std::move(trusted);
    const Fixture fixture(options);
    return Client(fixture.port()).get("/address", headers).body;
  };
  const std::string name = "X-Forwarded-For";
  EXPECT_EQ(ask({}, {{name, "203.0.113.9"}}), "127.0.0.1");
  EXPECT_EQ(ask({"127.0.0.1"}, {}), "127.0.0.1");
  EXPECT_EQ(ask({"127.0.0.1"}, {{name, "203.0.113.9"}}), "203.0.113.9");
  EXPECT_EQ(ask({"127.0.0.1"}, {{name, "10.0.0.1, 203.0.113.9"}}), "203.0.113.9");
  EXPECT_EQ(ask({"127.0.0.1", "10.0.0.7"}, {{name, "6.6.6.6, 203.0.113.9"}, {name, "10.0.0.7"}}), "203.0.113.9");
  EXPECT_EQ(ask({"127.0.0.1"}, {{name, "2001:DB8::1"}}), "2001:db8::1");
  EXPECT_EQ(ask({"127.0.0.1"}, {{name, "<script>"}}), "127.0.0.1");
}

TEST(Server, ServesManyClientsAtOnceWithoutMixingThemUp) {
  ServerOptions options;
  options.io_thread_count = 2;
  const Fixture fixture(options);
  std::atomic<int> right = 0;
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 16; ++thread) {
      threads.emplace_back([&, thread] {
        Client client(fixture.port());
        for (int turn = 0; turn < 100; ++turn) {
          const std::string text = std::to_string(thread) + "-" + std::to_string(turn);
          right += client.get("/hello/" + text).body == "{\"name\":\"" + text + "\"}";
          const std::string body(static_cast<std::size_t>(turn * 97), static_cast<char>('a' + thread));
          right += client.send(Method::post, "/echo", body).body == body;
        }
      });
    }
  }
  EXPECT_EQ(right, 16 * 100 * 2);
}

TEST(Server, LetsRequestsUnderWayFinishWhenItStops) {
  Gate gate;
  Fixture fixture({}, gate.dispatch());
  RawConnection idle(fixture.port()), busy(fixture.port());
  idle.send("GET /free HTTP/1.1\r\nHost: x\r\n\r\n");
  idle.read_until("free");
  busy.send(kGet + "\r\n");
  gate.entered.acquire();
  auto stopped = std::async(std::launch::async, [&] { fixture.server->stop(20); });
  EXPECT_EQ(idle.read_to_end(), "");
  EXPECT_FALSE(RawConnection(fixture.port()).is_connected());
  EXPECT_EQ(stopped.wait_for(milliseconds(200)), std::future_status::timeout);
  gate.leave.release();
  const std::string answer = busy.read_to_end();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
  EXPECT_THAT(answer, HasSubstr("done"));
  EXPECT_EQ(stopped.wait_for(milliseconds(2000)), std::future_status::ready);
}

TEST(Server, StopsInTimeAlthoughAHandlerHangs) {
  Gate gate;
  auto fixture = std::make_unique<Fixture>(ServerOptions{.worker_count = 1}, gate.dispatch());
  RawConnection running(fixture->port()), queued(fixture->port());
  running.send(kGet + "\r\n");
  gate.entered.acquire();
  queued.send(kGet + "\r\n");
  std::this_thread::sleep_for(milliseconds(50));
  const auto started_at = Clock::now();
  fixture->server->stop(1);
  EXPECT_LT(Clock::now() - started_at, milliseconds(2000));
  EXPECT_EQ(running.read_until("never"), "");
  gate.leave.release();
  fixture.reset();
  EXPECT_FALSE(gate.entered.try_acquire()) << "a request that only waited was begun after the end";
}

TEST(Server, StopsUnderLoadAndLeavesNothingHalfSent) {
  for (int round = 0; round < 5; ++round) {
    auto fixture = std::make_unique<Fixture>();
    std::atomic<int> broken = 0, answered = 0;
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread) {
      threads.emplace_back([&, port = fixture->port()] {
        while (true) {
          RawConnection connection(port);
          if (!connection.is_connected() ||
              !connection.send("GET /long HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
            return;
          const std::string answer = connection.read_until("never");
          if (answer.empty()) return;
          const bool is_whole = answer.size() - answer.find("\r\n\r\n") - 4 == kLongText.size();
          ++(is_whole ? answered : broken);
        }
      });
    }
    std::this_thread::sleep_for(milliseconds(100));
    fixture->server->stop(5);
    threads.clear();
    EXPECT_EQ(broken, 0);
    EXPECT_GT(answered, 0);
  }
}

}  // namespace
}  // namespace jiuzhu::http
