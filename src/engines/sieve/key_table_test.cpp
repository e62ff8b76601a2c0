#include "engines/sieve/key_table.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace jiuzhu::sieve {
namespace {

std::size_t sift(const KeyTable& table, const std::vector<NumberKey>& keys, std::vector<std::uint32_t>& candidates,
                 Instructions width) {
  return kernels(width).sift_keys(table.filter(), keys.data(), keys.size(), candidates.data());
}

using Owners = std::map<NumberKey, std::vector<PersonIndex>>;

void expect_finds(const std::vector<NumberKey>& keys, const std::vector<NumberKey>& asked, unsigned threads) {
  Owners owners;
  for (std::size_t person = 0; person < keys.size(); ++person) {
    if (keys[person] != kNoKey) owners[keys[person]].push_back(static_cast<PersonIndex>(person));
  }
  std::vector<PersonEntry> persons(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) persons[i] = {.key = keys[i], .household = 0, .next = kNobody};
  const KeyTable table(persons, threads);
  std::vector<std::uint32_t> candidates(asked.size() + 8);
  candidates.resize(sift(table, asked, candidates, Instructions::automatic));
  std::vector<PersonIndex> firsts(asked.size());
  table.find(asked, firsts.data());
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const bool is_candidate = std::ranges::binary_search(candidates, static_cast<std::uint32_t>(i));
    std::vector<PersonIndex> found;
    for (PersonIndex person = firsts[i]; person != kNobody; person = persons[person].next) found.push_back(person);
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
  std::vector<PersonEntry> persons(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) persons[i] = {.key = keys[i], .household = 0, .next = kNobody};
  const KeyTable table(persons, 1);
  std::vector<std::uint32_t> candidates(strangers.size() + 8);
  std::vector<std::uint32_t> others(strangers.size() + 8);
  const std::size_t found = sift(table, strangers, candidates, Instructions::automatic);
  EXPECT_LT(found, strangers.size() / 50);
  for (const Instructions width : {Instructions::portable, Instructions::avx2}) {
    ASSERT_EQ(sift(table, strangers, others, width), found);
    EXPECT_TRUE(std::equal(others.begin(), others.begin() + static_cast<std::ptrdiff_t>(found), candidates.begin()));
  }
  for (std::size_t i = 0; i < found; ++i) EXPECT_TRUE(table.may_hold(strangers[candidates[i]]));
}

TEST(KeyTable, OfNobodyFindsNobody) { expect_finds({}, {1, 2, kNoKey}, 2); }

}  // namespace
}  // namespace jiuzhu::sieve
