#include "modules/awards/change_rules.hpp"

#include <algorithm>

#include "engines/policy/assess.hpp"
#include "modules/cases/facts_json.hpp"

namespace jiuzhu::awards {
namespace {

const Stretch& stretch_in(const JudgedAward& award, Month month) {
  const Stretch* found = &award.stretches.front();
  for (const Stretch& stretch : award.stretches) {
    if (stretch.from_month <= month) found = &stretch;
  }
  return *found;
}

struct Judgement {
  ChangeOutcome outcome = ChangeOutcome::raised;
  Money amount;
};

Result<policy::Decision> decide_as_of(Month month, policy::HouseholdFacts& facts, const policy::Rulebook& rulebook) {
  facts.date = month.first_day();
  facts.approved_on.reset();
  return policy::assess(facts, rulebook);
}

Judgement judge(const JudgedAward& award, policy::HouseholdFacts& facts, Month month, Money before,
                const policy::Rulebook& rulebook) {
  const auto decision = decide_as_of(month, facts, rulebook);
  if (!decision || decision->outcome == policy::Outcome::review) return {ChangeOutcome::review, before};
  if (decision->outcome == policy::Outcome::not_eligible) return {ChangeOutcome::not_eligible, before};
  const Money amount = *decision->amount_month;
  if (award.basis == AmountBasis::by_person) return {ChangeOutcome::set_by_person, amount};
  return {amount < before ? ChangeOutcome::lower : ChangeOutcome::raised, amount};
}

/// What the rules give more in `month` than in the one before the change; nothing where they leave either open.
std::optional<Money> difference_by_rules(policy::HouseholdFacts& facts, Month month, Month from,
                                         const policy::Rulebook& rulebook) {
  const auto amount_in = [&](Month each) -> std::optional<Money> {
    const auto decision = decide_as_of(each, facts, rulebook);
    if (!decision || decision->outcome != policy::Outcome::eligible) return std::nullopt;
    return decision->amount_month;
  };
  const auto before = amount_in(from.plus(-1));
  const auto after = amount_in(month);
  if (!before || !after) return std::nullopt;
  return *after - *before;
}

/// (after - before) for every month from `from` up to `until` that lies before today's.
Money arrears_of(Money before, Money after, Month from, Month until, Date today) {
  const int months = std::min(until, today.month_of()).index() - from.index();
  return months > 0 ? (after - before) * months : Money();
}

/// Where a person set the amount before the change, and nobody has known the new standard yet: a roster says what was
/// paid when it was taken over, whatever month its amounts began in. Nothing where a person has to look.
std::optional<std::vector<ChangeItemRow>> lines_by_difference(const JudgedAward& award, Month start,
                                                              const ChangeTerms& terms, policy::HouseholdFacts& facts,
                                                              const policy::Rulebook& rulebook) {
  const auto more = difference_by_rules(facts, start, terms.from, rulebook);
  if (!more || *more <= Money()) return std::nullopt;
  const Stretch& now = stretch_in(award, start);
  if (now.kind == AmountKind::standard_change && now.from_month == start) {
    // Raised already, and once is enough; another difference is for a person.
    const Stretch& before = stretch_in(award, start.plus(-1));
    if (now.amount == before.amount + *more) return std::vector<ChangeItemRow>();
    return std::nullopt;
  }
  if (now.from_month >= terms.from) return std::nullopt;
  // An earlier standard that was carried out late knew nothing of this one; a person may have.
  if (now.kind != AmountKind::standard_change && now.set_on >= terms.from.first_day()) return std::nullopt;
  const Money after = now.amount + *more;
  return std::vector<ChangeItemRow>{{.award_id = award.id,
                                     .outcome = ChangeOutcome::raised_by_difference,
                                     .from_month = start,
                                     .amount_before = now.amount,
                                     .amount_after = after,
                                     .arrears = arrears_of(now.amount, after, start, award.until_month, terms.today),
                                     .award_version = award.version,
                                     .facts_revision = award.facts_revision}};
}

}  // namespace

std::vector<ChangeItemRow> change_lines(const JudgedAward& award, const ChangeTerms& terms,
                                        const policy::Rulebook& rulebook) {
  const Month start = std::max(terms.from, award.payable_from);
  if (start >= award.until_month) return {};
  std::vector<Month> months{start};
  for (const Stretch& stretch : award.stretches) {
    if (stretch.from_month > start && stretch.from_month < award.until_month) months.push_back(stretch.from_month);
  }
  auto facts = cases::read_facts(award.facts);
  JZ_ASSERT(facts.has_value());  // the program wrote it
  if (award.basis == AmountBasis::by_person && terms.raises_by_difference && months.size() == 1) {
    if (auto lines = lines_by_difference(award, start, terms, *facts, rulebook)) return std::move(*lines);
  }
  std::vector<ChangeItemRow> lines;
  bool is_open = false;
  bool is_changed = false;
  for (std::size_t i = 0; i < months.size(); ++i) {
    const Money before = stretch_in(award, months[i]).amount;
    const Judgement judged = judge(award, *facts, months[i], before, rulebook);
    const Month until = i + 1 < months.size() ? months[i + 1] : kNoUntilMonth;
    const bool is_raised = judged.outcome == ChangeOutcome::raised;
    is_changed = is_changed || judged.amount != before;
    is_open = is_open || !is_raised;
    lines.push_back({.award_id = award.id,
                     .segment = static_cast<std::int64_t>(i + 1),
                     .outcome = judged.outcome,
                     .from_month = months[i],
                     .until_month = until,
                     .amount_before = before,
                     .amount_after = judged.amount,
                     .arrears = is_raised ? arrears_of(before, judged.amount, months[i],
                                                       std::min(until, award.until_month), terms.today)
                                          : Money(),
                     .award_version = award.version,
                     .facts_revision = award.facts_revision});
  }
  // One stretch that a person must decide holds the whole award back: half a change would be hard to explain.
  if (is_open) {
    const auto open =
        std::ranges::find_if(lines, [](const auto& line) { return line.outcome != ChangeOutcome::raised; });
    ChangeItemRow line = *open;
    line.segment = 1;
    line.until_month = kNoUntilMonth;
    // A person's amount that the rules would give as well is not worth a person's time.
    if (line.outcome == ChangeOutcome::set_by_person && line.amount_after == line.amount_before) return {};
    return {line};
  }
  if (!is_changed) return {};
  return lines;
}

}  // namespace jiuzhu::awards
