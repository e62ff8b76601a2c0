#include "engines/sieve/key_table.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace jiuzhu::sieve {
namespace {

using Owners = std::map<NumberKey, std::vector<PersonIndex>>;

void expect_finds(const std::vector<NumberKey>& keys, const std::vector<NumberKey>& asked, unsigned threads) {
  Owners owners;
  for (std::size_t person = 0; person < keys.size(); ++person) {
    if (keys[person] != kNoKey) owners[keys[person]].push_back(static_cast<PersonIndex>(person));
  }
  const KeyTable table(keys, threads);
  std::vector<std::uint32_t> candidates(asked.size());
  candidates.resize(table.sift(asked, candidates.data()));
  std::vector<PersonIndex> persons(asked.size());
  table.find(asked, persons.data());
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const bool is_candidate = std::ranges::binary_search(candidates, static_cast<std::uint32_t>(i));
    std::vector<PersonIndex> found;
    for (PersonIndex person = persons[i]; person != kNobody; person = table.next(person)) found.push_back(person);
    const auto expected = owners.find(asked[i]);
    ASSERT_EQ(found, expected == owners.end() ? std::vector<PersonIndex>() : expected->second);
    ASSERT_TRUE(is_candidate || (expected == owners.end() && asked[i] != kNoKey));
  }
}

RC_GTEST_PROP(KeyTableProperty, FindsEverybodyOfANumberInOrder, ()) {
  const auto key = rc::gen::oneOf(rc::gen::inRange<NumberKey>(0, 40), rc::gen::just(kNoKey));
  expect_finds(*rc::gen::container<std::vector<NumberKey>>(key), *rc::gen::container<std::vector<NumberKey>>(key), 3);
}

TEST(KeyTable, IsTheSameForAnyNumberOfThreads) {
  std::mt19937_64 random(7);
  std::vector<NumberKey> keys(200'000);
  for (NumberKey& key : keys) key = 14'000'000'000'000'000 + random() % 300'000 * 1009;
  std::vector<NumberKey> asked(50'000);
  for (NumberKey& key : asked) key = 14'000'000'000'000'000 + random() % 600'000 * 1009;
  for (const unsigned threads : {1U, 2U, 3U, 8U}) expect_finds(keys, asked, threads);
}

TEST(KeyTable, LetsFewStrangersPass) {
  std::vector<NumberKey> keys(100'000);
  for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = 14'039'919'000'000'000 + i * 4'001;
  std::vector<NumberKey> strangers(100'000);
  for (std::size_t i = 0; i < strangers.size(); ++i) strangers[i] = 14'039'919'000'000'001 + i * 4'001;
  const KeyTable table(keys, 1);
  std::vector<std::uint32_t> candidates(strangers.size());
  EXPECT_LT(table.sift(strangers, candidates.data()), strangers.size() / 50);
}

TEST(KeyTable, OfNobodyFindsNobody) { expect_finds({}, {1, 2, kNoKey}, 2); }

}  // namespace
}  // namespace jiuzhu::sieve
