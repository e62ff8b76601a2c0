#include "platform/http/request.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include "base/assert.hpp"
#include "platform/http/target.hpp"

namespace jiuzhu::http {
namespace {

using namespace std::string_literals;

TEST(Target, DecodesPathAndQuery) {
  const auto target = parse_target("/cases/%E6%95%91%20a/x%25y?name=%E5%BC%A0+%2B&empty=&bare&name=2&&a=b=c");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/cases/救 a/x%y");
  EXPECT_EQ(target->query, (Pairs{{"name", "张 +"}, {"empty", ""}, {"bare", ""}, {"name", "2"}, {"a", "b=c"}}));
}

TEST(Target, AcceptsTheFormsOfRfc9112) {
  EXPECT_EQ(parse_target("/")->path, "/");
  EXPECT_EQ(parse_target("/a/")->path, "/a/");
  EXPECT_EQ(parse_target("http://host:80/a?b=1")->path, "/a");
  EXPECT_EQ(parse_target("HTTP://host")->path, "/");
  EXPECT_EQ(parse_target("http://host?b=1")->query[0].second, "1");
  EXPECT_EQ(parse_target("/a?")->query.size(), 0u);
  EXPECT_EQ(parse_target("/a?b=x/../y%2f")->query[0].second, "x/../y/");
  EXPECT_EQ(parse_target("/.well-known/...")->path, "/.well-known/...");
  EXPECT_EQ(parse_target("/a%252e%252e")->path, "/a%2e%2e");
}

class HostileTarget : public testing::TestWithParam<std::string_view> {};

TEST_P(HostileTarget, IsRefused) { EXPECT_FALSE(parse_target(GetParam())) << GetParam(); }

INSTANTIATE_TEST_SUITE_P(All, HostileTarget,
                         testing::Values("", "a", "*", "?a=b", "/%", "/%4", "/%zz", "/%00", "/a%0d%0ab", "/a\\b",
                                         "/a%5cb", "/a%2fb", "/a%2Fb", "/.", "/..", "/a/../b", "/a/./b", "/a/..",
                                         "/%2e%2e/b", "/.%2E", "//", "//a", "/a//b", "/a#b", "/a?b#c", "/%ff",
                                         "/%c0%af", "/%7f", "/a?b=%", "/a?b=%00", "/a?%f0=1", "/a?b=%ed%a0%80",
                                         "http://host//a"));

Request with_headers(Pairs headers) {
  Request request;
  request.headers = std::move(headers);
  return request;
}

TEST(Cookies, AreFoundByName) {
  const auto request = with_headers({{"cookie", "a=1; session=\"x=y\";b = 2 ;broken; =empty"}, {"cookie", "late=3"}});
  EXPECT_EQ(request.cookie("a"), "1");
  EXPECT_EQ(request.cookie("session"), "x=y");
  EXPECT_EQ(request.cookie("b"), "2");
  EXPECT_EQ(request.cookie("late"), "3");
  EXPECT_FALSE(request.cookie("broken"));
  EXPECT_FALSE(request.cookie("sess"));
  EXPECT_FALSE(with_headers({}).cookie("a"));
}

TEST(Request, AskingForAPartThatTheRouteLacksIsABug) { EXPECT_THROW(Request().path_value("case"), InvariantError); }

Request form(std::string body, std::string content_type = "multipart/form-data; boundary=XX") {
  Request request = with_headers({{"content-type", std::move(content_type)}});
  request.body = std::move(body);
  return request;
}

TEST(Form, SplitsPartsWithoutTouchingTheirBytes) {
  const std::string bytes = "PK\r\n--X\0\r\n\r\n--XY"s;
  const auto request = form(
      "--XX\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n\xE6\x95\x91\r\n"
      "--XX  \r\nContent-Type: text/csv\r\ncontent-disposition:form-data;filename=\"a;\\\"b\\c.csv\"; "
      "name=file\r\n\r\n" +
      bytes + "\r\n--XX\r\nContent-Disposition: form-data; name=empty\r\n\r\n\r\n--XX--\r\n");
  const auto parts = parse_form(request);
  ASSERT_TRUE(parts);
  ASSERT_EQ(parts->size(), 3u);
  EXPECT_EQ((*parts)[0].name, "note");
  EXPECT_EQ((*parts)[0].content, "救");
  EXPECT_EQ((*parts)[1].name, "file");
  EXPECT_EQ((*parts)[1].file_name, "a;\"b\\c.csv");
  EXPECT_EQ((*parts)[1].content_type, "text/csv");
  EXPECT_EQ((*parts)[1].content, bytes);
  EXPECT_EQ((*parts)[2].content, "");
}

TEST(Form, TakesQuotedBoundariesAndNoParts) {
  EXPECT_EQ(parse_form(form("--a:b--", "Multipart/Form-Data; charset=utf-8; boundary=\"a:b\""))->size(), 0u);
}

struct BrokenForm {
  std::string body;
  std::string content_type = "multipart/form-data; boundary=XX";
};

class HostileForm : public testing::TestWithParam<BrokenForm> {};

TEST_P(HostileForm, IsRefusedAsAWhole) { EXPECT_FALSE(parse_form(form(GetParam().body, GetParam().content_type))); }

const std::string kHead = "Content-Disposition: form-data; name=a";

INSTANTIATE_TEST_SUITE_P(
    All, HostileForm,
    testing::Values(BrokenForm{""}, BrokenForm{"--XX"}, BrokenForm{"--XX\r\n"}, BrokenForm{"XX\r\n\r\n"},
                    BrokenForm{"preamble\r\n--XX--"}, BrokenForm{"--XX\r\n" + kHead + "\r\n\r\nopen"},
                    BrokenForm{"--XX\r\n" + kHead + "\r\n\r\nx\r\n--XX"},
                    BrokenForm{"--XX\r\n" + kHead + "\r\n\r\nx\r\n--XXY\r\n"}, BrokenForm{"--XX\r\n" + kHead},
                    BrokenForm{"--XX\r\nX: y\r\n\r\nx\r\n--XX--"},
                    BrokenForm{"--XX\r\n" + kHead + "\r\n" + kHead + "\r\n\r\nx\r\n--XX--"},
                    BrokenForm{"--XX\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\nx\r\n--XX--"},
                    BrokenForm{"--XX\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--XX--"},
                    BrokenForm{"--XX\r\nContent-Disposition: form-data; name=\"a\"b\r\n\r\nx\r\n--XX--"},
                    BrokenForm{"--XX\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--XX--"},
                    BrokenForm{"--XX\r\nContent-Disposition: form-data; name=\"\xff\"\r\n\r\nx\r\n--XX--"},
                    BrokenForm{"--XX\r\nContent-Disposition : form-data; name=a\r\n\r\nx\r\n--XX--"},
                    BrokenForm{"--XX\r\n" + kHead + "\r\nX: " + std::string(9000, 'y') + "\r\n\r\nx\r\n--XX--"},
                    BrokenForm{"--XX--", "multipart/form-data"}, BrokenForm{"--XX--", "text/plain; boundary=XX"},
                    BrokenForm{"----", "multipart/form-data; boundary="},
                    BrokenForm{"--XX--", "multipart/form-data; boundary=XX; boundary=YY"},
                    BrokenForm{"--" + std::string(71, 'a') + "--",
                               "multipart/form-data; boundary=" + std::string(71, 'a')}));

TEST(Form, EndsAfterAThousandParts) {
  const auto body_of = [](int count) {
    std::string body = "--XX";
    for (int index = 0; index < count; ++index) body += "\r\n" + kHead + "\r\n\r\n\r\n--XX";
    return body + "--";
  };
  EXPECT_EQ(parse_form(form(body_of(1000)))->size(), 1000u);
  EXPECT_FALSE(parse_form(form(body_of(1001))));
}

// A body made to look like a delimiter at every byte must not cost more than its length.
TEST(Form, SearchesInLinearTime) {
  std::string body = "--XX\r\n" + kHead + "\r\n\r\n";
  while (body.size() < 16u << 20) body += "\r\n--X";
  const auto started_at = std::chrono::steady_clock::now();
  EXPECT_FALSE(parse_form(form(body)));
  EXPECT_LT(std::chrono::steady_clock::now() - started_at, std::chrono::seconds(2));
}

}  // namespace
}  // namespace jiuzhu::http
