#include "modules/awards/award_service.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "kernel/identity/bank_account.hpp"
#include "modules/awards/award_rules.hpp"
#include "modules/cases/recusal.hpp"

namespace jiuzhu::awards {
namespace {

using cases::CaseWorld;
using cases::PersonRow;

std::unexpected<Error> refuse_fields(std::vector<FieldError> problems) {
  return refuse(Error{.code = ErrorCode::invalid_input, .key = "request.invalid", .fields = std::move(problems)});
}

enum class Ended { refused, welcome };

/// Locks the award for the rest of the transaction, if the actor may act on it.
Result<AwardRow> open_award(UseCase& act, const AwardTarget& target, Permission permission,
                            Ended ended = Ended::refused) {
  const std::string county = target.county.to_text();
  JZ_TRY_VOID(require(act.actor, permission));
  auto row = lock_award(act.tx, county, target.id, target.version);
  if (!row) {
    const auto current = find_award(act.tx, county, target.id);
    if (!current || !act.actor.region.contains(current->region)) return refuse(ErrorCode::not_found, "award.not_found");
    return refuse(ErrorCode::conflict, "award.changed_meanwhile");
  }
  if (!act.actor.region.contains(row->region)) return refuse(ErrorCode::not_found, "award.not_found");
  JZ_TRY_VOID(cases::refuse_kin(act.tx, act.actor, county, row->case_id));
  if (ended == Ended::refused && row->state == AwardState::ended) return refuse(ErrorCode::conflict, "award.ended");
  return *row;
}

std::vector<const PersonRow*> counted_members(const std::vector<PersonRow>& persons,
                                              const policy::Decision& assessment) {
  std::vector<const PersonRow*> members;
  for (const PersonRow& person : persons) {
    const auto finding = std::ranges::find(assessment.members, person.person_key, &policy::MemberFinding::key);
    const bool counts = finding != assessment.members.end() && finding->counted != policy::Truth::no;
    if (person.role == cases::PersonRole::member && counts) members.push_back(&person);
  }
  return members;
}

Result<AwardFile> read_file(UseCase& act, const std::optional<AwardRow>& row) {
  if (!row || !act.actor.region.contains(row->region)) return refuse(ErrorCode::not_found, "award.not_found");
  AwardFile file{.row = *row,
                 .amounts = amounts_of(act.tx, row->county_code, row->id),
                 .members = {},
                 .account = account_of(act.tx, row->county_code, row->id)};
  const auto members = members_of(act.tx, row->county_code, row->id);
  for (PersonRow& person : cases::persons_of(act.tx, row->county_code, row->case_id)) {
    if (std::ranges::find(members, person.person_key, &MemberRow::person_key) != members.end()) {
      file.members.push_back(std::move(person));
    }
  }
  act.record({.action = "award.read", .subject_kind = "award", .subject_id = row->id.to_text()});
  return file;
}

}  // namespace

AwardId write_award(UseCase& act, const NewAward& award) {
  const AwardId id = act.new_id<AwardId>();
  insert_award(act.tx, {.county_code = award.row.county_code,
                        .id = id,
                        .case_id = award.row.id,
                        .case_number = award.row.case_number,
                        .programme = award.row.programme,
                        .region = award.row.region,
                        .holder_name = award.row.applicant_name,
                        .member_count = static_cast<int>(award.members.size()),
                        .amount = award.amount,
                        .amount_from = award.first_month,
                        .basis = award.basis,
                        .first_month = award.first_month,
                        .payable_from = award.payable_from,
                        .opened_on = act.today,
                        .review_due_on = award.review_due_on});
  insert_amount(act.tx, {.county_code = award.row.county_code,
                         .award_id = id,
                         .from_month = award.first_month,
                         .amount = award.amount,
                         .kind = award.kind,
                         .reasons = "[]",
                         .facts_revision = award.facts_revision,
                         .set_by = act.actor.user,
                         .set_by_name = act.actor.name,
                         .set_on = act.today});
  for (const PersonRow* member : award.members) {
    insert_member(act.tx, {.county_code = award.row.county_code,
                           .award_id = id,
                           .person_key = member->person_key,
                           .citizen_index = member->citizen_index,
                           .from_month = award.first_month});
  }
  insert_account(act.tx, {.county_code = award.row.county_code,
                          .award_id = id,
                          .kind = award.account.kind,
                          .number = award.account.number,
                          .number_masked = award.account.number_masked,
                          .holder_name = award.account_holder,
                          .bank = award.account.bank,
                          .changed_on = act.today,
                          .changed_by = act.actor.user,
                          .changed_by_name = act.actor.name});
  return id;
}

Status refuse_double_members(UseCase& act, const std::vector<const PersonRow*>& members, Month from) {
  std::vector<FieldError> problems;
  for (const PersonRow* member : members) {
    for (const std::string& other : awards_of_person(act.tx, member->county_code, member->citizen_index, from)) {
      problems.push_back({"/persons/" + member->person_key, "award.person_draws_elsewhere", {{"case_number", other}}});
    }
  }
  if (problems.empty()) return {};
  return refuse(Error{.code = ErrorCode::conflict,
                      .key = "award.member_draws_elsewhere",
                      .fields = std::move(problems),
                      .law = {"SA-2014/9"}});
}

void bar_account(UseCase& act, AwardId id, std::int64_t version, const std::string& reason) {
  bar_account(act.tx, act.county.to_text(), id, version, reason);
  act.record({.action = "award.account_barred",
              .subject_kind = "award",
              .subject_id = id.to_text(),
              .basis = "SX-2019/2-3",
              .changes = json::Value().set("reason", reason)});
}

decisions::ApprovalHook open_on_approval() {
  return [](UseCase& act, const cases::CaseRow& row, const decisions::ApprovedDecision& decision) -> Status {
    const auto persons = cases::persons_of(act.tx, row.county_code, row.id);
    const auto account = cases::account_of(act.tx, row.county_code, row.id);
    JZ_ASSERT(account.has_value());  // the road's need checked_account
    const auto holder = std::ranges::find(persons, account->holder_key, &PersonRow::person_key);
    JZ_ASSERT(holder != persons.end());
    const auto members = counted_members(persons, decision.assessment);
    JZ_TRY_VOID(refuse_double_members(act, members, decision.first_month));
    const bool is_computed =
        decision.assessment.outcome == policy::Outcome::eligible && decision.assessment.amount_month == decision.amount;
    const AwardId id = write_award(act, {.row = row,
                                         .amount = decision.amount,
                                         .basis = is_computed ? AmountBasis::computed : AmountBasis::by_person,
                                         .first_month = decision.first_month,
                                         .payable_from = decision.first_month,
                                         .facts_revision = decision.facts_revision,
                                         .members = members,
                                         .account = *account,
                                         .account_holder = holder->name});
    act.record({.action = "award.opened",
                .subject_kind = "award",
                .subject_id = id.to_text(),
                .basis = "DB-2012/29",
                .changes = json::Value()
                               .set("case_number", row.case_number)
                               .set("amount", decision.amount.to_text())
                               .set("first_month", decision.first_month.to_text())});
    return {};
  };
}

Result<AwardRow> adjust_award(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                              const AwardTarget& target, const Adjustment& adjustment) {
  return run_use_case(surroundings, actor, target.county,
                      [&](UseCase& act) { return adjust_award(act, world, target, adjustment); });
}

Result<AwardRow> adjust_award(UseCase& act, const CaseWorld& world, const AwardTarget& target,
                              const Adjustment& adjustment) {
  JZ_TRY_VOID(cases::require_reasons(adjustment.reasons, *world.rulebook->wording(), "/reasons"));
  JZ_TRY(AwardRow row, open_award(act, target, Permission::case_decide));
  auto problems = problems_of(adjustment, row, amounts_of(act.tx, row.county_code, row.id), act.today);
  if (!problems.empty()) return refuse_fields(std::move(problems));
  const auto facts = cases::latest_facts(act.tx, row.county_code, row.case_id);
  JZ_ASSERT(facts.has_value());
  const Money before = row.amount;
  row.amount = adjustment.amount;
  row.amount_from = adjustment.from_month;
  row.basis = AmountBasis::by_person;
  row.amount_sequence += 1;
  supersede_amounts(act.tx, row.county_code, row.id, adjustment.from_month, row.amount_sequence);
  insert_amount(act.tx, {.county_code = row.county_code,
                         .award_id = row.id,
                         .sequence = row.amount_sequence,
                         .from_month = adjustment.from_month,
                         .amount = adjustment.amount,
                         .kind = AmountKind::adjusted,
                         .reasons = cases::write_reasons(adjustment.reasons),
                         .facts_revision = facts->revision,
                         .set_by = act.actor.user,
                         .set_by_name = act.actor.name,
                         .set_on = act.today});
  update_award(act.tx, row);
  act.record(
      {.action = "award.adjusted",
       .subject_kind = "award",
       .subject_id = row.id.to_text(),
       .basis = adjustment.reasons.front().article,
       .changes =
           json::Value()
               .set("amount", json::Value().set("before", before.to_text()).set("after", adjustment.amount.to_text()))
               .set("from_month", adjustment.from_month.to_text())});
  return row;
}

Result<AwardRow> end_award(const Surroundings& surroundings, const CaseWorld& world, const Actor& actor,
                           const AwardTarget& target, const Ending& ending) {
  return run_use_case(surroundings, actor, target.county,
                      [&](UseCase& act) { return end_award(act, world, target, ending); });
}

Result<AwardRow> end_award(UseCase& act, const CaseWorld& world, const AwardTarget& target, const Ending& ending) {
  const bool is_approvers = needs_approver(ending.reason);
  const Role role = act.actor.role;
  if (is_approvers && !allows(role, Permission::case_decide) && allows(role, Permission::award_end)) {
    return refuse_by_rule("award.end_needs_approver", {"SA-2014/13", "DB-2021/32"});
  }
  JZ_TRY(AwardRow row, open_award(act, target, is_approvers ? Permission::case_decide : Permission::award_end));
  auto problems = problems_of(ending, row, act.today);
  if (!problems.empty()) return refuse_fields(std::move(problems));
  JZ_TRY(cases::CaseRow found, cases::find_visible_case(act, row.case_id, Permission::case_read));
  JZ_TRY(found, cases::open_case(act, {target.county, found.id, found.version}, Permission::case_read));
  JZ_TRY_VOID(cases::take_step(act, world, found, cases::Action::end_benefit, ending.note));
  row.state = AwardState::ended;
  row.until_month = std::max(ending.last_month.plus(1), row.first_month);
  row.ended_on = act.today;
  row.end_reason = std::string(enum_text(ending.reason));
  row.end_note = ending.note;
  row.review_due_on.reset();
  // Payments ask whether the amounts have moved on since they last looked: an end in the past must be seen too.
  row.amount_sequence += 1;
  update_award(act.tx, row);
  end_members(act.tx, row.county_code, row.id, row.until_month);
  act.record(
      {.action = "award.ended",
       .subject_kind = "award",
       .subject_id = row.id.to_text(),
       .basis = "SA-2014/13",
       .changes =
           json::Value().set("reason", enum_text(ending.reason)).set("last_month", ending.last_month.to_text())});
  return row;
}

Result<AwardRow> change_account(const Surroundings& surroundings, const Actor& actor, const AwardTarget& target,
                                const AccountChange& change) {
  return run_use_case(surroundings, actor, target.county, [&](UseCase& act) -> Result<AwardRow> {
    // The last months of an ended benefit may still be owed, when the bank sent them back.
    JZ_TRY(const AwardRow row, open_award(act, target, Permission::award_change, Ended::welcome));
    std::vector<FieldError> problems;
    const auto kind = change.kind == "bank_card" ? BankAccountKind::bank_card : BankAccountKind::passbook;
    const auto account = BankAccount::parse(kind, change.number);
    if (!account) problems.push_back({"/number", account.error().key, account.error().params});
    if (trim(change.bank).empty()) problems.push_back({"/bank", "field.empty"});
    const auto persons = cases::persons_of(act.tx, row.county_code, row.case_id);
    const auto holder = std::ranges::find_if(persons, [&](const PersonRow& person) {
      return person.person_key == change.holder && person.role == cases::PersonRole::member;
    });
    if (holder == persons.end()) problems.push_back({"/holder", "award.holder_unknown"});
    if (!problems.empty()) return refuse_fields(std::move(problems));
    const auto before = account_of(act.tx, row.county_code, row.id);
    update_account(act.tx, {.county_code = row.county_code,
                            .award_id = row.id,
                            .kind = change.kind,
                            .number = act.vault().seal(account->reveal(), cases::kAccountContext),
                            .number_masked = account->masked(),
                            .holder_name = holder->name,
                            .bank = std::string(trim(change.bank)),
                            .changed_on = act.today,
                            .changed_by = act.actor.user,
                            .changed_by_name = act.actor.name});
    act.record({.action = "award.account_changed",
                .subject_kind = "award",
                .subject_id = row.id.to_text(),
                .basis = "SX-2019/2-3",
                .changes = json::Value().set(
                    "account",
                    json::Value().set("before", before ? before->number_masked : "").set("after", account->masked()))});
    return row;
  });
}

Result<AwardFile> read_award(const Surroundings& surroundings, const Actor& actor, const RegionCode& county,
                             AwardId id) {
  JZ_TRY_VOID(require(actor, Permission::award_read));
  return run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<AwardFile> {
    return read_file(act, find_award(act.tx, county.to_text(), id));
  });
}

