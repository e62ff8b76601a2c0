// Files of anything at all: the engine refuses or counts, and how it is run makes no difference. Seeds are printed.

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "engines/sieve/sieve.hpp"
#include "engines/sieve/test_files.hpp"

namespace jiuzhu::sieve {
namespace {

constexpr std::string_view kRunFile = R"(
as_of: 2025-06-30
people: {files: people.csv, columns: {household: a, person: b, name: c, number: d}}
sources:
  one:
    files: one.csv
    encoding: gb18030
    header: false
    columns: {number: 1, name: 2, date: 3}
    malformed_most: 100
    show: [2]
    measures: {sum: {sum: 4, type: money}, last: {latest: 2, type: text}}
  two:
    files: two.csv
    encoding: gb18030
    separator: "\t"
    quote: none
    header: false
    columns: {number: 2}
    malformed_most: 100
    measures: {two: count}
rules: {ANY: {when: sum >= 0 and two >= 0, result: review}}
outputs: {households: o.csv, hits: h.csv, malformed: m.csv, statistics: s.json}
)";

std::string anything(std::mt19937_64& random, std::size_t size_most) {
  static const std::vector<std::string> kPieces{"140399197203150115",
                                                "140399197408220244",
                                                "140399660701079",
                                                ",",
                                                ",",
                                                "\t",
                                                "\n",
                                                "\r\n",
                                                "\"\"",
                                                " ",
                                                "2025-06-30",
                                                "1.50",
                                                "\xCD\xF5",
                                                "\r",
                                                "\xD6\xD0",
                                                "x"};
  std::string text;
  const std::size_t size = random() % size_most;
  while (text.size() < size) {
    if (random() % 2'000 == 0) {
      text += static_cast<char>(random());
    } else if (random() % 200 == 0) {
      text += random() % 2 == 0 ? std::string(1, '"') : std::string(1, '\0');
    } else {
      text += kPieces[random() % kPieces.size()];
    }
  }
  return text;
}

/// What a run ended with, and what it left.
std::vector<std::string> outcome(const TestFolder& folder, const Plan& plan, const Options& options) {
  std::vector<std::string> outcome;
  const auto summary = run(plan, options);
  outcome.push_back(summary ? "done" : summary.error().key);
  for (const char* name : {"o.csv", "h.csv", "m.csv", "s.json"}) {
    outcome.push_back(folder.read(name));
    std::filesystem::remove(folder.path() / name);
  }
  return outcome;
}

TEST(SieveFuzz, AnyBytesAreCountedOrRefused) {
  const unsigned first = std::random_device{}() % 1'000'000;
  std::map<std::string, int> outcomes;
  for (unsigned seed = first; seed < first + 150; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(seed);
    const TestFolder folder;
    folder.write("people.csv", "a,b,c,d\nH1,P1,赵,140399197203150115\nH2,P2,钱," + std::to_string(random()) + "\n");
    folder.write("one.csv", anything(random, 3'000));
    folder.write("two.csv", anything(random, 3'000));
    const Plan plan = folder.plan(std::string(kRunFile));
    const auto expected = outcome(folder, plan, {.threads = 1});
    EXPECT_NE(expected[0], "sieve.rows_do_not_add_up");
    ++outcomes[expected[0]];
    for (const Options& options : {Options{.threads = 2, .instructions = Instructions::portable, .window_bytes = 50},
                                   Options{.threads = 3, .instructions = Instructions::avx2, .window_bytes = 333}}) {
      EXPECT_EQ(outcome(folder, plan, options), expected);
    }
    if (HasFailure()) return;
  }
  EXPECT_GT(outcomes["done"], 20) << "hardly anything was read at all";
}

}  // namespace
}  // namespace jiuzhu::sieve
