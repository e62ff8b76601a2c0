#include "platform/http/request_reader.hpp"

#include <gtest/gtest.h>

#include <random>

namespace jiuzhu::http {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

using State = RequestReader::State;

constexpr ReaderLimits kLimits{.header_bytes_max = 2048, .body_bytes_max = 100};

struct Outcome {
  State state = State::head;
  std::string key;
  std::string path;
  std::string body;
  Pairs headers;
  std::size_t used = 0;
  bool operator==(const Outcome&) const = default;
};

// As a connection does it: what was not used up is shown again with more behind it.
Outcome read_in_pieces(std::string_view bytes, const std::vector<std::size_t>& cuts) {
  RequestReader reader(kLimits);
  Outcome outcome;
  std::string buffer;
  std::size_t begin = 0;
  for (std::size_t index = 0; index <= cuts.size(); ++index) {
    const std::size_t end = index < cuts.size() ? cuts[index] : bytes.size();
    buffer += bytes.substr(begin, end - begin);
    begin = end;
    const std::size_t used = reader.put(buffer);
    outcome.used += used;
    buffer.erase(0, used);
  }
  outcome.state = reader.state();
  if (outcome.state == State::refused) {
    // How far a refused stream was read is nobody's business.
    return {.state = State::refused, .key = std::string(reader.problem().key)};
  }
  outcome.path = reader.request().path;
  outcome.body = reader.request().body;
  outcome.headers = reader.request().headers;
  return outcome;
}

Outcome read(std::string_view bytes) { return read_in_pieces(bytes, {}); }

TEST(RequestReader, ReadsARequestAndLeavesTheNext) {
  const std::string first = "POST /a?b=1 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nX-Y:  z \r\n\r\nabc";
  const auto outcome = read(first + "GET / HTTP/1.1\r\n");
  EXPECT_EQ(outcome.state, State::complete);
  EXPECT_EQ(outcome.path, "/a");
  EXPECT_EQ(outcome.body, "abc");
  EXPECT_EQ(outcome.used, first.size());
  EXPECT_EQ(outcome.headers, (Pairs{{"host", "x"}, {"content-length", "3"}, {"x-y", "z"}}));
}

TEST(RequestReader, JoinsChunksAndDropsTrailers) {
  const auto outcome = read(
      "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3;e=1\r\nabc\r\n2\r\nde\r\n0\r\n"
      "Cookie: session=stolen\r\n\r\n");
  EXPECT_EQ(outcome.state, State::complete);
  EXPECT_EQ(outcome.body, "abcde");
  EXPECT_EQ(outcome.headers.size(), 2u);
}

struct Case {
  std::string bytes;
  std::string key;  // empty: complete
};

const std::string kGet = "GET / HTTP/1.1\r\nHost: x\r\n";
const std::string kPost = "POST / HTTP/1.1\r\nHost: x\r\n";
const std::string kChunked = kPost + "Transfer-Encoding: chunked\r\n\r\n";

const std::vector<Case>& cases() {
  static const std::vector<Case> all = {
      {kGet + "\r\n", ""},
      {kPost + "Content-Length: 5\r\n\r\nabcde", ""},
      {kChunked + "5\r\nabcde\r\n0\r\n\r\n", ""},
      {kChunked + "0\r\n\r\n", ""},
      {kChunked + "0\r\nTrailer: 1\r\n\r\n", ""},
      {kChunked + "a\r\n0123456789\r\n05 ;x=\"y\"\r\nabcde\r\n000\r\nA: b\r\nC: d\r\n\r\n", ""},
      {"GET / HTTP/1.0\r\n\r\n", ""},
      {kGet + "Connection: close\r\n\r\n", ""},
      {kPost + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef", "http.malformed"},
      {kPost + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nabcde", "http.length_ambiguous"},
      {kPost + "Content-Length: 5, 5\r\n\r\nabcde", "http.length_ambiguous"},
      {kPost + "Content-Length: +5\r\n\r\nabcde", "http.malformed"},
      {kPost + "Content-Length: 0x5\r\n\r\nabcde", "http.malformed"},
      {kPost + "Content-Length: -1\r\n\r\n", "http.malformed"},
      {kPost + "Content-Length: 18446744073709551621\r\n\r\n", "http.malformed"},
      {kPost + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "http.malformed"},
      {kPost + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", "http.malformed"},
      {kPost + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "http.malformed"},
      {kPost + "Transfer-Encoding: gzip\r\n\r\n", "http.transfer_encoding_unknown"},
      {kPost + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "http.transfer_encoding_unknown"},
      {kPost + "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n", "http.transfer_encoding_unknown"},
      {kPost + "Transfer-Encoding: \x0b"
               "chunked\r\n\r\n0\r\n\r\n",
       "http.malformed"},
      {"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "http.length_ambiguous"},
      {kPost + "Content-Length: 101\r\n\r\n", "http.body_too_large"},
      {kChunked + "65\r\n", "http.body_too_large"},
      {kChunked + "64\r\n" + std::string(100, 'a') + "\r\n1\r\n", "http.body_too_large"},
      {kChunked + "ffffffffffffffff\r\n", "http.body_too_large"},
      {kChunked + "10000000000000000\r\n", "http.malformed"},
      {kChunked + "x\r\n", "http.malformed"},
      {kChunked + "-1\r\n", "http.malformed"},
      {kChunked + "1\r\nab\r\n0\r\n\r\n", "http.malformed"},
      {kChunked + "1\na\n0\n\n\r\n", "http.malformed"},
      {"GET / HTTP/1.1\r\n\r\n", "http.host_malformed"},
      {"GET / HTTP/1.1\r\nHost:\r\nHost: x\r\n\r\n", "http.host_malformed"},
      {"GET / HTTP/1.1\r\nHost: x y\r\n\r\n", "http.host_malformed"},
      {"GET / HTTP/1.1\r\nHost: x@y\r\n\r\n", "http.host_malformed"},
      {"GET / HTTP/1.0\r\nHost: x\r\nHost: y\r\n\r\n", "http.host_malformed"},
      {kGet + "X : 1\r\n\r\n", "http.malformed"},
      {kGet + " X: 1\r\n\r\n", "http.host_malformed"},  // a folded line continues the one before
      {kGet + "X\r\n\r\n", "http.malformed"},
      {kGet + ": 1\r\n\r\n", "http.malformed"},
      {kGet + "X: a\0b\r\n\r\n"s, "http.malformed"},
      {kGet + "X: a\rb\r\n\r\n", "http.malformed"},
      {kGet + "Expect: 200-maybe\r\n\r\n", "http.expectation_unknown"},
      {"GET / HTTP/2.0\r\n\r\n", "http.version_unknown"},
      {"GET / http/1.1\r\nHost: x\r\n\r\n", "http.version_unknown"},
      {"GET  / HTTP/1.1\r\nHost: x\r\n\r\n", "http.malformed"},
      {"BREW / HTTP/1.1\r\nHost: x\r\n\r\n", "http.method_unknown"},
      {"TRACE / HTTP/1.1\r\nHost: x\r\n\r\n", "http.method_unknown"},
      {"CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n", "http.method_unknown"},
      {"GET /../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", "http.target_malformed"},
      {"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", "http.target_malformed"},
      {"\x16\x03\x01\x02\x00\x01\r\n\r\n", "http.malformed"},
      {kGet + "X: " + std::string(3000, 'y') + "\r\n\r\n", "http.header_too_large"},
      {"GET /" + std::string(3000, 'y') + " HTTP/1.1\r\nHost: x\r\n\r\n", "http.header_too_large"},
      {kGet +
           [] {
             std::string many;
             for (int index = 0; index < 200; ++index) many += "a:b\r\n";
             return many;
           }() +
           "\r\n",
       "http.header_too_large"},
  };
  return all;
}

TEST(RequestReader, RefusesWhatCouldBeReadInTwoWays) {
  for (const Case& row : cases()) {
    const auto outcome = read(row.bytes);
    EXPECT_EQ(outcome.key, row.key) << row.bytes;
    EXPECT_EQ(outcome.state, row.key.empty() ? State::complete : State::refused) << row.bytes;
  }
}

// How a network cuts the bytes decides nothing: neither the outcome nor, as Beast's assertion did, the program's life.
TEST(RequestReader, DoesNotCareWhereTheBytesAreCut) {
  for (const Case& row : cases()) {
    const auto whole = read(row.bytes);
    for (std::size_t cut = 1; cut < row.bytes.size(); ++cut) {
      ASSERT_EQ(read_in_pieces(row.bytes, {cut}), whole) << cut << " in " << row.bytes;
    }
    std::vector<std::size_t> everywhere;
    for (std::size_t cut = 1; cut < row.bytes.size(); ++cut) everywhere.push_back(cut);
    ASSERT_EQ(read_in_pieces(row.bytes, everywhere), whole) << "byte by byte: " << row.bytes;
  }
}

// One reading may notice an error in a header that another still waits to see the end of. What must never happen is
// that one takes a request which the other refuses, or reads another request out of it.
bool agree(const Outcome& one, const Outcome& other) {
  return (one.state != State::complete && other.state != State::complete) || one == other;
}

// Random damage to well-formed requests: any outcome is fine, as long as it does not depend on the cuts and stays
// within the limits. The seed is printed; the sanitizers of the dev preset watch.
TEST(RequestReader, SurvivesDamagedRequests) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const auto below = [&](std::size_t limit) { return random() % limit; };
  constexpr std::string_view kPoison =
      "\r\n\0 :;,\t0f\"%/\xff"
      "chunked"sv;
  int complete_count = 0;
  for (int turn = 0; turn < 20000; ++turn) {
    std::string bytes = cases()[below(cases().size())].bytes;
    for (std::size_t count = 1 + below(4); count > 0; --count) {
      const std::size_t at = below(bytes.size());
      switch (below(3)) {
        case 0: bytes[at] = kPoison[below(kPoison.size())]; break;
        case 1: bytes.insert(at, 1, kPoison[below(kPoison.size())]); break;
        case 2: bytes.erase(at, 1 + below(4)); break;
      }
      if (bytes.empty()) bytes = "G";
    }
    std::vector<std::size_t> cuts;
    for (std::size_t at = below(8); at < bytes.size(); at += 1 + below(40)) cuts.push_back(at);
    const auto outcome = read(bytes);
    ASSERT_TRUE(agree(read_in_pieces(bytes, cuts), outcome)) << testing::PrintToString(bytes);
    complete_count += outcome.state == State::complete ? 1 : 0;
    ASSERT_LE(outcome.body.size(), kLimits.body_bytes_max);
    ASSERT_LE(outcome.headers.size(), 128u);
  }
  EXPECT_GT(complete_count, 200);
}

}  // namespace
}  // namespace jiuzhu::http
