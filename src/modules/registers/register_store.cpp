#include "modules/registers/register_store.hpp"

namespace jiuzhu::registers {
namespace {

using db::Statement;

#define JZ_REGISTER_COLUMNS "county_code, register, is_used, shape, columns, version, changed_by_name, changed_at"
#define JZ_DELIVERY_COLUMNS                                                                                   \
  "county_code, id, register, file_name, as_of, size, received, digest, state, job_id, shape, columns, "      \
  "delivered_by, delivered_by_name, delivered_at, row_count, matched_count, not_ours_count, filtered_count, " \
  "malformed, fault_key, fault_params, accepted_at, erased_on"

constexpr Statement kRegisters{"registers.registers",
                               "select " JZ_REGISTER_COLUMNS " from county_register where county_code = ?"};
constexpr Statement kFindRegister{"registers.find_register", "select " JZ_REGISTER_COLUMNS
                                                             " from county_register where county_code = ? and "
                                                             "register = ?"};
constexpr Statement kSaveRegister{
    "registers.save_register",
    "insert into county_register (" JZ_REGISTER_COLUMNS
    ") values (?, ?, ?, ?, ?, 1, ?, ?) on conflict (county_code, register) do update set is_used = excluded.is_used, "
    "shape = excluded.shape, columns = excluded.columns, version = county_register.version + 1, "
    "changed_by_name = excluded.changed_by_name, changed_at = excluded.changed_at"};
constexpr Statement kRules{"registers.rules",
                           "select county_code, code, is_off, condition, version, changed_by_name, changed_at "
                           "from county_rule where county_code = ? order by code"};
constexpr Statement kInsertRule{
    "registers.insert_rule",
    "insert into county_rule (county_code, code, is_off, condition, version, changed_by_name, changed_at) "
    "values (?, ?, ?, ?, 1, ?, ?) on conflict (county_code, code) do nothing"};
constexpr Statement kUpdateRule{
    "registers.update_rule",
    "update county_rule set is_off = ?, condition = ?, version = version + 1, changed_by_name = ?, changed_at = ? "
    "where county_code = ? and code = ? and version = ?"};
constexpr Statement kInsert{"registers.insert_delivery",
                            "insert into register_delivery (" JZ_DELIVERY_COLUMNS
                            ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kFind{"registers.find_delivery",
                          "select " JZ_DELIVERY_COLUMNS " from register_delivery where county_code = ? and id = ?"};
constexpr Statement kUpdate{
    "registers.update_delivery",
    "update register_delivery set received = ?, digest = ?, state = ?, job_id = ?, shape = ?, columns = ?, "
    "row_count = ?, matched_count = ?, not_ours_count = ?, filtered_count = ?, malformed = ?, fault_key = ?, "
    "fault_params = ?, accepted_at = ?, erased_on = ? where county_code = ? and id = ? and state = ? and received = ? "
    "and erased_on is null"};
constexpr Statement kList{"registers.list_deliveries",
                          "select " JZ_DELIVERY_COLUMNS
                          " from register_delivery where county_code >= ? and county_code < ? and (? = '' or "
                          "register = ?) and (? = '' or id < ?) order by id desc limit ?"};
constexpr Statement kKept{"registers.kept_deliveries",
                          "select " JZ_DELIVERY_COLUMNS
                          " from register_delivery where county_code = ? and state = 'accepted' and erased_on is null "
                          "order by as_of, id"};
constexpr Statement kWithContents{"registers.deliveries_with_contents",
                                  "select " JZ_DELIVERY_COLUMNS
                                  " from register_delivery where erased_on is null order by county_code, as_of, id"};
constexpr Statement kAcceptedBefore{"registers.accepted_before",
                                    "select " JZ_DELIVERY_COLUMNS
                                    " from register_delivery where county_code = ? and register = ? and digest = ? and "
                                    "id < ? and state = 'accepted' order by id desc limit 1"};

}  // namespace

std::vector<CountyRegisterRow> registers_of(db::Transaction& tx, const std::string& county) {
  return tx.select<CountyRegisterRow>(kRegisters, county);
}

std::optional<CountyRegisterRow> find_register(db::Transaction& tx, const std::string& county,
                                               const std::string& code) {
  return tx.find<CountyRegisterRow>(kFindRegister, county, code);
}

void save_register(db::Transaction& tx, const CountyRegisterRow& row) {
  tx.execute(kSaveRegister, row.county_code, row.register_code, row.is_used, row.shape, row.columns,
             row.changed_by_name, row.changed_at);
}

std::vector<CountyRuleRow> rules_of(db::Transaction& tx, const std::string& county) {
  return tx.select<CountyRuleRow>(kRules, county);
}

bool save_rule(db::Transaction& tx, const CountyRuleRow& row) {
  if (row.version == 0) {
    return tx.execute(kInsertRule, row.county_code, row.code, row.is_off, row.condition, row.changed_by_name,
                      row.changed_at) == 1;
  }
  return tx.execute(kUpdateRule, row.is_off, row.condition, row.changed_by_name, row.changed_at, row.county_code,
                    row.code, row.version) == 1;
}

void insert_delivery(db::Transaction& tx, const DeliveryRow& row) { tx.enqueue_row(kInsert, row); }

std::optional<DeliveryRow> find_delivery(db::Transaction& tx, const std::string& county, DeliveryId id) {
  return tx.find<DeliveryRow>(kFind, county, id);
}

bool update_delivery(db::Transaction& tx, const DeliveryRow& row, DeliveryState state, std::int64_t received) {
  return tx.execute(kUpdate, row.received, row.digest, row.state, row.job_id, row.shape, row.columns, row.row_count,
                    row.matched_count, row.not_ours_count, row.filtered_count, row.malformed, row.fault_key,
                    row.fault_params, row.accepted_at, row.erased_on, row.county_code, row.id, state, received) == 1;
}

std::vector<DeliveryRow> list_deliveries(db::Transaction& tx, const Scope& scope, const std::string& register_code,
                                         const std::string& before_id, int limit) {
  return tx.select<DeliveryRow>(kList, scope.from, scope.until, register_code, register_code, before_id, before_id,
                                limit);
}

std::vector<DeliveryRow> kept_deliveries(db::Transaction& tx, const std::string& county) {
  return tx.select<DeliveryRow>(kKept, county);
}

std::vector<DeliveryRow> deliveries_with_contents(db::Transaction& tx) { return tx.select<DeliveryRow>(kWithContents); }

std::optional<DeliveryRow> accepted_before(db::Transaction& tx, const DeliveryRow& row) {
  return tx.find<DeliveryRow>(kAcceptedBefore, row.county_code, row.register_code, row.digest, row.id);
}

}  // namespace jiuzhu::registers
