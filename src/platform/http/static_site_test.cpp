#include "platform/http/static_site.hpp"

#include <gtest/gtest.h>

namespace jiuzhu::http {
namespace {

const StaticSite& example() {
  static const StaticSite site({{"index.html", "<html>"},
                                {"index.html.br", "br-index"},
                                {"assets/app-1a2b.js.gz", "gz-app"},
                                {"assets/app-1a2b.js", "app()"},
                                {"assets/app-1a2b.js.br", "br-app"},
                                {"sw.js", "worker()"},
                                {"archive.gz", "an archive of its own"},
                                {"救助.svg", "<svg/>"}});
  return site;
}

Response ask(std::string path, Pairs headers = {}, Method method = Method::get) {
  Request request;
  request.method = method;
  request.path = std::move(path);
  request.headers = std::move(headers);
  return example().serve(request);
}

TEST(StaticSite, ServesFilesWithTheirTypes) {
  const Response script = ask("/assets/app-1a2b.js");
  EXPECT_EQ(script.status, 200);
  EXPECT_EQ(script.static_body, "app()");
  EXPECT_EQ(script.header("Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(script.header("Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(ask("/救助.svg").header("Content-Type"), "image/svg+xml");
  EXPECT_EQ(ask("/sw.js").header("Cache-Control"), "no-cache");
  EXPECT_EQ(ask("/archive.gz").static_body, "an archive of its own");
}

TEST(StaticSite, ChoosesTheSmallestTwinThatIsTaken) {
  const auto served = [](const char* accepted) {
    const Response response = ask("/assets/app-1a2b.js", {{"accept-encoding", accepted}});
    EXPECT_EQ(response.header("Vary"), "Accept-Encoding");
    return std::pair(std::string(response.static_body), std::string(response.header("Content-Encoding").value_or("")));
  };
  EXPECT_EQ(served("gzip, deflate, br"), std::pair(std::string("br-app"), std::string("br")));
  EXPECT_EQ(served("gzip"), std::pair(std::string("gz-app"), std::string("gzip")));
  EXPECT_EQ(served("br;q=0, gzip;q=0.1"), std::pair(std::string("gz-app"), std::string("gzip")));
  EXPECT_EQ(served("*"), std::pair(std::string("br-app"), std::string("br")));
  EXPECT_EQ(served("identity"), std::pair(std::string("app()"), std::string("")));
  EXPECT_EQ(ask("/assets/app-1a2b.js.gz").status, 404);
}

TEST(StaticSite, RevalidatesByAStrongTagForEachCoding) {
  const std::string plain(*ask("/index.html").header("ETag"));
  const std::string brotli(*ask("/index.html", {{"accept-encoding", "br"}}).header("ETag"));
  EXPECT_NE(plain, brotli);
  EXPECT_NE(plain, *ask("/sw.js").header("ETag"));
  EXPECT_EQ(plain.front(), '"');
  for (const std::string& list : {plain, "\"x\", W/" + plain, std::string("*")}) {
    const Response response = ask("/index.html", {{"if-none-match", list}});
    EXPECT_EQ(response.status, 304) << list;
    EXPECT_EQ(response.header("ETag"), plain);
    EXPECT_EQ(response.header("Cache-Control"), "no-cache");
    EXPECT_TRUE(response.static_body.empty());
  }
  EXPECT_EQ(ask("/index.html", {{"if-none-match", brotli}}).status, 200);
  EXPECT_EQ(ask("/index.html", {{"if-none-match", "\"x\""}}).status, 200);
}

TEST(StaticSite, ShowsThePageForAddressesOfTheApplication) {
  const Pairs browser = {{"accept", "text/html,application/xhtml+xml,*/*;q=0.8"}};
  for (const char* path : {"/", "/cases", "/cases/1.5/visits", "/cases/"}) {
    const Response response = ask(path, browser);
    EXPECT_EQ(response.static_body, "<html>") << path;
    EXPECT_EQ(response.header("Cache-Control"), "no-cache");
  }
  EXPECT_EQ(ask("/").status, 200) << "tried with curl";
  EXPECT_EQ(ask("/", browser, Method::head).status, 200);
  EXPECT_EQ(ask("/cases").status, 404);
  EXPECT_EQ(ask("/cases", {{"accept", "application/json"}}).status, 404);
  EXPECT_EQ(ask("/assets/gone.js", browser).status, 404);
  EXPECT_EQ(ask("/api/cases", browser).status, 404);
  EXPECT_EQ(ask("/../secret", browser).status, 200);  // it is in no table, and the server refuses such a path before
}

TEST(StaticSite, OnlyReads) {
  const Response response = ask("/", {{"accept", "text/html"}}, Method::post);
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(response.header("Allow"), "GET, HEAD");
}

TEST(StaticSite, WithoutAPageThereIsNone) {
  Request request;
  request.path = "/";
  request.headers = {{"accept", "text/html"}};
  EXPECT_EQ(StaticSite({}).serve(request).status, 404);
}

}  // namespace
}  // namespace jiuzhu::http
