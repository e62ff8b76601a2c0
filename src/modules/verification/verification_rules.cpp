#include "modules/verification/verification_rules.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"

namespace jiuzhu::verification {
namespace {

const cases::PersonRow* find_person(std::span<const cases::PersonRow> persons, const std::string& key) {
  const auto found = std::ranges::find(persons, key, &cases::PersonRow::person_key);
  return found == persons.end() ? nullptr : &*found;
}

bool has_result(std::span<const ReportedPerson> reported, PersonResult result) {
  return std::ranges::find(reported, result, &ReportedPerson::result) != reported.end();
}

/// "m1 o1": keys, never names, because texts of refusals travel far.
std::string listed(const std::set<std::string>& keys) {
  std::string text;
  for (const std::string& key : keys) text += (text.empty() ? "" : " ") + key;
  return text;
}

std::string persons_with(const Evidence& evidence, PersonResult result) {
  std::set<std::string> keys;
  for (const ResultRow& row : evidence.results) {
    if (row.result == result) keys.insert(row.person_key);
  }
  return listed(keys);
}

/// Who is in the household now and was not checked under this number, and who was checked and is no longer there.
std::set<std::string> changed_persons(const Evidence& evidence, std::span<const cases::PersonRow> persons) {
  std::set<std::string> changed;
  const auto was_checked = [&](const cases::PersonRow& person) {
    return std::ranges::any_of(evidence.results, [&](const ResultRow& row) {
      return row.person_key == person.person_key && row.citizen_index == person.citizen_index &&
             row.role == person.role;
    });
  };
  for (const cases::PersonRow& person : persons) {
    if (!was_checked(person)) changed.insert(person.person_key);
  }
  for (const ResultRow& row : evidence.results) {
    if (!find_person(persons, row.person_key)) changed.insert(row.person_key);
  }
  return changed;
}

/// How grave a result is, for a person.
int gravity(PersonResult result) {
  switch (result) {
    case PersonResult::no_anomaly: return 0;
    case PersonResult::clue_found: return 1;
    case PersonResult::source_unavailable: return 2;
    case PersonResult::exceeds: return 3;
  }
  return 0;
}

}  // namespace

std::vector<ReportedPerson> with_lookup(std::span<const ReportedPerson> reported, const LookupAnswer& answer,
                                        std::span<const Dismissal> dismissed) {
  std::vector<ReportedPerson> persons;
  for (const ReportedPerson& person : reported) {
    ReportedPerson whole{.person = person.person, .result = person.result, .findings = {}};
    for (std::size_t i = 0; i < answer.findings.size(); ++i) {
      const LookedUpFinding& found = answer.findings[i];
      if (found.person != person.person) continue;
      Finding finding{.source = found.source,
                      .content = found.content,
                      .amount = found.amount,
                      .as_of = found.as_of,
                      .looked_up = found};
      for (const MetRule& rule : answer.rules) {
        if (std::ranges::find(found.rules, rule.code) != found.rules.end()) finding.met.push_back(rule);
      }
      const auto dismissal = std::ranges::find(dismissed, i, &Dismissal::finding);
      if (dismissal != dismissed.end()) finding.dismissed_reason = dismissal->reason;
      whole.findings.push_back(std::move(finding));
    }
    whole.findings.insert(whole.findings.end(), person.findings.begin(), person.findings.end());
    persons.push_back(std::move(whole));
  }
  return persons;
}

namespace {

/// Whether something in the finding speaks against the person: a rule, or more than was declared.
bool is_held_against(const LookedUpFinding& finding, const LookupAnswer& answer) {
  if (!finding.rules.empty()) return true;
  return std::ranges::any_of(answer.comparisons, [&](const DeclaredBesideFound& pair) {
    return pair.register_code == finding.register_code && pair.is_more;
  });
}

/// The mildest result that may be reported of a person. Nobody is cleared by what was not asked: without a letter
/// nothing was, and a register without data is made up for only by what the officer has established in another way.
PersonResult mildest_result(const LookedUpPerson& person, const LookupAnswer& answer,
                            std::span<const Dismissal> dismissed, bool has_own_findings) {
  if (!person.is_authorised) return PersonResult::source_unavailable;
  PersonResult mildest = PersonResult::no_anomaly;
  for (std::size_t i = 0; i < answer.findings.size(); ++i) {
    const LookedUpFinding& finding = answer.findings[i];
    const bool is_dismissed = std::ranges::find(dismissed, i, &Dismissal::finding) != dismissed.end();
    if (finding.person != person.person || is_dismissed) continue;
    PersonResult result = PersonResult::no_anomaly;
    if (!finding.grade) {
      if (!has_own_findings) result = PersonResult::source_unavailable;
    } else if (is_held_against(finding, answer)) {
      result = std::ranges::any_of(answer.rules,
                                   [&](const MetRule& rule) {
                                     return rule.result == sieve::RuleResult::exceeds &&
                                            std::ranges::find(finding.rules, rule.code) != finding.rules.end();
                                   })
                   ? PersonResult::exceeds
                   : PersonResult::clue_found;
    }
    if (gravity(result) > gravity(mildest)) mildest = result;
  }
  return mildest;
}

}  // namespace

std::vector<FieldError> faults_beside_lookup(std::span<const ReportedPerson> reported, const LookupAnswer& answer,
                                             std::span<const Dismissal> dismissed) {
  std::vector<FieldError> faults;
  for (std::size_t i = 0; i < dismissed.size(); ++i) {
    const std::string pointer = "/dismissed/" + std::to_string(i);
    // What could not be asked is no finding that somebody could believe or not.
    if (dismissed[i].finding >= answer.findings.size() || !answer.findings[dismissed[i].finding].grade) {
      faults.push_back({pointer + "/finding", "verification.finding_unknown", {}});
      continue;
    }
    if (trim(dismissed[i].reason).empty()) faults.push_back({pointer + "/reason", "field.empty", {}});
  }
  for (std::size_t i = 0; i < reported.size(); ++i) {
    const auto found = std::ranges::find(answer.persons, reported[i].person, &LookedUpPerson::person);
    if (found == answer.persons.end()) continue;
    const PersonResult mildest = mildest_result(*found, answer, dismissed, !reported[i].findings.empty());
    if (gravity(reported[i].result) >= gravity(mildest)) continue;
    faults.push_back({std::string("/results/").append(std::to_string(i)).append("/result"),
                      found->is_authorised ? "verification.below_registers" : "verification.not_looked_up",
                      {{"person", reported[i].person}}});
  }
  return faults;
}

std::vector<FieldError> faults_in(std::span<const ReportedPerson> reported, std::span<const cases::PersonRow> persons,
                                  Date today) {
  std::vector<FieldError> faults;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < reported.size(); ++i) {
    const ReportedPerson& person = reported[i];
    const std::string pointer = "/results/" + std::to_string(i);
    if (!find_person(persons, person.person)) {
      faults.push_back({pointer + "/person", "verification.person_foreign", {}});
    } else if (!seen.insert(person.person).second) {
      faults.push_back({pointer + "/person", "verification.person_twice", {}});
    }
    if (person.result != PersonResult::no_anomaly && person.findings.empty()) {
      faults.push_back({pointer + "/findings", "verification.finding_missing", {}});
    }
    for (std::size_t k = 0; k < person.findings.size(); ++k) {
      const Finding& finding = person.findings[k];
      const std::string here = pointer + "/findings/" + std::to_string(k);
      if (finding.as_of && *finding.as_of > today) faults.push_back({here + "/as_of", "verification.future_date", {}});
      if (finding.amount && *finding.amount < Money{}) {
        faults.push_back({here + "/amount", "verification.negative_amount", {}});
      }
    }
  }
  for (const cases::PersonRow& person : persons) {
    if (!seen.contains(person.person_key)) {
      faults.push_back({"/results", "verification.person_missing", {{"person", person.person_key}}});
    }
  }
  return faults;
}

