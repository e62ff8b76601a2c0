#include "modules/verification/lookup.hpp"

#include <algorithm>
#include <set>

#include "engines/sieve/values.hpp"
#include "modules/verification/declared.hpp"

namespace jiuzhu::verification {
namespace {

std::string source_of(const sieve::Register& record) { return record.title.zh + "（" + record.department.zh + "）"; }

std::string content_of(const sieve::Register& record, const registers::Fact& fact) {
  std::string text;
  for (std::size_t i = 0; i < fact.shown.size(); ++i) {
    if (fact.shown[i].empty()) continue;
    text += (text.empty() ? "" : "；") + record.source.shown[i].name + "：" + fact.shown[i];
  }
  if (fact.grade == sieve::NameGrade::other_name) text += "；登记姓名：" + fact.register_name;
  return text;
}

std::optional<Money> amount_of(const sieve::Register& record, const registers::Fact& fact) {
  if (!record.amount) return std::nullopt;
  const auto fen = sieve::parse_fen(sieve::without_blanks(fact.shown[*record.amount]));
  return fen && *fen >= 0 ? std::optional(Money::fen(*fen)) : std::nullopt;
}

/// Works one answer out.
class Answer {
 public:
  Answer(const sieve::Catalogue& catalogue, std::span<const registers::HeldRegister> held,
         const registers::HouseholdAnswer& found, PropertyDeclared property, Date today)
      : catalogue_(catalogue), held_(held), found_(found), property_(property), today_(today) {}

  LookupAnswer operator()(const registers::Household& household, std::span<const cases::PersonRow> persons,
                          const policy::HouseholdFacts& declared) {
    answer_.registers = asked_registers(catalogue_, held_);
    for (const registers::AppliedRule& applied : found_.rules) add_rule(applied);
    for (const registers::Fact& fact : found_.facts) add_finding(fact);
    compare(declared);
    for (const registers::Person& person : household.persons) {
      add_gaps(person);
      const auto row = std::ranges::find(persons, person.key, &cases::PersonRow::person_key);
      answer_.persons.push_back({.person = person.key,
                                 .citizen_index = row == persons.end() ? std::string() : row->citizen_index,
                                 .is_authorised = person.is_authorised,
                                 .result = result_of(person)});
    }
    return std::move(answer_);
  }

 private:
  void add_rule(const registers::AppliedRule& applied) {
    const sieve::RegisterRule& rule = catalogue_.rules[applied.place];
    // The members and an obligor may both meet it.
    const auto known = std::ranges::find(answer_.rules, rule.rule.code, &MetRule::code);
    if (known != answer_.rules.end()) {
      known->result = std::max(known->result, applied.result);
      return;
    }
    answer_.rules.push_back({.code = rule.rule.code,
                             .title = rule.title.zh,
                             .title_en = rule.title.en,
                             .result = applied.result,
                             .law = rule.rule.law});
  }

  void add_finding(const registers::Fact& fact) {
    const sieve::Register& record = catalogue_.registers[fact.register_place];
    FactWords words = words_of(record, fact);
    LookedUpFinding finding{.person = fact.person,
                            .register_code = record.source.name,
                            .source = std::move(words.source),
                            .content = std::move(words.content),
                            .amount = words.amount,
                            .as_of = fact.as_of,
                            .delivery_id = fact.delivery.to_text(),
                            .grade = fact.grade};
    if (fact.grade == sieve::NameGrade::other_name) finding.register_name = fact.register_name;
    for (const registers::AppliedRule& applied : found_.rules) {
      const sieve::RegisterRule& rule = catalogue_.rules[applied.place];
      const bool looks_here = std::ranges::find(rule.registers, fact.register_place) != rule.registers.end();
      if (looks_here && applied.is_about(fact)) finding.rules.push_back(rule.rule.code);
    }
    answer_.findings.push_back(std::move(finding));
  }

  /// What could not be asked is said as a finding, too, so that the report tells why it is incomplete.
  void add_gaps(const registers::Person& person) {
    if (!person.is_authorised) {
      answer_.findings.push_back(
          {.person = person.key, .source = "核对授权书", .content = "没有有效的授权书，未予查询。", .as_of = today_});
      return;
    }
    for (const AskedRegister& asked : answer_.registers) {
      if (asked.answered) continue;
      answer_.findings.push_back({.person = person.key,
                                  .register_code = asked.code,
                                  .source = asked.title,
                                  .content = asked.as_of ? "数据只到" + asked.as_of->to_text() + "，已超过有效期。"
                                                         : std::string("没有可用的数据。"),
                                  .as_of = asked.as_of.value_or(today_)});
    }
  }

