#include "modules/standards/standard_store.hpp"

namespace jiuzhu::standards {
namespace {

using db::Statement;

#define JZ_STANDARD_COLUMNS                                                                                \
  "county_code, id, programme, amount, valid_from, document, recorded_by, recorded_by_name, recorded_at, " \
  "withdrawn_by, withdrawn_by_name, withdrawn_at, withdrawn_reason"

constexpr Statement kInsert{"standards.insert", "insert into local_standard (" JZ_STANDARD_COLUMNS
                                                ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kWithdraw{
    "standards.withdraw",
    "update local_standard set withdrawn_by = ?, withdrawn_by_name = ?, withdrawn_at = ?, withdrawn_reason = ? "
    "where county_code = ? and id = ? and withdrawn_at is null"};
constexpr Statement kFind{"standards.find",
                          "select " JZ_STANDARD_COLUMNS " from local_standard where county_code = ? and id = ?"};
constexpr Statement kOfCounty{"standards.of_county",
                              "select " JZ_STANDARD_COLUMNS
                              " from local_standard where county_code = ? order by valid_from desc, id desc"};
constexpr Statement kInForce{"standards.in_force",
                             "select " JZ_STANDARD_COLUMNS
                             " from local_standard where withdrawn_at is null order by county_code, valid_from"};
constexpr Statement kVersion{"standards.version", "select count(*) + count(withdrawn_at) from local_standard"};

}  // namespace

void insert_standard(db::Transaction& tx, const StandardRow& row) { tx.enqueue_row(kInsert, row); }

bool withdraw_standard(db::Transaction& tx, const StandardRow& row) {
  return tx.execute(kWithdraw, row.withdrawn_by, row.withdrawn_by_name, row.withdrawn_at, row.withdrawn_reason,
                    row.county_code, row.id) == 1;
}

std::optional<StandardRow> find_standard(db::Transaction& tx, const std::string& county, StandardId id) {
  return tx.find<StandardRow>(kFind, county, id);
}

std::vector<StandardRow> standards_of(db::Transaction& tx, const std::string& county) {
  return tx.select<StandardRow>(kOfCounty, county);
}

std::vector<StandardRow> standards_in_force(db::Transaction& tx) { return tx.select<StandardRow>(kInForce); }

std::int64_t standards_version(db::Transaction& tx) { return tx.get<std::int64_t>(kVersion); }

}  // namespace jiuzhu::standards
