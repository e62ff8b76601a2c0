#include "modules/standards/standard_service.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace jiuzhu::standards {
namespace {

using cases::CaseProgramme;

// A standard outside these is a slip of the keyboard, such as a month's amount for a year's.
struct Range {
  Money least;
  Money most;
};
Range range_of(CaseProgramme programme) {
  return programme == CaseProgramme::urban_minimum_living ? Range{Money::yuan(100), Money::yuan(5'000)}
                                                          : Range{Money::yuan(1'000), Money::yuan(60'000)};
}

std::vector<FieldError> problems_of(const NewStandard& standard, Date today) {
  std::vector<FieldError> problems;
  const Range range = range_of(standard.programme);
  if (standard.amount < range.least || standard.amount > range.most) {
    problems.push_back(
        {"/amount", "standard.amount_range", {{"least", range.least.to_text()}, {"most", range.most.to_text()}}});
  }
  const Month first = today.month_of().plus(-36);
  const Month last = today.month_of().plus(24);
  if (standard.valid_from < first || standard.valid_from > last) {
    problems.push_back({"/valid_from", "standard.month_range", {{"first", first.to_text()}, {"last", last.to_text()}}});
  }
  if (trim(standard.document).empty()) problems.push_back({"/document", "field.empty"});
  return problems;
}

std::unexpected<Error> refuse_fields(std::vector<FieldError> problems) {
  return refuse(Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = std::move(problems)});
}

}  // namespace

Result<StandardRow> record_standard(const Surroundings& surroundings, StandardFeed& feed, const Actor& actor,
                                    const RegionCode& county, const NewStandard& standard) {
  JZ_TRY_VOID(require(actor, Permission::policy_change, county));
  auto problems = problems_of(standard, surroundings.clock.today());
  if (!problems.empty()) return refuse_fields(std::move(problems));
  auto recorded = run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<StandardRow> {
    for (const StandardRow& other : standards_of(act.tx, county.to_text())) {
      if (other.programme == standard.programme && other.valid_from == standard.valid_from && !other.withdrawn_at) {
        return refuse(ErrorCode::conflict, "standard.exists", {{"month", other.valid_from.to_text()}});
      }
    }
    const StandardRow row{.county_code = county.to_text(),
                          .id = act.new_id<StandardId>(),
                          .programme = standard.programme,
                          .amount = standard.amount,
                          .valid_from = standard.valid_from,
                          .document = std::string(trim(standard.document)),
                          .recorded_by = actor.user,
                          .recorded_by_name = actor.name,
                          .recorded_at = act.now};
    insert_standard(act.tx, row);
    act.record({.action = "standard.recorded",
                .subject_kind = "standard",
                .subject_id = row.id.to_text(),
                .basis = row.document,
                .changes = json::Value()
                               .set("programme", enum_text(row.programme))
                               .set("amount", row.amount.to_text())
                               .set("valid_from", row.valid_from.to_text())});
    return row;
  });
  if (recorded) feed.refresh();
  return recorded;
}

Result<StandardRow> withdraw_standard(const Surroundings& surroundings, StandardFeed& feed, const Actor& actor,
                                      const RegionCode& county, StandardId id, const std::string& reason) {
  JZ_TRY_VOID(require(actor, Permission::policy_change, county));
  if (trim(reason).empty()) return refuse_fields({{"/reason", "field.empty"}});
  auto withdrawn = run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<StandardRow> {
    auto row = find_standard(act.tx, county.to_text(), id);
    if (!row) return refuse(ErrorCode::not_found, "standard.not_found");
    row->withdrawn_by = actor.user;
    row->withdrawn_by_name = actor.name;
    row->withdrawn_at = act.now;
    row->withdrawn_reason = std::string(trim(reason));
    if (!withdraw_standard(act.tx, *row)) return refuse(ErrorCode::not_found, "standard.not_found");
    act.record({.action = "standard.withdrawn",
                .subject_kind = "standard",
                .subject_id = id.to_text(),
                .basis = *row->withdrawn_reason});
    return *row;
  });
  if (withdrawn) feed.refresh();
  return withdrawn;
}

Result<StandardPage> read_standards(const Surroundings& surroundings, const cases::CaseWorld& world, const Actor& actor,
                                    const RegionCode& county) {
  JZ_TRY_VOID(require(actor, Permission::policy_read));
  // A township is under its county's standard.
  if (!actor.region.contains(county) && !county.contains(actor.region)) {
    return refuse(ErrorCode::not_found, "access.outside_region");
  }
  StandardPage page;
  const std::string code = county.to_text();
  const std::array<std::string, 4> places{code, code.substr(0, 4) + "00", code.substr(0, 2) + "0000", "000000"};
  const auto rulebook = world.rulebook.current();
  for (const policy::LocalValue* value : rulebook->local().all()) {
    const bool is_urban = value->use.name == policy::name_of(policy::LocalName::standard_urban_month);
    const bool is_rural = value->use.name == policy::name_of(policy::LocalName::standard_rural_year);
    if ((!is_urban && !is_rural) || std::ranges::find(places, value->use.region) == places.end()) continue;
    page.in_force.push_back({is_urban ? CaseProgramme::urban_minimum_living : CaseProgramme::rural_minimum_living,
                             value->use, value->until});
  }
  std::ranges::stable_sort(page.in_force, [](const StandardInForce& a, const StandardInForce& b) {
    return a.programme != b.programme ? a.programme < b.programme : a.use.valid_from > b.use.valid_from;
  });
  page.recorded = surroundings.database.read([&](db::Transaction& tx) { return standards_of(tx, county.to_text()); });
  return page;
}

}  // namespace jiuzhu::standards
