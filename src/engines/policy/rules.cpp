#include "engines/policy/rules.hpp"

#include <algorithm>
#include <set>

namespace jiuzhu::policy {
namespace {

void merge(RulePack& pack, const PackSource& source) {
  pack.packs.push_back({source.id, source.title, source.valid.from});
  for (const auto& [section, rules] : source.rules) {
    Rules& merged = pack.rules[section];
    Rules added;
    for (const Rule& rule : rules) {
      const auto same = std::ranges::find(merged, rule.id, &Rule::id);
      if (same != merged.end()) {
        *same = rule;
      } else {
        added.push_back(rule);
      }
    }
    // Lists are tried in order; what an overlay adds is more special than what it found.
    merged.insert(merged.begin(), added.begin(), added.end());
  }
  for (const auto& [step, rule] : source.steps) pack.steps[step] = rule;
  for (const auto& [name, value] : source.procedure) pack.procedure_values[name] = value;
  if (source.marginal_multiple) pack.marginal_multiple = source.marginal_multiple;
}

std::vector<Date> boundaries_of(const std::vector<PackSource>& sources) {
  std::set<Date> dates;
  for (const PackSource& source : sources) {
    dates.insert(source.valid.from);
    if (source.valid.until) dates.insert(*source.valid.until);
  }
  return {dates.begin(), dates.end()};
}

void check_steps(const RulePack& pack, const std::string& name, std::vector<FieldError>& problems) {
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Step>>([&](auto step) {
    if (!pack.steps.contains(step.value)) problems.push_back({name + "/steps/" + step.name, "policy.step_missing"});
  });
}

/// Every kind of income and deduction must end in a rule without condition.
void check_kinds(const RulePack& pack, const std::string& name, std::vector<FieldError>& problems) {
  const auto check = [&](auto kinds, const Rules& rules, auto kind, const char* section) {
    const bool ends = std::ranges::any_of(rules, [&](const Rule& rule) {
      return !rule.when && std::ranges::find(rule.*kinds, kind) != (rule.*kinds).end();
    });
    if (ends) return;
    problems.push_back({name + "/" + section + "/" + std::string(name_of(kind)), "policy.kind_without_rule"});
  };
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<IncomeKind>>(
      [&](auto kind) { check(&Rule::income_kinds, pack.section(Section::incomes), kind.value, "incomes"); });
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<DeductionKind>>(
      [&](auto kind) { check(&Rule::deduction_kinds, pack.section(Section::deductions), kind.value, "deductions"); });
  const Rules& registration = pack.section(Section::registration);
  if (registration.empty() || registration.back().when) {
    problems.push_back({name + "/registration", "policy.registration_without_end"});
  }
}

}  // namespace

const Rules& RulePack::section(Section section) const {
  static const Rules kNone;
  const auto found = rules.find(section);
  return found == rules.end() ? kNone : found->second;
}

Result<std::vector<std::shared_ptr<const RulePack>>> compose(const std::vector<PackSource>& sources) {
  std::vector<std::shared_ptr<const RulePack>> stretches;
  std::vector<FieldError> problems;
  const std::vector<Date> boundaries = boundaries_of(sources);
  for (std::size_t i = 0; i < boundaries.size(); ++i) {
    auto pack = std::make_shared<RulePack>();
    pack->valid.from = boundaries[i];
    if (i + 1 < boundaries.size()) pack->valid.until = boundaries[i + 1];
    std::vector<const PackSource*> bases;
    std::vector<const PackSource*> overlays;
    for (const PackSource& source : sources) {
      if (source.valid.contains(boundaries[i])) (source.is_overlay ? overlays : bases).push_back(&source);
    }
    if (bases.empty()) continue;
    if (bases.size() > 1) {
      problems.push_back(
          {bases[1]->id, "policy.bases_overlap", {{"other", bases[0]->id}, {"date", boundaries[i].to_text()}}});
      continue;
    }
    std::ranges::sort(overlays, [](const PackSource* a, const PackSource* b) {
      return a->valid.from != b->valid.from ? a->valid.from < b->valid.from : a->id < b->id;
    });
    merge(*pack, *bases[0]);
    for (const PackSource* overlay : overlays) merge(*pack, *overlay);
    check_steps(*pack, bases[0]->id, problems);
    check_kinds(*pack, bases[0]->id, problems);
    auto procedure = make_procedure(pack->procedure_values);
    if (procedure) {
      pack->procedure = std::move(*procedure);
    } else {
      for (FieldError& problem : procedure.error().fields) {
        problem.pointer = bases[0]->id + "/procedure/" + problem.pointer;
        problems.push_back(std::move(problem));
      }
    }
    stretches.push_back(std::move(pack));
  }
  if (!problems.empty()) {
    return refuse(Error{.code = ErrorCode::invalid_input, .key = "policy.packs", .fields = std::move(problems)});
  }
  return stretches;
}

}  // namespace jiuzhu::policy
