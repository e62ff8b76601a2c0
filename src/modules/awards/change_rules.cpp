#include "modules/awards/change_rules.hpp"

#include <algorithm>

#include "engines/policy/assess.hpp"
#include "modules/cases/facts_json.hpp"

namespace jiuzhu::awards {
namespace {

Money amount_in(const JudgedAward& award, Month month) {
  Money amount = award.stretches.front().second;
  for (const auto& [from, value] : award.stretches) {
    if (from <= month) amount = value;
  }
  return amount;
}

struct Judgement {
  ChangeOutcome outcome = ChangeOutcome::raised;
  Money amount;
};

Judgement judge(const JudgedAward& award, policy::HouseholdFacts& facts, Month month, Money before,
                const policy::Rulebook& rulebook) {
  facts.date = month.first_day();
  facts.approved_on.reset();
  const auto decision = policy::assess(facts, rulebook);
  if (!decision || decision->outcome == policy::Outcome::review) return {ChangeOutcome::review, before};
  if (decision->outcome == policy::Outcome::not_eligible) return {ChangeOutcome::not_eligible, before};
  const Money amount = *decision->amount_month;
  if (award.basis == AmountBasis::by_person) return {ChangeOutcome::set_by_person, amount};
  return {amount < before ? ChangeOutcome::lower : ChangeOutcome::raised, amount};
}

/// (after - before) for every month from `from` up to `until` that lies before today's.
Money arrears_of(Money before, Money after, Month from, Month until, Date today) {
  const int months = std::min(until, today.month_of()).index() - from.index();
  return months > 0 ? (after - before) * months : Money();
}

}  // namespace

std::vector<ChangeItemRow> change_lines(const JudgedAward& award, Month from, Date today,
                                        const policy::Rulebook& rulebook) {
  const Month start = std::max(from, award.payable_from);
  if (start >= award.until_month) return {};
  std::vector<Month> months{start};
  for (const auto& [month, amount] : award.stretches) {
    if (month > start && month < award.until_month) months.push_back(month);
  }
  auto facts = cases::read_facts(award.facts);
  JZ_ASSERT(facts.has_value());  // the program wrote it
  std::vector<ChangeItemRow> lines;
  bool is_open = false;
  bool is_changed = false;
  for (std::size_t i = 0; i < months.size(); ++i) {
    const Money before = amount_in(award, months[i]);
    const Judgement judged = judge(award, *facts, months[i], before, rulebook);
    const Month until = i + 1 < months.size() ? months[i + 1] : kNoUntilMonth;
    const bool is_raised = judged.outcome == ChangeOutcome::raised;
    is_changed = is_changed || judged.amount != before;
    is_open = is_open || !is_raised;
    lines.push_back(
        {.award_id = award.id,
         .segment = static_cast<std::int64_t>(i + 1),
         .outcome = judged.outcome,
         .from_month = months[i],
         .until_month = until,
         .amount_before = before,
         .amount_after = judged.amount,
         .arrears = is_raised ? arrears_of(before, judged.amount, months[i], std::min(until, award.until_month), today)
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