  void compare(const policy::HouseholdFacts& declared) {
    for (const registers::HeldRegister& held : held_) {
      if (!held.answers()) continue;
      const sieve::Register& record = catalogue_.registers[held.place];
      for (const sieve::Comparison& comparison : record.comparisons) {
        if (property_ == PropertyDeclared::not_asked && is_property(comparison.declared)) continue;
        DeclaredBesideFound pair{.figure = comparison.declared,
                                 .register_code = record.source.name,
                                 .declared = declared_figure(declared, comparison.declared),
                                 .found = found_figure(record, comparison, members_facts(held.place), today_)};
        const std::int64_t unit = is_money(comparison.declared) ? 100 : 1;
        pair.is_more = pair.found > pair.declared + comparison.tolerance * unit;
        if (pair.is_more) undeclared_.insert(record.source.name);
        answer_.comparisons.push_back(std::move(pair));
      }
    }
  }

  /// Of the household itself, under its own names: what an obligor has is not for it to declare.
  std::vector<const registers::Fact*> members_facts(std::size_t register_place) const {
    std::vector<const registers::Fact*> facts;
    for (const registers::Fact& fact : found_.facts) {
      const bool is_theirs = !fact.is_obligor && fact.grade != sieve::NameGrade::other_name;
      if (is_theirs && fact.register_place == register_place) facts.push_back(&fact);
    }
    return facts;
  }

  PersonResult result_of(const registers::Person& person) const {
    bool has_clue = false;
    for (const LookedUpFinding& finding : answer_.findings) {
      if (finding.person != person.key) continue;
      for (const std::string& code : finding.rules) {
        const auto rule = std::ranges::find(answer_.rules, code, &MetRule::code);
        if (rule->result == sieve::RuleResult::exceeds) return PersonResult::exceeds;
        has_clue = true;
      }
      if (!person.is_obligor && undeclared_.contains(finding.register_code)) has_clue = true;
    }
    const bool all_answered = std::ranges::all_of(answer_.registers, &AskedRegister::answered);
    if (!person.is_authorised || !all_answered) return PersonResult::source_unavailable;
    return has_clue ? PersonResult::clue_found : PersonResult::no_anomaly;
  }

  const sieve::Catalogue& catalogue_;
  std::span<const registers::HeldRegister> held_;
  const registers::HouseholdAnswer& found_;
  const PropertyDeclared property_;
  const Date today_;
  std::set<std::string> undeclared_;  // registers in which more was found than declared
  LookupAnswer answer_;
};

}  // namespace

std::vector<AskedRegister> asked_registers(const sieve::Catalogue& catalogue,
                                           std::span<const registers::HeldRegister> held) {
  std::vector<AskedRegister> asked;
  for (const registers::HeldRegister& one : held) {
    if (!one.is_used) continue;
    const sieve::Register& record = catalogue.registers[one.place];
    asked.push_back(
        {.code = record.source.name, .title = record.title.zh, .as_of = one.as_of, .answered = one.answers()});
  }
  return asked;
}

FactWords words_of(const sieve::Register& record, const registers::Fact& fact) {
  return {.source = source_of(record), .content = content_of(record, fact), .amount = amount_of(record, fact)};
}

registers::Household household_of(const std::string& id, std::span<const cases::PersonRow> persons,
                                  const policy::HouseholdFacts& facts,
                                  const std::function<std::string(const cases::PersonRow&)>& citizen_number,
                                  Date today) {
  registers::Household household{.id = id};
  for (const cases::PersonRow& row : persons) {
    const auto member = std::ranges::find(facts.members, row.person_key, &policy::MemberFacts::key);
    const bool is_authorised = row.authorised_on && *row.authorised_on <= today;
    household.persons.push_back({.key = row.person_key,
                                 .name = row.name,
                                 .citizen_number = is_authorised ? citizen_number(row) : std::string(),
                                 .is_obligor = row.role == cases::PersonRole::obligor,
                                 .is_disabled = member != facts.members.end() && member->disability.has_value(),
                                 .is_authorised = is_authorised});
  }
  return household;
}

LookupAnswer answer_of(const sieve::Catalogue& catalogue, std::span<const registers::HeldRegister> held,
                       const registers::Household& household, std::span<const cases::PersonRow> persons,
                       const registers::HouseholdAnswer& found, const policy::HouseholdFacts& declared,
                       PropertyDeclared property, Date today) {
  return Answer(catalogue, held, found, property, today)(household, persons, declared);
}

}  // namespace jiuzhu::verification
