// The bank's file and the bank's answer.

#include <unordered_map>

#include "modules/payments/bank_file.hpp"
#include "modules/payments/ledger_store.hpp"
#include "modules/payments/payment_service.hpp"
#include "modules/payments/run_rules.hpp"
#include "platform/crypto/digest.hpp"

namespace jiuzhu::payments {
namespace {

constexpr int kPage = 4096;
constexpr std::size_t kProblemsMost = 200;

template <class Visit>
void each_item(db::Transaction& tx, const RunRow& run, Visit visit) {
  std::string after;
  for (;;) {
    const auto items = list_items(tx, run.county_code, run.id, ItemFilter::all, after, kPage);
    for (const ItemRow& item : items) visit(item);
    if (items.size() < kPage) return;
    after = items.back().award_id.to_text();
  }
}

std::string remark_of(const RunRow& run) {
  const bool is_urban = run.programme == cases::CaseProgramme::urban_minimum_living;
  return std::to_string(run.month.year()) + "年" + std::to_string(run.month.month()) + "月" +
         (is_urban ? "城市低保金" : "农村低保金");
}

Result<std::string> write_bank_file(UseCase& act, const RunRow& run) {
  BankFileWriter writer;
  std::optional<Error> damaged;
  const std::string remark = remark_of(run);
  each_item(act.tx, run, [&](const ItemRow& item) {
    auto number = act.vault().open(item.account_number, cases::kAccountContext);
    if (!number) {
      damaged = number.error();
      return;
    }
    writer.add({.reference = transfer_reference(run.run_number, item.position),
                .account_number = std::move(*number),
                .account_holder = item.account_holder,
                .bank = item.bank,
                .amount = item.amount,
                .remark = remark});
  });
  if (damaged) return refuse(*damaged);
  return writer.take();
}

/// What one line of the bank's answer does to its transfer.
enum class Effect { none, pays, fails };

struct Answered {
  const ReturnLine* line = nullptr;
  const ItemRow* item = nullptr;
  Effect effect = Effect::none;
};

/// Lines beside the run's transfers: unknown ones, other amounts, and a success after a failure are refused, since the
/// months of a failed transfer are free for the next run.
Result<std::vector<Answered>> match(const std::vector<ReturnLine>& lines, const std::vector<ItemRow>& items) {
  std::unordered_map<std::int64_t, const ItemRow*> by_position;
  for (const ItemRow& item : items) by_position.emplace(item.position, &item);
  std::vector<Answered> answers;
  std::vector<FieldError> problems;
  const auto add = [&](const ReturnLine& line, const char* column, const char* key, MessageParams params = {}) {
    if (problems.size() < kProblemsMost) {
      problems.push_back({"/rows/" + std::to_string(line.row) + "/" + column, key, std::move(params)});
    }
  };
  for (const ReturnLine& line : lines) {
    const auto found = by_position.find(line.position);
    if (found == by_position.end()) {
      add(line, "流水号", "payment.return_reference");
      continue;
    }
    const ItemRow& item = *found->second;
    if (line.amount && *line.amount != item.amount) {
      add(line, "金额", "payment.return_amount_differs", {{"amount", item.amount.to_text()}});
    }
    if (line.is_paid && item.state == ItemState::failed) add(line, "结果", "payment.return_after_failure");
    const bool is_settled = item.state == (line.is_paid ? ItemState::paid : ItemState::failed);
    answers.push_back({&line, &item, is_settled ? Effect::none : line.is_paid ? Effect::pays : Effect::fails});
  }
  if (problems.empty()) return answers;
  return refuse(
      Error{.code = ErrorCode::invalid_input, .key = "payment.return_invalid", .fields = std::move(problems)});
}

void fail_item(UseCase& act, const RunRow& run, const Answered& answer) {
  settle_item(act.tx, run, answer.item->award_id, ItemState::failed, act.today, answer.line->reason);
  release_item(act.tx, run, answer.item->award_id);
  awards::bar_account(act, answer.item->award_id, answer.item->account_version, answer.line->reason);
}

ReturnRow apply_answers(UseCase& act, const RunRow& run, const std::vector<Answered>& answers) {
  ReturnRow row{.county_code = run.county_code,
                .run_id = run.id,
                .row_count = static_cast<std::int64_t>(answers.size()),
                .read_by = act.actor.user,
                .read_by_name = act.actor.name,
                .read_at = act.now};
  for (const Answered& answer : answers) {
    switch (answer.effect) {
      case Effect::none: row.unchanged_count += 1; break;
      case Effect::pays:
        row.paid_count += 1;
        settle_item(act.tx, run, answer.item->award_id, ItemState::paid, act.today, std::nullopt);
        break;
      case Effect::fails:
        row.failed_count += 1;
        fail_item(act, run, answer);
        break;
    }
  }
  return row;
}

}  // namespace

Result<BankFile> take_bank_file(const Surroundings& surroundings, const Actor& actor, const RegionCode& county,
                                RunId id) {
  JZ_TRY_VOID(require(actor, Permission::payment_settle, county));
  return run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<BankFile> {
    const auto known = find_run(act.tx, county.to_text(), id);
    if (!known) return refuse(ErrorCode::not_found, "payment.not_found");
    lock_ledger(act.tx, county.to_text(), known->programme);
    RunRow run = *find_run(act.tx, county.to_text(), id);
    if (run.state == RunState::prepared || run.state == RunState::discarded) {
      return refuse_by_rule("payment.not_approved", {"SA-2014/5"});
    }
    JZ_TRY(std::string bytes, write_bank_file(act, run));
    const std::string digest = sm3(bytes).to_text();
    if (run.state == RunState::approved) {
      run.state = RunState::issued;
      run.file_digest = digest;
      run.issued_at = act.now;
      set_items_state(act.tx, run, ItemState::planned, ItemState::issued);
      update_run(act.tx, run);
    }
    // The transfers were frozen with the release; another file would be a broken database.
    JZ_ASSERT(run.file_digest == digest);
    act.record({.action = "payment.file_taken",
                .subject_kind = "payment_run",
                .subject_id = id.to_text(),
                .basis = "DB-2012/30",
                .changes = json::Value().set("run_number", run.run_number).set("digest", digest)});
    return BankFile{run, std::move(bytes)};
  });
}

