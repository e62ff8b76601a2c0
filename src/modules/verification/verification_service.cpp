#include "modules/verification/verification_service.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "platform/json/described.hpp"

namespace jiuzhu::verification {
namespace {

using cases::Action;
using cases::CaseRow;
using cases::CaseTarget;
using cases::CaseWorld;
using cases::Need;
using cases::NeedContext;
using cases::State;

/// After which the registers are asked again before anything rests on what they said.
constexpr int kLookupDays = 3;

Evidence evidence_of(db::Transaction& tx, const CaseRow& row) {
  Evidence evidence{.order = latest_order(tx, row.county_code, row.id)};
  if (!evidence.order) return evidence;
  evidence.report = report_of(tx, row.county_code, evidence.order->id);
  evidence.results = results_of(tx, row.county_code, evidence.order->id);
  return evidence;
}

Status check_valid_report(db::Transaction& tx, const CaseRow& row, const policy::Procedure& procedure, Date today) {
  return check_valid(evidence_of(tx, row), cases::persons_of(tx, row.county_code, row.id), today,
                     procedure.verification_required.articles);
}

/// What distinguishes one order from another.
struct OrderWish {
  OrderReason reason = OrderReason::first;
  std::string note;
  std::optional<Date> due_on = {};
};

void place_order(UseCase& act, const CaseRow& row, const OrderWish& wish) {
  const OrderRow order{.county_code = row.county_code,
                       .id = act.new_id<OrderId>(),
                       .case_id = row.id,
                       .case_version = row.version,
                       .reason = wish.reason,
                       .note = wish.note,
                       .ordered_on = act.today,
                       .due_on = wish.due_on,
                       .ordered_by = act.actor.user,
                       .ordered_by_name = act.actor.name};
  insert_order(act.tx, order);
  act.record({.action = "verification.ordered",
              .subject_kind = "case",
              .subject_id = row.id.to_text(),
              .basis = "SX-2019/2-5",
              .changes = json::Value().set("order", order.id.to_text()).set("reason", enum_text(order.reason))});
}

std::unexpected<Error> refuse_field(std::string pointer, std::string key) {
  return refuse(Error{.code = ErrorCode::invalid_input,
                      .key = "request.invalid",
                      .fields = {{std::move(pointer), std::move(key), {}}}});
}

void remember_register(FindingRow& row, const Finding& finding) {
  const LookedUpFinding& found = *finding.looked_up;
  row.register_code = found.register_code;
  row.delivery_id = found.delivery_id;
  row.rules = json::print(json::write(finding.met));
  if (found.grade) row.name_grade = std::string(enum_text(*found.grade));
}

/// The look-up on which a report rests; nothing in a county that uses no registers and where none was asked for.
Result<std::optional<LookupAnswer>> lookup_of(UseCase& act, const OrderRow& order, const ReportDraft& draft,
                                              const std::vector<cases::PersonRow>& persons) {
  const auto known = registers::registers_of(act.tx, order.county_code);
  const bool uses_registers = std::ranges::any_of(known, &registers::CountyRegisterRow::is_used);
  if (!uses_registers && !draft.lookup) return std::nullopt;
  const auto latest = latest_lookup(act.tx, order.county_code, order.id);
  if (!latest || latest->id != draft.lookup) {
    return refuse_by_rule("verification.lookup_missing", {"SX-2019/2-5"});
  }
  auto answer = json::read_text<LookupAnswer>(latest->answer);
  JZ_ASSERT(answer.has_value());
  const bool is_about_them = std::ranges::all_of(persons, [&](const cases::PersonRow& person) {
    const auto found = std::ranges::find(answer->persons, person.person_key, &LookedUpPerson::person);
    return found != answer->persons.end() && found->citizen_index == person.citizen_index;
  });
  // Nor may it be older than some days, or than what the registers hold by now.
  const bool is_recent = latest->made_at.china_date().plus_days(kLookupDays) >= act.today;
  const auto kept = registers::kept_deliveries(act.tx, order.county_code);
  const bool is_before_news = std::ranges::any_of(
      kept, [&](const registers::DeliveryRow& delivery) { return delivery.accepted_at > latest->made_at; });
  const auto used = std::ranges::count_if(known, &registers::CountyRegisterRow::is_used);
  const bool asked_all = used == std::ssize(answer->registers);
  if (!is_about_them || !is_recent || is_before_news || !asked_all) {
    return refuse_by_rule("verification.lookup_outdated", {"SX-2019/2-5"});
  }
  return std::optional(std::move(*answer));
}

void write_report(UseCase& act, const OrderRow& order, const ReportRow& report,
                  const std::vector<ReportedPerson>& reported, const std::vector<cases::PersonRow>& persons) {
  insert_report(act.tx, report);
  for (const ReportedPerson& person : reported) {
    const auto& row = *std::ranges::find(persons, person.person, &cases::PersonRow::person_key);
    insert_result(act.tx, {.county_code = order.county_code,
                           .order_id = order.id,
                           .person_key = person.person,
                           .role = row.role,
                           .citizen_index = row.citizen_index,
                           .result = person.result});
    for (const Finding& finding : person.findings) {
      FindingRow written{.county_code = order.county_code,
                         .order_id = order.id,
                         .person_key = person.person,
                         .position = static_cast<int>(&finding - person.findings.data()),
                         .source = finding.source,
                         .content = finding.content,
                         .amount = finding.amount,
                         .as_of = finding.as_of,
                         .dismissed_reason = finding.dismissed_reason};
      if (finding.looked_up) remember_register(written, finding);
      insert_finding(act.tx, written);
    }
  }
  // Whose register says what stays out of the audit record: it is read by people who may not see findings.
  act.record({.action = "verification.reported",
              .subject_kind = "case",
              .subject_id = order.case_id.to_text(),
              .basis = "SX-2019/2-5",
              .changes = json::Value()
                             .set("order", order.id.to_text())
                             .set("outcome", enum_text(report.outcome))
                             .set("valid_until", report.valid_until.to_text())});
}

/// Moves the case by what the report says. Notes stay with the report: the steps of a case are shown to the village,
/// which sees the task and not the findings.
Status follow_report(UseCase& act, const CaseWorld& world, CaseRow& row, const ReportRow& report) {
  switch (report.outcome) {
    case ReportOutcome::incomplete:
      place_order(act, row, {.reason = OrderReason::source_unavailable, .note = report.note});
      return {};
    case ReportOutcome::exceeds: return cases::take_step(act, world, row, Action::report_exceeds, "");
    case ReportOutcome::clues: row.is_doubtful = true; [[fallthrough]];
    case ReportOutcome::clear: return cases::take_step(act, world, row, Action::report_clear, "");
  }
  return {};
}

}  // namespace

Result<CaseRow> order_verification(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                                   const CaseTarget& target, const std::string& note) {
  return run_use_case(surroundings, actor, target.county, [&](UseCase& act) -> Result<CaseRow> {
    JZ_TRY(CaseRow row, cases::open_case(act, target, Permission::verification_order));
    JZ_TRY(const policy::Procedure procedure, cases::procedure_of(world, row));
    OrderReason reason = OrderReason::first;
    if (latest_order(act.tx, row.county_code, row.id)) {
      reason = check_valid_report(act.tx, row, procedure, act.today) ? OrderReason::renewed : OrderReason::lapsed;
    }
    if (reason == OrderReason::renewed && trim(note).empty()) {
      return refuse_field("/note", "verification.reason_missing");
    }
    place_order(act, row, {.reason = reason, .note = note});
    JZ_TRY_VOID(cases::take_step(act, world, row, Action::order_verification, ""));
    return row;
  });
}

Result<CaseRow> object_to_verification(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                                       const CaseTarget& target, const std::string& evidence) {
  if (trim(evidence).empty()) return refuse_field("/evidence", "verification.evidence_missing");
  return run_use_case(surroundings, actor, target.county, [&](UseCase& act) -> Result<CaseRow> {
    JZ_TRY(CaseRow row, cases::open_case(act, target, Permission::verification_order));
    JZ_TRY(const policy::Procedure procedure, cases::procedure_of(world, row));
    JZ_TRY(const Date due_on,
           world.calendar.after_working_days(act.today, *procedure.verification_recheck_working_days));
    place_order(act, row, {.reason = OrderReason::objection, .note = evidence, .due_on = due_on});
    JZ_TRY_VOID(cases::take_step(act, world, row, Action::object_to_verification, ""));
    return row;
  });
}

Result<CaseRow> report_verification(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                                    const CaseTarget& target, const ReportDraft& draft) {
  return run_use_case(surroundings, actor, target.county, [&](UseCase& act) -> Result<CaseRow> {
    JZ_TRY(CaseRow row, cases::open_case(act, target, Permission::verification_report));
    const auto order = latest_order(act.tx, row.county_code, row.id);
    if (row.state != State::verifying || !order || report_of(act.tx, row.county_code, order->id)) {
      return refuse(ErrorCode::conflict, "verification.no_open_order");
    }
    const auto persons = cases::persons_of(act.tx, row.county_code, row.id);
    JZ_TRY(const auto lookup, lookup_of(act, *order, draft, persons));
    std::vector<ReportedPerson> reported = draft.persons;
    std::vector<FieldError> faults;
    if (lookup) {
      reported = with_lookup(draft.persons, *lookup, draft.dismissed);
      faults = faults_beside_lookup(draft.persons, *lookup, draft.dismissed);
    }
    for (FieldError& fault : faults_in(reported, persons, act.today)) faults.push_back(std::move(fault));
    if (!faults.empty()) {
      return refuse(Error{.code = ErrorCode::invalid_input,
                          .key = "request.invalid",
                          .fields = std::move(faults),
                          .law = {"SX-2019/2-5"}});
    }
    JZ_TRY(const policy::Procedure procedure, cases::procedure_of(world, row));
    const ReportRow report{.county_code = row.county_code,
                           .order_id = order->id,
                           .outcome = outcome_of(reported),
                           .reported_on = act.today,
                           .valid_until = act.today.plus_days(*procedure.verification_valid_days),
                           .officer_id = act.actor.user,
                           .officer_name = act.actor.name,
                           .reported_at = act.now,
                           .note = draft.note,
                           .lookup_id = lookup ? draft.lookup : std::nullopt};
    write_report(act, *order, report, reported, persons);
    JZ_TRY_VOID(follow_report(act, world, row, report));
    return row;
  });
}

Result<CaseRow> record_verified_facts(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                                      const CaseTarget& target, const policy::HouseholdFacts& facts) {
  return run_use_case(surroundings, actor, target.county, [&](UseCase& act) -> Result<CaseRow> {
    JZ_TRY(CaseRow row, cases::open_case(act, target, Permission::verification_report));
    JZ_TRY(const policy::Procedure procedure, cases::procedure_of(world, row));
    if (row.state != State::verifying && row.state != State::verification_failed && row.state != State::investigating) {
      return refuse(ErrorCode::conflict, "verification.facts_too_late");
    }
    if (reports_of(act.tx, row.county_code, row.id).empty()) {
      return refuse_by_rule("verification.no_report", procedure.verification_required.articles);
    }
    JZ_TRY_VOID(cases::revise_facts(act, row, facts, "verified"));
    return row;
  });
}

Result<VerificationFile> read_verification(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                                           const RegionCode& county, cases::CaseId id) {
  return run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<VerificationFile> {
    JZ_TRY(const CaseRow row, cases::find_visible_case(act, id, Permission::case_read));
    JZ_TRY(const policy::Procedure procedure, cases::procedure_of(world, row));
    VerificationFile file{.shows_findings = actor.role != Role::village_cadre};
    if (const Status valid = check_valid_report(act.tx, row, procedure, act.today); !valid) {
      file.obstacle = valid.error();
    }
    for (OrderRow& order : orders_of(act.tx, row.county_code, id)) file.orders.push_back({.order = std::move(order)});
    const auto place_of = [&](OrderId order) -> OrderFile& {
      return *std::ranges::find_if(file.orders, [&](const OrderFile& known) { return known.order.id == order; });
    };
    for (ReportRow& report : reports_of(act.tx, row.county_code, id)) {
      OrderFile& place = place_of(report.order_id);
      place.report = std::move(report);
    }
    if (file.shows_findings) {
      file.persons = cases::persons_of(act.tx, row.county_code, id);
      for (ResultRow& result : all_results_of(act.tx, row.county_code, id)) {
        place_of(result.order_id).results.push_back(std::move(result));
      }
      for (FindingRow& finding : findings_of(act.tx, row.county_code, id)) {
        place_of(finding.order_id).findings.push_back(std::move(finding));
      }
    }
    act.record({.action = "verification.read", .subject_kind = "case", .subject_id = id.to_text()});
    return file;
  });
}