Result<std::optional<AwardFile>> read_award_of_case(const Surroundings& surroundings, const Actor& actor,
                                                    const RegionCode& county, cases::CaseId id) {
  JZ_TRY_VOID(require(actor, Permission::award_read));
  return run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<std::optional<AwardFile>> {
    JZ_TRY_VOID(cases::find_visible_case(act, id, Permission::case_read));
    const auto row = award_of_case(act.tx, county.to_text(), id);
    if (!row) return std::nullopt;
    JZ_TRY(AwardFile file, read_file(act, row));
    return file;
  });
}

Result<std::vector<AwardRow>> find_awards(const Surroundings& surroundings, const Actor& actor, AwardFilter filter) {
  JZ_TRY_VOID(require(actor, Permission::award_read));
  filter.scope = scope_of(actor);
  return surroundings.database.read([&](db::Transaction& tx) { return list_awards(tx, filter); });
}

Result<std::int64_t> total_refused_accounts(const Surroundings& surroundings, const Actor& actor) {
  JZ_TRY_VOID(require(actor, Permission::award_read));
  return surroundings.database.read(
      [&](db::Transaction& tx) -> Result<std::int64_t> { return count_refused_accounts(tx, scope_of(actor)); });
}

Result<std::vector<AwardTotals>> total_awards(const Surroundings& surroundings, const Actor& actor) {
  JZ_TRY_VOID(require(actor, Permission::award_read));
  return surroundings.database.read([&](db::Transaction& tx) { return count_awards(tx, scope_of(actor)); });
}

}  // namespace jiuzhu::awards
