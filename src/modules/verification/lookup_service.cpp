#include "modules/verification/lookup_service.hpp"

#include <algorithm>
#include <chrono>
#include <semaphore>

#include "modules/cases/facts_json.hpp"
#include "modules/cases/recusal.hpp"
#include "modules/registers/county_rules.hpp"
#include "platform/json/described.hpp"

namespace jiuzhu::verification {
namespace {

/// Each look-up reads all registers with all processors: more at once would only keep everybody else waiting.
constexpr std::ptrdiff_t kAtOnce = 2;
constexpr std::chrono::seconds kPatience{2};

/// A place among those who read, given back at the end.
class ReadingPlace {
 public:
  bool take() { return is_taken_ = places().try_acquire_for(kPatience); }
  ReadingPlace() = default;
  ~ReadingPlace() {
    if (is_taken_) places().release();
  }
  ReadingPlace(const ReadingPlace&) = delete;
  ReadingPlace& operator=(const ReadingPlace&) = delete;

 private:
  static std::counting_semaphore<kAtOnce>& places() {
    static std::counting_semaphore<kAtOnce> all{kAtOnce};
    return all;
  }
  bool is_taken_ = false;
};

/// What has to be known before the registers are read.
struct Question {
  OrderRow order;
  sieve::Catalogue catalogue;  // with the county's own limits
  std::vector<cases::PersonRow> persons;
  policy::HouseholdFacts declared;
  registers::Household household;
  std::vector<registers::HeldRegister> held;
};

/// The order that waits for a report, seen by somebody who may write one.
Result<OrderRow> open_order(UseCase& act, const cases::CaseRow& row) {
  JZ_TRY_VOID(cases::refuse_kin(act.tx, act.actor, row.county_code, row.id));
  auto order = latest_order(act.tx, row.county_code, row.id);
  if (row.state != cases::State::verifying || !order || report_of(act.tx, row.county_code, order->id)) {
    return refuse(ErrorCode::conflict, "verification.no_open_order");
  }
  return std::move(*order);
}

Result<Question> question_of(UseCase& act, const registers::RegisterWorld& hall, cases::CaseId id) {
  JZ_TRY(const cases::CaseRow row, cases::find_visible_case(act, id, Permission::verification_report));
  Question question;
  JZ_TRY(question.order, open_order(act, row));
  question.persons = cases::persons_of(act.tx, row.county_code, row.id);
  const auto facts = cases::facts_before_verification(act.tx, row.county_code, row.id);
  JZ_ASSERT(facts.has_value());
  JZ_TRY(question.declared, cases::read_facts(facts->facts));
  question.catalogue = registers::county_catalogue(act.tx, hall.catalogue, row.county_code);
  question.held = registers::held_registers(act.tx, hall.catalogue, row.county_code, act.today);
  if (std::ranges::none_of(question.held, &registers::HeldRegister::is_used)) {
    return refuse(ErrorCode::conflict, "verification.no_registers");
  }
  Status opened;
  question.household = household_of(
      row.id.to_text(), question.persons, question.declared,
      [&](const cases::PersonRow& person) {
        const auto number = act.vault().open(person.citizen_number, cases::kCitizenNumberContext);
        if (!number) opened = refuse(number.error());
        return number.value_or("");
      },
      act.today);
  JZ_TRY_VOID(opened);
  return question;
}

}  // namespace

Result<Lookup> look_up_case(const Surroundings& surroundings, const registers::RegisterWorld& hall, const Actor& actor,
                            const RegionCode& county, cases::CaseId id) {
  const auto question = run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<Question> {
    JZ_TRY(Question asked, question_of(act, hall, id));
    act.record({.action = "verification.looked_up",
                .subject_kind = "case",
                .subject_id = id.to_text(),
                .basis = "SA-2014/58",
                .changes = json::Value().set("order", asked.order.id.to_text())});
    return asked;
  });
  if (!question) return refuse(question.error());
  ReadingPlace place;
  if (!place.take()) return refuse(ErrorCode::unavailable, "verification.registers_busy");
  // Outside of any transaction: reading gigabytes must keep nobody from writing.
  JZ_TRY(const registers::Answers answers, registers::look_up(question->catalogue, hall.files,
                                                              {.households = std::span(&question->household, 1),
                                                               .registers = question->held,
                                                               .today = surroundings.clock.today()}));
  const auto found = answers.households.find(question->household.id);
  Lookup lookup{.answer = answer_of(question->catalogue, question->held, question->household, question->persons,
                                    found == answers.households.end() ? registers::HouseholdAnswer() : found->second,
                                    question->declared, PropertyDeclared::yes, surroundings.clock.today())};
  return run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<Lookup> {
    JZ_TRY(const cases::CaseRow row, cases::find_visible_case(act, id, Permission::verification_report));
    JZ_TRY(const OrderRow order, open_order(act, row));
    if (order.id != question->order.id) return refuse(ErrorCode::conflict, "verification.no_open_order");
    lookup.row = {.county_code = order.county_code,
                  .id = act.new_id<LookupId>(),
                  .order_id = order.id,
                  .made_at = act.now,
                  .made_by = act.actor.user,
                  .made_by_name = act.actor.name,
                  .answer = json::print(json::write(lookup.answer))};
    insert_lookup(act.tx, lookup.row);
    forget_earlier_lookups(act.tx, order.county_code, order.id, lookup.row.id);
    return lookup;
  });
}

Result<std::optional<Lookup>> read_lookup(const Surroundings& surroundings, const Actor& actor,
                                          const RegionCode& county, cases::CaseId id) {
  return run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<std::optional<Lookup>> {
    JZ_TRY(const cases::CaseRow row, cases::find_visible_case(act, id, Permission::verification_report));
    JZ_TRY(const OrderRow order, open_order(act, row));
    auto latest = latest_lookup(act.tx, order.county_code, order.id);
    if (!latest) return std::nullopt;
    act.record({.action = "verification.lookup_read", .subject_kind = "case", .subject_id = id.to_text()});
    auto answer = json::read_text<LookupAnswer>(latest->answer);
    JZ_ASSERT(answer.has_value());
    return Lookup{std::move(*latest), std::move(*answer)};
  });
}

}  // namespace jiuzhu::verification
