#pragma once
// From what was found to which rules apply, household by household. Const after construction; any thread.

#include <map>
#include <string>
#include <vector>

#include "engines/sieve/figures.hpp"
#include "engines/sieve/people.hpp"
#include "engines/sieve/tally.hpp"

namespace jiuzhu::sieve {

/// What a measure of texts kept, with and without rows under another name.
struct FoundText {
  std::string same_name;
  std::string all;
  bool has_same_name = false;
};
using FoundTexts = std::map<std::pair<HouseholdIndex, std::uint16_t>, FoundText>;

struct Applied {
  std::size_t rule = 0;
  RuleResult result = RuleResult::clue;
};

/// What a judgement of one household leaves, reused from one to the next. One thread at a time.
struct Judgement {
  std::vector<Applied> applied;  // in the order of rules
  std::vector<Figure> figures;   // of all rows, in their places (figures.hpp); only where something applies
  std::vector<Figure> same_name;
};

class Judge {
 public:
  Judge(const Plan& plan, const People& people, const Tally& tally);

  /// Which rules apply. A rule that applies only with the rows under another name, or only without them, is at most a
  /// clue.
  void judge(HouseholdIndex household, Judgement& judgement) const;

 private:
  bool applies(const Rule& rule, const std::vector<Figure>& figures) const;
  void fill(std::vector<Figure>& figures, HouseholdIndex household, Rows rows) const;

  const Plan& plan_;
  const People& people_;
  const Tally& tally_;
  std::vector<ValueType> types_;  // of measures, in the order of the plan
  std::vector<bool> is_plain_;    // a count of rows or of values
  /// Whether no rule asks for anything but measures: then it can be said once what holds for whom nothing was found.
  bool are_alike_without_rows_ = true;
  std::vector<Applied> without_rows_;
};

/// The gravest of them; there is one at least.
RuleResult gravest(const std::vector<Applied>& applied);

}  // namespace jiuzhu::sieve
