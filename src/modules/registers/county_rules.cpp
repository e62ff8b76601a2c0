#include "modules/registers/county_rules.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "engines/sieve/figures.hpp"

namespace jiuzhu::registers {
namespace {

sieve::Plan plan_of(const sieve::Catalogue& catalogue) {
  sieve::Plan plan;
  plan.people.attributes = catalogue.attributes;
  for (const sieve::Register& record : catalogue.registers) plan.sources.push_back(record.source);
  return plan;
}

sieve::RegisterRule* find_rule(sieve::Catalogue& catalogue, const std::string& code) {
  const auto found =
      std::ranges::find(catalogue.rules, code, [](const sieve::RegisterRule& known) { return known.rule.code; });
  return found == catalogue.rules.end() ? nullptr : &*found;
}

}  // namespace

sieve::Catalogue county_catalogue(db::Transaction& tx, const sieve::Catalogue& catalogue, const std::string& county) {
  sieve::Catalogue own = catalogue;
  const auto rows = rules_of(tx, county);
  if (rows.empty()) return own;
  const sieve::FigureNames names = sieve::figure_names(plan_of(own));
  for (const CountyRuleRow& row : rows) {
    sieve::RegisterRule* const rule = find_rule(own, row.code);
    if (!rule) continue;
    rule->is_off = row.is_off;
    if (row.condition.empty()) continue;
    if (auto condition = sieve::Condition::parse(row.condition, names)) {
      rule->rule.when = std::move(*condition);
      rule->registers = sieve::registers_asked(rule->rule, own);
    }
  }
  return own;
}

Result<std::vector<RuleStatus>> read_rules(const RegisterWorld& world, const Actor& actor) {
  JZ_TRY_VOID(require(actor, Permission::register_read));
  std::vector<CountyRuleRow> rows;
  if (actor.region.level() >= RegionLevel::county) {
    rows = world.surroundings.database.read(
        [&](db::Transaction& tx) { return rules_of(tx, actor.region.county().to_text()); });
  }
  const sieve::FigureNames names = sieve::figure_names(plan_of(world.catalogue));
  std::vector<RuleStatus> list;
  for (const sieve::RegisterRule& rule : world.catalogue.rules) {
    RuleStatus status{.rule = &rule, .condition = rule.rule.when.text()};
    const auto row = std::ranges::find(rows, rule.rule.code, &CountyRuleRow::code);
    if (row != rows.end()) {
      status.is_off = row->is_off;
      status.version = row->version;
      status.changed_by_name = row->changed_by_name;
      status.is_broken = !row->condition.empty() && !sieve::Condition::parse(row->condition, names);
      status.is_own = !row->condition.empty() && !status.is_broken;
      if (status.is_own) status.condition = row->condition;
    }
    list.push_back(std::move(status));
  }
  return list;
}

std::vector<std::string> figure_names_of(const sieve::Catalogue& catalogue) {
  std::vector<std::string> names;
  for (const auto& [name, place] : sieve::figure_names(plan_of(catalogue))) names.push_back(name);
  return names;
}

Status set_rule(const RegisterWorld& world, const Actor& actor, const std::string& code, bool is_off,
                const std::string& condition, std::int64_t version) {
  JZ_TRY_VOID(require(actor, Permission::policy_change));
  sieve::Catalogue catalogue = world.catalogue;
  sieve::RegisterRule* const rule = find_rule(catalogue, code);
  if (!rule) return refuse(ErrorCode::not_found, "registers.rule_unknown");
  const std::string text(trim(condition));
  if (!text.empty()) {
    auto parsed = sieve::Condition::parse(text, sieve::figure_names(plan_of(catalogue)));
    if (!parsed) {
      return refuse(Error{.code = ErrorCode::invalid_input,
                          .key = "request.invalid",
                          .fields = {{"/condition",
                                      "registers.condition_wrong",
                                      {{"column", std::to_string(parsed.error().column)},
                                       {"near", parsed.error().near.empty() ? "…" : parsed.error().near}}}}});
    }
    const auto registers = rule->registers;
    rule->rule.when = std::move(*parsed);
    if (rule->alert && sieve::registers_asked(rule->rule, catalogue) != registers) {
      return refuse(Error{.code = ErrorCode::invalid_input,
                          .key = "request.invalid",
                          .fields = {{"/condition", "registers.rule_leaves_register", {}}}});
    }
  }
  return run_use_case(world.surroundings, actor, actor.region.county(), [&](UseCase& act) -> Status {
    const CountyRuleRow row{.county_code = act.county.to_text(),
                            .code = code,
                            .is_off = is_off,
                            .condition = text,
                            .version = version,
                            .changed_by_name = act.actor.name,
                            .changed_at = act.now};
    if (!save_rule(act.tx, row)) return refuse(ErrorCode::conflict, "registers.changed_meanwhile");
    act.record({.action = "registers.rule_set",
                .subject_kind = "register_rule",
                .subject_id = code,
                .basis = "SX-2019/2-5",
                .changes = json::Value().set("off", is_off).set("condition", text)});
    return {};
  });
}

}  // namespace jiuzhu::registers
