#pragma once
// Deliveries of registers: a file arrives piece by piece, an officer says what its columns are, a job reads it once
// through and hands what it says about those in benefit to whoever watches over them.

#include <memory>

#include "kernel/jobs/runner.hpp"
#include "modules/registers/file_columns.hpp"
#include "modules/registers/look_up.hpp"

namespace jiuzhu::registers {

/// Who learns of a delivery, and about whom. Set by the module that watches over those in benefit.
struct DeliveryWatch {
  /// Whom the county has in benefit, with everybody who owes them support.
  std::function<std::vector<Household>(db::Transaction& tx, const std::string& county)> people;
  /// In the transaction that accepts the delivery. `place`: the register's in the catalogue.
  std::function<Status(UseCase& act, const DeliveryRow& delivery, std::size_t place, const Answers& answers)> take;
};

/// What the module works with. Immutable once serving; any thread.
struct RegisterWorld {
  const Surroundings& surroundings;
  sieve::Catalogue catalogue;
  RegisterFiles files;
  DeliveryWatch watch = {};
};

/// The catalogue that is part of the program.
sieve::Catalogue load_catalogue();

void provide_register_jobs(jobs::Runner& runner, const std::shared_ptr<const RegisterWorld>& world);

/// A register as the actor's county holds it.
struct RegisterStatus {
  const sieve::Register* record = nullptr;
  HeldRegister held;
  std::int64_t version = 0;  // of the county's setting; 0: none yet
};
/// Needs Permission::register_read. Above the county there is the catalogue only: holdings are a county's.
Result<std::vector<RegisterStatus>> read_registers(const RegisterWorld& world, const Actor& actor);

/// Whether answers wait for this register. A register is used from its first accepted delivery on. To use it needs
/// Permission::register_deliver; to do without it Permission::policy_change, since whoever writes reports must not
/// choose what they rest on. Refuses with "registers.unknown".
Status set_used(const RegisterWorld& world, const Actor& actor, const std::string& code, bool is_used);

struct NewDelivery {
  std::string register_code;
  std::string file_name;
  std::int64_t size = 0;  // bytes
  Date as_of;
};
/// Announces a file. Needs Permission::register_deliver. Refuses with "registers.unknown" and with the field errors
/// "registers.file_empty", "registers.file_too_large" {max_gib}, "registers.as_of_in_future", "registers.as_of_stale"
/// {days}, "field.empty".
Result<DeliveryRow> begin_delivery(const RegisterWorld& world, const Actor& actor, const NewDelivery& wish);

/// The next bytes. What was interrupted goes on where `received` stands: refuses with "registers.other_offset"
/// {received} when `offset` is not that, with "registers.more_than_announced", "registers.not_found" and
/// "registers.not_uploading".
Result<DeliveryRow> add_contents(const RegisterWorld& world, const Actor& actor, const RegionCode& county,
                                 DeliveryId id, std::int64_t offset, std::string_view bytes);

/// How the file begins, and which columns it seems to have. Recorded: it shows persons.
struct DeliveryPreview {
  FileBegin begin;
  std::vector<ColumnMatch> matches;
  std::vector<FieldError> problems;  // of these matches
};
Result<DeliveryPreview> look_at_delivery(const RegisterWorld& world, const Actor& actor, const RegionCode& county,
                                         DeliveryId id, const std::optional<FileShape>& shape);

/// Says what the columns are, and asks for the check. Refuses with the field errors of problems_of(), and with
/// "registers.columns_differ" {file} when files of the register that are still kept are read otherwise and add up with
/// this one.
Result<DeliveryRow> accept_columns(const RegisterWorld& world, const Actor& actor, const RegionCode& county,
                                   DeliveryId id, const FileShape& shape, const std::vector<ColumnMatch>& matches);

/// Refuses with "registers.columns_differ" where files of the register that are kept are read otherwise and add up with
/// this one.
Status refuse_other_columns(db::Transaction& tx, const sieve::Register& record, const DeliveryRow& row);

/// Gives an upload up, or takes a delivery back that should not have been made; its contents are erased. Refuses with
/// "registers.running" while it is checked: cancel that first, and with "registers.not_held" when they are gone.
Result<DeliveryRow> withdraw_delivery(const RegisterWorld& world, const Actor& actor, const RegionCode& county,
                                      DeliveryId id);

/// A delivery with its job looked at: one whose job was cancelled or broke has been uploaded, no more.
struct Delivery {
  DeliveryRow row;
  std::optional<jobs::JobRow> job;  // that works on it now
  std::optional<Error> refusal;     // why its last check came to nothing, though the file was not to blame
  bool is_repeated = false;         // the same contents were accepted before
};
Result<Delivery> read_delivery(const RegisterWorld& world, const Actor& actor, const RegionCode& county, DeliveryId id);
/// Why the check refused it.
std::optional<Error> fault_of(const DeliveryRow& row);
/// Newest first. `register_code` empty: of all registers.
Result<std::vector<Delivery>> find_deliveries(const RegisterWorld& world, const Actor& actor,
                                              const std::string& register_code, const std::string& before_id,
                                              int limit);
Status cancel_check(const RegisterWorld& world, jobs::Runner& runner, const Actor& actor, const RegionCode& county,
                    DeliveryId id);

/// Erases contents that nobody may keep any longer: replaced for a week, older than the register allows, or given up
/// for a week; and says of those that are missing that they are gone. Any county; called every day and with each
/// accepted delivery.
void erase_outdated(const RegisterWorld& world);

}  // namespace jiuzhu::registers
