#pragma once
// Everything policy/ says, ready to be asked by date and region. Immutable; share it as
// std::shared_ptr<const Rulebook> and replace the whole when a file changes.

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engines/policy/local_parameters.hpp"
#include "engines/policy/rules.hpp"
#include "engines/policy/wording.hpp"

namespace jiuzhu::policy {

/// The rules and local values of one county on one date.
struct RulesInForce {
  std::shared_ptr<const RulePack> pack;
  LocalParameters local;
};

class Rulebook {
 public:
  struct Content {
    std::vector<PackSource> packs;
    LocalRegister local;
    std::map<std::string, ProcedureValues, std::less<>> local_procedure;  // by region
    std::map<std::string, ObligorFormula, std::less<>> formulas;
    Wording wording;
  };

  /// Refuses with "policy.packs" and field errors; see compose().
  static Result<Rulebook> build(Content content);

  /// The same rules with local values put over those of policy/: what a county records between two releases.
  Rulebook with_local_values(std::vector<std::pair<LocalName, LocalValue>> values) const;

  /// The national and provincial rules of a day. Refuses with "policy.no_rules_for_date" (params date, first): a day
  /// before the first pack has no rules, and never falls back on later ones.
  Result<std::shared_ptr<const RulePack>> pack_on(Date date) const;

  Result<RulesInForce> rules_on(std::string_view region, Date date) const;

  /// The procedural rules of a county: the law's, with the county's (city's, province's) stricter or missing values.
  Result<Procedure> procedure_on(std::string_view region, Date date) const;

  /// The standard per person and month in one county. Refuses with "policy.no_value_for_date".
  Result<ParameterUse> standard_on(std::string_view region, Programme programme, Date date) const;

  const ObligorFormula* formula(std::string_view name) const;
  const std::vector<std::shared_ptr<const RulePack>>& stretches() const { return stretches_; }
  const std::vector<PackSource>& packs() const { return content_->packs; }
  const LocalRegister& local() const { return content_->local; }
  std::shared_ptr<const Wording> wording() const { return {content_, &content_->wording}; }

 private:
  std::shared_ptr<const Content> content_;
  std::vector<std::shared_ptr<const RulePack>> stretches_;
};

}  // namespace jiuzhu::policy
