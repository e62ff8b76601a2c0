// The needs whose evidence is the declaration itself.

#include "modules/cases/case_service.hpp"
#include "modules/cases/completeness.hpp"

namespace jiuzhu::cases {
namespace {

Status check_complete_file(const NeedContext& context) {
  const auto persons = persons_of(context.tx, context.row.county_code, context.row.id);
  const auto kin = kin_of(context.tx, context.row.county_code, context.row.id);
  const auto account = account_of(context.tx, context.row.county_code, context.row.id);
  auto missing = missing_from({context.row, persons, kin, account}, context.today);
  if (missing.empty()) return {};
  return refuse(Error{.code = ErrorCode::refused_by_rule,
                      .key = "case.incomplete",
                      .fields = std::move(missing),
                      .law = {"DB-2012/13", "SX-2019/2-2"}});
}

Status check_authorisations(const NeedContext& context) {
  auto missing = missing_authorisations(persons_of(context.tx, context.row.county_code, context.row.id));
  if (missing.empty()) return {};
  return refuse(Error{.code = ErrorCode::refused_by_rule,
                      .key = "case.authorisation_missing",
                      .fields = std::move(missing),
                      .law = {"SA-2014/58", "DB-2012/12"}});
}

/// Machines advise and persons decide: "review" lets the officer go on with reasons, a clear "no" does not.
Status check_assessment(const NeedContext& context, const CaseWorld& world) {
  JZ_TRY(const policy::Decision decision, assess_case(context.tx, world, context.row));
  if (decision.outcome != policy::Outcome::not_eligible) return {};
  return refuse_by_rule("case.not_eligible", decision.law);
}

Status check_account(const NeedContext& context) {
  if (account_of(context.tx, context.row.county_code, context.row.id)) return {};
  return refuse_by_rule("case.account_missing", {"DB-2012/30", "SX-2019/2-3"});
}

}  // namespace

void provide_case_needs(CaseWorld& world) {
  world.needs.provide(Need::complete_file, check_complete_file);
  world.needs.provide(Need::signed_authorisation, check_authorisations);
  world.needs.provide(Need::favourable_assessment,
                      [&world](const NeedContext& context) { return check_assessment(context, world); });
  world.needs.provide(Need::checked_account, check_account);
}

}  // namespace jiuzhu::cases
