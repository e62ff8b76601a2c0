#include "modules/cases/road.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "base/enum_text.hpp"

namespace jiuzhu::cases {
namespace {

constexpr RoadConditions kBefore2021{.is_appraisal_required = true, .publicity_rounds = 2, .proposes_approval = true};
constexpr RoadConditions kSince2021{.is_appraisal_required = false, .publicity_rounds = 1, .proposes_approval = true};

std::vector<State> walk(const RoadConditions& conditions) {
  std::vector<State> states{State::filed};
  for (const Action action :
       {Action::accept, Action::order_verification, Action::report_clear, Action::finish_investigation,
        Action::accept_appraisal, Action::propose_approval, Action::close_publicity, Action::complete_review,
        Action::close_publicity, Action::approve}) {
    if (const Transition* line = find_transition(states.back(), action, conditions)) states.push_back(line->to);
  }
  return states;
}

TEST(Road, LeadsThroughAppraisalAndTwoPublicityRoundsBefore2021) {
  EXPECT_EQ(walk(kBefore2021),
            (std::vector{State::filed, State::accepted, State::verifying, State::investigating, State::appraising,
                         State::awaiting_opinion, State::township_publicity, State::county_review,
                         State::county_publicity, State::awaiting_decision, State::approved}));
}

TEST(Road, LeadsThroughOneRoundSince2021) {
  EXPECT_EQ(walk(kSince2021),
            (std::vector{State::filed, State::accepted, State::verifying, State::investigating, State::awaiting_opinion,
                         State::township_publicity, State::county_review, State::awaiting_decision, State::approved}));
}

TEST(Road, HasAtMostOneLineForAStateAndActionUnderAnyConditions) {
  for (const bool appraisal : {false, true}) {
    for (const int rounds : {1, 2}) {
      for (const bool approval : {false, true}) {
        const RoadConditions conditions{appraisal, rounds, approval};
        for (const Transition& line : road()) {
          int matches = 0;
          for (const Transition* other : transitions_from(line.from, conditions))
            matches += other->action == line.action;
          EXPECT_LE(matches, 1) << enum_text(line.from) << " " << enum_text(line.action);
        }
      }
    }
  }
}

TEST(Road, NobodyApprovesWithoutVerificationVisitPublicityAndASeparateApprover) {
  for (const Transition& line : road()) {
    if (line.to != State::approved) continue;
    const std::set<Need> needs(line.needs.begin(), line.needs.end());
    for (const Need need : {Need::valid_verification, Need::clear_verification, Need::complete_visit,
                            Need::valid_appraisal, Need::publicity_over, Need::objections_settled, Need::county_visit,
                            Need::separate_approver, Need::favourable_assessment, Need::checked_account}) {
      EXPECT_TRUE(needs.contains(need)) << enum_text(need);
    }
    EXPECT_EQ(line.from, State::awaiting_decision);
    EXPECT_EQ(line.permission, Permission::case_decide);
  }
}

TEST(Road, EveryLineNamesItsArticle) {
  for (const Transition& line : road()) EXPECT_NE(line.law.find('/'), std::string_view::npos) << enum_text(line.action);
}

TEST(Road, EveryOpenStateCanBeLeftAndWithdrawnFrom) {
  for (const RoadConditions& conditions : {kBefore2021, kSince2021}) {
    std::set<State> reached(std::initializer_list<State>{State::filed});
    for (const State state : walk(conditions)) reached.insert(state);
    for (const State state : reached) {
      if (!is_open(state)) continue;
      EXPECT_TRUE(find_transition(state, Action::withdraw, conditions)) << enum_text(state);
      EXPECT_GT(transitions_from(state, conditions).size(), 2U) << enum_text(state);
    }
  }
}

TEST(Road, TheMapInTheDocumentsIsCurrent) {
  std::ifstream file(JIUZHU_SOURCE_DIR "/docs/road.md");
  std::stringstream page;
  page << file.rdbuf();
  EXPECT_EQ(page.str(), draw_road()) << "run: build/jiuzhu road > docs/road.md";
}

}  // namespace
}  // namespace jiuzhu::cases