Result<ReportFile> read_report(const Surroundings& surroundings, const Actor& actor, const RegionCode& county,
                               cases::CaseId id, OrderId order) {
  JZ_TRY_VOID(require(actor, Permission::case_read));
  if (actor.role == Role::village_cadre) return refuse(ErrorCode::forbidden, "access.permission_missing");
  return run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<ReportFile> {
    JZ_TRY(CaseRow row, cases::find_visible_case(act, id, Permission::case_read));
    const auto orders = orders_of(act.tx, row.county_code, id);
    const auto found = std::ranges::find(orders, order, &OrderRow::id);
    auto report = found == orders.end() ? std::nullopt : report_of(act.tx, row.county_code, order);
    if (!report) return refuse(ErrorCode::not_found, "verification.no_report");
    ReportFile file{.order = *found, .report = std::move(report)};
    file.results = results_of(act.tx, row.county_code, order);
    file.findings = findings_of(act.tx, row.county_code, id);
    std::erase_if(file.findings, [&](const FindingRow& finding) { return finding.order_id != order; });
    file.persons = cases::persons_of(act.tx, row.county_code, id);
    if (file.report->lookup_id) {
      const auto lookup = find_lookup(act.tx, row.county_code, *file.report->lookup_id);
      JZ_ASSERT(lookup.has_value());
      auto answer = json::read_text<LookupAnswer>(lookup->answer);
      JZ_ASSERT(answer.has_value());
      file.answer = std::move(*answer);
    }
    file.row = std::move(row);
    act.record({.action = "verification.report_read", .subject_kind = "case", .subject_id = id.to_text()});
    return file;
  });
}

Result<OrderId> valid_report_of(db::Transaction& tx, const CaseRow& row, const policy::Procedure& procedure,
                                Date today) {
  JZ_TRY_VOID(check_valid_report(tx, row, procedure, today));
  return latest_order(tx, row.county_code, row.id)->id;
}

void provide_verification_needs(CaseWorld& world) {
  world.needs.provide(Need::valid_verification, [](const NeedContext& context) -> Status {
    return check_valid_report(context.tx, context.row, context.procedure, context.today);
  });
  world.needs.provide(Need::clear_verification, [](const NeedContext& context) -> Status {
    return check_clear(evidence_of(context.tx, context.row), context.procedure.verification_required.articles);
  });
}

}  // namespace jiuzhu::verification
