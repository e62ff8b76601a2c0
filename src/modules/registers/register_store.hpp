#pragma once
// All SQL of the module, and its rows.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kernel/jobs/job.hpp"
#include "kernel/regions/region_column.hpp"

namespace jiuzhu::registers {

using DeliveryId = Id<struct RegisterDeliveryTag>;

enum class DeliveryState {
  uploading,  // its bytes arrive
  uploaded,   // all are there; somebody has to say what the columns are
  checking,
  accepted,
  refused,    // by the check: fault_key says why; its contents are gone
  withdrawn,  // by an officer, or the upload was given up; its contents are gone
};
BOOST_DESCRIBE_ENUM(DeliveryState, uploading, uploaded, checking, accepted, refused, withdrawn)

/// Which registers a county receives, and how it read their last file.
struct CountyRegisterRow {
  std::string county_code;
  std::string register_code;   // in the catalogue
  bool is_used = false;        // then answers wait for it
  std::string shape = "{}";    // FileShape as JSON
  std::string columns = "[]";  // ColumnMatch as JSON
  std::int64_t version = 1;
  std::string changed_by_name;
  Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(CountyRegisterRow, (),
                      (county_code, register_code, is_used, shape, columns, version, changed_by_name, changed_at))

/// A rule of the catalogue as the county has set it.
struct CountyRuleRow {
  std::string county_code;
  std::string code;
  bool is_off = false;
  std::string condition;  // empty: the catalogue's own
  std::int64_t version = 1;
  std::string changed_by_name;
  Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(CountyRuleRow, (), (county_code, code, is_off, condition, version, changed_by_name, changed_at))

struct DeliveryRow {
  std::string county_code;
  DeliveryId id;
  std::string register_code;
  std::string file_name;
  Date as_of;                 // the day the data are of, as the department says
  std::int64_t size = 0;      // bytes
  std::int64_t received = 0;  // of them
  std::string digest;         // SM3 of the contents; empty until they are checked
  DeliveryState state = DeliveryState::uploading;
  std::optional<jobs::JobId> job_id;
  std::string shape = "{}";
  std::string columns = "[]";
  UserId delivered_by;
  std::string delivered_by_name;
  Instant delivered_at;
  std::int64_t row_count = 0;
  std::int64_t matched_count = 0;  // of those that were in benefit or applying
  std::int64_t not_ours_count = 0;
  std::int64_t filtered_count = 0;
  std::string malformed = "{}";  // by kind, as JSON
  std::optional<std::string> fault_key;
  std::optional<std::string> fault_params;
  std::optional<Instant> accepted_at;
  std::optional<Date> erased_on;  // the contents are gone since
};
BOOST_DESCRIBE_STRUCT(DeliveryRow, (),
                      (county_code, id, register_code, file_name, as_of, size, received, digest, state, job_id, shape,
                       columns, delivered_by, delivered_by_name, delivered_at, row_count, matched_count, not_ours_count,
                       filtered_count, malformed, fault_key, fault_params, accepted_at, erased_on))

std::vector<CountyRegisterRow> registers_of(db::Transaction& tx, const std::string& county);
std::optional<CountyRegisterRow> find_register(db::Transaction& tx, const std::string& county, const std::string& code);
/// Writes it, whether it was there or not; its version grows.
void save_register(db::Transaction& tx, const CountyRegisterRow& row);

std::vector<CountyRuleRow> rules_of(db::Transaction& tx, const std::string& county);
/// `row.version` is the one that was seen, 0 for none; false when there is another by now.
bool save_rule(db::Transaction& tx, const CountyRuleRow& row);

void insert_delivery(db::Transaction& tx, const DeliveryRow& row);
std::optional<DeliveryRow> find_delivery(db::Transaction& tx, const std::string& county, DeliveryId id);
/// Writes everything that may change; false when the row is not in `state` with so many bytes any more.
bool update_delivery(db::Transaction& tx, const DeliveryRow& row, DeliveryState state, std::int64_t received);
/// Newest first.
std::vector<DeliveryRow> list_deliveries(db::Transaction& tx, const Scope& scope, const std::string& register_code,
                                         const std::string& before_id, int limit);
/// Those whose contents are there: accepted and not erased, oldest data first.
std::vector<DeliveryRow> kept_deliveries(db::Transaction& tx, const std::string& county);
/// Of all counties: contents that nobody asks for any more, which `erase` decides.
std::vector<DeliveryRow> deliveries_with_contents(db::Transaction& tx);
/// One of the same register with the same contents, that was accepted before it.
std::optional<DeliveryRow> accepted_before(db::Transaction& tx, const DeliveryRow& row);

}  // namespace jiuzhu::registers
