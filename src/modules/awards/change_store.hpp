#pragma once
// All SQL of changes of standard. Private to the module.

#include "modules/awards/change_rules.hpp"

namespace jiuzhu::awards {

/// Active awards with their facts and amounts, in pages by id.
std::vector<JudgedAward> judged_awards(db::Transaction& tx, const std::string& county, cases::CaseProgramme programme,
                                       const std::string& after_id, int limit);

void insert_change(db::Transaction& tx, const ChangeRow& row);
/// So that PostgreSQL plans for the lines that were written a moment ago; nothing on SQLite.
void plan_anew(const db::Database& database, db::Transaction& tx);
void insert_items(db::Transaction& tx, std::span<const ChangeItemRow> rows);
std::optional<ChangeRow> find_change(db::Transaction& tx, const std::string& county, ChangeId id);
/// Moves a prepared change on; nothing when it is not prepared any more. Locks the row.
std::optional<ChangeRow> decide_change(db::Transaction& tx, const ChangeRow& decided);
/// Newest first, before `before_id` unless it is empty.
std::vector<ChangeRow> list_changes(db::Transaction& tx, const std::string& county, const std::string& before_id,
                                    int limit);
std::vector<ChangeLine> list_lines(db::Transaction& tx, const std::string& county, ChangeId id,
                                   const ChangeFilter& filter);

/// Writes the raised lines of a change into the awards that are still at the version the preview saw. Set by set, so
/// that 100,000 awards take seconds. Gives the change with what was skipped counted.
ChangeRow apply_items(db::Transaction& tx, const ChangeRow& change, UserId by, const std::string& by_name, Date on);

}  // namespace jiuzhu::awards