ReportOutcome outcome_of(std::span<const ReportedPerson> reported) {
  if (has_result(reported, PersonResult::exceeds)) return ReportOutcome::exceeds;
  if (has_result(reported, PersonResult::source_unavailable)) return ReportOutcome::incomplete;
  return has_result(reported, PersonResult::clue_found) ? ReportOutcome::clues : ReportOutcome::clear;
}

Status check_valid(const Evidence& evidence, std::span<const cases::PersonRow> persons, Date today,
                   const std::vector<std::string>& law) {
  if (!evidence.order) return refuse_by_rule("verification.missing", law);
  if (!evidence.report) return refuse_by_rule("verification.outstanding", law);
  if (evidence.report->outcome == ReportOutcome::incomplete) {
    return refuse_by_rule("verification.source_unavailable", law,
                          {{"persons", persons_with(evidence, PersonResult::source_unavailable)}});
  }
  if (evidence.report->valid_until < today) {
    return refuse_by_rule("verification.expired", law, {{"valid_until", evidence.report->valid_until.to_text()}});
  }
  const std::set<std::string> changed = changed_persons(evidence, persons);
  if (!changed.empty()) return refuse_by_rule("verification.persons_changed", law, {{"persons", listed(changed)}});
  return {};
}

Status check_clear(const Evidence& evidence, const std::vector<std::string>& law) {
  if (!evidence.report) return refuse_by_rule("verification.missing", law);
  if (evidence.report->outcome == ReportOutcome::exceeds) {
    return refuse_by_rule("verification.exceeds", law, {{"persons", persons_with(evidence, PersonResult::exceeds)}});
  }
  return {};
}

}  // namespace jiuzhu::verification
