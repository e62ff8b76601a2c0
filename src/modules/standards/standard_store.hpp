#pragma once
// All SQL of the module.

#include <optional>
#include <string>
#include <vector>

#include "kernel/access/actor.hpp"
#include "modules/cases/case_store.hpp"

namespace jiuzhu::standards {

using StandardId = Id<struct StandardTag>;

struct StandardRow {
  std::string county_code;
  StandardId id;
  cases::CaseProgramme programme = cases::CaseProgramme::urban_minimum_living;
  Money amount;  // per person: a month (urban), a year (rural)
  Month valid_from;
  std::string document;
  UserId recorded_by;
  std::string recorded_by_name;
  Instant recorded_at;
  std::optional<UserId> withdrawn_by;
  std::optional<std::string> withdrawn_by_name;
  std::optional<Instant> withdrawn_at;
  std::optional<std::string> withdrawn_reason;
};
BOOST_DESCRIBE_STRUCT(StandardRow, (),
                      (county_code, id, programme, amount, valid_from, document, recorded_by, recorded_by_name,
                       recorded_at, withdrawn_by, withdrawn_by_name, withdrawn_at, withdrawn_reason))

void insert_standard(db::Transaction& tx, const StandardRow& row);
/// False when it is not there or withdrawn already.
bool withdraw_standard(db::Transaction& tx, const StandardRow& row);
std::optional<StandardRow> find_standard(db::Transaction& tx, const std::string& county, StandardId id);
/// The county's, withdrawn ones too, newest month first.
std::vector<StandardRow> standards_of(db::Transaction& tx, const std::string& county);
std::vector<StandardRow> standards_in_force(db::Transaction& tx);
/// Grows with every record and every withdrawal.
std::int64_t standards_version(db::Transaction& tx);

}  // namespace jiuzhu::standards
