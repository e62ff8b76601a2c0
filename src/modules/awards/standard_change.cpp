#include "modules/awards/standard_change.hpp"

#include <algorithm>
#include <future>
#include <thread>

#include "modules/awards/change_store.hpp"
#include "platform/crypto/digest.hpp"

namespace jiuzhu::awards {
namespace {

using cases::CaseProgramme;

/// Small enough that the facts of a page are no burden, large enough that two threads are busy.
constexpr int kPage = 2048;
constexpr int kMonthsAhead = 12;

policy::Programme engine_programme(CaseProgramme programme) {
  return programme == CaseProgramme::urban_minimum_living ? policy::Programme::urban : policy::Programme::rural;
}

/// The lines of a page, in the order of the awards; two threads share the judging.
std::vector<std::vector<ChangeItemRow>> judge_page(const std::vector<JudgedAward>& awards, const ChangeTerms& terms,
                                                   const policy::Rulebook& rulebook) {
  std::vector<std::vector<ChangeItemRow>> lines(awards.size());
  const auto judge = [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) lines[i] = change_lines(awards[i], terms, rulebook);
  };
  const std::size_t middle = awards.size() / 2;
  {
    const std::jthread other([&] { judge(middle, awards.size()); });
    judge(0, middle);
  }
  return lines;
}

struct Preview {
  ChangeRow row;
  std::vector<ChangeItemRow> items;
};

/// Counts one award into the preview and keeps its lines.
void add(Preview& preview, const JudgedAward& award, std::vector<ChangeItemRow> lines) {
  ChangeRow& row = preview.row;
  const Money before = award.stretches.back().amount;
  row.award_count += 1;
  row.amount_before += before;
  if (lines.empty()) {
    row.unchanged_count += 1;
    row.amount_after += before;
    return;
  }
  const bool is_raised = raises(lines.back().outcome);
  (is_raised ? row.raised_count : row.open_count) += 1;
  row.amount_after += is_raised ? lines.back().amount_after : before;
  for (ChangeItemRow& line : lines) {
    row.arrears += line.arrears;
    line.county_code = row.county_code;
    line.change_id = row.id;
    preview.items.push_back(line);
  }
}

std::string digest_of(const std::vector<ChangeItemRow>& items) {
  Sm3 hasher;
  for (const ChangeItemRow& item : items) {
    hasher.add(item.award_id.to_text() + "," + std::to_string(item.segment) + "," +
               std::string(enum_text(item.outcome)) + "," + item.from_month.to_text() + "," +
               item.amount_before.to_text() + "," + item.amount_after.to_text() + "\n");
  }
  return hasher.finish().to_text();
}

Preview work_out(const Surroundings& surroundings, const policy::Rulebook& rulebook, ChangeRow row) {
  Preview preview{.row = std::move(row), .items = {}};
  const ChangeTerms terms{.from = preview.row.from_month,
                          .raises_by_difference = preview.row.raises_by_difference,
                          .today = surroundings.clock.today()};
  const auto read_page = [&](const std::string& after) {
    return surroundings.database.read([&](db::Transaction& tx) {
      return judged_awards(tx, preview.row.county_code, preview.row.programme, after, kPage);
    });
  };
  for (auto awards = read_page(""); !awards.empty();) {
    // The next page comes while this one is judged.
    auto next = std::async(std::launch::async, read_page, awards.back().id.to_text());
    auto lines = judge_page(awards, terms, rulebook);
    for (std::size_t i = 0; i < awards.size(); ++i) add(preview, awards[i], std::move(lines[i]));
    awards = next.get();
  }
  preview.row.items_digest = digest_of(preview.items);
  return preview;
}

Result<ChangeRow> decide(UseCase& act, ChangeId id, ChangeState state) {
  const auto known = find_change(act.tx, act.county.to_text(), id);
  if (!known) return refuse(ErrorCode::not_found, "standard_change.not_found");
  ChangeRow row = *known;
  row.state = state;
  row.decided_by = act.actor.user;
  row.decided_by_name = act.actor.name;
  row.decided_at = act.now;
  auto decided = decide_change(act.tx, row);
  if (!decided) return refuse(ErrorCode::conflict, "standard_change.decided_already");
  return *decided;
}

json::Value counts_of(const ChangeRow& row) {
  return json::Value()
      .set("programme", enum_text(row.programme))
      .set("from_month", row.from_month.to_text())
      .set("standard", json::Value().set("before", row.standard_before).set("after", row.standard_after))
      .set("by_difference", row.raises_by_difference)
      .set("raised", row.raised_count)
      .set("open", row.open_count)
      .set("skipped", row.skipped_count)
      .set("items_digest", row.items_digest);
}

}  // namespace