Result<ReturnResult> read_return_file(const Surroundings& surroundings, const Actor& actor, const RegionCode& county,
                                      RunId id, std::string_view bytes) {
  JZ_TRY_VOID(require(actor, Permission::payment_settle, county));
  const std::string digest = sm3(bytes).to_text();
  return run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<ReturnResult> {
    const std::string code = county.to_text();
    const auto known = find_run(act.tx, code, id);
    if (!known) return refuse(ErrorCode::not_found, "payment.not_found");
    lock_ledger(act.tx, code, known->programme);
    RunRow run = *find_run(act.tx, code, id);
    if (const auto former = find_return(act.tx, code, id, digest)) return ReturnResult{run, *former, true};
    if (run.state != RunState::issued && run.state != RunState::settled) {
      return refuse(ErrorCode::conflict, "payment.not_issued");
    }
    JZ_TRY(const auto lines, read_return_lines(bytes, run.run_number));
    std::vector<ItemRow> items;
    each_item(act.tx, run, [&](const ItemRow& item) { items.push_back(item); });
    JZ_TRY(const auto answers, match(lines, items));
    ReturnRow row = apply_answers(act, run, answers);
    row.file_digest = digest;
    insert_return(act.tx, row);
    run = count_results(act.tx, run, act.today);
    update_run(act.tx, run);
    act.record({.action = "payment.return_read",
                .subject_kind = "payment_run",
                .subject_id = id.to_text(),
                .basis = "DB-2012/30",
                .changes = json::Value()
                               .set("run_number", run.run_number)
                               .set("digest", digest)
                               .set("paid", row.paid_count)
                               .set("failed", row.failed_count)});
    return ReturnResult{run, row, false};
  });
}

}  // namespace jiuzhu::payments
