#include "modules/reviews/review_rules.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

namespace jiuzhu::reviews {
namespace {

using cases::CaseId;
using policy::Rational;

const Rational kThirtyPercent = *Rational::parse("0.30");

CaseId id_of(int number) {
  std::string tail = std::to_string(number);
  tail.insert(0, 12 - tail.size(), '0');
  return *CaseId::parse("01900000-0000-7000-8000-" + tail);
}

std::vector<CaseId> ids_up_to(int count) {
  std::vector<CaseId> ids;
  for (int i = 1; i <= count; ++i) ids.push_back(id_of(i));
  return ids;
}

std::string seed_of(int number) {
  std::string seed = std::to_string(number);
  seed.insert(0, 64 - seed.size(), '0');
  return seed;
}

TEST(ReviewRules, RoundsTheShareUp) {
  for (const auto& [count, share] :
       {std::pair{0U, 0U}, {1U, 1U}, {3U, 1U}, {4U, 2U}, {10U, 3U}, {11U, 4U}, {100U, 30U}, {101U, 31U}}) {
    EXPECT_EQ(share_of(count, kThirtyPercent), share) << count;
  }
  EXPECT_EQ(share_of(7, Rational(1)), 7U);
  EXPECT_EQ(share_of(7, Rational(0)), 0U);
}

TEST(ReviewRules, CountsPriorityVisitsOnlyWhereTheRulesSaySo) {
  EXPECT_EQ(sample_size(10, 5, kThirtyPercent, false), 3U);
  EXPECT_EQ(sample_size(10, 2, kThirtyPercent, true), 2U);  // ceil(3.6) - 2
  EXPECT_EQ(sample_size(10, 9, kThirtyPercent, true), 0U);
}

// The order was computed with `openssl dgst -sm3`.
TEST(ReviewRules, DrawsTheSameAsAnotherProgram) {
  const std::vector<CaseId> expected{id_of(2), id_of(3), id_of(6), id_of(5), id_of(7), id_of(4), id_of(1)};
  EXPECT_EQ(draw_sample(ids_up_to(7), 7, seed_of(1)), expected);
  EXPECT_EQ(draw_sample(ids_up_to(7), kThirtyPercent, seed_of(1)),
            std::vector<CaseId>(expected.begin(), expected.begin() + 3));
}

RC_GTEST_PROP(ReviewRules, ADrawIsASubsetOfTheRightSizeInWhateverOrderTheCasesCome, ()) {
  const int count = *rc::gen::inRange(0, 60);
  const std::string seed = seed_of(*rc::gen::inRange(0, 1'000'000));
  const std::vector<CaseId> ids = ids_up_to(count);
  std::vector<CaseId> shuffled = ids;
  std::ranges::rotate(shuffled, shuffled.begin() + (count == 0 ? 0 : *rc::gen::inRange(0, count)));
  std::ranges::reverse(shuffled);
  if (count > 0) shuffled.push_back(shuffled.front());  // a case named twice is one case
  const auto chosen = draw_sample(ids, kThirtyPercent, seed);
  RC_ASSERT(chosen == draw_sample(shuffled, kThirtyPercent, seed));
  RC_ASSERT(10 * chosen.size() >= 3 * ids.size());
  RC_ASSERT(std::set<CaseId>(chosen.begin(), chosen.end()).size() == chosen.size());
  for (const CaseId& id : chosen) RC_ASSERT(std::ranges::find(ids, id) != ids.end());
}

TEST(ReviewRules, EveryCaseIsChosenAboutAsOftenAsTheRatioSays) {
  std::map<CaseId, int> times;
  for (int draw = 0; draw < 2000; ++draw) {
    for (const CaseId& id : draw_sample(ids_up_to(10), kThirtyPercent, seed_of(draw))) ++times[id];
  }
  for (const CaseId& id : ids_up_to(10)) {
    EXPECT_GT(times[id], 500) << id.to_text();
    EXPECT_LT(times[id], 700) << id.to_text();
  }
}

}  // namespace
}  // namespace jiuzhu::reviews