Result<ChangeRow> prepare_change(const Surroundings& surroundings, const cases::CaseWorld& world, const Actor& actor,
                                 const RegionCode& county, CaseProgramme programme, Month from,
                                 bool raises_by_difference) {
  JZ_TRY_VOID(require(actor, Permission::award_change, county));
  const Month latest = surroundings.clock.today().month_of().plus(kMonthsAhead);
  if (from > latest) {
    return refuse(Error{.code = ErrorCode::invalid_input,
                        .key = "request.invalid",
                        .fields = {{"/from_month", "standard_change.month_range", {{"last", latest.to_text()}}}}});
  }
  const std::shared_ptr<const policy::Rulebook> rulebook = world.rulebook.current();
  const auto standard_in = [&](Month month) {
    return rulebook->standard_on(county.to_text(), engine_programme(programme), month.first_day());
  };
  JZ_TRY(const policy::ParameterUse before, standard_in(from.plus(-1)));
  JZ_TRY(const policy::ParameterUse after, standard_in(from));
  if (before.value == after.value) {
    return refuse(ErrorCode::refused_by_rule, "standard_change.none",
                  {{"month", from.to_text()}, {"standard", after.value}});
  }
  // Judging reads page by page outside the writing transaction; the awards' versions tell what changed meanwhile.
  ChangeRow row{.county_code = county.to_text(),
                .id = make_id<ChangeId>(surroundings.clock, surroundings.random),
                .programme = programme,
                .from_month = from,
                .raises_by_difference = raises_by_difference,
                .standard_before = before.value,
                .standard_after = after.value,
                .prepared_by = actor.user,
                .prepared_by_name = actor.name,
                .prepared_at = surroundings.clock.now()};
  const Preview preview = work_out(surroundings, *rulebook, std::move(row));
  return run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<ChangeRow> {
    insert_change(act.tx, preview.row);
    insert_items(act.tx, preview.items);
    plan_anew(surroundings.database, act.tx);
    act.record({.action = "standard_change.prepared",
                .subject_kind = "standard_change",
                .subject_id = preview.row.id.to_text(),
                .basis = "SA-2014/10",
                .changes = counts_of(preview.row)});
    return preview.row;
  });
}

Result<ChangeRow> apply_change(const Surroundings& surroundings, const Actor& actor, const RegionCode& county,
                               ChangeId id) {
  JZ_TRY_VOID(require(actor, Permission::award_change, county));
  return run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<ChangeRow> {
    hold_awards_still(surroundings.database, act.tx);
    JZ_TRY(ChangeRow row, decide(act, id, ChangeState::applied));
    row = apply_items(act.tx, row, act.actor.user, act.actor.name, act.today);
    act.record({.action = "standard_change.applied",
                .subject_kind = "standard_change",
                .subject_id = id.to_text(),
                .basis = "SA-2014/10",
                .changes = counts_of(row)});
    return row;
  });
}

Result<ChangeRow> discard_change(const Surroundings& surroundings, const Actor& actor, const RegionCode& county,
                                 ChangeId id) {
  JZ_TRY_VOID(require(actor, Permission::award_change, county));
  return run_use_case(surroundings, actor, county, [&](UseCase& act) -> Result<ChangeRow> {
    JZ_TRY(const ChangeRow row, decide(act, id, ChangeState::discarded));
    act.record({.action = "standard_change.discarded", .subject_kind = "standard_change", .subject_id = id.to_text()});
    return row;
  });
}

Result<ChangeFile> read_change(const Surroundings& surroundings, const Actor& actor, const RegionCode& county,
                               ChangeId id, const ChangeFilter& filter) {
  JZ_TRY_VOID(require(actor, Permission::award_read));
  return surroundings.database.read([&](db::Transaction& tx) -> Result<ChangeFile> {
    const auto row = find_change(tx, county.to_text(), id);
    // A township sees its own households' lines on their awards; the whole list belongs to the county and above.
    if (!row || !actor.region.contains(county)) return refuse(ErrorCode::not_found, "standard_change.not_found");
    ChangeFile file{*row, list_lines(tx, county.to_text(), id, filter)};
    for (ChangeLine& line : file.lines) {
      line.is_applied = row->state == ChangeState::applied && raises(line.item.outcome) && !line.item.is_skipped;
    }
    return file;
  });
}

Result<std::vector<ChangeRow>> find_changes(const Surroundings& surroundings, const Actor& actor,
                                            const RegionCode& county, const std::string& before_id, int limit) {
  JZ_TRY_VOID(require(actor, Permission::award_read, county));
  return surroundings.database.read(
      [&](db::Transaction& tx) { return list_changes(tx, county.to_text(), before_id, limit); });
}

}  // namespace jiuzhu::awards
