#include "modules/watch/alert_rules.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "platform/crypto/digest.hpp"

namespace jiuzhu::watch {
namespace {

constexpr int kMuteDaysMost = 366;

/// Nothing secret is hidden by it: it only tells one fact from another in few bytes.
std::string digest_of(const sieve::Register& record, const registers::Fact& fact) {
  std::string text = record.source.name + '\n' + fact.person;
  const bool is_told_apart =
      std::ranges::any_of(record.identified_by, [&](std::size_t place) { return !fact.shown[place].empty(); });
  if (is_told_apart) {
    for (const std::size_t place : record.identified_by) text += '\n' + fact.shown[place];
  } else {
    for (const std::string& shown : fact.shown) text += '\n' + shown;
  }
  return sm3(text).to_text();
}

}  // namespace

std::vector<AlertingFact> alerting_facts(const sieve::Catalogue& catalogue, const registers::HouseholdAnswer& answer,
                                         std::span<const std::size_t> registers) {
  std::vector<AlertingFact> facts;
  std::set<std::pair<std::size_t, std::string>> seen;
  for (const registers::AppliedRule& applied : answer.rules) {
    const sieve::RegisterRule& rule = catalogue.rules[applied.place];
    if (!rule.alert || std::ranges::find(registers, rule.registers.front()) == registers.end()) continue;
    for (const registers::Fact& fact : answer.facts) {
      if (fact.register_place != rule.registers.front() || !applied.is_about(fact)) continue;
      std::string digest = digest_of(catalogue.registers[fact.register_place], fact);
      if (!seen.emplace(applied.place, digest).second) continue;
      facts.push_back({.rule_place = applied.place, .digest = std::move(digest), .fact = &fact});
    }
  }
  return facts;
}

std::vector<FieldError> problems_of_check(const std::string& found) {
  if (!trim(found).empty()) return {};
  return {{"/found", "field.empty", {}}};
}

std::vector<FieldError> problems_of_mute(const std::string& reason, Date until, Date today) {
  std::vector<FieldError> problems;
  if (trim(reason).empty()) problems.push_back({"/reason", "field.empty", {}});
  const Date last = today.plus_days(kMuteDaysMost);
  if (until <= today || until > last) problems.push_back({"/until", "watch.mute_range", {{"last", last.to_text()}}});
  return problems;
}

}  // namespace jiuzhu::watch
